/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table of codes and rates as entries of an edition, see edition_table.h. */
#include "law/edition_table.h"

#include "common/ascii.h"
#include "common/date.h"
#include "common/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE, INDENT, UNIT, UNIT2, FROM, UNTIL, RATES };

/* What the rows of one item said so far. */
struct table_item {
	char code[11]; /* "": there is none */
	uint32_t place;
	const char *rate[COLUMNS_RATES], *unit[2]; /* "" where nothing was said yet */
	bool no_unit, unsure;                      /* rows beneath it differ */
};

struct edition_table *table_reader_new(struct edition_reader *r,
				       const struct edition_source *source)
{
	const struct edition_columns *c = source->columns;
	const char *const names[RATES] = {c->code, c->indent, c->unit, c->unit2, c->from, c->until};
	struct edition_table *t = calloc(1, sizeof *t);
	if (!t || !(t->item = calloc(1, sizeof *t->item))) {
		free(t);
		return NULL;
	}
	t->r = r;
	t->source = source;
	for (size_t i = 0; i < RATES; i++)
		t->place[i].names = names[i] ? names[i] : "?";
	t->place_count = RATES;
	for (size_t i = 0; i < c->rate_count; i++) {
		t->place[t->place_count++].names = c->rate[i].column;
		t->place[t->place_count++].names = c->rate[i].where ? c->rate[i].where : "?";
	}
	return t;
}

void table_reader_free(struct edition_table *t)
{
	if (t)
		free(t->item);
	free(t);
}

static struct tw_text cell(const struct edition_table *t, const struct csv_row *row, size_t place)
{
	int at = t->place[place].at;
	if (at < 0 || (size_t)at >= row->count)
		return (struct tw_text){"", 0};
	return csv_value(row->field[at]);
}

static bool is_text(struct tw_text text, const char *word)
{
	size_t i = 0;
	while (i < text.length && word[i] && to_lower(text.at[i]) == to_lower(word[i]))
		i++;
	return i == text.length && !word[i];
}

/* 15, 7.5, 7,5: digits with one mark at the most. */
static bool is_number(struct tw_text text)
{
	size_t marks = 0, digits = 0;
	for (size_t i = 0; i < text.length; i++) {
		marks += text.at[i] == '.' || text.at[i] == ',';
		digits += text.at[i] >= '0' && text.at[i] <= '9';
	}
	return digits && marks < 2 && digits + marks == text.length;
}

/* A cell in the words of the law; NULL: no memory. */
static const char *in_our_words(const struct edition_table *t, struct tw_text text, bool is_rate)
{
	const struct edition_columns *c = t->source->columns;
	for (size_t i = 0; i < c->word_count; i++)
		if (is_text(text, c->word[i].printed))
			return c->word[i].means;
	char *out = arena_alloc(t->r->arena, text.length + 2, 1);
	if (!out)
		return NULL;
	if (text.length)
		memcpy(out, text.at, text.length);
	for (size_t i = 1; is_rate && c->comma && i + 1 < text.length; i++)
		if (out[i] == ',' && out[i - 1] >= '0' && out[i - 1] <= '9' && out[i + 1] >= '0' &&
		    out[i + 1] <= '9')
			out[i] = '.';
	if (is_rate && c->percent && is_number(text))
		out[text.length] = '%';
	return out;
}

/* A day of the row as 2026-01-31; *out[0] 0: the cell is empty. */
static int take_day(const struct edition_table *t, struct tw_text text, uint32_t line, char out[16])
{
	struct date_read day;
	const char *right;
	out[0] = '\0';
	if (!text.length)
		return TW_OK;
	if (!date_read(&day, text, (enum date_order)t->source->columns->order, &right))
		return edition_error(t->r, line, "\"%.*s\" is not a day: %s",
				     (int)(text.length < 30 ? text.length : 30), text.at, right);
	snprintf(out, 16, "%04u-%02u-%02u", (unsigned)day.year % 10000, (unsigned)day.month % 100,
		 (unsigned)day.day % 100);
	return TW_OK;
}

/* Whether the row is in force on the day of the edition; until is its last day. */
static int is_of_day(const struct edition_table *t, const struct csv_row *row, uint32_t line,
		     bool *out)
{
	char from[16], until[16];
	int code;
	if ((code = take_day(t, cell(t, row, FROM), line, from)) ||
	    (code = take_day(t, cell(t, row, UNTIL), line, until)))
		return code;
	const char *day = t->source->day;
	*out = !day || ((!*from || strcmp(from, day) <= 0) && (!*until || strcmp(day, until) <= 0));
	t->r->out->other_days += !*out;
	return TW_OK;
}

/* Whether the row says the rate of this place: its condition holds. */
static bool says_rate(const struct edition_table *t, const struct csv_row *row, size_t index)
{
	const struct columns_rate *rate = &t->source->columns->rate[index];
	return !rate->where || is_text(cell(t, row, RATES + 2 * index + 1), rate->is);
}

/* "Free (UST,MXT) 5% (CPTPT)": the special rates of an item; NULL: no memory. */
static const char *special_of(const struct edition_table *t, const struct table_item *item)
{
	const struct edition_columns *c = t->source->columns;
	bool told[COLUMNS_RATES] = {false};
	size_t room = 1, length = 0;
	for (size_t i = 0; i < c->rate_count; i++)
		if (c->rate[i].kind == COLUMNS_SPECIAL)
			room += strlen(item->rate[i]) + strlen(c->rate[i].symbol) + 5;
	char *out = arena_alloc(t->r->arena, room, 1);
	for (size_t i = 0; out && i < c->rate_count; i++) {
		if (c->rate[i].kind != COLUMNS_SPECIAL || told[i] || !*item->rate[i])
			continue;
		length += (size_t)sprintf(out + length, "%s%s", length ? " " : "", item->rate[i]);
		bool any = false;
		for (size_t k = i; *c->rate[i].symbol && k < c->rate_count; k++) {
			if (c->rate[k].kind != COLUMNS_SPECIAL || !*c->rate[k].symbol ||
			    strcmp(item->rate[i], item->rate[k]) != 0)
				continue;
			length += (size_t)sprintf(out + length, "%s%s", any ? "," : " (",
						  c->rate[k].symbol);
			told[k] = any = true;
		}
		if (any)
			length += (size_t)sprintf(out + length, ")");
	}
	return out;
}

static const char *rate_of(const struct edition_columns *c, const struct table_item *item,
			   enum columns_kind kind)
{
	for (size_t i = 0; i < c->rate_count; i++)
		if (c->rate[i].kind == kind && *item->rate[i])
			return item->rate[i];
	return "";
}

static struct tw_text as_text(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

/* The item is whole: it becomes an entry. */
static int give_item(struct edition_table *t)
{
	struct table_item *item = t->item;
	const struct edition_columns *c = t->source->columns;
	char indent[2] = {(char)('0' + strlen(item->code) / 2), '\0'};
	struct tw_text unit[2];
	struct edition_entry entry = {.place = item->place, .unit = unit, .unsure = item->unsure};
	if (!*item->code)
		return TW_OK;
	for (int i = 0; i < 2 && !item->no_unit; i++)
		if (*item->unit[i])
			unit[entry.unit_count++] = as_text(item->unit[i]);
	const char *special = special_of(t, item);
	if (!special)
		return edition_error(t->r, item->place, "out of memory"), TW_NO_MEMORY;
	entry.code = as_text(item->code);
	entry.indent = as_text(indent);
	entry.general = as_text(rate_of(c, item, COLUMNS_GENERAL));
	entry.column2 = as_text(rate_of(c, item, COLUMNS_COLUMN2));
	entry.special = as_text(special);
	int code = edition_take(t->r, &entry);
	*item->code = '\0';
	return code;
}

/* The digits of a code, or what is wrong with it; fewer than 4 digits are headings of chapters. */
static int read_code(const struct edition_table *t, struct tw_text text, uint32_t line,
		     char out[16], bool *good)
{
	size_t count = 0;
	*good = true;
	for (size_t i = 0; *good && i < text.length; i++) {
		char c = text.at[i];
		if (c == '.' || c == ' ' || c == '-')
			continue;
		*good = c >= '0' && c <= '9' && count < 10;
		if (*good)
			out[count++] = c;
	}
	out[count] = '\0';
	if (*good && (count < 4 || count % 2 == 0))
		return TW_OK;
	*good = false;
	return edition_flaw(t->r, line, text,
			    "is not a code of 4, 6, 8 or 10 digits; is a leading zero lost?");
}

/* One more text of the item, of a row of it or of one beneath it. */
static int merge(const struct edition_table *t, const char **to, const char *text, bool beneath,
		 bool *differs, uint32_t line)
{
	if (!*text || !strcmp(*to, text))
		return TW_OK;
	if (!**to) {
		*to = text;
		return TW_OK;
	}
	if (beneath) {
		*differs = true;
		return TW_OK;
	}
	return edition_flaw(t->r, line, as_text(t->item->code),
			    "has another text here than in the row before it");
}

static void begin_item(struct table_item *item, const char *code, uint32_t line)
{
	*item = (struct table_item){.place = line, .unit = {"", ""}};
	snprintf(item->code, sizeof item->code, "%s", code);
	for (size_t i = 0; i < COLUMNS_RATES; i++)
		item->rate[i] = "";
}

static int merge_row(struct edition_table *t, const struct csv_row *row, bool beneath,
		     uint32_t line)
{
	const struct edition_columns *c = t->source->columns;
	struct table_item *item = t->item;
	int code = TW_OK;
	for (size_t i = 0; !code && i < c->rate_count; i++) {
		struct tw_text text = cell(t, row, RATES + 2 * i);
		if (!says_rate(t, row, i) || !text.length)
			continue;
		if (text.length > EDITION_TEXT || utf8_flaw(text.at, text.length) != text.length)
			return edition_error(t->r, line,
					     "a rate is longer than %d bytes, or is not UTF-8",
					     EDITION_TEXT);
		const char *ours = in_our_words(t, text, true);
		if (!ours)
			return edition_error(t->r, line, "out of memory"), TW_NO_MEMORY;
		code = merge(t, &item->rate[i], ours, beneath, &item->unsure, line);
	}
	for (size_t i = 0; !code && i < 2; i++) {
		const char *ours = in_our_words(t, cell(t, row, UNIT + i), false);
		if (!ours)
			return edition_error(t->r, line, "out of memory"), TW_NO_MEMORY;
		code = merge(t, &item->unit[i], ours, true, &item->no_unit, line);
	}
	return code;
}

static bool says_any(const struct edition_table *t, const struct csv_row *row)
{
	for (size_t i = 0; i < t->source->columns->rate_count; i++)
		if (says_rate(t, row, i))
			return true;
	return false;
}

static bool has_rate(const struct edition_table *t, const struct csv_row *row)
{
	for (size_t i = 0; i < t->source->columns->rate_count; i++)
		if (says_rate(t, row, i) && cell(t, row, RATES + 2 * i).length)
			return true;
	return false;
}

/* Words between the codes and headings of chapters: nothing, unless they print a rate. */
static int take_heading(const struct edition_table *t, const struct csv_row *row,
			struct tw_text text, uint32_t line)
{
	if (!has_rate(t, row))
		return TW_OK;
	return edition_flaw(t->r, line, text,
			    text.length ? "prints a rate and has fewer than 4 digits; are leading "
					  "zeros lost?"
					: "the row prints a rate and no code");
}

/* A row of a table whose codes say how deep they stand. */
static int take_by_code(struct edition_table *t, const struct csv_row *row, uint32_t line)
{
	struct table_item *item = t->item;
	const unsigned digits = t->source->columns->digits;
	struct tw_text text = cell(t, row, CODE);
	char number[16];
	bool good, of_day = true, beneath = false;
	int code;
	if ((code = read_code(t, text, line, number, &good)) || !good)
		return code;
	if (strlen(number) < 4)
		return take_heading(t, row, text, line);
	if (!says_any(t, row)) {
		t->r->out->other_rows++;
		return TW_OK;
	}
	if ((code = is_of_day(t, row, line, &of_day)) || !of_day)
		return code;
	if (digits && strlen(number) > digits) {
		beneath = strspn(number + digits, "0") != strlen(number + digits);
		number[digits] = '\0';
	}
	if (strcmp(number, item->code) != 0) {
		if ((code = give_item(t)))
			return code;
		begin_item(item, number, line);
	}
	return merge_row(t, row, beneath, line);
}

/* A row of the export of the USITC, whose depth stands in a column of its own. */
static int take_by_indent(struct edition_table *t, const struct csv_row *row, uint32_t line)
{
	const struct edition_columns *c = t->source->columns;
	struct tw_text unit[4], units = cell(t, row, UNIT);
	struct edition_entry entry = {.place = line, .unit = unit};
	entry.code = cell(t, row, CODE);
	entry.indent = cell(t, row, INDENT);
	for (size_t i = 0; i < c->rate_count; i++) {
		struct tw_text *to = c->rate[i].kind == COLUMNS_GENERAL   ? &entry.general
				     : c->rate[i].kind == COLUMNS_COLUMN2 ? &entry.column2
									  : &entry.special;
		if (!to->length && says_rate(t, row, i))
			*to = cell(t, row, RATES + 2 * i);
	}
	if (!edition_units(units, unit, &entry.unit_count))
		return edition_error(t->r, line,
				     "the units \"%.*s\" cannot be read: [\"No.\",\"kg\"] is right",
				     (int)(units.length < 60 ? units.length : 60), units.at);
	return edition_take(t->r, &entry);
}

int table_reader_row(struct edition_table *t, const struct csv_row *row, uint32_t line)
{
	return t->source->columns->indent ? take_by_indent(t, row, line)
					  : take_by_code(t, row, line);
}

int table_reader_end(struct edition_table *t)
{
	return t->source->columns->indent ? TW_OK : give_item(t);
}

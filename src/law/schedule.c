/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the base schedule: a row a code and period, with its rates as printed
 * and parsed. Each distinct rate text is parsed once.
 */
#include "law/reader.h"

#include "common/order.h"
#include "law/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CODE, UNIT1, UNIT2, GENERAL, SPECIAL, COL2, FLAGS, FROM, UNTIL, COLUMNS };
static const char *const columns[] = {"code", "unit1", "unit2", "general", "special",
				      "col2", "flags", "from",  "until",   NULL};

struct specials {
	const struct law_special *at;
	uint32_t count;
};
struct schedule {
	struct reader *r;
	struct tsv tsv;
	int column[COLUMNS];
	const struct law_jurisdiction *jurisdiction;
	struct table rate_names, special_names;
	struct vector rates, specials; /* struct law_rate, struct specials */
};

static const char *jurisdiction_path(struct reader *r, uint32_t jurisdiction, const char *name)
{
	const struct law_jurisdiction *j = r->law->jurisdictions + jurisdiction;
	char code[3] = {(char)tolower((unsigned char)j->code[0]),
			(char)tolower((unsigned char)j->code[1]), 0};
	return file_join(r->arena, code, name);
}

int read_unknown_rates(struct reader *r, uint32_t jurisdiction)
{
	static const char *const names[] = {"text", "reason", NULL};
	struct tsv tsv;
	const char *path = jurisdiction_path(r, jurisdiction, "rates-not-computed.tsv");
	if (!path)
		return read_no_memory(r);
	if (!read_has(r, path))
		return TW_OK;
	int code = read_tsv(r, path, &tsv);
	if (code || (code = tsv_only(r, &tsv, names)))
		return code;
	int text = tsv_column(&tsv, "text"), reason = tsv_column(&tsv, "reason");
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct law_unknown_rate *slot = read_add(r, &r->unknown_rates, sizeof *slot);
		if (!slot)
			return TW_NO_MEMORY;
		*slot =
		    (struct law_unknown_rate){tsv_cell(&tsv, i, text), tsv_cell(&tsv, i, reason)};
		if (!*slot->text || !*slot->reason)
			return law_error(r->error, tsv_pos(&tsv, i, 0),
					 "text and reason must both be given");
		for (uint32_t k = 0; k + 1 < r->unknown_rates.count; k++)
			if (!strcmp(((struct law_unknown_rate *)r->unknown_rates.item)[k].text,
				    slot->text))
				return law_error(r->error, tsv_pos(&tsv, i, text),
						 "the text is repeated");
	}
	r->law->unknown_rates = r->unknown_rates.item;
	r->law->unknown_rate_count = r->unknown_rates.count;
	return TW_OK;
}

/* unread: the row may print what is not understood. */
static int read_rate_cell(struct schedule *s, size_t row, int which, bool unread,
			  struct law_rate *out)
{
	struct reader *r = s->r;
	const char *text = tsv_cell(&s->tsv, row, s->column[which]);
	uint32_t known = table_find(&s->rate_names, text);
	if (known != LAW_NONE) {
		*out = ((struct law_rate *)s->rates.item)[known];
		return TW_OK;
	}
	struct law_pos pos = tsv_pos(&s->tsv, row, s->column[which]);
	int code = text_rate(out, r->law, r->arena, text, pos, r->error);
	if (!code && !rate_says_units(out))
		code = law_error(r->error, pos, "\"%.120s\" says no unit: write $1.05/bbl", text);
	if (code == TW_BAD_LAW && unread)
		return text_rate_unread(out, r->arena, text, pos, r->error);
	if (code)
		return code;
	struct law_rate *slot = read_add(r, &s->rates, sizeof *slot);
	if (!slot || table_add(&s->rate_names, r->arena, text, s->rates.count - 1))
		return read_no_memory(r);
	*slot = *out;
	return TW_OK;
}

/* A cell in which not even the symbols are understood: it may grant any treatment. */
static int special_unread(struct schedule *s, const char *text, struct law_pos pos,
			  struct law_schedule_row *out)
{
	const struct law_jurisdiction *j = s->jurisdiction;
	struct law_special *made = read_take(s->r, j->preference_count, sizeof *made);
	struct law_rate rate;
	int code =
	    made ? text_rate_unread(&rate, s->r->arena, text, pos, s->r->error) : TW_NO_MEMORY;
	out->special = made;
	for (uint32_t i = 0; !code && i < j->preference_count; i++) {
		const char *symbol = j->preferences[i].symbol;
		uint32_t k = 0;
		while (k < out->special_count && strcmp(made[k].symbol, symbol) != 0)
			k++;
		if (k == out->special_count)
			made[out->special_count++] = (struct law_special){symbol, rate};
	}
	return code;
}

static int read_special_cell(struct schedule *s, size_t row, bool unread,
			     struct law_schedule_row *out)
{
	struct reader *r = s->r;
	const char *text = tsv_cell(&s->tsv, row, s->column[SPECIAL]);
	struct law_pos pos = tsv_pos(&s->tsv, row, s->column[SPECIAL]);
	if (!*text)
		return TW_OK;
	if (unread) {
		int code = text_special(&out->special, &out->special_count, r->law, r->arena, text,
					true, pos, r->error);
		return code == TW_BAD_LAW ? special_unread(s, text, pos, out) : code;
	}
	uint32_t known = table_find(&s->special_names, text);
	if (known == LAW_NONE) {
		struct specials parsed;
		int code = text_special(&parsed.at, &parsed.count, r->law, r->arena, text, false,
					pos, r->error);
		struct specials *slot = code ? NULL : read_add(r, &s->specials, sizeof *slot);
		if (!slot)
			return code ? code : TW_NO_MEMORY;
		*slot = parsed;
		known = s->specials.count - 1;
		if (table_add(&s->special_names, r->arena, text, known))
			return read_no_memory(r);
	}
	out->special = ((struct specials *)s->specials.item)[known].at;
	out->special_count = ((struct specials *)s->specials.item)[known].count;
	return TW_OK;
}

static int read_day_cell(struct schedule *s, size_t row, int which, tw_time *out)
{
	const char *text = tsv_cell(&s->tsv, row, s->column[which]);
	struct law_pos pos = tsv_pos(&s->tsv, row, s->column[which]);
	if (!*text)
		return TW_OK;
	if (strlen(text) != 10)
		return law_error(s->r->error, pos, "\"%s\" is not a day: write 2025-07-01", text);
	return text_time(out, s->jurisdiction->timezone, text, pos, s->r->error);
}

static int check_unit(struct schedule *s, size_t row, int which, const char **out)
{
	const char *text = tsv_cell(&s->tsv, row, s->column[which]);
	char lower[64];
	size_t n = strlen(text);
	*out = text;
	if (!n)
		return TW_OK;
	for (size_t i = 0; i <= n && n < sizeof lower; i++)
		lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
	if (n < sizeof lower && table_find(&s->r->unit, lower) != LAW_NONE)
		return TW_OK;
	uint32_t index;
	return read_name(s->r, &s->r->unit, "unit", text, tsv_pos(&s->tsv, row, s->column[which]),
			 &index);
}

/* "excise,unread" */
static int read_flags(struct schedule *s, size_t row, struct law_schedule_row *out, bool *unread)
{
	const struct {
		const char *word;
		bool *flag;
	} known[] = {{"excise", &out->excise}, {"unsure", &out->unsure}, {"unread", unread}};
	const char *at = tsv_cell(&s->tsv, row, s->column[FLAGS]);
	*unread = false;
	while (*at) {
		size_t length = strcspn(at, ","), k = 0;
		while (k < 3 && (strlen(known[k].word) != length ||
				 strncmp(known[k].word, at, length) != 0 || *known[k].flag))
			k++;
		if (k == 3 || (at[length] && !at[length + 1]))
			return law_error(s->r->error, tsv_pos(&s->tsv, row, s->column[FLAGS]),
					 "unknown flag \"%.*s\": write excise, unsure or unread, "
					 "each once, with a comma between two",
					 (int)length, at);
		*known[k].flag = true;
		at += length + (at[length] == ',');
	}
	return TW_OK;
}

static int read_row(struct schedule *s, size_t i, struct law_schedule_row *row)
{
	struct reader *r = s->r;
	const char *code = tsv_cell(&s->tsv, i, s->column[CODE]);
	struct law_range range;
	row->pos = (struct law_pos){s->tsv.path, s->tsv.line[i], 1};
	row->digits = (uint32_t)strlen(code);
	if (strchr(code, '.') || (row->digits != 8 && row->digits != 10))
		return law_error(r->error, row->pos,
				 "\"%s\" is not a code of 8 or 10 digits without dots", code);
	if (s->jurisdiction->open_numbers && row->digits != 8)
		return law_error(
		    r->error, row->pos,
		    "\"%s\": with \"numbers: open\" the schedule has items of 8 digits "
		    "alone",
		    code);
	int result = text_range(&range, code, row->pos, r->error);
	if (result)
		return result;
	row->code = range.low;
	row->from = TW_TIME_MIN;
	row->until = TW_TIME_MAX;
	bool unread;
	if ((result = read_flags(s, i, row, &unread)) ||
	    (result = check_unit(s, i, UNIT1, &row->unit1)) ||
	    (result = check_unit(s, i, UNIT2, &row->unit2)) ||
	    (result = read_rate_cell(s, i, GENERAL, unread, &row->general)) ||
	    (result = read_rate_cell(s, i, COL2, unread, &row->column2)) ||
	    (result = read_special_cell(s, i, unread, row)) ||
	    (result = read_day_cell(s, i, FROM, &row->from)) ||
	    (result = read_day_cell(s, i, UNTIL, &row->until)))
		return result;
	if (row->until <= row->from)
		return law_error(r->error, tsv_pos(&s->tsv, i, s->column[UNTIL]),
				 "until is not after from");
	return TW_OK;
}

static int by_code(const void *a, const void *b)
{
	const struct law_schedule_row *x = a, *y = b;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	if (x->digits != y->digits)
		return x->digits < y->digits ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static int check_rows(struct reader *r, const struct law_schedule_row *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct law_schedule_row *a = &rows[i - 1], *b = &rows[i];
		if (a->code == b->code && a->digits == b->digits && b->from < a->until)
			return law_error(r->error, b->pos,
					 "the code is already on line %d, for days that overlap",
					 a->pos.line);
	}
	return TW_OK;
}

uint32_t schedule_find(const struct law_jurisdiction *j, uint64_t code)
{
	uint32_t low = 0, high = j->row_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (j->rows[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int read_schedule(struct reader *r, uint32_t jurisdiction, const char *name)
{
	struct law_jurisdiction *j =
	    (struct law_jurisdiction *)r->jurisdictions.item + jurisdiction;
	struct schedule s = {.r = r, .jurisdiction = j};
	const char *path = jurisdiction_path(r, jurisdiction, name);
	if (!path)
		return read_no_memory(r);
	int code = read_tsv(r, path, &s.tsv);
	if (code || (code = tsv_only(r, &s.tsv, columns)))
		return code;
	for (int i = 0; i < COLUMNS; i++)
		s.column[i] = tsv_column(&s.tsv, columns[i]);
	struct law_schedule_row *rows = read_take(r, s.tsv.row_count, sizeof *rows);
	if (!rows)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < s.tsv.row_count; i++)
		if ((code = read_row(&s, i, &rows[i])))
			return code;
	order_items(rows, s.tsv.row_count, sizeof *rows, by_code);
	j->rows = rows;
	j->row_count = (uint32_t)s.tsv.row_count;
	return check_rows(r, rows, s.tsv.row_count);
}

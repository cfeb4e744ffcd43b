/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/error.h"
#include "common/words.h"
#include "common/write.h"
#include "lines/claim_columns.h"

enum { LINE_LEFT = 24 /* names of columns not read on the line */, NAME_WIDTH = 28, AS_WIDTH = 22 };

/* One column, of either format. */
struct column_view {
	struct tw_text name;
	int field, claim;
	struct tw_text word;
	enum columns_why why;
	const struct seen_column *seen; /* NULL: no line was seen */
	size_t index;
};

static size_t column_count(const struct input *input)
{
	if (!input->is_ndjson)
		return input->columns.count;
	return input->seen ? input->seen->count : 0;
}

static struct column_view view(const struct input *input, size_t index)
{
	const struct columns *columns = &input->columns;
	struct column_view out = {.index = index};
	if (input->seen)
		out.seen = &input->seen->column[index];
	if (input->is_ndjson) {
		out.name = (struct tw_text){out.seen->name, out.seen->length};
		out.field = out.seen->found.meaning.field;
		out.claim = out.seen->found.claim;
		out.word = out.seen->found.word;
		out.why = out.seen->why;
	} else {
		out.name = columns->name[index];
		out.field = columns->field[index];
		out.claim = columns->claim[index];
		out.word = columns->word[index];
		out.why = columns->why[index];
	}
	return out;
}

static bool is_read(const struct column_view *column)
{
	return column->field < FIELD_OTHER || column->field == FIELD_SECOND;
}

static void put_name(struct buffer *out, struct tw_text name)
{
	buffer_char(out, '"');
	buffer_shown(out, name.at, name.length < 80 ? name.length : 80);
	buffer_char(out, '"');
}

/* The field that a second column of its kind says. */
static int field_of(const struct input *input, const struct column_view *column)
{
	for (size_t i = 0; column->field == FIELD_SECOND && i < input->columns.seconds; i++)
		if (input->columns.second[i].at == (int)column->index)
			return input->columns.second[i].field;
	return column->field;
}

static const char *field_name(const struct input *input, const struct column_view *column)
{
	int field = field_of(input, column);
	if (field < TW_COLUMN_COUNT)
		return tw_column_name((enum tw_column)field);
	switch (field) {
	case FIELD_SPI:
		return "spi";
	case FIELD_ENTRY_LINE:
		return "line of the entry";
	case FIELD_ORDINAL:
		return "tariff row";
	case FIELD_DECLARED:
		return "declared duty";
	case FIELD_CLAIM:
		return claim_columns_name(input->columns.options->claims, column->claim);
	case FIELD_PART:
		return "value, with others";
	default:
		return "";
	}
}

static void put_field(struct buffer *out, const struct input *input,
		      const struct column_view *column)
{
	if (column->field == FIELD_CLAIM)
		buffer_text(out, "claim ");
	buffer_text(out, field_name(input, column));
	if (column->word.length) {
		buffer_text(out, " in ");
		buffer_shown(out, column->word.at, column->word.length);
	}
}

static bool is_set(const struct input *input, int field)
{
	return field < TW_COLUMN_COUNT && input->columns.options->set[field].at;
}

/* The column that gives the field which this one would. */
static int taken_by(const struct input *input, const struct column_view *column)
{
	struct header_word found = header_read(column->name, input->columns.options);
	int field = found.meaning.field;
	return !input->is_ndjson && field < FIELD_CLAIM ? input->columns.at[field] : -1;
}

/* Why a column is not read; in a few words for the line, else with what would be right. */
static void put_why(struct buffer *out, const struct input *input, const struct column_view *column,
		    bool whole)
{
	int by;
	switch (column->why) {
	case WHY_UNUSED:
		buffer_text(out, whole ? "recognised; no answer depends on it" : "");
		return;
	case WHY_DATE:
		buffer_text(out, "not the date of entry");
		break;
	case WHY_EACH:
		buffer_text(out, "a unit price, not the value of the line");
		if (!whole)
			return;
		buffer_text(out, ": --value-from \"[");
		buffer_shown(out, column->name.at, column->name.length);
		buffer_text(out, "]*[QUANTITY]\", or --map if it is the value of the line");
		return;
	case WHY_FREIGHT:
		buffer_text(out, "includes freight and insurance");
		if (whole)
			buffer_text(out, ", which the dutiable value may exclude");
		break;
	case WHY_BEHIND:
	case WHY_MAPPED:
		by = taken_by(input, column);
		buffer_text(out, by >= 0 ? "behind " : "left out by --map");
		if (by >= 0)
			put_name(out, input->columns.name[by]);
		return;
	case WHY_STRANGE:
		buffer_text(out, "the unit or currency \"");
		buffer_shown(out, column->word.at, column->word.length);
		buffer_text(out, "\" is not known");
		break;
	case WHY_NO_CLAIM:
		buffer_text(out, "its cells are not values of the claim");
		break;
	case WHY_READ:
	case WHY_UNKNOWN:
	case WHY_EMPTY:
		buffer_text(out, whole ? "not a column name: --map \"" : "");
		if (whole) {
			buffer_shown(out, column->name.at, column->name.length);
			buffer_text(out, "=COLUMN\" if it is one");
		}
		return;
	}
}

/* The unread column's name is near one of ours: a misspelling. */
static const char *nearest(const struct column_view *column)
{
	if (column->why != WHY_UNKNOWN && column->why != WHY_READ)
		return NULL;
	return columns_nearest_ours(column->name.at, column->name.length);
}

static bool same_as_ours(const struct input *input, const struct column_view *column)
{
	const char *name = field_name(input, column);
	return strlen(name) == column->name.length &&
	       !memcmp(name, column->name.at, column->name.length);
}

/* What the value is reckoned from; false: it is not. */
static bool put_reckoning(struct buffer *out, const struct input *input, const char *before)
{
	const struct value_from *from = input->columns.is_reckoned
					    ? &input->columns.reckon
					    : input->columns.options->value_from;
	if (!from || (!input->is_ndjson && !input->columns.is_reckoned))
		return false;
	buffer_text(out, before);
	for (size_t term = 0; term < from->terms; term++) {
		if (term)
			buffer_text(out, from->term[term].minus ? " less " : " plus ");
		for (size_t i = 0; i < from->term[term].factors; i++) {
			struct tw_text name = from->term[term].factor[i].name;
			buffer_text(out, i ? " times " : "");
			if (from->term[term].factor[i].is_number)
				buffer_shown(out, name.at, name.length);
			else
				put_name(out, name);
		}
	}
	return true;
}

static void put_read(struct buffer *out, const struct input *input)
{
	bool first = true;
	for (size_t i = 0; i < column_count(input); i++) {
		struct column_view column = view(input, i);
		if (!is_read(&column) || column.field == FIELD_SECOND ||
		    column.field == FIELD_PART || is_set(input, column.field))
			continue;
		buffer_text(out, first ? "read: " : ", ");
		first = false;
		put_field(out, input, &column);
		if (!same_as_ours(input, &column) || column.field == FIELD_CLAIM) {
			buffer_text(out, " from ");
			put_name(out, column.name);
		}
		for (size_t k = 0; k < input->columns.seconds && !input->is_ndjson; k++)
			if (input->columns.second[k].field == column.field) {
				buffer_text(out, " and ");
				put_name(out, input->columns.name[input->columns.second[k].at]);
			}
	}
	if (put_reckoning(out, input, first ? "read: value from " : ", value from "))
		first = false;
	if (first)
		buffer_text(out, "read: nothing");
}

void report_line(struct buffer *out, const struct input *input)
{
	size_t left = 0;
	put_read(out, input);
	for (size_t i = 0; i < column_count(input); i++) {
		struct column_view column = view(input, i);
		if ((is_read(&column) && !is_set(input, column.field)) || !column.name.length)
			continue;
		if (++left > LINE_LEFT)
			continue;
		buffer_text(out, left == 1 ? "; not read: " : ", ");
		put_name(out, column.name);
		size_t start = out->length;
		buffer_text(out, " (");
		const char *near = nearest(&column);
		if (is_set(input, column.field))
			buffer_text(out, "--set gives it");
		else if (near)
			buffer_text(out, "did you mean "), buffer_text(out, near),
			    buffer_char(out, '?');
		else
			put_why(out, input, &column, false);
		if (out->length == start + 2)
			out->length = start;
		else
			buffer_char(out, ')');
	}
	if (left > LINE_LEFT) {
		buffer_text(out, " and ");
		buffer_number(out, left - LINE_LEFT);
		buffer_text(out, " more (--columns lists them)");
	}
}

static void pad(struct buffer *out, size_t start, size_t width)
{
	size_t shown = 0;
	for (size_t i = start; i < out->length; i++)
		shown += ((unsigned char)out->at[i] & 0xC0) != 0x80;
	do
		buffer_char(out, ' ');
	while (++shown < width);
}

static void put_values(struct buffer *out, const struct column_view *column)
{
	for (unsigned i = 0; column->seen && i < column->seen->values; i++) {
		if (i)
			buffer_text(out, " | ");
		buffer_shown(out, column->seen->value[i], strlen(column->seen->value[i]));
	}
	if (!column->seen || !column->seen->values)
		buffer_text(out, "(empty)");
}

static void page_row(struct buffer *out, const struct input *input,
		     const struct column_view *column)
{
	size_t start = out->length;
	buffer_shown(out, column->name.at, column->name.length);
	pad(out, start, NAME_WIDTH);
	start = out->length;
	bool set = is_set(input, column->field), read = is_read(column) && !set;
	if (read)
		put_field(out, input, column);
	else
		buffer_text(out, "not read");
	pad(out, start, AS_WIDTH);
	put_values(out, column);
	buffer_char(out, '\n');
	if (column->field == FIELD_SECOND)
		buffer_text(out, "    must agree with the other on every line\n");
	if (read)
		return;
	const char *near = nearest(column);
	buffer_text(out, "    ");
	if (set)
		buffer_text(out, "--set gives it");
	else if (near)
		buffer_text(out, "did you mean "), buffer_text(out, near), buffer_text(out, "? "),
		    buffer_text(out, "--map says so");
	else
		put_why(out, input, column, true);
	buffer_char(out, '\n');
}

static const char *separator_name(const struct input *input)
{
	if (input->is_ndjson)
		return "NDJSON";
	if (input->is_table)
		return "Parquet";
	switch (input->separator) {
	case ',':
		return "CSV, comma";
	case ';':
		return "CSV, semicolon";
	case '\t':
		return "CSV, tab";
	default:
		return "CSV, bar";
	}
}

void report_page(struct buffer *out, const struct input *input)
{
	buffer_shown(out, input->name, strlen(input->name));
	buffer_text(out, ": ");
	buffer_text(out, separator_name(input));
	if (!input->is_ndjson && !input->is_table) {
		buffer_text(out, ", header on line ");
		buffer_number(out, input->start_number - 1);
	}
	buffer_text(out, "\n\n");
	size_t start = out->length;
	buffer_text(out, "COLUMN");
	pad(out, start, NAME_WIDTH);
	start = out->length;
	buffer_text(out, "READ AS");
	pad(out, start, AS_WIDTH);
	buffer_text(out, "FIRST VALUES\n");
	for (size_t i = 0; i < column_count(input); i++) {
		struct column_view column = view(input, i);
		page_row(out, input, &column);
	}
	buffer_char(out, '\n');
}

static void put_member(struct buffer *out, const char *name, const struct buffer *text)
{
	buffer_print(out, ",\"%s\":", name);
	buffer_json(out, text->at ? text->at : "", text->length);
}

static void json_column(struct buffer *out, const struct input *input,
			const struct column_view *column)
{
	bool set = is_set(input, column->field), read = is_read(column) && !set;
	const char *near = read || set ? NULL : nearest(column);
	struct buffer text = {.within = out};
	buffer_text(out, "{\"name\":");
	buffer_json(out, column->name.at ? column->name.at : "", column->name.length);
	if (read)
		put_field(&text, input, column);
	else if (set)
		buffer_text(&text, "--set gives it");
	else if (!near)
		put_why(&text, input, column, true);
	if (read)
		put_member(out, "read_as", &text);
	else if (text.length)
		put_member(out, "why", &text);
	if (near) {
		buffer_text(out, ",\"near\":");
		buffer_json(out, near, strlen(near));
	}
	buffer_free(&text);
	buffer_text(out, ",\"values\":[");
	for (unsigned i = 0; column->seen && i < column->seen->values; i++) {
		buffer_text(out, i ? "," : "");
		buffer_json(out, column->seen->value[i], strlen(column->seen->value[i]));
	}
	buffer_text(out, "]}");
}

void report_json(struct buffer *out, const struct input *input)
{
	buffer_text(out, "{\"schema\":1,\"file\":");
	buffer_json(out, input->name, strlen(input->name));
	buffer_print(out, ",\"form\":\"%s\",\"columns\":[", separator_name(input));
	for (size_t i = 0; i < column_count(input); i++) {
		struct column_view column = view(input, i);
		buffer_text(out, i ? ",\n" : "\n");
		json_column(out, input, &column);
	}
	buffer_text(out, "]}\n");
}

int report_write(int to, const struct input *inputs, size_t count, bool json,
		 struct tw_error *error)
{
	struct buffer out = {0};
	int code = TW_OK;
	for (size_t f = 0; f < count; f++)
		if (json)
			report_json(&out, &inputs[f]);
		else
			report_page(&out, &inputs[f]);
	if (out.failed)
		code = error_set(error, TW_NO_MEMORY, "not enough memory");
	else if (write_all(to, out.at, out.length))
		code = error_set(error, TW_BAD_FILE, "the output cannot be written: %s",
				 strerror(errno));
	buffer_free(&out);
	return code;
}

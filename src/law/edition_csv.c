/* SPDX-License-Identifier: Apache-2.0 */
/* The CSV export of a schedule: records become entries. Knows no rates. */
#include "common/csv.h"
#include "common/utf8.h"
#include "law/edition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NUMBER, INDENT, UNITS, GENERAL, SPECIAL, COLUMN2, COLUMNS };
static const char *const names[] = {"HTS Number",           "Indent",
				    "Unit of Quantity",     "General Rate of Duty",
				    "Special Rate of Duty", "Column 2 Rate of Duty"};

struct csv_scan {
	struct edition_reader *r;
	struct csv_row row;
	size_t column[COLUMNS]; /* place of each column */
	size_t width;
	uint32_t line;
};

static int flaw(const struct csv_scan *s, enum csv_result result)
{
	static const char *const texts[] = {
	    [CSV_BROKEN] = "there is text after a closing quote: a quote within a field is doubled",
	    [CSV_UNCLOSED] = "a quote is not closed",
	    [CSV_LONG] = "the record is longer than 1 MiB",
	    [CSV_WIDE] = "the record has more columns than any schedule"};
	return edition_error(s->r, s->line, "%s",
			     result == CSV_MORE ? texts[CSV_UNCLOSED] : texts[result]);
}

static struct tw_text cell(const struct csv_scan *s, int which)
{
	size_t at = s->column[which];
	return at < s->row.count ? csv_value(s->row.field[at]) : (struct tw_text){"", 0};
}

static int read_header(struct csv_scan *s)
{
	for (int i = 0; i < COLUMNS; i++) {
		size_t k = 0;
		for (; k < s->row.count; k++) {
			struct tw_text name = csv_value(s->row.field[k]);
			if (name.length == strlen(names[i]) &&
			    !strncasecmp(name.at, names[i], name.length))
				break;
		}
		if (k == s->row.count)
			return edition_error(s->r, s->line,
					     "the column \"%s\" is missing: give the schedule as "
					     "it is exported, as CSV or JSON",
					     names[i]);
		s->column[i] = k;
	}
	s->width = s->row.count;
	return TW_OK;
}

/* Four hex digits of a JSON escape; 0: none. */
static uint32_t hex4(const char *at, const char *end)
{
	uint32_t point = 0;
	for (int i = 0; i < 4; i++) {
		if (at + i >= end)
			return 0;
		char c = at[i];
		uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
							: 16;
		if (digit == 16)
			return 0;
		point = point * 16 + digit;
	}
	return point;
}

/* A JSON string at *at, undone in place; false: it is none. */
static bool scan_string(char **at, char *end, struct tw_text *out)
{
	char *from = *at + 1, *to = from;
	out->at = from;
	while (from < end && *from != '"') {
		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		if (++from == end)
			return false;
		if (*from != 'u') {
			*to++ = *from++;
			continue;
		}
		uint32_t point = hex4(from + 1, end);
		if (!point || (point >= 0xd800 && point <= 0xdfff))
			return false;
		to += utf8_encode(to, point); /* at most 3 bytes in the place of 6 */
		from += 5;
	}
	out->length = (size_t)(to - out->at);
	*at = from + 1;
	return from < end;
}

/* ["No.","kg"] as the export writes it, or a unit alone. */
static bool scan_units(struct tw_text text, struct tw_text unit[4], size_t *count)
{
	char *at = (char *)text.at, *end = at + text.length;
	*count = 0;
	if (!text.length)
		return true;
	if (*at != '[') {
		unit[(*count)++] = text;
		return true;
	}
	for (at++; at < end && *at != ']';) {
		struct tw_text one;
		if (*at == ' ' || *at == ',') {
			at++;
			continue;
		}
		if (*at != '"' || !scan_string(&at, end, &one))
			return false;
		if (*count < 4)
			unit[(*count)++] = one;
	}
	return at + 1 == end;
}

static int read_record(struct csv_scan *s)
{
	struct tw_text unit[4];
	struct edition_entry entry = {.place = s->line, .unit = unit};
	if (s->row.count == 1 && !csv_value(s->row.field[0]).length)
		return TW_OK; /* an empty line */
	if (s->row.count > s->width)
		return edition_error(s->r, s->line, "%zu columns where the first row names %zu",
				     s->row.count, s->width);
	entry.code = cell(s, NUMBER);
	entry.indent = cell(s, INDENT);
	entry.general = cell(s, GENERAL);
	entry.special = cell(s, SPECIAL);
	entry.column2 = cell(s, COLUMN2);
	struct tw_text units = cell(s, UNITS);
	if (!scan_units(units, unit, &entry.unit_count))
		return edition_error(s->r, s->line,
				     "the units \"%.*s\" cannot be read: [\"No.\",\"kg\"] is right",
				     (int)(units.length < 60 ? units.length : 60), units.at);
	return edition_take(s->r, &entry);
}

int edition_csv(struct edition_reader *reader, char *data, size_t size)
{
	struct csv_scan *s = calloc(1, sizeof *s);
	int code = TW_OK;
	bool first = true;
	if (!s) {
		edition_error(reader, 0, "out of memory");
		return TW_NO_MEMORY;
	}
	s->r = reader;
	s->line = 1;
	for (size_t at = 0; !code && at < size; first = false) {
		size_t length, where;
		struct tw_text rest = {data + at, size - at};
		enum csv_result result = csv_end(&length, &where, rest, ',', true);
		if (result == CSV_OK) {
			uint32_t lines = (uint32_t)csv_newlines(data + at, length);
			result = csv_split(&s->row, data + at, length, ',');
			if (result == CSV_OK)
				code = first ? read_header(s) : read_record(s);
			if (!code && result == CSV_OK)
				s->line += lines;
			at += length;
		}
		if (result != CSV_OK)
			code = flaw(s, result);
	}
	free(s);
	return code;
}

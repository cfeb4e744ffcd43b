/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A schedule as a table of text: its separator, the row that names the columns, and the cells of
 * each row by what the profile says of them. Knows no rates.
 */
#include "law/edition_table.h"

#include "common/ascii.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_ROWS = 30 /* among which the one stands that names the columns */ };

struct csv_scan {
	struct edition_reader *r;
	struct edition_table *table;
	struct csv_row row;
	char separator;
	bool has_header;
	size_t width;
	uint32_t line;
	/* Of the row that names most of the columns so far, for its error. */
	size_t best;
	char lacks[80];
	uint32_t best_line;
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

/* Blanks and breaks within a name count as one blank, and letters in either case are the same. */
static bool is_name(struct tw_text cell, const char *name, size_t length)
{
	size_t i = 0, k = 0;
	for (;;) {
		bool blank = false;
		while (i < cell.length && (unsigned char)cell.at[i] <= ' ') {
			blank = true;
			i++;
		}
		if (i == cell.length)
			return k == length;
		if (blank && k && (k == length || name[k++] != ' '))
			return false;
		if (k == length || to_lower(cell.at[i++]) != to_lower(name[k++]))
			return false;
	}
}

/* The cell that one of the spellings names; -1: none. */
static int find_cell(const struct csv_row *row, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, "|?");
		const char *next = names + strcspn(names, "|");
		while (length && names[length - 1] == ' ')
			length--;
		for (size_t k = 0; length && k < row->count; k++)
			if (is_name(csv_value(row->field[k]), names, length))
				return (int)k;
		names = next + (*next == '|');
		names += strspn(names, " ");
	}
	return -1;
}

static bool may_lack(const char *names)
{
	size_t length = strlen(names);
	return length && names[length - 1] == '?';
}

/* Whether the row names the columns; else which of them it lacks first is kept. */
static void try_header(struct csv_scan *s)
{
	struct edition_table *t = s->table;
	size_t found = 0, lacking = t->place_count;
	for (size_t i = 0; i < t->place_count; i++) {
		t->place[i].at = find_cell(&s->row, t->place[i].names);
		found += t->place[i].at >= 0;
		if (t->place[i].at < 0 && !may_lack(t->place[i].names) && lacking > i)
			lacking = i;
	}
	s->has_header = lacking == t->place_count;
	s->width = s->row.count;
	if (s->has_header || (s->best_line && found <= s->best))
		return;
	s->best = found;
	s->best_line = s->line;
	snprintf(s->lacks, sizeof s->lacks, "%.*s", (int)strcspn(t->place[lacking].names, "|"),
		 t->place[lacking].names);
}

static int no_header(struct csv_scan *s)
{
	size_t length = strlen(s->lacks);
	while (length && s->lacks[length - 1] == ' ')
		s->lacks[--length] = '\0';
	s->line = s->best_line;
	return edition_error(s->r, s->line,
			     "the column \"%s\" is missing: give the schedule as it is exported, "
			     "as CSV or JSON, or a --profile that names its columns",
			     s->lacks);
}

static bool is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (csv_value(row->field[i]).length)
			return false;
	return true;
}

static int read_record(struct csv_scan *s, uint32_t number)
{
	if (is_empty(&s->row))
		return TW_OK;
	if (!s->has_header) {
		if (number > HEAD_ROWS)
			return no_header(s);
		try_header(s);
		return TW_OK;
	}
	if (s->row.count > s->width)
		return edition_error(s->r, s->line, "%zu columns where the first row names %zu",
				     s->row.count, s->width);
	return table_reader_row(s->table, &s->row, s->line);
}

/* The separator that parts most in the first lines; of as many the first of these. */
static char find_separator(const char *data, size_t size)
{
	static const char all[] = ",\t;|";
	size_t most = 0;
	char found = ',';
	for (size_t k = 0; k + 1 < sizeof all; k++) {
		size_t count = 0;
		bool quoted = false;
		for (size_t i = 0, lines = 0; i < size && lines < HEAD_ROWS; i++) {
			quoted ^= data[i] == '"';
			count += !quoted && data[i] == all[k];
			lines += data[i] == '\n';
		}
		if (count > most) {
			most = count;
			found = all[k];
		}
	}
	return found;
}

static int read_records(struct csv_scan *s, char *data, size_t size)
{
	int code = TW_OK;
	uint32_t number = 0;
	for (size_t at = 0; !code && at < size;) {
		size_t length, where;
		struct tw_text rest = {data + at, size - at};
		enum csv_result result = csv_end(&length, &where, rest, s->separator, true);
		if (result == CSV_OK) {
			/* A row of a sheet is one, whatever breaks are in its cells. */
			uint32_t lines =
			    s->r->out->sheet ? 1 : (uint32_t)csv_newlines(data + at, length);
			result = csv_split(&s->row, data + at, length, s->separator);
			if (result == CSV_OK)
				code = read_record(s, ++number);
			if (!code && result == CSV_OK)
				s->line += lines;
			at += length;
		}
		if (result != CSV_OK)
			code = flaw(s, result);
	}
	if (!code && !s->has_header)
		code = no_header(s);
	return code;
}

int edition_csv(struct edition_reader *reader, const struct edition_source *source, char *data,
		size_t size)
{
	struct csv_scan *s = calloc(1, sizeof *s);
	int code = TW_NO_MEMORY;
	if (!s || !(s->table = table_reader_new(reader, source))) {
		edition_error(reader, 0, "out of memory");
		goto done;
	}
	s->r = reader;
	s->line = 1;
	s->separator = find_separator(data, size);
	if (!(code = read_records(s, data, size)))
		code = table_reader_end(s->table);
done:
	if (s)
		table_reader_free(s->table);
	free(s);
	return code;
}

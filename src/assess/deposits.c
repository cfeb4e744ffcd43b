/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of rates of deposits, see deposits.h: CSV with a comma, semicolon, tab or bar, whose
 * first row names the columns case, exporter, rate, from and until. A row that cannot be read
 * refuses the table, so that no line is answered by half of it.
 */
#include "assess/deposits.h"

#include "assess/reading.h"
#include "common/ascii.h"
#include "common/csv.h"
#include "common/date.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/order.h"
#include "rulebook/rulebook.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_MOST ((size_t)16 << 20)
enum { NAME_ROOM = 80 };

/* A row: of one case and exporter from the first day to the last. */
struct row {
	char id[CASE_LENGTH + 1]; /* "A570967" */
	bool is_others;
	uint32_t line;
	int32_t first, last;     /* days since 1970-01-01 */
	struct tw_text exporter; /* as it is written */
	struct deposit deposit;
};

struct tw_deposits {
	char name[NAME_ROOM];
	char *text; /* to which the rows point */
	struct row *row;
	size_t count, room;
};

enum part { PART_CASE, PART_EXPORTER, PART_RATE, PART_FROM, PART_UNTIL, PART_NOTE, PARTS };

/* What the columns are called, letters and digits alone. */
static const char *const headers[PARTS] = {
    [PART_CASE] = "case casenumber caseno",
    [PART_EXPORTER] = "exporter exportername adcvdexporter",
    [PART_RATE] = "rate depositrate cashdepositrate adcvdrate",
    [PART_FROM] = "from validfrom effective effectivedate",
    [PART_UNTIL] = "until to validto",
    [PART_NOTE] = "note notes comment",
};

struct table_reader {
	tw_deposits *out;
	const struct rb *rb;
	const char *path;
	size_t length;
	char separator;
	struct csv_row row;
	int at[PARTS]; /* the column of each part, or -1 */
	size_t columns;
	bool has_header;
	int line;
	struct tw_error *error;
};

static int fail(const struct table_reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static int fail(const struct table_reader *r, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	int code = error_vat(r->error, TW_BAD_FILE, r->path, r->line, 0, format, list);
	va_end(list);
	return code;
}

static struct tw_text cell(const struct table_reader *r, enum part part)
{
	int at = r->at[part];
	return at < 0 || (size_t)at >= r->row.count ? (struct tw_text){NULL, 0}
						    : csv_value(r->row.field[at]);
}

/* ------------------------------- names ------------------------------- */

/* The next byte of a name, its letters small and its runs of blanks one; 0: it ends. */
static unsigned char next_byte(struct tw_text *text)
{
	if (!text->length)
		return 0;
	unsigned char c = (unsigned char)*text->at;
	text->at++;
	text->length--;
	if (c == ' ' || c == '\t')
		while (text->length && (*text->at == ' ' || *text->at == '\t')) {
			text->at++;
			text->length--;
		}
	return c == '\t' ? ' ' : c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

static int compare_names(struct tw_text a, struct tw_text b)
{
	a = reading_trim(a);
	b = reading_trim(b);
	for (;;) {
		unsigned char x = next_byte(&a), y = next_byte(&b);
		if (x != y)
			return x < y ? -1 : 1;
		if (!x)
			return 0;
	}
}

/* "All others", and the rate of a country as a whole: "PRC-wide entity". By its letters. */
static bool means_others(struct tw_text name)
{
	static const char wide[] = "wideentity";
	char letters[NAME_ROOM];
	size_t count = 0;
	for (size_t i = 0; i < name.length && count + 1 < sizeof letters; i++) {
		char c = to_lower(name.at[i]);
		if (c >= 'a' && c <= 'z')
			letters[count++] = c;
	}
	letters[count] = '\0';
	return !strcmp(letters, "allothers") || !strcmp(letters, "allother") ||
	       (count > sizeof wide - 1 && !strcmp(letters + count - (sizeof wide - 1), wide));
}

static int compare_who(const struct row *a, const struct row *b)
{
	int order = memcmp(a->id, b->id, CASE_LENGTH);
	if (order)
		return order;
	if (a->is_others || b->is_others)
		return (int)a->is_others - (int)b->is_others;
	return compare_names(a->exporter, b->exporter);
}

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = compare_who(a, b);
	return order ? order : (a->first > b->first) - (a->first < b->first);
}

/* ------------------------------- rows ------------------------------- */

static bool in_list(const char *list, const char *word)
{
	size_t n = strlen(word), length;
	for (; *list; list += length) {
		list += strspn(list, " ");
		length = strcspn(list, " ");
		if (n && length == n && !memcmp(list, word, n))
			return true;
	}
	return false;
}

static enum part find_part(struct tw_text name)
{
	char folded[32];
	size_t length = 0;
	enum part part = 0;
	for (size_t i = 0; i < name.length && length + 1 < sizeof folded; i++) {
		char c =
		    name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] | 0x20) : name.at[i];
		if ((c >= 'a' && c <= 'z') || is_digit(c))
			folded[length++] = c;
	}
	folded[length] = '\0';
	while (part < PARTS && !in_list(headers[part], folded))
		part++;
	return part;
}

static int read_header(struct table_reader *r)
{
	static const char *const needed[] = {"case", "exporter", "rate"};
	for (size_t i = 0; i < r->row.count; i++) {
		struct tw_text name = csv_value(r->row.field[i]);
		enum part part = find_part(name);
		if (part == PARTS && name.length)
			return fail(r,
				    "the column `%.*s` is not known: the columns are case, "
				    "exporter, rate, from and until; a column note is not read",
				    SHOW(name));
		if (part == PARTS)
			continue;
		if (r->at[part] >= 0)
			return fail(r, "the column `%.*s` is there twice", SHOW(name));
		r->at[part] = (int)i;
	}
	for (int part = PART_CASE; part <= PART_RATE; part++)
		if (r->at[part] < 0)
			return fail(r,
				    "there is no column %s: the first row names the columns, case, "
				    "exporter, rate, and from and until where rates have days",
				    needed[part]);
	r->columns = r->row.count;
	r->has_header = true;
	return TW_OK;
}

static int read_day(int32_t *out, const struct table_reader *r, enum part part, int32_t without)
{
	struct tw_text text = cell(r, part);
	struct date_read date;
	const char *right = "write a day such as 2026-11-29";
	*out = without;
	if (!text.length)
		return TW_OK;
	if (!date_read(&date, text, DATE_BY_FORM, &right) || date.length != text.length)
		return fail(r, "`%.*s` is not a day: %s", SHOW(text), right);
	*out = (int32_t)time_days(date.year, date.month, date.day);
	return TW_OK;
}

static struct row *new_row(tw_deposits *table)
{
	if (table->count == table->room) {
		size_t room = table->room ? 2 * table->room : 64;
		struct row *row = realloc(table->row, room * sizeof *row);
		if (!row)
			return NULL;
		table->row = row;
		table->room = room;
	}
	return &table->row[table->count];
}

static int read_row(struct table_reader *r)
{
	struct row *row = new_row(r->out);
	struct tw_text id = cell(r, PART_CASE), rate = cell(r, PART_RATE);
	const char *right;
	int code;
	if (!row)
		return error_memory(r->error);
	*row = (struct row){.line = (uint32_t)r->line, .exporter = cell(r, PART_EXPORTER)};
	if (r->row.count > r->columns)
		return fail(r,
			    "the row has more cells than the first row has columns: quote a cell "
			    "that holds the separator");
	if (!deposit_case(row->id, id))
		return fail(r, "`%.*s` is not a case number: write it as A-570-967 or C-570-968",
			    SHOW(id));
	if (!row->exporter.length)
		return fail(r, "the exporter is not named: write its name, or all others");
	row->is_others = means_others(row->exporter);
	if (!deposit_parse(&row->deposit, r->rb, rate, &right))
		return fail(r, "`%.*s` is not a rate: %s", SHOW(rate), right);
	if ((code = read_day(&row->first, r, PART_FROM, INT32_MIN)) ||
	    (code = read_day(&row->last, r, PART_UNTIL, INT32_MAX)))
		return code;
	if (row->last < row->first)
		return fail(r, "the days of the rate end before they begin: until is the last day");
	r->out->count++;
	return TW_OK;
}

static bool is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (csv_value(row->field[i]).length)
			return false;
	return true;
}

static int read_rows(struct table_reader *r)
{
	char *text = r->out->text;
	int code = TW_OK, next = 1;
	for (size_t at = 0, length, flaw; at < r->length && !code; at += length) {
		r->line = next;
		enum csv_result result =
		    csv_end(&length, &flaw, (struct tw_text){text + at, r->length - at},
			    r->separator, true);
		next += (int)csv_newlines(text + at, length);
		if (result == CSV_OK)
			result = csv_split(&r->row, text + at, length, r->separator);
		if (result != CSV_OK)
			return fail(r, "the row cannot be read: %s",
				    result == CSV_WIDE   ? "it has too many columns"
				    : result == CSV_LONG ? "it is longer than 1 MiB"
							 : "a quote is not closed, or text "
							   "stands behind one");
		if (is_empty(&r->row))
			continue;
		code = r->has_header ? read_row(r) : read_header(r);
	}
	if (!code && !r->out->count) {
		r->line = 0;
		code = fail(r, r->has_header
				   ? "the table has no rows"
				   : "the table is empty: its first row names the columns, case, "
				     "exporter, rate, from and until");
	}
	return code;
}

/* Rows of one case and exporter, whose days must not meet. */
static int check_days(struct table_reader *r)
{
	const struct row *row = r->out->row;
	for (size_t i = 1; i < r->out->count; i++) {
		if (compare_who(&row[i - 1], &row[i]) || row[i].first > row[i - 1].last)
			continue;
		bool later = row[i].line > row[i - 1].line;
		r->line = (int)row[later ? i : i - 1].line;
		return fail(r,
			    "the days meet those of line %u, of the same case and exporter: end "
			    "one with until before the other begins",
			    row[later ? i - 1 : i].line);
	}
	return TW_OK;
}

static char separator_of(struct tw_text text)
{
	static const char separators[] = "\t;|,";
	const char *end = memchr(text.at, '\n', text.length);
	size_t length = end ? (size_t)(end - text.at) : text.length;
	for (const char *at = separators; *at; at++)
		if (memchr(text.at, *at, length))
			return *at;
	return ',';
}

static int read_table(tw_deposits *table, const struct rb *rb, struct tw_text text,
		      const char *path, struct tw_error *error)
{
	struct table_reader *r = calloc(1, sizeof *r);
	if (!r || !(table->text = malloc(text.length + 1))) {
		free(r);
		return error_memory(error);
	}
	*r = (struct table_reader){.out = table, .rb = rb, .path = path, .error = error};
	for (int part = 0; part < PARTS; part++)
		r->at[part] = -1;
	r->length = text.length;
	if (text.length)
		memcpy(table->text, text.at, text.length);
	r->separator = separator_of((struct tw_text){table->text, text.length});
	int code = read_rows(r);
	if (!code) {
		order_items(table->row, table->count, sizeof *table->row, compare_rows);
		code = check_days(r);
	}
	free(r);
	return code;
}

int tw_deposits_read(tw_deposits **out, const tw_rulebook *rulebook, struct tw_text text,
		     const char *name, struct tw_error *error)
{
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!rulebook || !name || (!text.at && text.length))
		return error_null(error, !rulebook ? "rulebook" : !name ? "name" : "text");
	if (text.length > TABLE_MOST)
		return error_at(error, TW_BAD_FILE, name, 0, 0, "the table is larger than 16 MiB");
	if (text.length >= 3 && !memcmp(text.at, "\xEF\xBB\xBF", 3))
		text = (struct tw_text){text.at + 3, text.length - 3};
	tw_deposits *table = calloc(1, sizeof *table);
	if (!table)
		return error_memory(error);
	const char *base = strrchr(name, '/');
	fit_print(table->name, sizeof table->name, "%s", base ? base + 1 : name);
	int code = read_table(table, rulebook_layout(rulebook), text, name, error);
	if (code)
		tw_deposits_free(table);
	else
		*out = table;
	return code;
}

void tw_deposits_free(tw_deposits *table)
{
	if (!table)
		return;
	free(table->text);
	free(table->row);
	free(table);
}

/* ------------------------------- rates ------------------------------- */

const char *deposits_name(const tw_deposits *table)
{
	return table->name;
}

bool deposits_days(int64_t out[2], const tw_deposits *table, size_t i)
{
	if (i >= table->count)
		return false;
	const struct row *row = &table->row[i];
	out[0] = row->first == INT32_MIN ? INT64_MIN : row->first;
	out[1] = row->last == INT32_MAX ? INT64_MIN : (int64_t)row->last + 1;
	return true;
}

/* The first row that does not stand before this one. */
static size_t find_row(const tw_deposits *table, const struct row *wanted)
{
	size_t low = 0, high = table->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_rows(&table->row[middle], wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The row of that case and exporter on its first day, or NULL. */
static const struct row *row_on(const tw_deposits *table, const struct row *wanted)
{
	size_t at = find_row(table, wanted);
	if (at < table->count && !compare_who(&table->row[at], wanted) &&
	    table->row[at].first == wanted->first)
		return &table->row[at];
	return at && !compare_who(&table->row[at - 1], wanted) &&
		       table->row[at - 1].last >= wanted->first
		   ? &table->row[at - 1]
		   : NULL;
}

static bool has_case(const tw_deposits *table, const struct row *wanted)
{
	struct row first = *wanted; /* no name stands before none */
	first.exporter = (struct tw_text){"", 0};
	first.is_others = false;
	first.first = INT32_MIN;
	size_t at = find_row(table, &first);
	return at < table->count && !memcmp(table->row[at].id, wanted->id, CASE_LENGTH);
}

enum deposits_found deposits_find(const struct deposit **out, uint32_t *line,
				  const tw_deposits *table, struct tw_text id,
				  struct tw_text exporter, int64_t day)
{
	struct row wanted = {.exporter = reading_trim(exporter), .first = (int32_t)day};
	if (!deposit_case(wanted.id, id) || !has_case(table, &wanted))
		return DEPOSITS_NO_CASE;
	if (!wanted.exporter.length)
		return DEPOSITS_UNNAMED;
	enum deposits_found found = DEPOSITS_ROW;
	const struct row *row = row_on(table, &wanted);
	if (!row) {
		wanted.is_others = true;
		found = DEPOSITS_OTHERS;
		row = row_on(table, &wanted);
	}
	if (!row)
		return DEPOSITS_NO_ROW;
	*out = &row->deposit;
	*line = row->line;
	return found;
}

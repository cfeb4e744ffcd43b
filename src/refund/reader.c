/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "refund/rows.h"

enum { HEADER_ROWS = 64 };
#define WINDOW (2 * CSV_RECORD)
#define PEEK ((size_t)64 << 10)

struct reader {
	const struct refund_text *from;
	char *window;
	size_t at, end;
	struct tw_text piece; /* what of the source's text is not in the window */
	bool at_end, ends_in_cr;
	bool skipping; /* the rest of a row that is too long */
	char separator;
	struct refund_rows rows; /* its line: of the record at the front */
};

static int fail(const struct reader *r, struct tw_error *error, uint64_t line, int code,
		const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vat(error, code, r->from->name, (int)line, 0, format, arguments);
	va_end(arguments);
	return code;
}

/* More text into the window, until it has so many bytes or the source ends. */
static int fill(struct reader *r, size_t wanted, struct tw_error *error)
{
	if (r->at) {
		memmove(r->window, r->window + r->at, r->end - r->at);
		r->end -= r->at;
		r->at = 0;
	}
	while (!r->at_end && r->end < wanted) {
		if (!r->piece.length) {
			int code = r->from->next(r->from->context, &r->piece, error);
			if (code)
				return code;
			r->at_end = !r->piece.length;
		}
		size_t room = WINDOW - r->end;
		size_t length = r->piece.length < room ? r->piece.length : room;
		if (length)
			memcpy(r->window + r->end, r->piece.at, length);
		for (size_t i = 0; r->ends_in_cr && i < length; i++)
			if (r->window[r->end + i] == '\r')
				r->window[r->end + i] = '\n';
		r->piece.at += length;
		r->piece.length -= length;
		r->end += length;
	}
	return TW_OK;
}

struct header {
	size_t known, at, length;
	uint64_t line;
	char separator;
};

/* The best row of the first ones, read with one separator. */
static void try_separator(struct header *best, struct reader *r, char separator, char *copy)
{
	size_t at = 0, length, flaw, end = r->end < PEEK ? r->end : PEEK;
	uint64_t line = r->rows.line;
	int twice;
	for (int i = 0; i < HEADER_ROWS && at < end; i++) {
		struct tw_text rest = {r->window + at, end - at};
		struct refund_columns columns;
		enum csv_result result =
		    csv_end(&length, &flaw, rest, separator, r->at_end && end == r->end);
		if (result == CSV_MORE)
			return;
		memcpy(copy, rest.at, length);
		if (result == CSV_OK &&
		    csv_split(&r->rows.row, copy, length, separator) == CSV_OK) {
			refund_columns_read(&columns, &r->rows.row, &twice);
			if (columns.at[REFUND_FIELD_ENTRY] >= 0 && columns.known > best->known)
				*best = (struct header){columns.known, at, length, line, separator};
		}
		line += csv_newlines(rest.at, length);
		at += length;
	}
}

static int read_header(struct reader *r, struct tw_error *error)
{
	struct header best = {0};
	int code = fill(r, PEEK, error);
	char *copy = code ? NULL : malloc(WINDOW);
	if (!copy)
		return code ? code : fail(r, error, 0, TW_NO_MEMORY, "not enough memory");
	if (r->end >= 3 && !memcmp(r->window, "\xEF\xBB\xBF", 3))
		r->at = 3;
	if (r->end && memchr(r->window, '\r', r->end) && !memchr(r->window, '\n', r->end)) {
		r->ends_in_cr = true;
		for (size_t i = 0; i < r->end; i++)
			if (r->window[i] == '\r')
				r->window[i] = '\n';
	}
	code = fill(r, PEEK, error); /* the mark goes */
	for (const char *separator = ",;\t|"; !code && *separator; separator++)
		try_separator(&best, r, *separator, copy);
	if (!code && !best.known)
		code = fail(r, error, 0, TW_BAD_FILE,
			    r->end ? "no row names the columns: one of the first %d must, with "
				     "entry or Entry Summary Number among them"
				   : "is empty (none of %d rows): was it completely written?",
			    HEADER_ROWS);
	if (!code) {
		memcpy(copy, r->window + best.at, best.length);
		csv_split(&r->rows.row, copy, best.length, best.separator);
		code = refund_rows_header(&r->rows, best.line, error);
		r->separator = best.separator;
		r->rows.line = best.line + csv_newlines(r->window + best.at, best.length);
		r->at = best.at + best.length;
	}
	free(copy);
	return code;
}

/* A record of the window, which may be written into. */
static int take_record(struct reader *r, char *at, size_t length, struct tw_error *error)
{
	struct refund_rows *rows = &r->rows;
	if (csv_split(&rows->row, at, length, r->separator) != CSV_OK) {
		refund_rows_tell(rows,
				 "a quote is not closed, or text follows it, or the row has more "
				 "than %d cells: the row is not read",
				 CSV_FIELDS);
		return TW_OK;
	}
	return refund_rows_take(rows, 0, error);
}

static const char *flaw_text(enum csv_result result)
{
	return result == CSV_BROKEN     ? "text follows a closing quote: the row is not read"
	       : result == CSV_UNCLOSED ? "a quote is never closed: the row is not read"
	       : result == CSV_LONG     ? "the row is longer than 1 MiB: it is not read"
					: "the row has too many cells: it is not read";
}

static int read_records(struct reader *r, struct tw_error *error)
{
	int code = TW_OK;
	while (!code) {
		size_t length = 0, flaw;
		struct tw_text rest = {r->window + r->at, r->end - r->at};
		enum csv_result result =
		    rest.length ? csv_end(&length, &flaw, rest, r->separator, r->at_end) : CSV_MORE;
		if (result == CSV_MORE) {
			if (r->at_end)
				return TW_OK;
			code = fill(r, WINDOW, error);
			continue;
		}
		uint64_t lines = csv_newlines(rest.at, length);
		bool whole = length && rest.at[length - 1] == '\n';
		if (r->skipping)
			r->skipping = !whole;
		else if (result == CSV_OK)
			code = take_record(r, r->window + r->at, length, error);
		else
			refund_rows_tell(&r->rows, "%s", flaw_text(result));
		if (result == CSV_LONG)
			r->skipping = !whole;
		r->at += length;
		r->rows.line += lines;
	}
	return code;
}

int refund_read(struct refund_reading *reading, const struct refund_text *text,
		struct tw_error *error)
{
	struct reader *r = calloc(1, sizeof *r);
	int code = TW_NO_MEMORY;
	*reading->unread = '\0';
	if (r)
		*r = (struct reader){.from = text,
				     .rows = {.to = reading, .name = text->name, .line = 1},
				     .window = malloc(WINDOW)};
	if (r && r->window) {
		code = read_header(r, error);
		if (!code)
			code = read_records(r, error);
	} else {
		error_set(error, code, "not enough memory to read");
	}
	reading->file++; /* whatever came of it: names are counted with it */
	if (r)
		free(r->window);
	free(r);
	return code;
}

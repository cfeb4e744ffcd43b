/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammar of one field stands in field_scan alone; both public scans use it. Where a row has no
 * quote, as most have none, split_plain gives the same.
 */
#include "common/csv.h"

#include <string.h>

static bool is_blank(char c, char separator)
{
	return c == ' ' || (c == '\t' && separator != '\t');
}

/* After a field: blanks, a carriage return before the end. Returns the terminator's place. */
static const char *skip_tail(const char *at, const char *end, char separator)
{
	while (at < end && is_blank(*at, separator))
		at++;
	if (at < end && *at == '\r' && (at + 1 == end || at[1] == '\n'))
		at++;
	return at;
}

static bool ends_field(const char *at, const char *end, char separator)
{
	return at == end || *at == separator || *at == '\n';
}

/* ="...": the closing quote must stand on the same line, before a separator. */
static const char *wrapped_end(const char *at, const char *end, char separator)
{
	if (end - at < 3 || at[0] != '=' || at[1] != '"')
		return NULL;
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	const char *limit = newline ? newline : end;
	const char *quote = memchr(at + 2, '"', (size_t)(limit - at - 2));
	if (!quote)
		return NULL;
	const char *tail = skip_tail(quote + 1, end, separator);
	return ends_field(tail, end, separator) ? quote + 1 : NULL;
}

/* The separator or newline that ends a field without quotes; eight bytes at a time. */
static const char *plain_end(const char *at, const char *end, char separator)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t low = UINT64_C(0x0101010101010101), high = low << 7;
	const uint64_t separators = low * (unsigned char)separator, newlines = low * '\n';
	while (end - at >= 8) {
		uint64_t word;
		memcpy(&word, at, sizeof word);
		uint64_t a = word ^ separators, b = word ^ newlines;
		uint64_t hit = (((a - low) & ~a) | ((b - low) & ~b)) & high; /* a zero byte */
		if (hit)
			return at + __builtin_ctzll(hit) / 8;
		at += 8;
	}
#endif
	while (at < end && *at != separator && *at != '\n')
		at++;
	return at;
}

struct field {
	const char *at, *end; /* the content */
	bool escaped;         /* holds "" */
};

/*
 * One field from *next; leaves *next on its terminator. On a flaw *next is
 * the character at fault.
 */
static enum csv_result field_scan(struct field *field, const char **next, const char *end,
				  char separator)
{
	const char *at = *next, *content = at;
	while (at < end && is_blank(*at, separator))
		at++;
	if (at < end && *at == '"') {
		const char *open = at++, *quote;
		*field = (struct field){.at = at};
		while ((quote = memchr(at, '"', (size_t)(end - at)))) {
			if (quote + 1 == end || quote[1] != '"')
				break;
			field->escaped = true;
			at = quote + 2;
		}
		*next = open;
		if (!quote)
			return CSV_UNCLOSED;
		field->end = quote;
		at = skip_tail(quote + 1, end, separator);
		*next = at;
		return ends_field(at, end, separator) ? CSV_OK : CSV_BROKEN;
	}
	const char *wrapped = wrapped_end(at, end, separator);
	if (wrapped)
		at = wrapped;
	at = plain_end(at, end, separator);
	*next = at;
	if (at > content && at[-1] == '\r' && (at == end || *at == '\n'))
		at--;
	*field = (struct field){.at = content, .end = at};
	return CSV_OK;
}

static size_t first_line(struct tw_text window)
{
	const char *newline = memchr(window.at, '\n', window.length);
	return newline ? (size_t)(newline - window.at) + 1 : window.length;
}

/* A record with a quote in it: field by field. */
static enum csv_result quoted_end(const char **next, const char *end, char separator, bool last)
{
	struct field field;
	const char *at = *next;
	for (;;) {
		enum csv_result result = field_scan(&field, &at, end, separator);
		*next = at;
		if (result == CSV_UNCLOSED && !last)
			return CSV_MORE;
		if (result != CSV_OK)
			return result;
		if (at == end)
			return last ? CSV_OK : CSV_MORE;
		at++;
		if (at[-1] == '\n') {
			*next = at;
			return CSV_OK;
		}
	}
}

/*
 * Whether a line of the window is a record with quotes just where they belong: behind a separator,
 * and before one, each closed on the line and none written twice. Others are read field by field.
 */
static bool is_neat(const char *start, const char *end, char separator)
{
	const char *at = start, *open;
	while (at < end && (open = memchr(at, '"', (size_t)(end - at)))) {
		if (open > start && open[-1] != separator)
			return false;
		const char *close = memchr(open + 1, '"', (size_t)(end - open - 1));
		if (!close)
			return false;
		at = close + 1;
		if (at < end && *at != separator && *at != '\n' &&
		    (*at != '\r' || at + 1 == end || at[1] != '\n'))
			return false;
	}
	return true;
}

enum csv_result csv_end(size_t *length, size_t *flaw, struct tw_text window, char separator,
			bool last)
{
	const char *end = window.at + window.length, *at = window.at;
	size_t line = first_line(window);
	bool whole = last || (line && window.at[line - 1] == '\n');
	enum csv_result result;

	*flaw = 0;
	*length = line;
	if (whole && line <= CSV_RECORD && is_neat(window.at, window.at + line, separator))
		return CSV_OK;
	/* At most CSV_RECORD bytes on, it is called off. */
	if (window.length > CSV_RECORD) {
		end = window.at + CSV_RECORD;
		last = false;
	}
	result = quoted_end(&at, end, separator, last);
	/* Of a flawed record the first line is dropped, so the end of that must be there. */
	bool is_short = !whole && window.length <= CSV_RECORD;
	if (result == CSV_MORE ? window.length <= CSV_RECORD : result != CSV_OK && is_short)
		return CSV_MORE;
	if (result == CSV_MORE)
		result = line > CSV_RECORD ? CSV_LONG : CSV_UNCLOSED;
	if (result == CSV_OK) {
		*length = (size_t)(at - window.at);
		return CSV_OK;
	}
	*flaw = (size_t)(at - window.at);
	if (*flaw >= line) { /* opened on this line, ran into a later one */
		result = CSV_UNCLOSED;
		*flaw = line ? line - 1 : 0;
	}
	return result;
}

static size_t unescape(char *at, size_t length)
{
	size_t to = 0;
	for (size_t from = 0; from < length; from++) {
		at[to++] = at[from];
		if (at[from] == '"')
			from++;
	}
	return to;
}

/* A row without a quote: what stands between the separators, as field_scan has it. */
static enum csv_result split_plain(struct csv_row *row, char *start, const char *end,
				   char separator)
{
	const char *at = start, *newline = memchr(start, '\n', (size_t)(end - start));
	if (newline)
		end = newline;
	for (;;) {
		const char *next = memchr(at, separator, (size_t)(end - at));
		const char *stop = next ? next : end;
		row->read = (size_t)(at - start);
		if (row->count == CSV_FIELDS) {
			row->flaw = row->read;
			return CSV_WIDE;
		}
		if (!next && stop > at && stop[-1] == '\r')
			stop--;
		row->field[row->count++] = (struct tw_text){at, (size_t)(stop - at)};
		if (!next) {
			row->read = (size_t)(end - start);
			return CSV_OK;
		}
		at = next + 1;
	}
}

enum csv_result csv_split(struct csv_row *row, char *at, size_t length, char separator)
{
	const char *next = at, *end = at + length;
	struct field field;

	row->count = 0;
	row->flaw = row->read = 0;
	if (length && !memchr(at, '"', length))
		return split_plain(row, at, end, separator);
	for (;;) {
		row->read = (size_t)(next - at);
		enum csv_result result = field_scan(&field, &next, end, separator);
		if (result != CSV_OK) {
			row->flaw = (size_t)(next - at);
			return result;
		}
		if (row->count == CSV_FIELDS) {
			row->flaw = (size_t)(field.at - at);
			return CSV_WIDE;
		}
		size_t size = (size_t)(field.end - field.at);
		if (field.escaped)
			size = unescape(at + (field.at - at), size);
		row->field[row->count++] = (struct tw_text){field.at, size};
		if (next == end || *next == '\n') {
			row->read = (size_t)(next - at);
			return CSV_OK;
		}
		next++;
	}
}

struct tw_text csv_value(struct tw_text field)
{
	const char *at = field.at, *end = at + field.length;
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (end - at >= 3 && at[0] == '=' && at[1] == '"' && end[-1] == '"')
		return csv_value((struct tw_text){at + 2, (size_t)(end - at) - 3});
	return (struct tw_text){at, (size_t)(end - at)};
}

uint64_t csv_newlines(const char *at, size_t length)
{
	uint64_t count = 0;
	const char *newline;
	while (length && (newline = memchr(at, '\n', length))) {
		count++;
		length -= (size_t)(newline + 1 - at);
		at = newline + 1;
	}
	return count;
}

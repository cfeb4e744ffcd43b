/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/rows.h"

#include <string.h>

#include "common/ascii.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\x1A';
}

struct tw_text rows_trim(struct tw_text text)
{
	while (text.length && is_blank(*text.at)) {
		text.at++;
		text.length--;
	}
	while (text.length && is_blank(text.at[text.length - 1]))
		text.length--;
	return text;
}

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* Whether a quoted cell ends behind this quote. */
static bool closes(const struct rows *rows, const char *at)
{
	while (at < rows->end && *at == ' ')
		at++;
	return at == rows->end || *at == rows->separator || ends_line(*at) || *at == '\x1A';
}

/* The quote that closes the one before `from`; NULL: none does. */
static char *closing(struct rows *rows, char *from)
{
	char *last = rows->end - from > ROWS_QUOTED ? from + ROWS_QUOTED : rows->end;
	bool is_stray = false;
	for (char *at = from < rows->none ? rows->none : from; at < last; at++) {
		if (*at != '"')
			continue;
		if (at + 1 < rows->end && at[1] == '"' && !closes(rows, at + 1)) {
			at++; /* one that is doubled */
		} else if (closes(rows, at + 1)) {
			rows->mended += is_stray;
			return at;
		} else {
			is_stray = true;
		}
	}
	rows->none = last;
	return NULL;
}

/* Undoes doubled quotes in place. */
static size_t undouble(char *at, size_t length)
{
	size_t to = 0;
	for (size_t i = 0; i < length; i++) {
		at[to++] = at[i];
		if (at[i] == '"' && i + 1 < length && at[i + 1] == '"')
			i++;
	}
	return to;
}

/* One cell; `rows` stands on what ends it. */
static struct tw_text take_cell(struct rows *rows)
{
	char *at = rows->at;
	while (at < rows->end && *at == ' ')
		at++;
	if (at < rows->end && *at == '"') {
		char *end = closing(rows, at + 1);
		if (end) {
			for (const char *c = at; c < end; c++)
				rows->next += *c == '\n';
			rows->at = end + 1;
			while (rows->at < rows->end && *rows->at == ' ')
				rows->at++;
			if (rows->at < rows->end && *rows->at == '\x1A')
				rows->at++;
			struct tw_text text = {at + 1, undouble(at + 1, (size_t)(end - at - 1))};
			return rows_trim(text);
		}
		rows->mended++;
	}
	char *start = at;
	while (at < rows->end && *at != rows->separator && !ends_line(*at))
		at++;
	rows->at = at;
	return rows_trim((struct tw_text){start, (size_t)(at - start)});
}

/* Over the end of a line, which may be CR, LF or both. */
static void end_line(struct rows *rows)
{
	if (rows->at < rows->end && *rows->at == '\r')
		rows->at++;
	if (rows->at < rows->end && *rows->at == '\n')
		rows->at++;
	rows->next++;
}

bool rows_next(struct row *row, struct rows *rows)
{
	while (rows->at < rows->end) {
		rows->line = rows->next;
		row->count = 0;
		for (;;) {
			struct tw_text cell = take_cell(rows);
			if (row->count < ROWS_CELLS)
				row->cell[row->count++] = cell;
			if (rows->at >= rows->end || *rows->at != rows->separator)
				break;
			rows->at++;
		}
		end_line(rows);
		if (row->count > 1 || row->cell[0].length)
			return true;
	}
	return false;
}

struct tw_text row_cell(const struct row *row, size_t position)
{
	return position < row->count ? row->cell[position] : (struct tw_text){"", 0};
}

bool rows_part(struct tw_text *part, struct tw_text *text, const char *separator)
{
	size_t length = strlen(separator);
	if (!text->length)
		return false;
	const char *end = memmem(text->at, text->length, separator, length);
	size_t used = end ? (size_t)(end - text->at) + length : text->length;
	part->at = text->at;
	part->length = end ? (size_t)(end - text->at) : text->length;
	*part = rows_trim(*part);
	text->at += used;
	text->length -= used;
	return true;
}

static bool counts(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c);
}

bool rows_alike(struct tw_text text, const char *name)
{
	size_t i = 0;
	for (;;) {
		while (i < text.length && !counts(to_lower(text.at[i])))
			i++;
		while (*name && !counts(to_lower(*name)))
			name++;
		if (i == text.length || !*name)
			return i == text.length && !*name;
		if (to_lower(text.at[i++]) != to_lower(*name++))
			return false;
	}
}

size_t rows_column(const struct row *head, const char *name, size_t otherwise)
{
	for (size_t i = 0; i < head->count; i++)
		if (rows_alike(head->cell[i], name))
			return i;
	return otherwise;
}

struct tw_text rows_joined(struct buffer *to, const struct row *row, const size_t *of, size_t count,
			   const char *between)
{
	to->length = 0;
	for (size_t i = 0; i < count; i++) {
		struct tw_text part = row_cell(row, of[i]);
		if (!part.length)
			continue;
		buffer_text(to, to->length ? between : "");
		buffer_put(to, part.at, part.length);
	}
	return (struct tw_text){to->length ? to->at : "", to->length};
}

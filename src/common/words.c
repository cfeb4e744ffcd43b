/* SPDX-License-Identifier: Apache-2.0 */
#include "common/words.h"

#include <stdio.h>
#include <string.h>

#include "common/utf8.h"

void buffer_print(struct buffer *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_format(out, format, arguments);
	va_end(arguments);
}

void words_pad(struct buffer *out, size_t columns)
{
	for (; columns; columns--)
		buffer_char(out, ' ');
}

/* As many bytes of a word as fit into the columns; at least one letter. */
static size_t fitting(const char *word, size_t length, size_t columns)
{
	size_t part = 0, used = 0;
	while (part < length) {
		size_t bytes = utf8_length(word + part, length - part);
		int wide = bytes ? utf8_columns(utf8_decode(word + part, bytes)) : 1;
		if (part && used + (size_t)(wide < 0 ? 1 : wide) > columns)
			break;
		used += (size_t)(wide < 0 ? 1 : wide);
		part += bytes ? bytes : 1;
	}
	return part;
}

static void next_row(struct words_rows *rows)
{
	buffer_char(rows->out, '\n');
	words_pad(rows->out, rows->indent);
	rows->column = rows->indent;
	rows->inside = false;
}

void words_row(struct words_rows *rows, const char *word, size_t length)
{
	size_t width = utf8_width(word, length);
	if (rows->inside && rows->column + 1 + width > rows->edge)
		next_row(rows);
	if (rows->inside) {
		buffer_char(rows->out, ' ');
		rows->column++;
	}
	while (rows->cut && rows->column + width > rows->edge) {
		size_t left = rows->column < rows->edge ? rows->edge - rows->column : 0;
		size_t part = fitting(word, length, left);
		if (part == length)
			break;
		buffer_shown(rows->out, word, part);
		next_row(rows);
		word += part;
		length -= part;
		width = utf8_width(word, length);
	}
	buffer_shown(rows->out, word, length);
	rows->column += width;
	rows->inside = true;
}

static void wrap(struct words_rows *rows, const char *text)
{
	struct buffer *out = rows->out;
	rows->edge = out->width ? out->width : WORDS_WIDTH;
	while (*text) {
		size_t length = strcspn(text, " \n");
		words_row(rows, text, length);
		text += length;
		text += strspn(text, " \n");
	}
	buffer_char(out, '\n');
}

void words_wrap(struct buffer *out, const char *text, size_t indent, size_t column)
{
	wrap(&(struct words_rows){.out = out, .indent = indent, .column = column}, text);
}

void words_wrap_cut(struct buffer *out, const char *text, size_t indent, size_t column)
{
	wrap(&(struct words_rows){.out = out, .indent = indent, .column = column, .cut = true},
	     text);
}

/* Digits with a comma before every three of the whole number. */
static const char *apart(char *out, const char *digits, size_t length)
{
	size_t whole = 0, to = 0;
	while (whole < length && digits[whole] != '.')
		whole++;
	for (size_t i = 0; i < length; i++) {
		if (i && i < whole && (whole - i) % 3 == 0 && digits[i - 1] != '-')
			out[to++] = ',';
		out[to++] = digits[i];
	}
	out[to] = '\0';
	return out;
}

const char *words_number(char out[32], uint64_t number)
{
	char plain[24];
	int length = snprintf(plain, sizeof plain, "%llu", (unsigned long long)number);
	return apart(out, plain, (size_t)length);
}

const char *words_money(char out[48], tw_money amount)
{
	char plain[32];
	struct buffer text = {.at = plain, .room = sizeof plain};
	buffer_money(&text, amount);
	return apart(out, plain, text.length);
}

void words_percent(char out[32], int64_t scaled)
{
	char back[32];
	size_t n = 0, length = 0;
	uint64_t whole = (uint64_t)scaled / 10000, rest = (uint64_t)scaled % 10000;
	int places = 4;
	for (; places > 0 && rest % 10 == 0; places--)
		rest /= 10;
	bool fraction = places > 0;
	for (; places > 0; places--, rest /= 10)
		back[n++] = (char)('0' + rest % 10);
	if (fraction)
		back[n++] = '.';
	do
		back[n++] = (char)('0' + whole % 10);
	while ((whole /= 10) != 0);
	while (n != 0)
		out[length++] = back[--n];
	out[length++] = '%';
	out[length] = '\0';
}

bool words_match(const char *glob, const char *text)
{
	const char *star = NULL, *back = NULL;
	while (*text) {
		if (*glob == '*') {
			star = ++glob;
			back = text;
		} else if (*glob == *text) {
			glob++;
			text++;
		} else if (star) {
			glob = star;
			text = ++back;
		} else {
			return false;
		}
	}
	while (*glob == '*')
		glob++;
	return !*glob;
}

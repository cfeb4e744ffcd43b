/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The growing output and the quotings: JSON, CSV, a terminal. It knows nothing
 * of lines or findings.
 */
#include "common/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/money.h"
#include "common/utf8.h"

enum { BUFFER_FIRST = 4096 };

void buffer_free(struct buffer *buffer)
{
	free(buffer->at);
	*buffer = (struct buffer){0};
}

void buffer_fail(struct buffer *buffer)
{
	for (; buffer; buffer = buffer->within)
		buffer->failed = true;
}

static char *fail(struct buffer *buffer)
{
	buffer_fail(buffer);
	return NULL;
}

char *buffer_room(struct buffer *buffer, size_t more)
{
	if (buffer->room - buffer->length >= more)
		return buffer->at + buffer->length;
	size_t room = buffer->room ? buffer->room : BUFFER_FIRST;
	while (room - buffer->length < more) {
		if (room > SIZE_MAX / 2)
			return fail(buffer);
		room *= 2;
	}
	char *at = realloc(buffer->at, room);
	if (!at)
		return fail(buffer);
	buffer->at = at;
	buffer->room = room;
	return at + buffer->length;
}

void buffer_put(struct buffer *buffer, const void *from, size_t length)
{
	char *to = length ? buffer_room(buffer, length) : NULL;
	if (!to)
		return;
	memcpy(to, from, length);
	buffer->length += length;
}

void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_put(buffer, text, strlen(text));
}

void buffer_char(struct buffer *buffer, char c)
{
	buffer_put(buffer, &c, 1);
}

void buffer_number(struct buffer *buffer, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buffer_put(buffer, digits + at, sizeof digits - at);
}

void buffer_money(struct buffer *buffer, tw_money amount)
{
	char text[32];
	buffer_put(buffer, text, money_print(text, amount));
}

void buffer_format(struct buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	char *to = length < 0 ? NULL : buffer_room(buffer, (size_t)length + 1);
	if (to) {
		vsnprintf(to, (size_t)length + 1, format, again);
		buffer->length += (size_t)length;
	} else {
		buffer_fail(buffer);
	}
	va_end(again);
}

static bool json_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* One character that JSON does not take as it is; returns the bytes of input used. */
static size_t json_escape(struct buffer *buffer, const char *at, size_t length)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char c = (unsigned char)*at;
	size_t used = 1;
	if (c >= 0x80) {
		bool fit;
		used = utf8_next(&fit, at, length);
		if (fit || used == 1) {
			buffer_put(buffer, fit ? at : UTF8_REPLACED, fit ? used : 3);
			return used;
		}
		c = (unsigned char)at[1]; /* a control of the second set */
	}
	char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
	const char *found = c ? strchr("\"\"\\\\\nn\rr\tt", c) : NULL;
	if (c == '"' || c == '\\')
		buffer_put(buffer, (char[2]){'\\', (char)c}, 2);
	else if (found && c < 0x20)
		buffer_put(buffer, (char[2]){'\\', found[1]}, 2);
	else
		buffer_put(buffer, escape, sizeof escape);
	return used;
}

void buffer_json(struct buffer *buffer, const char *text, size_t length)
{
	buffer_char(buffer, '"');
	for (size_t at = 0; at < length;) {
		size_t plain = at;
		while (plain < length && json_plain((unsigned char)text[plain]))
			plain++;
		buffer_put(buffer, text + at, plain - at);
		at = plain;
		if (at < length)
			at += json_escape(buffer, text + at, length - at);
	}
	buffer_char(buffer, '"');
}

void buffer_json_raw(struct buffer *buffer, const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		size_t plain = at;
		while (plain < length && (unsigned char)text[plain] >= 0x20 &&
		       (unsigned char)text[plain] < 0x7F)
			plain++;
		buffer_put(buffer, text + at, plain - at);
		at = plain;
		if (at == length)
			break;
		if (text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
			buffer_char(buffer, ' '); /* between members: in a string it is escaped */
			at++;
		} else {
			at += json_escape(buffer, text + at, length - at);
		}
	}
}

void buffer_shown(struct buffer *buffer, const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		bool fit;
		size_t used = utf8_next(&fit, text + at, length - at);
		if (fit && used > 1)
			fit = !utf8_turns(utf8_decode(text + at, used));
		if (fit)
			buffer_put(buffer, text + at, used);
		else if (text[at] == '\n' || text[at] == '\t' || text[at] == '\r')
			buffer_char(buffer, ' ');
		else
			buffer_text(buffer, UTF8_REPLACED);
		at += used;
	}
}

/* A byte of eight is below `limit`, which is at most 128. */
static uint64_t any_below(uint64_t eight, uint64_t limit)
{
	return (eight - UINT64_C(0x0101010101010101) * limit) & ~eight &
	       UINT64_C(0x8080808080808080);
}

static uint64_t any_equal(uint64_t eight, uint64_t byte)
{
	return any_below(eight ^ UINT64_C(0x0101010101010101) * byte, 1);
}

/* How many bytes at least, from the first on, are printable ASCII without quotes and commas. */
static size_t plain_run(const char *at, size_t length)
{
	size_t run = 0;
	for (uint64_t eight; length - run >= sizeof eight; run += sizeof eight) {
		memcpy(&eight, at + run, sizeof eight);
		if ((eight & UINT64_C(0x8080808080808080)) | any_below(eight, 0x20) |
		    any_equal(eight, 0x7F) | any_equal(eight, '"') | any_equal(eight, ','))
			break;
	}
	return run;
}

/* What a byte means for a cell. */
enum { PLAIN, ASKS_QUOTES, LINE_END, CONTROL, HIGH };

static unsigned kind_of(unsigned char c)
{
	if (c >= 0x80)
		return HIGH;
	if (c >= 0x20 || c == '\t')
		return c == '"' || c == ',' ? ASKS_QUOTES : c == 0x7F ? CONTROL : PLAIN;
	return c == '\n' || c == '\r' ? LINE_END : CONTROL;
}

/* Bytes that stay as they are from `at` on: neither controls nor broken. */
static size_t sound_length(const char *at, size_t length)
{
	bool fit;
	size_t i = 0;
	while (i < length) {
		i += plain_run(at + i, length - i);
		if (i == length)
			break;
		unsigned kind = kind_of((unsigned char)at[i]);
		if (kind == CONTROL)
			break;
		/* A lone return sets a terminal's cursor back. */
		if (kind == LINE_END && at[i] == '\r' && (i + 1 == length || at[i + 1] != '\n'))
			break;
		size_t used = kind == HIGH ? utf8_next(&fit, at + i, length - i) : 1;
		if (kind == HIGH && !fit)
			break;
		i += used;
	}
	return i;
}

size_t buffer_flaws(const char *at, size_t length)
{
	size_t flaws = 0;
	while (length) {
		size_t sound = sound_length(at, length);
		at += sound;
		length -= sound;
		if (!length)
			break;
		bool fit;
		size_t used = utf8_next(&fit, at, length);
		at += used;
		length -= used;
		flaws++;
	}
	return flaws;
}

/* Whether a spreadsheet would take the cell for a formula. */
static bool is_formula(const char *at, size_t length)
{
	static const char wide[][4] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}; /* = + - @ */
	if (length && memchr("=+-@\t\r\n", *at, 7))
		return true;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (length >= 3 && !memcmp(at, wide[i], 3))
			return true;
	return false;
}

static bool is_plain_cell(const char *at, size_t length)
{
	bool fit = true;
	if (length && (at[0] == ' ' || at[length - 1] == ' '))
		return false;
	for (size_t i = plain_run(at, length); i < length && fit;) {
		unsigned char c = (unsigned char)at[i];
		if (c >= 0x20 && c < 0x7F && c != '"' && c != ',')
			i++;
		else if (c >= 0x80)
			i += utf8_next(&fit, at + i, length - i);
		else
			fit = c == '\t' && ++i;
	}
	return fit;
}

size_t buffer_end_cell(struct buffer *buffer, size_t start, bool safe)
{
	if (buffer->failed || buffer->length == start)
		return 0;
	size_t length = buffer->length - start, replaced = 0;
	bool formula = safe && is_formula(buffer->at + start, length);
	if (!formula && is_plain_cell(buffer->at + start, length))
		return 0;
	/* The text is moved away and comes back; a byte becomes three at most. */
	size_t away = 3 * length + 4;
	if (!buffer_room(buffer, away))
		return 0;
	char *to = buffer->at + start;
	const char *from = memmove(to + away, to, length), *end = from + length;
	bool quote = *from == ' ' || end[-1] == ' ' || memchr(from, '"', length) ||
		     memchr(from, ',', length) || memchr(from, '\n', length);
	if (quote)
		*to++ = '"';
	if (formula)
		*to++ = '\'';
	while (from < end) {
		size_t sound = sound_length(from, (size_t)(end - from));
		while (sound) {
			const char *mark = memchr(from, '"', sound);
			size_t run = mark ? (size_t)(mark - from) + 1 : sound;
			memcpy(to, from, run); /* never over what is still to come */
			to += run;
			from += run;
			sound -= run;
			if (mark)
				*to++ = '"';
		}
		if (from == end)
			break;
		bool fit;
		from += utf8_next(&fit, from, (size_t)(end - from));
		memcpy(to, UTF8_REPLACED, 3);
		to += 3;
		replaced++;
	}
	if (quote)
		*to++ = '"';
	buffer->length = (size_t)(to - buffer->at);
	return replaced;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The growing output and the two quotings, JSON and CSV. It knows nothing of
 * lines or findings.
 */
#include "buffer.h"

#include <stdlib.h>
#include <string.h>

#include "../assess/money.h"
#include "utf8.h"

enum { BUFFER_FIRST = 4096 };

void buffer_free(struct buffer *buffer)
{
	free(buffer->at);
	*buffer = (struct buffer){0};
}

char *buffer_room(struct buffer *buffer, size_t more)
{
	if (buffer->room - buffer->length >= more)
		return buffer->at + buffer->length;
	size_t room = buffer->room ? buffer->room : BUFFER_FIRST;
	while (room - buffer->length < more) {
		if (room > SIZE_MAX / 2) {
			buffer->failed = true;
			return NULL;
		}
		room *= 2;
	}
	char *at = realloc(buffer->at, room);
	if (!at) {
		buffer->failed = true;
		return NULL;
	}
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

static bool json_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* One character that JSON does not take as it is; returns the bytes of input used. */
static size_t json_escape(struct buffer *buffer, const char *at, size_t length)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char c = (unsigned char)*at;
	if (c >= 0x80) {
		size_t used = utf8_length(at, length);
		if (used)
			buffer_put(buffer, at, used);
		else
			buffer_text(buffer, "\xEF\xBF\xBD");
		return used ? used : 1;
	}
	char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
	const char *found = c ? strchr("\"\"\\\\\nn\rr\tt", c) : NULL;
	if (c == '"' || c == '\\')
		buffer_put(buffer, (char[2]){'\\', (char)c}, 2);
	else if (found && c < 0x20)
		buffer_put(buffer, (char[2]){'\\', found[1]}, 2);
	else
		buffer_put(buffer, escape, sizeof escape);
	return 1;
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

void buffer_csv(struct buffer *buffer, const char *text, size_t length)
{
	bool quote = length && (text[0] == ' ' || text[length - 1] == ' ');
	for (size_t i = 0; i < length && !quote; i++)
		quote = text[i] == '"' || text[i] == ',' || text[i] == '\n' || text[i] == '\r';
	if (!quote) {
		buffer_put(buffer, text, length);
		return;
	}
	buffer_char(buffer, '"');
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '"')
			buffer_char(buffer, '"');
		buffer_char(buffer, text[i]);
	}
	buffer_char(buffer, '"');
}

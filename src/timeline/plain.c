/* SPDX-License-Identifier: Apache-2.0 */
/* Reading plain lines, see plain.h. Refuses nothing: what is not plain is left to the assessor. */
#include "timeline/plain.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 6109100012, 6109.10.00.12 and as much of it as six or eight digits. */
static bool read_code(struct tw_typed_line *out, struct tw_text text)
{
	uint64_t code = 0;
	unsigned digits = 0;
	for (size_t i = 0; i < text.length; i++) {
		bool dot = text.at[i] == '.' && (digits == 4 || digits == 6 || digits == 8) &&
			   i + 1 < text.length && is_digit(text.at[i + 1]);
		if (dot)
			continue;
		if (!is_digit(text.at[i]) || digits == 10)
			return false;
		code = code * 10 + (uint64_t)(text.at[i] - '0');
		digits++;
	}
	out->hts = code;
	out->digits = (uint8_t)digits;
	return digits == 6 || digits == 8 || digits == 10;
}

/* Two capital letters. */
static bool read_country(uint16_t *out, struct tw_text text)
{
	if (text.length != 2 || text.at[0] < 'A' || text.at[0] > 'Z' || text.at[1] < 'A' ||
	    text.at[1] > 'Z')
		return false;
	*out = TW_COUNTRY(text.at[0], text.at[1]);
	return true;
}

/* Digits, and with a point one or two more. */
static bool read_value(tw_money *out, struct tw_text text)
{
	tw_money value = 0, unit = TW_MONEY_UNIT;
	size_t i = 0;
	for (; i < text.length && i < 10 && is_digit(text.at[i]); i++)
		value = value * 10 + (text.at[i] - '0') * TW_MONEY_UNIT;
	if (!i)
		return false;
	if (i < text.length && text.at[i] == '.') {
		size_t first = ++i;
		for (; i < text.length && i < first + 2 && is_digit(text.at[i]); i++)
			value += (text.at[i] - '0') * (unit /= 10);
		if (i == first)
			return false;
	}
	*out = value;
	return i == text.length;
}

static bool read_channel(uint8_t *out, struct tw_text text)
{
	static const char *const names[] = {"commercial", "express", "postal"};
	if (!text.length)
		return true;
	for (uint8_t i = 0; i < 3; i++)
		if (strlen(names[i]) == text.length && !memcmp(names[i], text.at, text.length)) {
			*out = i;
			return true;
		}
	return false;
}

/* Whether nothing but these columns is said, and nothing of other lines. */
static bool says_no_more(const struct tw_line *line)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	const size_t rest = offsetof(struct tw_line, shipment_value);
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (line->column[i].length && i != TW_COLUMN_ID && i != TW_COLUMN_INTO &&
		    i != TW_COLUMN_HTS && i != TW_COLUMN_ORIGIN && i != TW_COLUMN_ENTERED &&
		    i != TW_COLUMN_CHANNEL && i != TW_COLUMN_VALUE)
			return false;
	return !memcmp((const char *)line + rest, (const char *)&fresh + rest, sizeof fresh - rest);
}

bool plain_read(struct plain *out, const struct tw_line *line)
{
	const struct tw_text *column = line->column;
	out->typed = (struct tw_typed_line)TW_TYPED_INIT;
	return says_no_more(line) && read_code(&out->typed, column[TW_COLUMN_HTS]) &&
	       read_country(&out->typed.origin, column[TW_COLUMN_ORIGIN]) &&
	       (!column[TW_COLUMN_INTO].length ||
		read_country(&out->typed.into, column[TW_COLUMN_INTO])) &&
	       read_value(&out->typed.value, column[TW_COLUMN_VALUE]) &&
	       read_channel(&out->typed.channel, column[TW_COLUMN_CHANNEL]);
}

bool plain_alike(const struct plain *a, const struct plain *b)
{
	return a->typed.value == b->typed.value && a->typed.into == b->typed.into &&
	       a->typed.channel == b->typed.channel;
}

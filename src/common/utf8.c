/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8 by RFC 3629 (no surrogates, no overlong forms), and widths after
 * Unicode's East Asian Width. Does not depend on the locale, so that output
 * is the same everywhere.
 */
#include "common/utf8.h"

#include <string.h>

struct range {
	uint32_t first, last;
};

/* Combining and invisible characters. */
static const struct range zero[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},   {0x064B, 0x065F},
    {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},   {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},   {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

/* Wide and full-width characters. */
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
    {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x274C, 0x274C},   {0x2E80, 0x303E},
    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t point)
{
	for (size_t i = 0; i < count && point >= ranges[i].first; i++)
		if (point <= ranges[i].last)
			return true;
	return false;
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t utf8_length(const char *at, size_t length)
{
	if (!length)
		return 0;
	unsigned char c = (unsigned char)at[0];
	unsigned char second = length > 1 ? (unsigned char)at[1] : 0;
	if (c < 0x80)
		return 1;
	if (c >= 0xC2 && c <= 0xDF)
		return length > 1 && continues(at[1]) ? 2 : 0;
	if (c >= 0xE0 && c <= 0xEF) {
		bool sound = length > 2 && continues(at[1]) && continues(at[2]);
		if (c == 0xE0)
			sound = sound && second >= 0xA0;
		if (c == 0xED)
			sound = sound && second < 0xA0;
		return sound ? 3 : 0;
	}
	if (c >= 0xF0 && c <= 0xF4) {
		bool sound = length > 3 && continues(at[1]) && continues(at[2]) && continues(at[3]);
		if (c == 0xF0)
			sound = sound && second >= 0x90;
		if (c == 0xF4)
			sound = sound && second < 0x90;
		return sound ? 4 : 0;
	}
	return 0;
}

size_t utf8_next(bool *fit, const char *at, size_t length)
{
	unsigned char c = (unsigned char)*at;
	if (c < 0x80) {
		*fit = c >= 0x20 && c != 0x7F;
		return 1;
	}
	size_t used = utf8_length(at, length);
	*fit = used && !(c == 0xC2 && (unsigned char)at[1] < 0xA0);
	return used ? used : 1;
}

bool utf8_turns(uint32_t point)
{
	return (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

size_t utf8_flaw(const char *at, size_t length)
{
	const uint64_t high = UINT64_C(0x8080808080808080), low = UINT64_C(0x0101010101010101);
	size_t i = 0;
	while (i < length) {
		uint64_t word;
		while (length - i >= sizeof word) { /* eight bytes of ASCII without NUL */
			memcpy(&word, at + i, sizeof word);
			if (((word - low) | word) & high)
				break;
			i += sizeof word;
		}
		if (i == length)
			break;
		size_t used = at[i] ? utf8_length(at + i, length - i) : 0;
		if (!used)
			return i;
		i += used;
	}
	return length;
}

uint32_t utf8_decode(const char *at, size_t length)
{
	const unsigned char *p = (const unsigned char *)at;
	switch (length) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	case 3:
		return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	case 4:
		return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
		       (p[3] & 0x3Fu);
	default:
		return 0xFFFD;
	}
}

size_t utf8_encode(char out[4], uint32_t point)
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xC0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3F));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xE0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3F));
		out[2] = (char)(0x80 | (point & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | point >> 18);
	out[1] = (char)(0x80 | (point >> 12 & 0x3F));
	out[2] = (char)(0x80 | (point >> 6 & 0x3F));
	out[3] = (char)(0x80 | (point & 0x3F));
	return 4;
}

int utf8_columns(uint32_t point)
{
	if (point < 0x20 || (point >= 0x7F && point < 0xA0))
		return -1;
	if (point < 0x300)
		return 1;
	if (in_ranges(zero, sizeof zero / sizeof *zero, point))
		return 0;
	return in_ranges(wide, sizeof wide / sizeof *wide, point) ? 2 : 1;
}

size_t utf8_width(const char *at, size_t length)
{
	size_t width = 0;
	for (size_t i = 0; i < length;) {
		size_t used = utf8_length(at + i, length - i);
		int columns = used ? utf8_columns(utf8_decode(at + i, used)) : 1;
		width += columns < 0 ? 1 : (size_t)columns;
		i += used ? used : 1;
	}
	return width;
}

uint32_t utf8_of_windows_1252(unsigned char byte)
{
	static const uint16_t high[32] = {
	    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
	return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

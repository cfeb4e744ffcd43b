/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A number is a run of digits and the place of its point; nothing here is a
 * float. A spreadsheet keeps 15 digits and writes up to 17, so that a price of
 * 73.44 stands in the file as 73.439999999999998: a fraction of more than 15
 * digits is rounded to 15, as the spreadsheet shows it. Whole numbers are left
 * as they are, however long.
 */
#include "lines/cell_format.h"

#include "common/ascii.h"
#include "common/instant.h"

#include <string.h>
#include <strings.h>

enum {
	DIGITS = 320,      /* no number of a spreadsheet has more */
	SHOWN = 15,        /* digits that it keeps */
	EXPONENT = 310,    /* greater ones it has not */
	LAST_DAY = 2958465 /* 9999-12-31 */
};

struct number {
	bool is_negative;
	char digit[DIGITS]; /* without leading zeros; 0 to 9, not '0' to '9' */
	int count;
	int point; /* digits before the point; may be negative or over count */
};

static bool read_exponent(int *exponent, const char *at, const char *end)
{
	bool is_negative = at < end && *at == '-';
	*exponent = 0;
	if (at < end && (*at == '-' || *at == '+'))
		at++;
	if (at == end)
		return false;
	for (; at < end && is_digit(*at); at++)
		if ((*exponent = *exponent * 10 + (*at - '0')) > EXPONENT)
			return false;
	if (is_negative)
		*exponent = -*exponent;
	return at == end;
}

/* [-+] digits [. digits] [E [-+] digits] */
static bool read_number(struct number *number, struct tw_text text)
{
	const char *at = text.at, *end = at + text.length;
	bool any = false, after = false;
	int exponent = 0;
	*number = (struct number){0};
	if (at < end && (*at == '-' || *at == '+'))
		number->is_negative = *at++ == '-';
	for (; at < end && (is_digit(*at) || (*at == '.' && !after)); at++) {
		if (*at == '.') {
			after = true;
			continue;
		}
		any = true;
		if (!after)
			number->point++;
		if (!number->count && *at == '0') {
			number->point--;
			continue;
		}
		if (number->count == DIGITS)
			return false;
		number->digit[number->count++] = (char)(*at - '0');
	}
	if (any && at < end && (*at == 'E' || *at == 'e')) {
		if (!read_exponent(&exponent, at + 1, end))
			return false;
		at = end;
	}
	number->point += exponent;
	return any && at == end;
}

/* A zero behind the point is no digit: the leading ones move the point. */
static void trim(struct number *number)
{
	while (number->count && !number->digit[number->count - 1])
		number->count--;
	if (!number->count) {
		number->point = 0;
		number->is_negative = false;
	}
}

/* Half up, away from zero. */
static void round_to(struct number *number, int digits)
{
	if (number->count <= digits)
		return;
	bool up = number->digit[digits] >= 5;
	number->count = digits;
	for (int i = digits; up && i--;) {
		up = number->digit[i] == 9;
		number->digit[i] = up ? 0 : (char)(number->digit[i] + 1);
	}
	if (up) { /* nines all through */
		number->digit[0] = 1;
		number->count = 1;
		number->point++;
	}
	trim(number);
}

static int digit_at(const struct number *number, int i)
{
	return i >= 0 && i < number->count ? number->digit[i] : 0;
}

/* `least`: so many digits before the point at least. */
static void put_number(struct buffer *out, const struct number *number, int least)
{
	int before = number->point > least ? number->point : least;
	if (number->is_negative)
		buffer_char(out, '-');
	if (before < 1)
		before = 1;
	for (int i = number->point - before; i < number->point; i++)
		buffer_char(out, (char)('0' + digit_at(number, i)));
	if (number->count > number->point)
		buffer_char(out, '.');
	for (int i = number->point; i < number->count; i++)
		buffer_char(out, (char)('0' + digit_at(number, i)));
}

static void put_two(struct buffer *out, uint64_t number)
{
	buffer_char(out, (char)('0' + number / 10 % 10));
	buffer_char(out, (char)('0' + number % 10));
}

/* The day of a count of days since 1970-01-01 (proleptic Gregorian, from 1899 on). */
static void put_day(struct buffer *out, int64_t days)
{
	int year, month, day;
	time_date(days, &year, &month, &day);
	put_two(out, (uint64_t)year / 100);
	put_two(out, (uint64_t)year % 100);
	buffer_char(out, '-');
	put_two(out, (uint64_t)month);
	buffer_char(out, '-');
	put_two(out, (uint64_t)day);
}

/* Days of the count that a spreadsheet uses, in days since 1970-01-01; false: none has this number.
 */
static bool day_of(int64_t *days, int64_t serial, bool since_1904)
{
	if (serial < (since_1904 ? 0 : 1) || serial > LAST_DAY)
		return false;
	if (since_1904)
		*days = serial - 24107;
	else if (serial == 60)
		return false; /* 1900-02-29, which Lotus 1-2-3 believed in, and never was */
	else
		*days = serial - (serial < 60 ? 25568 : 25569);
	return true;
}

/* A number of days and their fraction; the time of day where the format shows one. */
static bool put_instant(struct buffer *out, const struct number *number, bool with_time,
			bool since_1904)
{
	int64_t serial = 0, days, fraction = 0, unit = INT64_C(1000000000000);
	if (number->is_negative || number->point > 7)
		return false;
	for (int i = 0; i < number->point; i++)
		serial = serial * 10 + digit_at(number, i);
	for (int i = 0; i < 12; i++)
		fraction = fraction * 10 + digit_at(number, number->point + i);
	int64_t seconds = with_time ? (fraction * 86400 + unit / 2) / unit : 0;
	serial += seconds / 86400;
	seconds %= 86400;
	if (!day_of(&days, serial, since_1904))
		return false;
	put_day(out, days);
	if (!with_time)
		return true;
	buffer_char(out, 'T');
	put_two(out, (uint64_t)seconds / 3600);
	buffer_char(out, ':');
	put_two(out, (uint64_t)seconds / 60 % 60);
	if (seconds % 60) {
		buffer_char(out, ':');
		put_two(out, (uint64_t)seconds % 60);
	}
	return true;
}

void cell_put(struct buffer *out, struct tw_text text, const struct cell_format *format,
	      bool since_1904)
{
	struct number number;
	if (!read_number(&number, text)) {
		buffer_put(out, text.at, text.length);
		return;
	}
	trim(&number);
	if (number.count > number.point)
		round_to(&number, SHOWN);
	bool is_whole = number.count <= number.point;
	switch ((enum cell_kind)format->kind) {
	case CELL_DAY:
	case CELL_INSTANT:
		if (!put_instant(out, &number, format->kind == CELL_INSTANT, since_1904))
			put_number(out, &number, 0);
		return;
	case CELL_PERCENT:
		number.point += number.count ? 2 : 0;
		put_number(out, &number, 0);
		buffer_char(out, '%');
		return;
	case CELL_PADDED:
		put_number(out, &number, is_whole ? format->digits : 0);
		return;
	case CELL_MONEY:
		buffer_text(out, format->symbol);
		put_number(out, &number, 0);
		return;
	case CELL_NUMBER:
		put_number(out, &number, 0);
	}
}

/* What stands in a format code, its literals left out. */
struct shown {
	bool day, time, percent, other;
	int zeros;
	char symbol[8];
};

static size_t length_of(const char *at)
{
	unsigned char c = (unsigned char)*at;
	size_t length = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	return strnlen(at, length);
}

/* [$€-407], [$EUR], [$-409] (a language alone), [h] (hours that run on), [Red] ... */
static const char *read_bracket(struct shown *shown, const char *at)
{
	const char *end = strchr(at, ']');
	if (!end)
		return at + strlen(at);
	if (at[1] == '$') {
		size_t length = strcspn(at + 2, "-]");
		if (length && length < sizeof shown->symbol && !*shown->symbol)
			memcpy(shown->symbol, at + 2, length);
	}
	return end + 1;
}

/* What is in quotes is shown as it is; a currency among it counts. */
static const char *read_literal(struct shown *shown, const char *at, const char *end)
{
	static const char *const signs[] = {
	    "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "\xEF\xBF\xA5", "\xE2\x82\xA9",
	    "\xE2\x82\xB9", "EUR",      "GBP",      "JPY",          "CNY",
	    "RMB",          "CAD",      "AUD",      "MXN",          "KRW",
	    "INR",          "CHF",      "HKD",      "TWD",          "SEK"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs && !*shown->symbol; i++) {
		size_t length = strlen(signs[i]);
		if ((size_t)(end - at) >= length &&
		    memmem(at, (size_t)(end - at), signs[i], length))
			memcpy(shown->symbol, signs[i], length);
	}
	return end;
}

static const char *read_one(struct shown *shown, const char *at)
{
	if (*at == '"') {
		const char *end = strchr(at + 1, '"');
		if (!end)
			return at + strlen(at);
		read_literal(shown, at + 1, end);
		return end + 1;
	}
	if (*at == '[')
		return read_bracket(shown, at);
	if (*at == '\\' || *at == '_' || *at == '*')
		return at[1] ? at + 1 + length_of(at + 1) : at + 1;
	if (!strncasecmp(at, "am/pm", 5) || !strncasecmp(at, "a/p", 3)) {
		shown->time = true;
		return at + (at[1] == '/' ? 3 : 5);
	}
	size_t length = length_of(at);
	if (length > 1)
		return read_literal(shown, at, at + length);
	shown->day |= strchr("yYdD", *at) != NULL;
	shown->time |= strchr("hHsS", *at) != NULL;
	shown->percent |= *at == '%';
	shown->zeros += *at == '0';
	shown->other |= !strchr("0-/() ", *at);
	return at + 1;
}

static struct cell_format format_of(const char *code)
{
	struct cell_format format = {.kind = CELL_NUMBER};
	struct shown shown = {0};
	if (!strcasecmp(code, "General"))
		return format;
	for (const char *at = code; *at && *at != ';';)
		at = read_one(&shown, at);
	if (shown.day)
		format.kind = shown.time ? CELL_INSTANT : CELL_DAY;
	else if (shown.percent)
		format.kind = CELL_PERCENT;
	else if (*shown.symbol && strcmp(shown.symbol, "$") != 0) {
		format.kind = CELL_MONEY;
		memcpy(format.symbol, shown.symbol, sizeof format.symbol);
	} else if (shown.zeros > 1 && shown.zeros < 64 && !shown.other && !shown.time) {
		format.kind = CELL_PADDED;
		format.digits = (uint8_t)shown.zeros;
	}
	return format;
}

/* ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are days and times of East Asian languages. */
static struct cell_format built_in(unsigned id)
{
	struct cell_format format = {.kind = CELL_NUMBER};
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 ||
	    (id >= 50 && id <= 54) || id == 57 || id == 58)
		format.kind = CELL_DAY;
	else if (id == 22)
		format.kind = CELL_INSTANT;
	else if (id == 9 || id == 10)
		format.kind = CELL_PERCENT;
	return format;
}

struct cell_format cell_format_read(unsigned id, const char *code)
{
	return code ? format_of(code) : built_in(id);
}

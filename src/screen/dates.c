/* SPDX-License-Identifier: Apache-2.0 */
/* Reading dates as spreadsheets show them, back to the CAS number they came from. */
#include "screen/dates.h"

#include "common/ascii.h"

#include "common/cas.h"

#include <string.h>
#include <strings.h>

#define SERIAL_1950 18264u /* 1950-01-01, counted from 1900 as spreadsheets do */
#define SERIAL_2000 36526u

/* Month names as spreadsheets shorten them, in the languages of trade, twelve by twelve. */
/* clang-format off */
static const char *const MONTHS[] = {
	"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
	"ene", "fev", "mrz", "abr", "mai", "jui", "",    "ago", "",    "okt", "",    "dez",
	"gen", "",    "mrt", "avr", "maj", "giu", "lug", "aou", "set", "ott", "",    "dic",
	"",    "",    "maa", "",    "mag", "",    "",    "",    "",    "out", "",    "des"};
/* clang-format on */

struct part {
	unsigned value;
	size_t digits; /* 0: a month by name */
};

/* The number whose parts the spreadsheet took for year, month and day; 0 when none is sound. */
static uint64_t cas_of(unsigned year, unsigned month, unsigned day)
{
	if (month < 1 || month > 12 || day < 1 || day > 9)
		return 0;
	uint64_t tail = (uint64_t)month * 10 + day;
	uint64_t shortened = (uint64_t)(year % 100) * 1000 + tail, whole = year * 1000ull + tail;
	if (year >= 1900 && cas_valid(whole))
		return whole;
	return (year < 100 || (year >= 1930 && year <= 2029)) && cas_valid(shortened) ? shortened
										      : 0;
}

static unsigned month_named(const char *at, size_t length)
{
	for (unsigned i = 0; length >= 3 && i < sizeof MONTHS / sizeof *MONTHS; i++)
		if (*MONTHS[i] && strncasecmp(at, MONTHS[i], 3) == 0)
			return i % 12 + 1;
	return 0;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* One part of a date from *at on; false when there is none. */
static bool read_part(struct part *out, struct tw_text text, size_t *at)
{
	size_t from = *at;
	*out = (struct part){0, 0};
	while (*at < text.length && is_digit(text.at[*at]) && *at - from < 4)
		out->value = out->value * 10 + (unsigned)(text.at[(*at)++] - '0');
	out->digits = *at - from;
	if (out->digits)
		return true;
	while (*at < text.length && is_letter(text.at[*at]))
		(*at)++;
	out->value = month_named(text.at + from, *at - from);
	return out->value != 0;
}

/* Midnight may stand after a date. */
static bool only_midnight(struct tw_text text, size_t at)
{
	for (; at < text.length; at++)
		if (!strchr(" T0:.Z", text.at[at]))
			return false;
	return true;
}

static bool is_year(const struct part *part)
{
	return part->digits == 4 || (part->digits == 2 && part->value > 31);
}

/* "Mar-79": the day is not shown, but the check digit of 79-03-… can only be one. */
static uint64_t cas_of_month(const struct part *year, unsigned month)
{
	uint64_t number = 0;
	for (unsigned day = 1; day <= 9 && !number; day++)
		number = cas_of(year->value, month, day);
	return number;
}

bool dates_cas(uint64_t number[2], struct tw_text text)
{
	struct part p[3];
	size_t at = 0;
	number[0] = number[1] = 0;
	while (text.length && text.at[0] == ' ')
		text = (struct tw_text){text.at + 1, text.length - 1};
	for (size_t i = 0; i < 3; i++) {
		if (i == 2 && at == text.length && p[0].digits != p[1].digits &&
		    (!p[0].digits || !p[1].digits)) {
			const struct part *year = p[0].digits ? &p[0] : &p[1];
			number[0] = cas_of_month(year, p[0].digits ? p[1].value : p[0].value);
			return year->digits == 2 || year->digits == 4;
		}
		if (i > 0 && (at == text.length || !strchr("-/. ", text.at[at++])))
			return false;
		if (!read_part(&p[i], text, &at))
			return false;
	}
	if (!only_midnight(text, at))
		return false;
	if (is_year(&p[0]) && p[1].value <= 12 && p[2].value <= 31 && p[2].digits) {
		number[0] = cas_of(p[0].value, p[1].value, p[2].value);
		return true;
	}
	if (p[2].digits != 2 && p[2].digits != 4)
		return false;
	if (!p[1].digits || !p[0].digits) { /* 08-Mar-79, Mar 8 79 */
		number[0] = cas_of(p[2].value, p[1].digits ? p[0].value : p[1].value,
				   p[1].digits ? p[1].value : p[0].value);
		return true;
	}
	if (p[0].value > 31 || p[1].value > 31 || (p[0].value > 12 && p[1].value > 12) ||
	    !is_year(&p[2]))
		return false;
	number[0] = cas_of(p[2].value, p[1].value, p[0].value);
	number[1] = cas_of(p[2].value, p[0].value, p[1].value);
	return true;
}

uint64_t dates_serial_cas(uint64_t serial)
{
	static const unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (serial < SERIAL_1950 || serial >= SERIAL_2000)
		return 0;
	unsigned day = (unsigned)serial - SERIAL_1950, year = 1950, month = 0;
	for (; day >= 365u + (year % 4 == 0); year++)
		day -= 365u + (year % 4 == 0);
	for (; day >= lengths[month] + (month == 1 && year % 4 == 0); month++)
		day -= lengths[month] + (month == 1 && year % 4 == 0);
	return cas_of(year, month + 1, day + 1);
}

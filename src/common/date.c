/* SPDX-License-Identifier: Apache-2.0 */
/* One function a form; date_read chooses by how the text begins. */
#include "common/date.h"

#include "common/ascii.h"

#include <string.h>

#include "common/instant.h"

#define DAY INT64_C(86400)

/*
 * A day of 1900 is 1 in a spreadsheet, which counts a 29 February 1900 that never was: day 0 is
 * 1899-12-30. Taken are 2000-01-01 to 2099-12-31; another number of five digits is no date.
 */
enum { SERIAL_FIRST = 36526, SERIAL_LAST = 73050, SERIAL_OF_1970 = 25569 };

static const char say_what[] = "write 2025-05-02T00:01 or 2025-05-02";
static const char no_day[] = "no such date: write year-month-day, 2025-05-02, or month/day/year";

struct scan {
	const char *at, *end;
};

static bool is_letter(char c)
{
	return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}

static size_t digit_run(const struct scan *s)
{
	size_t n = 0;
	while (s->at + n < s->end && is_digit(s->at[n]))
		n++;
	return n;
}

/* A number of up to eight digits; how many it had. */
static size_t number(struct scan *s, int *out)
{
	size_t n = 0;
	*out = 0;
	while (s->at < s->end && is_digit(*s->at) && n < 8) {
		*out = *out * 10 + (*s->at++ - '0');
		n++;
	}
	return n;
}

static bool sign(struct scan *s, char c)
{
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

/* What may stand behind a date: nothing, or the time. */
static bool ends(const struct scan *s)
{
	return s->at == s->end || *s->at == ' ' || *s->at == 'T' || *s->at == 't';
}

static bool valid(int year, int month, int day)
{
	return year >= DATE_YEAR_FIRST && year <= DATE_YEAR_LAST &&
	       time_date_valid(year, month, day);
}

/* A year of two digits is one of this century: no law at hand is older. */
static bool year_of(int *year, size_t digits)
{
	if (digits == 2)
		*year += 2000;
	return digits == 2 || digits == 4;
}

static bool finish(struct date_read *out, const char **right)
{
	*right = no_day;
	return valid(out->year, out->month, out->day);
}

/* 2025-05-02, 2025/5/2, 2025.05.02. */
static bool year_first(struct date_read *out, struct scan *s, const char **right)
{
	if (number(s, &out->year) != 4 || s->at == s->end)
		return false;
	char separator = *s->at++;
	size_t month = number(s, &out->month);
	if (month < 1 || month > 2 || !sign(s, separator))
		return false;
	size_t day = number(s, &out->day);
	return day >= 1 && day <= 2 && ends(s) && finish(out, right);
}

/* 20250502; with 4 or 6 digits more the time of day, as in EDIFACT. */
static bool packed(struct date_read *out, struct scan *s, size_t digits, const char **right)
{
	int date, hour = 0, minute = 0, second = 0;
	number(s, &date);
	out->year = date / 10000;
	out->month = date / 100 % 100;
	out->day = date % 100;
	if (digits > 8) {
		struct scan part = {s->at, s->at + 2};
		number(&part, &hour);
		part.end += 2;
		number(&part, &minute);
		part.end += digits == 14 ? 2 : 0;
		number(&part, &second);
		out->clock = (hour * 60 + minute) * 60 + second;
		s->at += digits - 8;
		if (hour > 23 || minute > 59 || second > 59)
			return false;
	}
	return finish(out, right) && ends(s);
}

/* 45779, 45779.5: a fraction is rounded to the second. */
static bool serial(struct date_read *out, struct scan *s)
{
	int whole;
	int64_t seconds = 0, unit = 1;
	number(s, &whole);
	if (sign(s, '.'))
		for (; s->at < s->end && is_digit(*s->at); s->at++)
			if (unit < INT64_C(1000000000000)) {
				seconds = seconds * 10 + (*s->at - '0');
				unit *= 10;
			}
	if (s->at != s->end || whole < SERIAL_FIRST || whole > SERIAL_LAST)
		return false;
	seconds = (seconds * DAY + unit / 2) / unit;
	if (seconds)
		out->clock = (int)(seconds % DAY);
	time_date(whole - SERIAL_OF_1970 + seconds / DAY, &out->year, &out->month, &out->day);
	return true;
}

/* The month of a name, whole or its first three letters ("Sept" too); 0 if it is none. */
static int month_named(struct scan *s)
{
	static const char *const names[] = {"january",   "february", "march",    "april",
					    "may",       "june",     "july",     "august",
					    "september", "october",  "november", "december"};
	size_t length = 0;
	while (s->at + length < s->end && is_letter(s->at[length]))
		length++;
	for (int i = 0; length >= 3 && i < 12; i++) {
		size_t same = 0;
		while (same < length && to_lower(s->at[same]) == names[i][same] && names[i][same])
			same++;
		if (same != length || (length != 3 && names[i][length] && !(i == 8 && length == 4)))
			continue;
		s->at += length;
		return i + 1;
	}
	return 0;
}

/* What stands between the parts of a date with a name in it. */
static void skip_between(struct scan *s)
{
	while (s->at < s->end && strchr(" ,-./", *s->at) && *s->at)
		s->at++;
}

/* "Fri, 2 May 2025", "Friday May 2, 2025". */
static void skip_weekday(struct scan *s)
{
	static const char days[] = "mon tue wed thu fri sat sun";
	const char *at = s->at;
	char word[4] = "";
	for (int i = 0; i < 3 && at < s->end && is_letter(*at); i++)
		word[i] = to_lower(*at++);
	if (strlen(word) != 3 || !strstr(days, word))
		return;
	while (at < s->end && is_letter(*at))
		at++;
	s->at = at;
	skip_between(s);
}

static bool day_named(struct date_read *out, struct scan *s)
{
	size_t digits = number(s, &out->day);
	if (digits < 1 || digits > 2)
		return false;
	/* 2nd, 1st; not the first letters of a month */
	if (s->end - s->at >= 2 && (s->end - s->at == 2 || !is_letter(s->at[2]))) {
		char ending[3] = {to_lower(s->at[0]), to_lower(s->at[1]), '\0'};
		if (!strcmp(ending, "st") || !strcmp(ending, "nd") || !strcmp(ending, "rd") ||
		    !strcmp(ending, "th"))
			s->at += 2;
	}
	return true;
}

/* 2-May-2025, 02MAY2025, 2 May 25, May 2, 2025, 2025-May-02. */
static bool with_name(struct date_read *out, struct scan *s, const char **right)
{
	size_t digits = 0;
	skip_weekday(s);
	if (digit_run(s) == 4) {
		number(s, &out->year);
		skip_between(s);
		out->month = month_named(s);
		skip_between(s);
		return out->month && day_named(out, s) && ends(s) && finish(out, right);
	}
	bool day_first = s->at < s->end && is_digit(*s->at);
	if (day_first && !day_named(out, s))
		return false;
	skip_between(s);
	out->month = month_named(s);
	if (!out->month)
		return false;
	skip_between(s);
	if (!day_first && !day_named(out, s))
		return false;
	skip_between(s);
	digits = number(s, &out->year);
	return year_of(&out->year, digits) && ends(s) && finish(out, right);
}

/* Three numbers as one order reads them. */
static bool in_order(struct date_read *out, const int part[3], size_t last_digits,
		     enum date_order order)
{
	int year = order == DATE_YMD ? part[0] : part[2];
	out->month = part[order == DATE_MDY ? 0 : 1];
	out->day = part[order == DATE_MDY ? 1 : order == DATE_DMY ? 0 : 2];
	if (order == DATE_YMD && last_digits == 4)
		return false;
	year += order == DATE_YMD || last_digits == 2 ? 2000 : 0;
	out->year = year;
	return valid(out->year, out->month, out->day);
}

/* What is wrong with three numbers that are no day in the order, but one in another. */
static const char *contradiction(enum date_order order, char separator)
{
	switch (order) {
	case DATE_MDY:
		return "the month comes first (--date-format mdy), and this date can only have the "
		       "day or the year first";
	case DATE_DMY:
		return "the day comes first (--date-format dmy), and this date can only have the "
		       "month or the year first";
	case DATE_YMD:
		return "the year comes first (--date-format ymd), and this date can only have the "
		       "day or the month first";
	case DATE_BY_FORM:
	default:
		if (separator == '/')
			return "with slashes the month comes first, and this date can only have "
			       "the day or the year first: give the order of the dates, as in "
			       "--date-format dmy, or write 2025-05-02";
		return "with dots the day comes first, and this date can only have the month or "
		       "the year first: give the order of the dates, as in --date-format mdy, or "
		       "write 2025-05-02";
	}
}

/* 5/2/2025, 5/2/25, 02.05.2025. */
static bool three_numbers(struct date_read *out, struct scan *s, enum date_order order,
			  const char **right)
{
	int part[3];
	size_t digits[3];
	char separator = '\0';
	for (int i = 0; i < 3; i++) {
		digits[i] = number(s, &part[i]);
		if (digits[i] < 1 || (i < 2 && digits[i] > 2) || (i < 2 && s->at == s->end))
			return false;
		if (i == 0)
			separator = *s->at;
		if (i < 2 && !sign(s, separator))
			return false;
	}
	if (!ends(s) || (digits[2] != 4 && digits[2] > 2) || (digits[2] == 1 && order != DATE_YMD))
		return false;
	bool by_form = order == DATE_BY_FORM;
	if (by_form && separator == '-') {
		*right = "with hyphens the year comes first: write 2025-05-02, or give the order "
			 "of the dates, as in --date-format mdy";
		return false;
	}
	enum date_order use = !by_form ? order : separator == '/' ? DATE_MDY : DATE_DMY;
	if (in_order(out, part, digits[2], use)) {
		out->by_order = true;
		return true;
	}
	*right = no_day;
	struct date_read other = *out;
	for (int i = DATE_MDY; i <= DATE_YMD; i++)
		if (digits[2] != 1 && in_order(&other, part, digits[2], (enum date_order)i)) {
			out->contradicts = true;
			*right = contradiction(order, separator);
		}
	return false;
}

static bool read_form(struct date_read *out, struct scan *s, enum date_order order,
		      const char **right)
{
	size_t digits = digit_run(s);
	const char *behind = s->at + digits;
	char next = behind < s->end ? *behind : '\0';
	if (digits == 4 && (next == '-' || next == '/' || next == '.') && behind + 1 < s->end &&
	    is_digit(behind[1]))
		return year_first(out, s, right);
	if (digits == 8 || digits == 12 || digits == 14)
		return packed(out, s, digits, right);
	if (digits == 5)
		return serial(out, s);
	if ((digits == 1 || digits == 2) && (next == '/' || next == '.' || next == '-') &&
	    behind + 1 < s->end && is_digit(behind[1]))
		return three_numbers(out, s, order, right);
	return digits <= 4 && with_name(out, s, right);
}

bool date_read(struct date_read *out, struct tw_text text, enum date_order order,
	       const char **right)
{
	struct scan s = {text.at, text.length ? text.at + text.length : text.at};
	*out = (struct date_read){.clock = -1};
	*right = say_what;
	if (!text.length || !read_form(out, &s, order, right))
		return false;
	out->length = (size_t)(s.at - text.at);
	return true;
}

const char *date_order_name(enum date_order order)
{
	static const char *const names[] = {"", "mdy", "dmy", "ymd"};
	return names[order];
}

int date_order_find(struct tw_text text)
{
	static const char *const words[] = {"", "month-first", "day-first", "year-first"};
	char letters[4] = "";
	size_t count = 0;
	for (int i = DATE_MDY; i <= DATE_YMD; i++)
		if (text.length == strlen(words[i]) && !memcmp(text.at, words[i], text.length))
			return i;
	for (size_t i = 0; i < text.length; i++) {
		char c = to_lower(text.at[i]);
		if (!is_letter(c) || (count && letters[count - 1] == c))
			continue;
		if (count == 3)
			return -1;
		letters[count++] = c;
	}
	for (int i = DATE_MDY; i <= DATE_YMD; i++)
		if (!strcmp(letters, date_order_name((enum date_order)i)))
			return i;
	return -1;
}

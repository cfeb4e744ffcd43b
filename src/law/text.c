/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the smallest texts of the law: numbers, times, code prefixes. Rates
 * are in rate.c, conditions in when.c.
 */
#include "law/text.h"

#include "law/reader.h"

#include <stdio.h>
#include <string.h>

void scan_blanks(const char **at)
{
	*at += strspn(*at, " ");
}

bool scan_word(const char **at, const char *word)
{
	size_t n = strlen(word);
	if (strncmp(*at, word, n) != 0)
		return false;
	*at += n;
	return true;
}

bool scan_money_sign(const char **at)
{
	return scan_word(at, "$") || scan_word(at, "\xe2\x82\xac");
}

bool is_glob(const char *text)
{
	return strchr(text, '*') != NULL;
}

static int64_t divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t t = a % b;
		a = b;
		b = t;
	}
	return a;
}

bool fraction_scale(struct law_fraction *f, int64_t num, int64_t den)
{
	int64_t g = divisor(f->num, den), h = divisor(num, f->den);
	if (!g || !h)
		return false;
	if (__builtin_mul_overflow(f->num / g, num / h, &f->num) ||
	    __builtin_mul_overflow(f->den / h, den / g, &f->den))
		return false;
	return true;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits, with commas in groups of three; up to 12 of them. */
static bool scan_whole(const char **at, int64_t *out)
{
	const char *s = *at;
	int run = 0, total = 0;
	bool commas = false;
	*out = 0;
	for (; digit(*s) || (*s == ',' && digit(s[1])); s++) {
		if (*s == ',') {
			if (!total || (commas ? run != 3 : run > 3))
				return false;
			commas = true;
			run = 0;
			continue;
		}
		run++;
		if (++total > 12)
			return false;
		*out = *out * 10 + (*s - '0');
	}
	if (!total || (commas && run != 3))
		return false;
	*at = s;
	return true;
}

bool scan_number(const char **at, struct law_fraction *out)
{
	const char *s = *at;
	int64_t whole, num, den = 1;
	int places = 0;
	if (!scan_whole(&s, &whole))
		return false;
	num = whole;
	if (*s == '.' && digit(s[1])) {
		for (s++; digit(*s); s++) {
			if (++places > 9 || __builtin_mul_overflow(num, 10, &num))
				return false;
			num += *s - '0';
			den *= 10;
		}
	} else if (*s == ' ' && digit(s[1])) {
		const char *f = s + 1;
		int64_t a, b;
		if (scan_whole(&f, &a) && *f == '/' && digit(f[1]) && (f++, scan_whole(&f, &b)) &&
		    b > 0 && b <= 1000 && a < b) {
			num = whole * b + a;
			den = b;
			s = f;
		}
	}
	*out = (struct law_fraction){num, den};
	if (!fraction_scale(out, 1, 1))
		return false;
	int64_t g = divisor(num, den);
	out->num = num / g;
	out->den = den / g;
	*at = s;
	return true;
}

static bool scan_digits(const char **at, int count, int *out)
{
	*out = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (!digit(**at))
			return false;
		*out = *out * 10 + (**at - '0');
	}
	return true;
}

int text_time(tw_time *out, const char *timezone, const char *text, struct law_pos pos,
	      struct tw_error *error)
{
	const char *s = text;
	int year, month, day, hour = 0, minute = 0, zone = time_zone_find(timezone);
	if (zone < 0)
		return law_error(error, pos, "unknown time zone \"%s\"", timezone);
	bool sound = scan_digits(&s, 4, &year) && *s++ == '-' && scan_digits(&s, 2, &month) &&
		     *s++ == '-' && scan_digits(&s, 2, &day);
	if (sound && *s)
		sound = *s++ == 'T' && scan_digits(&s, 2, &hour) && *s++ == ':' &&
			scan_digits(&s, 2, &minute) && !*s;
	if (!sound)
		return law_error(
		    error, pos,
		    "\"%s\" is not a time: write 2025-03-04T00:01 (local, to the minute) "
		    "or 2025-03-04",
		    text);
	if (!time_date_valid(year, month, day) || year < 1900 || year > 2199 || hour > 23 ||
	    minute > 59)
		return law_error(error, pos, "\"%s\": there is no such day or time", text);
	*out = time_from_local((enum time_zone)zone,
			       time_days(year, month, day) * 86400 + hour * 3600 + minute * 60);
	return TW_OK;
}

int text_range(struct law_range *out, const char *text, struct law_pos pos, struct tw_error *error)
{
	uint64_t low = 0, width = 1;
	int count = 0;
	for (const char *s = text; *s; s++) {
		if (*s == '.' && s > text && digit(s[-1]) && digit(s[1]))
			continue;
		if (!digit(*s) || ++count > 10)
			return law_error(
			    error, pos,
			    "\"%s\" is not a code: write 2 to 10 digits, such as 7301 or "
			    "8471.30",
			    text);
		low = low * 10 + (uint64_t)(*s - '0');
	}
	if (count < 2)
		return law_error(error, pos, "\"%s\" is not a code: write 2 to 10 digits", text);
	for (; count < 10; count++)
		width *= 10;
	*out = (struct law_range){low * width, (low + 1) * width};
	return TW_OK;
}

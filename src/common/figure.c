/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the reading of figures, see figure.h. */
#include "common/figure.h"

#include "common/ascii.h"

#define TAIL 20 /* digits behind those that count */

/* The whole part, with or without commas in groups of three; NULL when it is neither. */
static const char *scan_whole(const char *at, const char *end, int64_t limit, int64_t *out)
{
	int run = 0;
	bool commas = false;
	const char *start = at;
	*out = 0;
	for (; at < end && ((*at >= '0' && *at <= '9') || *at == ','); at++) {
		if (*at == ',') {
			if (at == start || (commas ? run != 3 : run > 3))
				return NULL;
			commas = true;
			run = 0;
			continue;
		}
		run++;
		*out = *out * 10 + (*at - '0');
		if (*out > limit)
			*out = limit; /* stays over what the caller allows */
	}
	return commas && run != 3 ? NULL : at;
}

/* Up to twelve digits and, behind a point, up to so many: what most cells hold. */
static bool scan_plain(int64_t *out, struct tw_text text, int places)
{
	size_t at = 0;
	int fraction = 0;
	int64_t number = 0;
	for (; at < text.length && at < 12 && is_digit(text.at[at]); at++)
		number = number * 10 + (text.at[at] - '0');
	if (at == 0)
		return false;
	if (at < text.length) {
		if (text.at[at++] != '.')
			return false;
		for (; at < text.length && fraction < places && is_digit(text.at[at]); at++) {
			number = number * 10 + (text.at[at] - '0');
			fraction++;
		}
		if (fraction == 0 || at < text.length)
			return false;
	}
	for (; fraction < places; fraction++)
		number *= 10;
	*out = number;
	return true;
}

bool figure_read(int64_t *out, struct tw_text text, int places, int64_t most)
{
	const char *at = text.at, *end = text.at + text.length, *start = at;
	int64_t whole, fraction = 0, unit = 1;
	if (scan_plain(out, text, places))
		return *out <= most;
	for (int i = 0; i < places; i++)
		unit *= 10;
	at = scan_whole(at, end, INT64_MAX / 16, &whole);
	if (!at)
		return false;
	bool has_digit = at > start;
	if (at < end && *at == '.') {
		int64_t step = unit;
		for (at++; at < end && *at >= '0' && *at <= '9' && step > 1; at++)
			fraction += (*at - '0') * (step /= 10);
		has_digit = step < unit;
		if (at < end && *at >= '5' && *at <= '9')
			fraction++;
		for (int tail = 0; at < end && *at >= '0' && *at <= '9' && tail < TAIL; tail++)
			at++;
	}
	if (!has_digit || at != end || whole > most / unit)
		return false;
	*out = whole * unit + fraction;
	return *out <= most;
}

struct tw_text figure_trim(struct tw_text text)
{
	while (text.length && *text.at == ' ') {
		text.at++;
		text.length--;
	}
	while (text.length && text.at[text.length - 1] == ' ')
		text.length--;
	return text;
}

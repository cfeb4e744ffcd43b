/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the reading of percentages. Decides nothing. */
#include "screen/content.h"

#include "common/ascii.h"

#include <string.h>

#define WHOLE 1000000

/* A number of percent at *at, moved behind it; -1 when it is over 100. */
static int32_t read_number(const char **at, const char *end)
{
	int64_t ppm = 0, unit = 10000;
	for (; *at < end && is_digit(**at); ++*at)
		if (ppm <= WHOLE)
			ppm = ppm * 10 + (int64_t)(**at - '0') * 10000;
	if (*at + 1 < end && (**at == '.' || **at == ',') && is_digit((*at)[1]))
		for (++*at; *at < end && is_digit(**at); ++*at) {
			unit /= 10;
			ppm += (**at - '0') * unit;
		}
	return ppm <= WHOLE ? (int32_t)ppm : -1;
}

int32_t content_column(struct tw_text text)
{
	const char *at = text.at, *end = at ? at + text.length : at;
	while (at < end && !is_digit(*at))
		at++;
	return at < end ? read_number(&at, end) : -1;
}

/* The bytes of a percent sign at at, of either width. */
static size_t percent(const char *at, const char *end)
{
	if (at < end && *at == '%')
		return 1;
	return end - at >= 3 && !memcmp(at, "\xef\xbc\x85", 3) ? 3 : 0;
}

int32_t content_text(struct tw_text text)
{
	const char *at = text.at, *end = at ? at + text.length : at;
	int32_t found = -1;
	while (at < end) {
		if (!is_digit(*at)) {
			at++;
			continue;
		}
		int32_t ppm = read_number(&at, end);
		const char *sign = at;
		while (sign < end && *sign == ' ')
			sign++;
		if (!percent(sign, end))
			continue;
		if (found >= 0 && found != ppm)
			return -1;
		found = ppm;
	}
	return found;
}

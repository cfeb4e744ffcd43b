/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns exact money and quantities: shares, rounding, reading, printing. Never
 * uses floating point and knows no rate.
 */
#include "money.h"

#define TAIL 20 /* digits behind those that count */

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* floor(product / divisor) x quantum, INT64_MAX where it is larger. */
static tw_money scale(wide product, wide divisor, tw_money quantum)
{
	wide steps = product / divisor;
	if (steps > (wide)(INT64_MAX / quantum))
		return INT64_MAX;
	return (tw_money)steps * quantum;
}

tw_money money_share(tw_money amount, int64_t num, int64_t den, tw_money quantum)
{
	/* All factors are under 2^63, so the sum is under 2^127 + 2^126. */
	wide product = (wide)amount * (wide)num * 2 + (wide)den * (wide)quantum;
	return scale(product, (wide)den * (wide)quantum * 2, quantum);
}

tw_money money_round(tw_money amount, tw_money quantum)
{
	return money_share(amount, 1, 1, quantum);
}

static const char *skip_sign(const char *at, const char *end)
{
	static const char *const signs[] = {"$", "€", "£", "¥", "¥"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);
		if ((size_t)(end - at) >= n && !memcmp(at, signs[i], n))
			return at + n;
	}
	return at;
}

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

/*
 * A decimal in units of 10^-places. Further decimals, the tails of other programs' floating
 * point, round half up.
 */
static bool scan_decimal(int64_t *out, struct tw_text text, int places, int64_t most)
{
	const char *at = text.at, *end = text.at + text.length, *start = at;
	int64_t whole, fraction = 0, unit = 1;
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

static struct tw_text trim(struct tw_text text)
{
	while (text.length && *text.at == ' ') {
		text.at++;
		text.length--;
	}
	while (text.length && text.at[text.length - 1] == ' ')
		text.length--;
	return text;
}

bool money_parse(tw_money *out, struct tw_text text, const char **right)
{
	*right =
	    "write an amount such as 1234.50 or $1,234.50: not negative, at most 1000000000000";
	text = trim(text);
	if (!text.length)
		return false;
	const char *at = skip_sign(text.at, text.at + text.length);
	text.length -= (size_t)(at - text.at);
	text.at = at;
	return scan_decimal(out, trim(text), 4, TW_MONEY_LIMIT);
}

size_t money_print(char out[32], tw_money amount)
{
	char back[32];
	size_t n = 0, length = 0;
	uint64_t rest = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
	uint64_t fraction = rest % (uint64_t)TW_MONEY_UNIT;
	rest /= (uint64_t)TW_MONEY_UNIT;
	int places = 4;
	for (; places > 2 && fraction % 10 == 0; places--)
		fraction /= 10;
	for (; places > 0; places--, fraction /= 10)
		back[n++] = (char)('0' + fraction % 10);
	back[n++] = '.';
	do
		back[n++] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (amount < 0)
		out[length++] = '-';
	while (n)
		out[length++] = back[--n];
	out[length] = 0;
	return length;
}

bool quantity_parse(tw_quantity *out, struct tw_text text, const char **right)
{
	*right = "write a quantity such as 12 or 12.5: not negative";
	return scan_decimal(out, trim(text), 6, INT64_C(1000000000000) * TW_QUANTITY_UNIT);
}

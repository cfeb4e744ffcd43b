/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns exact money: shares, rounding, reading, printing. Never uses floating
 * point and knows no rate.
 */
#include "common/money.h"

__extension__ typedef unsigned __int128 money_wide;
#define MONEY_WIDE_MAX (~(money_wide)0)

#include "common/figure.h"
#include "common/money_core.h"
#include "common/money_narrow.h"

tw_money money_share(tw_money amount, int64_t num, int64_t den, tw_money quantum)
{
	if (money_is_narrow(amount, num, den, quantum))
		return money_narrow_share(amount, num, den, quantum);
	return money_nearest_share(amount, num, den, quantum);
}

tw_money money_round(tw_money amount, tw_money quantum)
{
	return money_share(amount, 1, 1, quantum);
}

bool money_parse(tw_money *out, struct tw_text text, const char **right)
{
	*right =
	    "write an amount such as 1234.50 or $1,234.50: not negative, at most 1000000000000";
	text = figure_trim(text);
	if (!text.length)
		return false;
	/* Only the sign that every dollar bears: another one says another currency. */
	if (*text.at == '$')
		text.at++, text.length--;
	return figure_read(out, figure_trim(text), 4, TW_MONEY_LIMIT);
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

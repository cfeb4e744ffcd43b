/* SPDX-License-Identifier: Apache-2.0 */
/* Figures that few lines have, see figures.h. */
#include "findings/figures.h"

#include "common/money.h"

const char figures_pairs[] = "00010203040506070809101112131415161718192021222324252627282930"
			     "31323334353637383940414243444546474849505152535455565758596061"
			     "62636465666768697071727374757677787980818283848586878889909192"
			     "93949596979899";

/* Digits without zeros before them. */
/* clang-format off */
#define SMALL(a, b, c)                                                                             \
	{{'0' + ((a) ? (a) : (b) ? (b) : (c)), '0' + ((a) ? (b) : (c)), '0' + (c)},                \
	 (a) ? 3 : (b) ? 2 : 1}
/* clang-format on */
#define TEN(a, b)                                                                                  \
	SMALL(a, b, 0), SMALL(a, b, 1), SMALL(a, b, 2), SMALL(a, b, 3), SMALL(a, b, 4),            \
	    SMALL(a, b, 5), SMALL(a, b, 6), SMALL(a, b, 7), SMALL(a, b, 8), SMALL(a, b, 9)
#define HUNDRED(a)                                                                                 \
	TEN(a, 0), TEN(a, 1), TEN(a, 2), TEN(a, 3), TEN(a, 4), TEN(a, 5), TEN(a, 6), TEN(a, 7),    \
	    TEN(a, 8), TEN(a, 9)
const struct figures_small figures_small[1000] = {HUNDRED(0), HUNDRED(1), HUNDRED(2), HUNDRED(3),
						  HUNDRED(4), HUNDRED(5), HUNDRED(6), HUNDRED(7),
						  HUNDRED(8), HUNDRED(9)};

char *figures_long_number(char *to, uint64_t number)
{
	char back[20];
	size_t at = sizeof back;
	for (; number >= 100; number /= 100) {
		at -= 2;
		memcpy(back + at, figures_pairs + 2 * (number % 100), 2);
	}
	if (number >= 10) {
		at -= 2;
		memcpy(back + at, figures_pairs + 2 * number, 2);
	} else {
		back[--at] = (char)('0' + number);
	}
	memcpy(to, back + at, sizeof back - at);
	return to + sizeof back - at;
}

char *figures_rare_money(char *to, tw_money amount)
{
	uint64_t whole = (uint64_t)amount / TW_MONEY_UNIT;
	uint32_t rest = (uint32_t)((uint64_t)amount - whole * TW_MONEY_UNIT), cents = rest / 100;
	if (amount < 0 || cents * 100 != rest)
		return to + money_print(to, amount);
	to = figures_number(to, whole);
	*to = '.';
	figures_pair(to + 1, cents);
	return to + 3;
}

char *figures_high_rate(char *to, int64_t rate)
{
	uint64_t whole = (uint64_t)rate / 10000;
	uint32_t rest = (uint32_t)((uint64_t)rate - whole * 10000);
	to = figures_number(to, whole);
	if (rest)
		to = figures_behind_point(to, rest);
	*to = '%';
	return to + 1;
}

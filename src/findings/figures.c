/* SPDX-License-Identifier: Apache-2.0 */
/* Figures that few lines have, see figures.h. */
#include "findings/figures.h"

#include "common/money.h"

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930"
			    "31323334353637383940414243444546474849505152535455565758596061"
			    "62636465666768697071727374757677787980818283848586878889909192"
			    "93949596979899";

char *figures_long_number(char *to, uint64_t number)
{
	char back[20];
	size_t at = sizeof back;
	for (; number >= 100; number /= 100) {
		at -= 2;
		memcpy(back + at, pairs + 2 * (number % 100), 2);
	}
	if (number >= 10) {
		at -= 2;
		memcpy(back + at, pairs + 2 * number, 2);
	} else {
		back[--at] = (char)('0' + number);
	}
	memcpy(to, back + at, sizeof back - at);
	return to + sizeof back - at;
}

char *figures_rare_money(char *to, tw_money amount)
{
	uint64_t cents = (uint64_t)amount / 100;
	if (amount < 0 || cents * 100 != (uint64_t)amount)
		return to + money_print(to, amount);
	to = figures_long_number(to, cents / 100);
	to[0] = '.';
	memcpy(to + 1, pairs + 2 * (cents % 100), 2);
	return to + 3;
}

char *figures_high_rate(char *to, int64_t rate)
{
	uint64_t whole = (uint64_t)rate / 10000;
	uint64_t rest = eight_digits((uint32_t)((uint64_t)rate - whole * 10000)) >> 32;
	size_t places = rest ? 8 - (size_t)__builtin_clzll(rest) / 8 : 0;
	to = figures_number(to, whole);
	eight_store(to, '.' | (rest | EIGHT_ZEROS) << 8);
	to += places ? places + 1 : 0;
	*to++ = '%';
	return to;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "across/chance.h"

#include "common/fit.h"

typedef unsigned __int128 wide;

/* Rounded up to 64 bits. */
static struct chance made(wide value, int64_t exponent)
{
	if (!value)
		return (struct chance){0, 0};
	while (value >> 64) {
		value = (value >> 1) + (value & 1);
		exponent++;
	}
	while (!(value >> 63)) {
		value <<= 1;
		exponent--;
	}
	return (struct chance){(uint64_t)value, exponent};
}

/* times / by, rounded up; both under 2^33. */
static struct chance scaled(struct chance x, uint64_t times, uint64_t by)
{
	wide product = (wide)x.mantissa * times;
	int64_t exponent = x.exponent;
	while (product && product < (wide)1 << 94) { /* so that nothing is lost below */
		product <<= 1;
		exponent--;
	}
	return made(product / by + (product % by != 0), exponent);
}

static struct chance added(struct chance a, struct chance b)
{
	if (!a.mantissa || !b.mantissa)
		return a.mantissa ? a : b;
	if (a.exponent < b.exponent) {
		struct chance swap = a;
		a = b;
		b = swap;
	}
	int64_t apart = a.exponent - b.exponent;
	wide lower = apart >= 64 ? 1 : ((wide)b.mantissa >> apart) + 1;
	return made((wide)a.mantissa + lower, a.exponent);
}

struct chance chance_tail(uint64_t n, uint64_t k)
{
	struct chance term = made(1, 0), sum = {0, 0};
	uint64_t from = k < n - k ? k : n - k; /* of k and of n - k there are as many */
	for (uint64_t i = 0; i < from; i++)
		term = scaled(term, n - i, i + 1);
	term.exponent -= (int64_t)n;
	for (uint64_t i = k;; i++) {
		sum = added(sum, term);
		if (i == n)
			break;
		term = scaled(term, n - i, i + 1);
	}
	return sum;
}

/* Whether m * 2^e is over one. */
static bool over_one(struct chance x)
{
	return x.mantissa &&
	       (x.exponent > -63 || (x.exponent == -63 && x.mantissa > UINT64_C(1) << 63));
}

bool chance_within(struct chance chance, uint64_t one_in)
{
	return !over_one(scaled(chance, one_in, 1));
}

void chance_print(char out[40], struct chance chance)
{
	uint64_t places = 0;
	if (!chance.mantissa || over_one(chance) || chance.exponent == -63) {
		fit_print(out, 40, "%s", chance.mantissa ? "1" : "0");
		return;
	}
	while (chance.exponent < -63) { /* under one */
		chance = scaled(chance, 10, 1);
		places++;
	}
	/* From one to under ten: in hundredths, up. */
	struct chance hundred = scaled(chance, 100, 1);
	uint64_t down = (uint64_t)-hundred.exponent;
	uint64_t digits = hundred.mantissa >> down;
	digits += (hundred.mantissa & ((UINT64_C(1) << down) - 1)) != 0;
	if (digits >= 1000) {
		digits = 100;
		places--;
	}
	if (!places)
		fit_print(out, 40, "1");
	else if (places <= 4)
		fit_print(out, 40, "0.%0*llu", (int)places + 2, (unsigned long long)digits);
	else
		fit_print(out, 40, "%llu.%02llue-%llu", (unsigned long long)(digits / 100),
			  (unsigned long long)(digits % 100), (unsigned long long)places);
}

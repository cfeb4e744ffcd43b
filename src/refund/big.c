/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/big.h"

#include <string.h>

typedef unsigned __int128 wide;

static void trim(struct big *a)
{
	while (a->count && !a->limb[a->count - 1])
		a->count--;
}

void big_set(struct big *out, uint64_t value)
{
	out->count = value != 0;
	out->limb[0] = value;
}

bool big_times(struct big *out, const struct big *a, uint64_t b)
{
	uint64_t carry = 0;
	size_t count = a->count;
	for (size_t i = 0; i < count; i++) {
		wide product = (wide)a->limb[i] * b + carry;
		out->limb[i] = (uint64_t)product;
		carry = (uint64_t)(product >> 64);
	}
	out->count = count;
	if (carry) {
		if (count == BIG_LIMBS)
			return false;
		out->limb[out->count++] = carry;
	}
	trim(out);
	return true;
}

void big_minus(struct big *out, const struct big *a, const struct big *b)
{
	uint64_t borrow = 0;
	for (size_t i = 0; i < a->count; i++) {
		uint64_t take = i < b->count ? b->limb[i] : 0, from = a->limb[i];
		uint64_t left = from - take - borrow;
		borrow = from < take || (from == take && borrow);
		out->limb[i] = left;
	}
	out->count = a->count;
	trim(out);
}

int big_compare(const struct big *a, const struct big *b)
{
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	for (size_t i = a->count; i-- > 0;)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

size_t big_bits(const struct big *a)
{
	return a->count ? 64 * a->count - (size_t)__builtin_clzll(a->limb[a->count - 1]) : 0;
}

unsigned __int128 big_window(const struct big *a, long shift)
{
	wide out = 0;
	for (size_t i = 0; i < a->count; i++) {
		long at = 64 * (long)i - shift;
		if (at > -64 && at < 128)
			out |= at < 0 ? (wide)(a->limb[i] >> -at) : (wide)a->limb[i] << at;
	}
	return out;
}

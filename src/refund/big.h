/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole numbers of up to 32,768 bits, for products that must be exact. They do
 * not allocate; what does not fit is said.
 */
#ifndef TW_REFUND_BIG_H
#define TW_REFUND_BIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BIG_LIMBS 512

struct big {
	size_t count; /* limbs used; the last is not 0 */
	uint64_t limb[BIG_LIMBS];
};

void big_set(struct big *out, uint64_t value);
/* false: it does not fit, and out is not to be used. */
bool big_times(struct big *out, const struct big *a, uint64_t b);
/* out = a - b, where a >= b. */
void big_minus(struct big *out, const struct big *a, const struct big *b);
int big_compare(const struct big *a, const struct big *b);
/* How many bits it takes; 0 of 0. */
size_t big_bits(const struct big *a);
/* The lowest 128 bits of a / 2^shift; a negative shift multiplies. */
unsigned __int128 big_window(const struct big *a, long shift);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How likely it is that of n things that fall to either side with an equal chance, k or more fall
 * to one: the tail of the binomial distribution, in whole numbers. Every step is rounded up, so
 * that it is never more likely than it says; over a million steps it says less than one part in
 * 2^40 too much.
 */
#ifndef TW_ACROSS_CHANCE_H
#define TW_ACROSS_CHANCE_H

#include "tidewaiter.h"

struct chance {
	uint64_t mantissa; /* its highest bit is set; 0: zero */
	int64_t exponent;  /* of two */
};

#define CHANCE_MOST (UINT64_C(1) << 32) /* things */

/* n: 1 to CHANCE_MOST; k: 0 to n. */
struct chance chance_tail(uint64_t n, uint64_t k);
/* Whether it is at most one in so many. */
bool chance_within(struct chance chance, uint64_t one_in);
/* Three digits, rounded up: "0.0107", "3.94e-12". */
void chance_print(char out[40], struct chance chance);

#endif

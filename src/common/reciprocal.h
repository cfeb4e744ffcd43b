/* SPDX-License-Identifier: Apache-2.0 */
/* Division by a number that is known beforehand, as a product: exact, whatever the numbers. */
#ifndef TW_COMMON_RECIPROCAL_H
#define TW_COMMON_RECIPROCAL_H

#include <stdint.h>

/* divisor > 0 */
static inline uint64_t reciprocal_of(uint64_t divisor)
{
	return UINT64_MAX / divisor;
}

/*
 * number / divisor, rounded down. The product is never above it and at most two below: with
 * 2^64 - 1 = reciprocal x divisor + rest, number x reciprocal / 2^64 is number / divisor less
 * number x (rest + 1) / (divisor x 2^64), which is under 1; and it is cut.
 */
static inline uint64_t reciprocal_divide(uint64_t number, uint64_t divisor, uint64_t reciprocal)
{
	__extension__ typedef unsigned __int128 wide;
	uint64_t quotient = (uint64_t)((wide)number * reciprocal >> 64);
	uint64_t left = number - quotient * divisor;
	for (; left >= divisor; left -= divisor)
		quotient++;
	return quotient;
}

#endif

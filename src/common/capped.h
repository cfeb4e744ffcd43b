/* SPDX-License-Identifier: Apache-2.0 */
/* Sums that stay at the greatest number where there is no room for more. */
#ifndef TW_COMMON_CAPPED_H
#define TW_COMMON_CAPPED_H

#include <stdbool.h>
#include <stdint.h>

static inline int64_t capped_sum(int64_t a, int64_t b)
{
	int64_t sum;
	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/* Adds to a sum; false: there is no room for it. */
static inline bool capped_add(int64_t *sum, int64_t amount)
{
	bool fits = !__builtin_add_overflow(*sum, amount, sum);
	if (!fits)
		*sum = INT64_MAX;
	return fits;
}

#endif

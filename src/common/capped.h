/* SPDX-License-Identifier: Apache-2.0 */
/* Sums that stay at the greatest number where there is no room for more. */
#ifndef TW_COMMON_CAPPED_H
#define TW_COMMON_CAPPED_H

#include <stdint.h>

static inline int64_t capped_sum(int64_t a, int64_t b)
{
	int64_t sum;
	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

#endif

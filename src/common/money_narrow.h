/* SPDX-License-Identifier: Apache-2.0 */
/* The share of an amount where all products fit in 64 bits: the same arithmetic, one division. */
#ifndef TW_COMMON_MONEY_NARROW_H
#define TW_COMMON_MONEY_NARROW_H

#include "tidewaiter.h"

/* Then 2 x amount x num + den x quantum < 2^64: amount < 2^30, num and den < 2^32, quantum < 2^28.
 */
static inline bool money_is_narrow(tw_money amount, int64_t num, int64_t den, tw_money quantum)
{
	return ((uint64_t)amount >> 30 | (uint64_t)num >> 32 | (uint64_t)den >> 32 |
		(uint64_t)quantum >> 28) == 0;
}
/* money_share of numbers that are narrow. */
tw_money money_narrow_share(tw_money amount, int64_t num, int64_t den, tw_money quantum);

#endif

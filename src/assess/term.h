/* SPDX-License-Identifier: Apache-2.0 */
/* Shares of values by what was prepared of them. */
#ifndef TW_ASSESS_TERM_H
#define TW_ASSESS_TERM_H

#include "common/money.h"
#include "common/reciprocal.h"

/* money_share of which the reciprocal was prepared: for most values a product and no division. */
static inline tw_money term_share(tw_money amount, int64_t num, int64_t den, tw_money quantum,
				  uint64_t reciprocal)
{
	if (!reciprocal || (uint64_t)amount >> 30)
		return money_share(amount, num, den, quantum);
	/* amount < 2^30, num and den < 2^32, quantum < 2^28: what is divided is below 2^64, and the
	   share below 2^63. */
	uint64_t divisor = (uint64_t)den * (uint64_t)quantum;
	uint64_t steps = reciprocal_divide(2 * (uint64_t)amount * (uint64_t)num + divisor,
					   2 * divisor, reciprocal);
	return (tw_money)(steps * (uint64_t)quantum);
}

#endif

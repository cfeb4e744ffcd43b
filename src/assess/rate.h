/* SPDX-License-Identifier: Apache-2.0 */
/* The rate that is printed. */
#ifndef TW_ASSESS_RATE_H
#define TW_ASSESS_RATE_H

#include "assess/stack.h"

void rate_find(tw_assessor *a, tw_money value);
/* A share of the value in 1/10000 of a percent, as it is printed. */
int64_t rate_share(int64_t num, int64_t den);
/* The sum of rates on the whole value, in 1/10000 of a percent; -1: there is no such sum. */
int64_t rate_sum(const tw_assessor *a, const struct stack *stack, const struct base_duty *base,
		 tw_money value);

#endif

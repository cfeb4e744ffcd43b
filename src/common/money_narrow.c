/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic of money_core.h once more, in 64 bits. */
#include "common/money_narrow.h"

typedef uint64_t money_wide;
#define MONEY_WIDE_MAX UINT64_MAX

#include "common/money_core.h"

tw_money money_narrow_share(tw_money amount, int64_t num, int64_t den, tw_money quantum)
{
	return money_nearest_share(amount, num, den, quantum);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arithmetic of money, small enough to be proved (tests/prove): the share of an amount, rounded
 * half up to a multiple of a quantum. Who includes it says what is wide: `money_wide`, an unsigned
 * type, and MONEY_WIDE_MAX. The proof asks nothing of its width, but that what is multiplied fits:
 * four factors under 2^63 fit in 128 bits.
 */
#ifndef TW_COMMON_MONEY_CORE_H
#define TW_COMMON_MONEY_CORE_H

#include <stdint.h>

/* product / divisor, rounded half up. */
/*@ requires divisor > 0;
    requires 2 * product + divisor <= MONEY_WIDE_MAX && 2 * divisor <= MONEY_WIDE_MAX;
    assigns \nothing;
    ensures (2 * \result - 1) * divisor <= 2 * product < (2 * \result + 1) * divisor;
*/
static inline money_wide money_nearest(money_wide product, money_wide divisor)
{
	return (product * 2 + divisor) / (divisor * 2);
}

/* steps x quantum, INT64_MAX where it is larger. */
/*@ requires quantum > 0;
    assigns \nothing;
    ensures steps * quantum <= INT64_MAX ==> \result == steps * quantum;
    ensures steps * quantum > INT64_MAX ==> \result == INT64_MAX;
*/
static inline int64_t money_scaled(money_wide steps, int64_t quantum)
{
	if (steps > (money_wide)(INT64_MAX / quantum))
		return INT64_MAX;
	return (int64_t)steps * quantum;
}

/* amount x num / den to the nearest multiple of quantum, of two equally near to the larger. */
/*@ requires amount >= 0 && num >= 0 && den > 0 && quantum > 0;
    requires 2 * amount * num + den * quantum <= MONEY_WIDE_MAX;
    requires 2 * den * quantum <= MONEY_WIDE_MAX;
    assigns \nothing;
    ensures 0 <= \result;
    ensures \result < INT64_MAX ==> \exists integer steps; \result == steps * quantum;
    ensures \result < INT64_MAX ==> (2 * \result - quantum) * den <= 2 * amount * num;
    ensures \result < INT64_MAX ==> 2 * amount * num < (2 * \result + quantum) * den;
    ensures (2 * INT64_MAX + quantum) * den <= 2 * amount * num ==> \result == INT64_MAX;
*/
static inline int64_t money_nearest_share(int64_t amount, int64_t num, int64_t den, int64_t quantum)
{
	money_wide product = (money_wide)amount * (money_wide)num;
	money_wide divisor = (money_wide)den * (money_wide)quantum;
	money_wide steps = money_nearest(product, divisor);
	/*@ assert (2 * steps * quantum - quantum) * den == (2 * steps - 1) * divisor; */
	/*@ assert (2 * steps * quantum + quantum) * den == (2 * steps + 1) * divisor; */
	int64_t share = money_scaled(steps, quantum);
	/*@ assert share < INT64_MAX ==> share == steps * quantum; */
	/*@ assert (2 * steps - 1) * divisor <= 2 * amount * num; */
	/*@ assert 2 * amount * num < (2 * steps + 1) * divisor; */
	return share;
}

#endif

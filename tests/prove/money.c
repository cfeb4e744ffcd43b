/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is proved of money: src/common/money_core.h over 64 bits, for all factors whose products
 * fit; and that four factors under 2^63 fit in the 128 bits of the program.
 */
#include <stdint.h>

typedef uint64_t money_wide;
#define MONEY_WIDE_MAX UINT64_MAX

#include "common/money_core.h"

/*@ lemma product_grows:
      \forall integer a, b, c, d; 0 <= a <= c && 0 <= b <= d ==> a * b <= c * d;
*/
/*@ lemma factors_fit:
      \forall integer amount, num, den, quantum;
	0 <= amount <= INT64_MAX && 0 <= num <= INT64_MAX && 0 < den <= INT64_MAX &&
	0 < quantum <= INT64_MAX ==>
	amount * num <= INT64_MAX * INT64_MAX && den * quantum <= INT64_MAX * INT64_MAX;
*/
/*@ lemma program_fits: 2 * (INT64_MAX * INT64_MAX) + INT64_MAX * INT64_MAX < (1 << 128); */

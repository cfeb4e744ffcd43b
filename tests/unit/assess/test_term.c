/* SPDX-License-Identifier: Apache-2.0 */
/* Shares of values as plans charge them, against money_share: at the ends of what 64 bits hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "assess/plan_tables.h"
#include "assess/term.h"

static uint64_t seed = 9;

static int64_t below(int64_t limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((seed >> 1) % (uint64_t)limit);
}

static void share(tw_money amount, int64_t num, int64_t den, tw_money quantum)
{
	uint64_t reciprocal = share_reciprocal(num, den, quantum);
	assert_true(term_share(amount, num, den, quantum, reciprocal) ==
		    money_share(amount, num, den, quantum));
}

/* The last for which there is a reciprocal, and the first for which there is none. */
static const int64_t numbers[] = {0,
				  1,
				  2,
				  3,
				  10,
				  33,
				  1000,
				  999983,
				  INT64_C(1) << 31,
				  UINT32_MAX - INT64_C(1),
				  UINT32_MAX,
				  UINT32_MAX + INT64_C(1),
				  UINT32_MAX + INT64_C(2)};
static const tw_money amounts[] = {0,
				   1,
				   2,
				   49,
				   50,
				   51,
				   9999,
				   8000000,
				   (1 << 30) - 2,
				   (1 << 30) - 1,
				   1 << 30,
				   (1 << 30) + 1,
				   INT64_C(1) << 40};
static const tw_money quanta[] = {1, 2, 3, 100, 10000, (1 << 28) - 1, 1 << 28, (1 << 28) + 1};
enum {
	NUMBERS = sizeof numbers / sizeof *numbers,
	AMOUNTS = sizeof amounts / sizeof *amounts,
	QUANTA = sizeof quanta / sizeof *quanta
};

/* Shares that do not come to more than an amount may. */
static void ends_of_the_range(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUMBERS; n++)
		for (size_t d = 1; d < NUMBERS; d++)
			for (size_t a = 0; a < AMOUNTS; a++)
				for (size_t q = 0; q < QUANTA; q++) {
					__extension__ __int128 most =
					    (__extension__(__int128) amounts[a] * numbers[n]) /
						numbers[d] +
					    quanta[q];
					if (most <= TW_MONEY_LIMIT)
						share(amounts[a], numbers[n], numbers[d],
						      quanta[q]);
				}
}

/* Just beside a half, where rounding turns. */
static void halves(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 300000; i++) {
		int64_t den = 1 + below(i % 2 ? 10000 : UINT32_MAX);
		tw_money quantum = i % 3 ? 100 : 1 + below(1 << 28);
		int64_t num = below(den) + 1;
		tw_money amount = below(1 << 30);
		for (int64_t by = -1; by <= 1; by++)
			if (amount + by >= 0)
				share(amount + by, num, den, quantum);
		/* half a quantum and an odd multiple of it */
		share((2 * below(1000) + 1) * 50, 1, 1, 100);
		share((2 * below(1000) + 1) * 50, den, den, 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ends_of_the_range),
	    cmocka_unit_test(halves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

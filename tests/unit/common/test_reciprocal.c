/* SPDX-License-Identifier: Apache-2.0 */
/* Division by a number that was known beforehand, against division. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/reciprocal.h"

static uint64_t seed = 5;

/* Of any length, so that small and large ones are as many. */
static uint64_t number(void)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	uint64_t high = seed >> 32;
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (high << 32 | seed >> 32) >> (seed >> 20 & 63);
}

static void divide(uint64_t of, uint64_t by)
{
	assert_true(reciprocal_divide(of, by, reciprocal_of(by)) == of / by);
}

/* A number, and those beside the multiples of the divisor that lie around it. */
static void divide_near(uint64_t of, uint64_t by)
{
	uint64_t multiple = of / by * by;
	divide(of, by);
	divide(multiple, by);
	divide(multiple - (multiple > 0), by);
	divide(multiple + (multiple < UINT64_MAX), by);
}

static void ends_of_the_range(void **state)
{
	static const uint64_t ends[] = {0,
					1,
					2,
					3,
					7,
					100,
					10000,
					UINT32_MAX - UINT64_C(1),
					UINT32_MAX,
					UINT32_MAX + UINT64_C(1),
					UINT32_MAX + UINT64_C(2),
					(UINT64_C(1) << 61) - 1,
					UINT64_C(1) << 61,
					(UINT64_C(1) << 63) - 1,
					UINT64_C(1) << 63,
					(UINT64_C(1) << 63) + 1,
					UINT64_MAX - 2,
					UINT64_MAX - 1,
					UINT64_MAX};
	const size_t count = sizeof ends / sizeof *ends;
	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 1; k < count; k++)
			divide_near(ends[i], ends[k]);
}

static void random_numbers(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 500000; i++) {
		uint64_t by = number();
		divide_near(number(), by ? by : 1);
		divide_near(UINT64_MAX - number(), by ? by : 1);
	}
}

/* As it is documented: with a reciprocal of zero all is left to the correction. */
static void no_reciprocal_is_right_too(void **state)
{
	(void)state;
	assert_true(reciprocal_divide(1000, 7, 0) == 142);
	assert_true(reciprocal_divide(UINT64_MAX, UINT64_MAX / 3, 0) == 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ends_of_the_range),
	    cmocka_unit_test(random_numbers),
	    cmocka_unit_test(no_reciprocal_is_right_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

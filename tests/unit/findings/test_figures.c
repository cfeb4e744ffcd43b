/* SPDX-License-Identifier: Apache-2.0 */
/* Figures written by tables against the library's slow printing, on both sides of every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/money.h"
#include "findings/figures.h"

enum { ROOM = 2 * FIGURES_ROOM };

static void is_money(tw_money amount)
{
	char ours[ROOM], wanted[ROOM];
	*figures_money(ours, amount) = '\0';
	wanted[money_print(wanted, amount)] = '\0';
	assert_string_equal(ours, wanted);
}

/* A rate, as snprintf and cutting of zeros write it. */
static void is_rate(int64_t rate)
{
	char ours[ROOM], wanted[ROOM];
	*figures_rate(ours, rate) = '\0';
	size_t length = (size_t)snprintf(wanted, sizeof wanted, "%" PRId64 ".%04" PRId64,
					 rate / 10000, rate % 10000);
	while (wanted[length - 1] == '0')
		length--;
	length -= wanted[length - 1] == '.';
	strcpy(wanted + length, "%");
	assert_string_equal(ours, wanted);
}

static void is_number(uint64_t number)
{
	char ours[ROOM], wanted[ROOM];
	*figures_number(ours, number) = '\0';
	snprintf(wanted, sizeof wanted, "%" PRIu64, number);
	assert_string_equal(ours, wanted);
}

/* Each cent up to 10,010, then around each power of ten; parts of cents and less than nothing. */
static void amounts_are_those_of_money_print(void **state)
{
	(void)state;
	for (tw_money cents = 0; cents <= 1001000; cents++)
		is_money(100 * cents);
	for (tw_money power = 1; power <= INT64_C(1000000000000000); power *= 10)
		for (tw_money beside = -202; beside <= 202; beside++)
			is_money(power + beside);
}

static void rates_have_no_zeros_behind(void **state)
{
	(void)state;
	for (int64_t rate = 0; rate <= 10020000; rate += rate < 20000 ? 1 : 37)
		is_rate(rate);
	for (int64_t power = 1; power <= INT64_C(1000000000000); power *= 10)
		for (int64_t beside = power > 20 ? -20 : 0; beside <= 20; beside++)
			is_rate(power + beside);
}

static void numbers_have_no_zeros_before(void **state)
{
	(void)state;
	for (uint64_t number = 0; number <= 20000; number++)
		is_number(number);
	for (uint64_t power = 10; power <= UINT64_C(10000000000000000000) / 10; power *= 10)
		for (uint64_t beside = 0; beside < 3; beside++)
			is_number(power - 1 + beside);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(amounts_are_those_of_money_print),
	    cmocka_unit_test(rates_have_no_zeros_behind),
	    cmocka_unit_test(numbers_have_no_zeros_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* CAS numbers: form and check digit. The numbers are those of everyday chemicals. */
#include "common/cas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void good_numbers_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint64_t number;
	} good[] = {{"7732-18-5", 7732185}, {"64-17-5", 64175}, {"50-00-0", 50000},
		    {"1333-74-0", 1333740}, {"58-08-2", 58082}, {"2088842-68-4", 2088842684}};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		uint64_t number = 0;
		char text[16];
		assert_true(
		    cas_parse(&number, (struct tw_text){good[i].text, strlen(good[i].text)}));
		assert_int_equal(number, good[i].number);
		cas_print(text, number);
		assert_string_equal(text, good[i].text);
	}
}

static void bad_numbers_are_not(void **state)
{
	(void)state;
	static const char *const bad[] = {
	    "7732-18-4", "64-17-57", "6417-5",   "64175",  "064-17-5",     "64-1a-5",
	    "",          "-64-17-5", "64--17-5", "1-17-5", "12345678-90-1"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint64_t number;
		assert_false(cas_parse(&number, (struct tw_text){bad[i], strlen(bad[i])}));
	}
}

/* A wrong check digit, or a wrong digit at place 1 or 3 from the right, always shows. */
static void wrong_digits_show(void **state)
{
	(void)state;
	static const size_t places[] = {8, 6, 3};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		for (char digit = '0'; digit <= '9'; digit++) {
			char text[] = "7732-18-5";
			uint64_t number;
			if (text[places[i]] == digit)
				continue;
			text[places[i]] = digit;
			assert_false(cas_parse(&number, (struct tw_text){text, 9}));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_numbers_are_read),
	    cmocka_unit_test(bad_numbers_are_not),
	    cmocka_unit_test(wrong_digits_show),
	};
	return cmocka_run_group_tests_name("cas", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Exact money: rounding half up, saturation, what a declarant may write. */
#include "common/money.h"
#include "common/quantity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define CENT (TW_MONEY_UNIT / 100)

static void shares_are_rounded_half_up(void **state)
{
	(void)state;
	/* 54.00 at 16.5% is 8.91; at 7.5% 4.05; at 125% 67.50. */
	assert_int_equal(money_share(540000, 165, 1000, CENT), 89100);
	assert_int_equal(money_share(540000, 75, 1000, CENT), 40500);
	assert_int_equal(money_share(540000, 125, 100, CENT), 675000);
	/* A third of 0.05 is 0.01666…, of 0.04 0.01333… */
	assert_int_equal(money_share(500, 1, 3, CENT), 200);
	assert_int_equal(money_share(400, 1, 3, CENT), 100);
	/* Exactly half a cent goes up; a hair under it goes down. */
	assert_int_equal(money_share(100, 1, 2, CENT), 100);
	assert_int_equal(money_share(100, 499999, 1000000, CENT), 0);
	assert_int_equal(money_share(300, 1, 2, CENT), 200);
	/* 33 1/3% of 100.00. */
	assert_int_equal(money_share(1000000, 1, 3, CENT), 333300);
	assert_int_equal(money_share(1000000, 1, 3, 1), 333333);
	assert_int_equal(money_share(2000000, 1, 3, 1), 666667);
	assert_int_equal(money_share(0, 7, 9, CENT), 0);
	assert_int_equal(money_share(1000000, 0, 9, CENT), 0);
}

static void amounts_are_rounded_half_up(void **state)
{
	(void)state;
	assert_int_equal(money_round(0, TW_MONEY_UNIT), 0);
	assert_int_equal(money_round(4999, TW_MONEY_UNIT), 0);
	assert_int_equal(money_round(5000, TW_MONEY_UNIT), 10000);
	assert_int_equal(money_round(14999, TW_MONEY_UNIT), 10000);
	assert_int_equal(money_round(15000, TW_MONEY_UNIT), 20000);
	assert_int_equal(money_round(49, CENT), 0);
	assert_int_equal(money_round(50, CENT), 100);
	assert_int_equal(money_round(7, 1), 7);
	assert_int_equal(money_round(10, 3), 9); /* an odd quantum: 10 lies nearer 9 than 12 */
	assert_int_equal(money_round(11, 3), 12);
}

static void large_products_are_exact_and_saturate(void **state)
{
	(void)state;
	const int64_t most = INT64_MAX;
	assert_int_equal(money_share(most, 1, 1, 1), most);
	assert_int_equal(money_share(most, most, most, 1), most);
	assert_int_equal(money_share(most, 1, most, 1), 1);
	assert_int_equal(money_share(most, 2, 1, 1), most);
	assert_int_equal(money_share(most, most, 1, 1), most);
	assert_int_equal(money_share(most, most, 1, most), most);
	assert_int_equal(money_share(1, 1, most, most), 0);
	/* 2^62 x (2^62 - 1) / 2^62 */
	const int64_t big = INT64_C(1) << 62;
	assert_int_equal(money_share(big, big - 1, big, 1), big - 1);
	/* Rounding up past the end saturates. */
	assert_int_equal(money_round(most, TW_MONEY_UNIT), most);
	assert_int_equal(money_share(TW_MONEY_LIMIT, 350, 100, CENT), TW_MONEY_LIMIT / 100 * 350);
}

/* The remainder of the rounding never exceeds half a quantum. */
static void rounding_errs_by_half_at_most(void **state)
{
	(void)state;
	for (int64_t amount = 0; amount < 400; amount++)
		for (int64_t den = 1; den < 12; den++)
			for (int64_t num = 0; num < 12; num++) {
				int64_t got = money_share(amount, num, den, 10);
				int64_t twice =
				    2 * (amount * num - got * den); /* 2 x den x error */
				assert_true(got % 10 == 0);
				assert_true(twice < 10 * den && twice >= -10 * den);
			}
}

static bool parse(const char *text, tw_money *out)
{
	const char *right = NULL;
	bool sound = money_parse(out, (struct tw_text){text, strlen(text)}, &right);
	assert_non_null(right);
	return sound;
}

static void a_declarant_writes_money(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		tw_money money;
	} cases[] = {
	    {"0", 0},
	    {"1234", 12340000},
	    {"1234.5", 12345000},
	    {"1234.50", 12345000},
	    {"1234.5678", 12345678},
	    {"$1,234.50", 12345000},
	    {"$ 80", 800000},
	    {" 80.00 ", 800000},
	    {"1,234,567", INT64_C(12345670000)},
	    {"123,456.7", INT64_C(1234567000)},
	    {".5", 5000},
	    {"0.0001", 1},
	    {"73.72000000000001", 737200}, /* the tail of a floating point number */
	    {"1.23456", 12346},
	    {"1.23455", 12346},
	    {"1.23454", 12345},
	    {"0.99995", 10000},
	    {"0.00004", 0},
	    {"007", 70000},
	    {"1000000000000", TW_MONEY_LIMIT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		tw_money money = -1;
		assert_true(parse(cases[i].text, &money));
		assert_int_equal(money, cases[i].money);
	}
}

static void what_is_no_money_is_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "",
	    " ",
	    "$",
	    ("\xe2\x82\xac"
	     "12"), /* another currency is no dollar */
	    ".",
	    "5.",
	    "-1",
	    "+1",
	    "1e3",
	    "1 000",
	    "12,34",
	    "1,2345",
	    "1234,567",
	    ",123",
	    "1,,234",
	    "1,234,",
	    "1.234,50",
	    "1.2.3",
	    "1.234567890123456789012345678901234567890",
	    "1000000000000.00005",
	    "0x10",
	    "nan",
	    "inf",
	    "$$5",
	    "5$",
	    "1000000000000.0001",
	    "1000000000001",
	    "99999999999999999999999999999999999999",
	    "18446744073709551616",
	    "12\t",
	    "\xd9\xa1",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		tw_money money;
		assert_false(parse(cases[i], &money));
	}
}

static void money_that_is_printed_is_read_again(void **state)
{
	(void)state;
	static const struct {
		tw_money money;
		const char *text;
	} cases[] = {
	    {0, "0.00"},
	    {912600, "91.26"},
	    {1, "0.0001"},
	    {10, "0.001"},
	    {12345678, "1234.5678"},
	    {1000000, "100.00"},
	    {TW_MONEY_LIMIT, "1000000000000.00"},
	    {INT64_MAX, "922337203685477.5807"},
	    {INT64_MIN, "-922337203685477.5808"},
	    {-5000, "-0.50"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[32];
		tw_money money;
		assert_int_equal(money_print(text, cases[i].money), strlen(cases[i].text));
		assert_string_equal(text, cases[i].text);
		if (cases[i].money >= 0 && cases[i].money <= TW_MONEY_LIMIT) {
			assert_true(parse(text, &money));
			assert_int_equal(money, cases[i].money);
		}
	}
}

static void quantities_are_read(void **state)
{
	(void)state;
	int64_t quantity;
	const char *right;
	assert_true(quantity_parse(&quantity, (struct tw_text){"12.5", 4}, &right));
	assert_int_equal(quantity, 12500000);
	assert_true(quantity_parse(&quantity, (struct tw_text){"1,000", 5}, &right));
	assert_int_equal(quantity, INT64_C(1000000000));
	assert_true(quantity_parse(&quantity, (struct tw_text){"0.000001", 8}, &right));
	assert_int_equal(quantity, 1);
	assert_true(quantity_parse(&quantity, (struct tw_text){"0.0000001", 9}, &right));
	assert_int_equal(quantity, 0);
	assert_true(quantity_parse(&quantity, (struct tw_text){"0.0000005", 9}, &right));
	assert_int_equal(quantity, 1);
	assert_false(quantity_parse(&quantity, (struct tw_text){"$5", 2}, &right));
	assert_false(quantity_parse(&quantity, (struct tw_text){"-5", 2}, &right));
	assert_false(quantity_parse(&quantity, (struct tw_text){NULL, 0}, &right));
	/* Only the length counts. */
	assert_true(quantity_parse(&quantity, (struct tw_text){"129", 2}, &right));
	assert_int_equal(quantity, 12000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shares_are_rounded_half_up),
	    cmocka_unit_test(amounts_are_rounded_half_up),
	    cmocka_unit_test(large_products_are_exact_and_saturate),
	    cmocka_unit_test(rounding_errs_by_half_at_most),
	    cmocka_unit_test(a_declarant_writes_money),
	    cmocka_unit_test(what_is_no_money_is_refused),
	    cmocka_unit_test(money_that_is_printed_is_read_again),
	    cmocka_unit_test(quantities_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

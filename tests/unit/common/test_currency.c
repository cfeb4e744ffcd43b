/* SPDX-License-Identifier: Apache-2.0 */
/* Currencies beside their amounts, by ISO 4217 and the signs that people write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/currency.h"

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static void equal(struct tw_text seen, const char *wanted)
{
	assert_int_equal(seen.length, strlen(wanted));
	if (seen.length)
		assert_memory_equal(seen.at, wanted, seen.length);
}

/* The cell, its amount, its code. */
static void a_cell_is_cut_in_two(void **state)
{
	static const char *const cells[][3] = {
	    {"1000", "1000", ""},
	    {"\xE2\x82\xAC"
	     "1000",
	     "1000", "EUR"},
	    {"1000 \xE2\x82\xAC", "1000", "EUR"},
	    {"US$1,000", "1,000", "USD"},
	    {"$1,000 USD", "1,000", "USD"},
	    {"$1,000 MXN", "1,000", "MXN"},
	    {"2500 usd", "2500", "USD"},
	    {"CAD2500", "2500", "CAD"},
	    {"CADX2500", "CADX2500", ""},
	    {"2500XCAD", "2500XCAD", ""},
	    {"kr 100", "100", "kr"},
	    {"100 kr", "100", "kr"},
	    {"krone 100", "krone 100", ""},
	    {"100 bakr", "100 bakr", ""},
	    {"kr 100 SEK", "100", "SEK"},
	    {"\xC2\xA0"
	     "5 EUR\xC2\xA0",
	     "5", "EUR"},
	    {"$5 EUR", "$5 EUR", ""}, /* two of them */
	    {"", "", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct currency_cell cell = currency_split(text(cells[i][0]));
		print_message("%s\n", cells[i][0]);
		equal(cell.amount, cells[i][1]);
		equal(cell.code, cells[i][2]);
	}
}

static void a_sign_may_stand_for_several(void **state)
{
	static const struct {
		const char *code, *currency;
		bool fits;
	} pairs[] = {
	    {"$", "USD", true},        {"$", "CAD", true},        {"$", "mxn", true},
	    {"$", "UYU", true},        {"$", "EUR", false},       {"$", "", false},
	    {"\xC2\xA5", "JPY", true}, {"\xC2\xA5", "CNY", true}, {"\xC2\xA5", "USD", false},
	    {"kr", "SEK", true},       {"kr", "NOK", true},       {"kr", "DKK", true},
	    {"kr", "isk", true},       {"kr", "EUR", false},      {"EUR", "eur", true},
	    {"EUR", "EUX", false},     {"EUR", "EU", false},      {"", "", true},
	};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		print_message("%s %s\n", pairs[i].code, pairs[i].currency);
		assert_int_equal(currency_fits(text(pairs[i].code), text(pairs[i].currency)),
				 pairs[i].fits);
	}
}

static void a_word_is_a_currency(void **state)
{
	(void)state;
	equal(currency_find(text(" euro ")), "EUR");
	equal(currency_find(text("RMB")), "CNY");
	equal(currency_find(text("US$")), "USD");
	equal(currency_find(text("gbp")), "GBP");
	equal(currency_find(text("gbpx")), "");
	equal(currency_find(text("")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_cell_is_cut_in_two),
	    cmocka_unit_test(a_sign_may_stand_for_several),
	    cmocka_unit_test(a_word_is_a_currency),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal marks, currencies in cells, rates of exchange. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/currency.h"
#include "common/instant.h"
#include "lines/decimal.h"
#include "lines/fx.h"
#include "lines/value_from.h"

static struct tw_text text(const char *from)
{
	return (struct tw_text){from, strlen(from)};
}

static void marks(void **state)
{
	static const struct {
		const char *cell;
		enum decimal_kind kind;
		const char *rewritten; /* with a decimal comma */
	} all[] = {
	    {"12", DECIMAL_EITHER, "12"},
	    {"12.5", DECIMAL_IS_POINT, NULL},
	    {"12,5", DECIMAL_IS_COMMA, "12.5"},
	    {"1.000,50", DECIMAL_IS_COMMA, "1000.50"},
	    {"1,000.50", DECIMAL_IS_POINT, NULL},
	    {"1.000", DECIMAL_MAYBE_POINT, "1000"},
	    {"1,000", DECIMAL_MAYBE_COMMA, "1.000"},
	    {"0.125", DECIMAL_IS_POINT, NULL},
	    {"0,125", DECIMAL_IS_COMMA, "0.125"},
	    {"1.000.000", DECIMAL_IS_COMMA, "1000000"},
	    {"1,000,000", DECIMAL_IS_POINT, NULL},
	    {"1000,000", DECIMAL_IS_COMMA, "1000.000"},
	    {"1 000,50", DECIMAL_IS_COMMA, "1000.50"},
	    {"1'000,50", DECIMAL_IS_COMMA, "1000.50"},
	    {"12,5 kg", DECIMAL_IS_COMMA, "12.5 kg"},
	    {"\xE2\x82\xAC 1.000,50", DECIMAL_IS_COMMA, "\xE2\x82\xAC 1000.50"},
	    {",5", DECIMAL_IS_COMMA, ".5"},
	    {"1,00,000.50", DECIMAL_EITHER, NULL}, /* groups of two: no form that is read */
	    {"1.2.3", DECIMAL_EITHER, NULL},
	    {"", DECIMAL_EITHER, ""},
	    {"abc", DECIMAL_EITHER, "abc"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char out[64];
		if (decimal_look(text(all[i].cell)) != all[i].kind)
			fail_msg("%s", all[i].cell);
		if (!all[i].rewritten)
			continue;
		size_t length = decimal_rewrite(out, text(all[i].cell));
		if (length != strlen(all[i].rewritten) || memcmp(out, all[i].rewritten, length))
			fail_msg("%s: %.*s", all[i].cell, (int)length, out);
	}
}

static void cells(void **state)
{
	static const struct {
		const char *cell, *amount, *code;
	} all[] = {
	    {"1000", "1000", ""},
	    {"$1,000", "1,000", "$"},
	    {"\xE2\x82\xAC"
	     "1000",
	     "1000", "EUR"},
	    {"1000\xE2\x82\xAC", "1000", "EUR"},
	    {"1000 \xE2\x82\xAC", "1000", "EUR"},
	    {"\xC2\xA5"
	     "10,000",
	     "10,000", "\xC2\xA5"},
	    {"\xEF\xBF\xA5"
	     "10,000",
	     "10,000", "\xC2\xA5"},
	    {"CN\xC2\xA5 10", "10", "CNY"},
	    {"US$1,000", "1,000", "USD"},
	    {"2500 USD", "2500", "USD"},
	    {"USD 2500", "2500", "USD"},
	    {"EUR2500", "2500", "EUR"},
	    {"2500eur", "2500", "EUR"},
	    {"$1,000 CAD", "1,000", "CAD"},
	    {"CA$50", "50", "CAD"},
	    {"R$ 50", "50", "BRL"},
	    {"$5 EUR", "$5 EUR", ""}, /* two currencies */
	    {"12 xyz", "12 xyz", ""},
	    {"1000\xC2\xA0\xE2\x82\xAC", "1000", "EUR"},
	    {"", "", ""},
	    {"$", "", "$"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct currency_cell cell = currency_split(text(all[i].cell));
		if (cell.amount.length != strlen(all[i].amount) ||
		    memcmp(cell.amount.at, all[i].amount, cell.amount.length) ||
		    cell.code.length != strlen(all[i].code) ||
		    (cell.code.length && memcmp(cell.code.at, all[i].code, cell.code.length)))
			fail_msg("%s: `%.*s` `%.*s`", all[i].cell, (int)cell.amount.length,
				 cell.amount.at, (int)cell.code.length, cell.code.at);
	}
	assert_true(currency_fits(text("$"), text("CAD")));
	assert_false(currency_fits(text("$"), text("EUR")));
	assert_true(currency_fits(text("\xC2\xA5"), text("CNY")));
	assert_false(currency_fits(text("\xC2\xA5"), text("USD")));
}

static void rates(void **state)
{
	static const char *const wrong[] = {"EUR",
					    "EUR=",
					    "=1.1",
					    "EUR=0",
					    "EUR=1,08",
					    "EU=1.08",
					    "EUR=-1",
					    "EUR=1.0823.4",
					    "USD=1",
					    "XYZ=2",
					    "EUR/XX=1",
					    "EUR=1e3",
					    "EUR=1.0123456789",
					    "EUR=1234567890"};
	struct fx fx = {0};
	struct tw_error error;
	struct fx_rate rate;
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (!fx_option(&fx, wrong[i], &error))
			fail_msg("%s was taken", wrong[i]);
	assert_int_equal(fx_option(&fx, "EUR=1.0823", &error), TW_OK);
	assert_int_equal(fx_option(&fx, "eur=1.09", &error), TW_BAD_ARGUMENT); /* twice */
	assert_int_equal(fx_option(&fx, "EUR/CAD=1.49", &error), TW_OK);
	assert_int_equal(fx.count, 2);
	assert_int_equal(fx.rate[0].number, 10823);
	assert_int_equal(fx.rate[0].places, 4);
	assert_string_equal(fx.rate[1].to, "CAD");
	fx_free(&fx);
	assert_true(fx_number(&rate, text("$0.730500")));
	assert_int_equal(rate.number, 730500);
	assert_int_equal((int32_t)time_days(1970, 1, 1), 0);
	assert_int_equal((int32_t)time_days(2025, 5, 2), 20210);
	int32_t day;
	assert_true(fx_day(&day, text("2024-02-29T10:00")));
	assert_false(fx_day(&day, text("2025-13-01")));
	assert_false(fx_day(&day, text("05/02/2025")));
}

/* Reads a file of rates; NULL, or the message. */
static const char *read_file(struct fx *fx, const char *content)
{
	static struct tw_error error;
	char path[] = "/tmp/tidewaiter-test-XXXXXX";
	int fd = mkstemp(path);
	assert_int_equal(write(fd, content, strlen(content)), strlen(content));
	close(fd);
	*fx = (struct fx){0};
	int result = fx_file(fx, path, &error);
	unlink(path);
	return result ? error.message : NULL;
}

static void files(void **state)
{
	static const struct {
		const char *content;
		size_t count;
		const char *from;
		int year, month, day, year2, month2, day2;
	} good[] = {
	    {"Foreign currencies\n\"April 1 through June 30, 2025\"\n"
	     "Country,Name of currency,U.S. dollars\nAustralia,Dollar,$0.627200\n"
	     "Iran,Rial,N/A\n\"China, P.R.\",Yuan,0.137600\n",
	     2, "AUD", 2025, 4, 1, 2025, 6, 30},
	    {"Country\tCurrency\tRate\tQuarter\tYear\nJapan\tYen\t0.006679\tQ4\t2025\n", 1, "JPY",
	     2025, 10, 1, 2025, 12, 31},
	    {"Code;Rate;From;Until\nCHF;1.1304;2025-04-01;2025-04-30\n", 1, "CHF", 2025, 4, 1, 2025,
	     4, 30},
	    {"Country,Currency,Date,Rate\nEuropean Union,Euro,04/15/2025,1.1302\n", 1, "EUR", 2025,
	     4, 15, 2025, 4, 15},
	    {"Quarterly rates 2025Q1\nISO,Rate\nGBP,1.2551\n", 1, "GBP", 2025, 1, 1, 2025, 3, 31},
	    {"2nd Quarter 2025\nCountry|Name of Currency|US Dollars\nUnited Kingdom|Pound|1.29\n",
	     1, "GBP", 2025, 4, 1, 2025, 6, 30},
	};
	static const struct {
		const char *content, *message;
	} bad[] = {
	    {"", "no row names the columns"},
	    {"a,b\n1,2\n", "no row names the columns"},
	    {"Code,Rate\nEUR,1.08\n", "the period of the rates"},
	    {"Code,Rate,From\nEUR,1.08,soon\n", ":2: `soon` is not a date"},
	    {"Code,Rate,From,Until\nEUR,1.08,2025-04-01,2025-03-01\n", "end before they begin"},
	    {"Code,Rate,From\nEUR,1.0x,2025-04-01\n", "`1.0x` is not a rate"},
	    {"Country,Rate,From\nAtlantis,2,2025-04-01\n", "`Atlantis` is not known"},
	    {"Code,Rate,Quarter\nEUR,1.1,Q7\n", "not a quarter"},
	    {"2025Q1\nCode,Rate\nEUR,1.1\nEUR,1.2\n", "two rates for EUR"},
	    {"2025Q1\nCode,Rate\nEUR,N/A\n", "holds no rate"},
	    {"2025Q1\nCode,Rate\n\"EUR,1\n", "not closed"},
	};
	struct fx fx;
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		const char *message = read_file(&fx, good[i].content);
		if (message)
			fail_msg("%s: %s", good[i].content, message);
		assert_int_equal(fx.count, good[i].count);
		assert_string_equal(fx.rate[0].from, good[i].from);
		assert_string_equal(fx.rate[0].to, "USD");
		assert_int_equal(fx.rate[0].first,
				 (int32_t)time_days(good[i].year, good[i].month, good[i].day));
		assert_int_equal(fx.rate[0].last,
				 (int32_t)time_days(good[i].year2, good[i].month2, good[i].day2));
		fx_free(&fx);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *message = read_file(&fx, bad[i].content);
		if (!message || !strstr(message, bad[i].message))
			fail_msg("%s: %s", bad[i].content, message ? message : "was taken");
		fx_free(&fx);
	}
}

/* The product is exact and rounded once, half up to the cent. */
static void conversions(void **state)
{
	static const struct {
		const char *value, *rate, *converted;
	} all[] = {
	    {"1000", "EUR=1.0823", "1082.30"},
	    {"12.50", "EUR=1.1789", "14.74"},
	    {"0.01", "EUR=0.5", "0.01"},
	    {"0.01", "EUR=0.499999999", "0.00"},
	    {"1", "EUR=1.005", "1.01"},
	    {"1", "EUR=1.004999999", "1.00"},
	    {"10000", "EUR=0.006679", "66.79"},
	    {"999999999999", "EUR=1", "999999999999.00"},
	    {"\xE2\x82\xAC"
	     "1,000.50",
	     "EUR=2", "2001.00"},
	    {"33.3333", "EUR=3", "100.00"},
	};
	const tw_rulebook *rulebook;
	(void)state;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct fx fx = {0};
		struct tw_line line = TW_LINE_INIT;
		struct buffer scratch = {0};
		struct conversion done;
		char why[200];
		assert_int_equal(fx_option(&fx, all[i].rate, NULL), TW_OK);
		assert_non_null(buffer_room(&scratch, 4096));
		line.column[TW_COLUMN_VALUE] = text(all[i].value);
		line.column[TW_COLUMN_CURRENCY] = text("EUR");
		assert_int_equal(fx_convert(&done, why, &line, &scratch, &fx, rulebook, NULL),
				 FX_DONE);
		struct tw_text got = line.column[TW_COLUMN_VALUE];
		if (got.length != strlen(all[i].converted) ||
		    memcmp(got.at, all[i].converted, got.length))
			fail_msg("%s at %s: %.*s", all[i].value, all[i].rate, (int)got.length,
				 got.at);
		assert_memory_equal(line.column[TW_COLUMN_CURRENCY].at, "USD", 3);
		buffer_free(&scratch);
		fx_free(&fx);
	}
}

/* Sums of products, exact and rounded once. */
static void reckonings(void **state)
{
	static const struct {
		const char *from, *cell[VALUE_PARTS];
		enum value_result result;
		tw_money value;
	} all[] = {
	    {"price*qty", {"13.50", "4"}, VALUE_DONE, 540000},
	    {"[Unit Price (EUR)] * [Qty]", {"0.333333", "3"}, VALUE_DONE, 10000},
	    {"[a]*[b]", {"0.00005", "1"}, VALUE_DONE, 1}, /* half up */
	    {"[a]*[b]", {"0.000049", "1"}, VALUE_DONE, 0},
	    {"a*b - c", {"10", "3", NULL, "5"}, VALUE_DONE, 250000},
	    {"a*b - c", {"10", "3"}, VALUE_DONE, 300000}, /* no discount */
	    {"a*b - c", {NULL, "3", NULL, "5"}, VALUE_EMPTY, 0},
	    {"a + b + c + d",
	     {"1", NULL, NULL, "2", NULL, NULL, "3", NULL, NULL, "4"},
	     VALUE_DONE,
	     100000},
	    {"a - b", {"1", NULL, NULL, "2"}, VALUE_RANGE, 0},
	    {"item-price*2.5", {"4"}, VALUE_DONE, 100000},
	    {"a*b", {"x", "1"}, VALUE_BAD, 0},
	    {"a*b", {"1000000000000", "1000000000000"}, VALUE_RANGE, 0},
	    {"a*b*c", {"1000000000000", "1000000000000", "1000000000000"}, VALUE_RANGE, 0},
	};
	static const char *const wrong[] = {"",      "a*", "*a",      "[a",        "[a]", "a",
					    "[a] b", "[]", "a*b*c*d", "a+b+c+d+e", "a + "};
	struct tw_error error;
	struct value_from from;
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct tw_text cell[VALUE_PARTS] = {0};
		tw_money value = 0;
		size_t place;
		for (size_t k = 0; k < VALUE_PARTS; k++)
			if (all[i].cell[k])
				cell[k] = text(all[i].cell[k]);
		assert_int_equal(value_from_read(&from, text(all[i].from), &error), TW_OK);
		enum value_result result = value_from_reckon(&value, &place, &from, cell);
		if (result != all[i].result || (result == VALUE_DONE && value != all[i].value))
			fail_msg("%s: %d, %lld", all[i].from, result, (long long)value);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (!value_from_read(&from, text(wrong[i]), &error))
			fail_msg("%s was taken", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks), cmocka_unit_test(cells),       cmocka_unit_test(rates),
	    cmocka_unit_test(files), cmocka_unit_test(conversions), cmocka_unit_test(reckonings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

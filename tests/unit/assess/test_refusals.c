/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line may say in each column and what is refused: the reason, the
 * column, and that the text shows what would be right. The law is that of
 * tests/laws/small; the expected words are those of the manual.
 */
#include "compiler/compile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void *bytes;
static tw_rulebook *rulebook;
static tw_assessor *assessor;

static int set_up(void **state)
{
	struct tw_error error = {0};
	size_t size;
	(void)state;
	if (compile_folder(&bytes, &size, LAW, TW_TIME_MAX, &error) != TW_OK ||
	    tw_rulebook_from_memory(&rulebook, bytes, size, &error) != TW_OK ||
	    tw_assessor_new(&assessor, rulebook, NULL, &error) != TW_OK) {
		print_error("%s:%d: %s\n", error.file, error.line, error.message);
		return -1;
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	tw_assessor_free(assessor);
	tw_rulebook_close(rulebook);
	free(bytes);
	return 0;
}

static struct tw_text text(const char *from)
{
	return (struct tw_text){from, strlen(from)};
}

/* A line with nothing wrong. */
static struct tw_line good(void)
{
	struct tw_line line = TW_LINE_INIT;
	line.column[TW_COLUMN_HTS] = text("0101.21.00.10");
	line.column[TW_COLUMN_ORIGIN] = text("CN");
	line.column[TW_COLUMN_ENTERED] = text("2025-02-10T10:00");
	line.column[TW_COLUMN_VALUE] = text("900");
	return line;
}

static const struct tw_assessment *assess(const struct tw_line *line)
{
	const struct tw_assessment *answer = NULL;
	struct tw_error error = {0};
	assert_int_equal(tw_assess(&answer, assessor, line, &error), TW_OK);
	assert_non_null(answer);
	return answer;
}

struct refused {
	enum tw_column column;
	const char *written, *reason;
	const char *names; /* the column named, NULL: the same */
	const char *right; /* in the text */
};

static void check(const struct refused *all, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct tw_line line = good();
		line.column[all[i].column] = text(all[i].written);
		const struct tw_assessment *answer = assess(&line);
		const char *name = all[i].names ? all[i].names : tw_column_name(all[i].column);
		if (answer->status != TW_STATUS_REFUSED)
			fail_msg("%s `%s` is not refused", name, all[i].written);
		assert_string_equal(answer->refusal.reason, all[i].reason);
		assert_string_equal(answer->refusal.column, name);
		if (strstr(answer->refusal.text, all[i].right) == NULL)
			fail_msg("%s `%s`: \"%s\" does not say \"%s\"", name, all[i].written,
				 answer->refusal.text, all[i].right);
		assert_int_equal(answer->lane, TW_LANE_NONE);
		assert_false(answer->has_amount);
		assert_int_equal(answer->layer_count, 0);
	}
}
#define CHECK(all) check(all, sizeof(all) / sizeof(all)[0])

static void test_good(void **state)
{
	(void)state;
	struct tw_line line = good();
	const struct tw_assessment *answer = assess(&line);
	assert_int_equal(answer->status, TW_STATUS_OK);
	/* us.alpha.1: 10% of 900 on goods of China; the goods are free of base duty. */
	assert_true(answer->has_amount);
	assert_int_equal(answer->amount, 90 * TW_MONEY_UNIT);
}

static void test_codes(void **state)
{
	static const struct refused all[] = {
	    {TW_COLUMN_HTS, "", "missing-code", NULL, "6, 8 or 10 digits"},
	    {TW_COLUMN_HTS, "0101", "bad-code", NULL, "6, 8 or 10 digits"},
	    {TW_COLUMN_HTS, "101210010", "bad-code", NULL, "write 0101.21.00.10"},
	    {TW_COLUMN_HTS, "01012100101", "bad-code", NULL, "6, 8 or 10 digits"},
	    {TW_COLUMN_HTS, "0101.21.00.1O", "bad-code", NULL, "6, 8 or 10 digits"},
	    {TW_COLUMN_HTS, "0102210010", "unknown-code", NULL, "not in the tariff schedule"},
	    {TW_COLUMN_HTS, "8421.21.00", "out-of-season", NULL, "2204.10.00 (December 1 to"},
	    {TW_COLUMN_HTS, "8421210099", "out-of-season", NULL, "March 1 to November 30"},
	    {TW_COLUMN_HTS, "9903.90.01", "not-goods", NULL, "chapter 99"}};
	(void)state;
	CHECK(all);
}

static void test_places(void **state)
{
	static const struct refused all[] = {
	    {TW_COLUMN_ORIGIN, "", "missing-origin", NULL, "such as"},
	    {TW_COLUMN_ORIGIN, "ZZ", "unknown-country", NULL, "such as"},
	    {TW_COLUMN_ORIGIN, "\xc3\x89", "unknown-country", NULL, "such as"},
	    {TW_COLUMN_ORIGIN, "C", "unknown-country", NULL, "such as"},
	    {TW_COLUMN_SHIP_FROM, "Atlantis", "unknown-country", NULL, "such as"},
	    {TW_COLUMN_VIA, "HK,Q7", "unknown-country", NULL, "such as"},
	    {TW_COLUMN_ORIGIN, "Germny", "unknown-country", NULL, "did you mean Germany (DE)?"},
	    {TW_COLUMN_SHIP_FROM, "EU", "union-of-countries", NULL, "give that of the goods"},
	    {TW_COLUMN_ORIGIN, "Mixed", "union-of-countries", NULL, "(CN, DE)"},
	    {TW_COLUMN_INTO, "BR", "unknown-jurisdiction", NULL, "US"}};
	(void)state;
	CHECK(all);
}

/* A union whose members are treated alike is answered as each of them. */
static void test_union(void **state)
{
	const struct tw_assessment *out;
	struct tw_line line = good();
	(void)state;
	line.column[TW_COLUMN_ENTERED] = text("2025-03-01T10:00");
	line.column[TW_COLUMN_ORIGIN] = text("DE");
	assert_int_equal(tw_assess(&out, assessor, &line, NULL), TW_OK);
	tw_money amount = out->amount;
	enum tw_status status = out->status;
	line.column[TW_COLUMN_ORIGIN] = text(" EU ");
	assert_int_equal(tw_assess(&out, assessor, &line, NULL), TW_OK);
	assert_int_equal(out->status, status);
	assert_int_not_equal(out->status, TW_STATUS_REFUSED);
	assert_int_equal(out->amount, amount);
	assert_string_equal(out->origin, "EU");
	assert_true(out->warning_count > 0);
	assert_non_null(strstr(out->warnings[out->warning_count - 1], "origin-union: "));
}

static void test_instants(void **state)
{
	static const struct refused all[] = {
	    {TW_COLUMN_ENTERED, "", "missing-date", NULL, "2025-05-02T00:01"},
	    {TW_COLUMN_ENTERED, "2025-02-30", "bad-date", NULL, "no such date"},
	    {TW_COLUMN_ENTERED, "2025-05-02T24:01", "bad-date", NULL, "is not a date"},
	    {TW_COLUMN_ENTERED, "4577", "bad-date", NULL, "is not a date"},
	    {TW_COLUMN_ENTERED, "2025-05-02T00:01-99:00", "bad-date", NULL, "is not a date"},
	    {TW_COLUMN_ENTERED, "99999999999-01-01", "bad-date", NULL, "is not a date"},
	    {TW_COLUMN_ENTERED, "2000-01-01", "out-of-coverage", NULL,
	     "covers days from 2025-01-01"},
	    {TW_COLUMN_ENTERED, "today", "bad-date", NULL, "cannot be used here"},
	    {TW_COLUMN_LOADED, "soon", "bad-date", NULL, "is not a date"}};
	(void)state;
	CHECK(all);
}

static bool warns(const struct tw_assessment *answer, const char *code)
{
	for (size_t i = 0; i < answer->warning_count; i++)
		if (strncmp(answer->warnings[i], code, strlen(code)) == 0)
			return true;
	return false;
}

/* The law of the test is known to 2026-01-31. */
static void test_later_days(void **state)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error = {0};
	struct tw_line line = good();
	tw_assessor *before = assessor;
	(void)state;
	line.column[TW_COLUMN_ENTERED] = text("2026-01-31");
	assert_false(warns(assess(&line), "beyond-coverage: "));
	line.column[TW_COLUMN_ENTERED] = text("2199-01-01");
	const struct tw_assessment *answer = assess(&line);
	assert_int_equal(answer->status, TW_STATUS_OK);
	assert_int_equal(answer->lane, TW_LANE_YELLOW);
	assert_true(warns(answer, "beyond-coverage: "));

	options.strict_coverage = true;
	options.today = "2199-01-01";
	assert_int_equal(tw_assessor_new(&assessor, rulebook, &options, &error), TW_OK);
	answer = assess(&line);
	assert_int_equal(answer->status, TW_STATUS_REFUSED);
	assert_string_equal(answer->refusal.reason, "out-of-coverage");
	line.column[TW_COLUMN_ENTERED] = text(" Today ");
	assert_string_equal(assess(&line)->refusal.reason, "out-of-coverage");
	line.column[TW_COLUMN_ENTERED] = text("2025-02-10");
	assert_int_equal(assess(&line)->status, TW_STATUS_OK);
	tw_assessor_free(assessor);
	assessor = before;
}

static void test_numbers(void **state)
{
	static const struct refused all[] = {
	    {TW_COLUMN_VALUE, "-1", "bad-value", NULL, "not negative"},
	    {TW_COLUMN_VALUE, "1e3", "bad-value", NULL, "1234.50"},
	    {TW_COLUMN_VALUE, "1.234,50", "bad-value", NULL, "1234.50"},
	    {TW_COLUMN_VALUE, "1,23", "bad-value", NULL, "1234.50"},
	    {TW_COLUMN_VALUE, "NaN", "bad-value", NULL, "1234.50"},
	    {TW_COLUMN_VALUE, "1000000000000.01", "bad-value", NULL, "at most 1000000000000"},
	    {TW_COLUMN_VALUE, "99999999999999999999999999", "bad-value", NULL, "at most"},
	    {TW_COLUMN_RETAIL_VALUE, "free", "bad-value", NULL, "1234.50"},
	    {TW_COLUMN_CURRENCY, "EUR", "bad-currency", NULL, "must be in USD"},
	    {TW_COLUMN_CURRENCY, "euro", "bad-currency", NULL, "--fx EUR="},
	    {TW_COLUMN_VALUE,
	     "\xE2\x82\xAC"
	     "1000",
	     "bad-currency", "currency", "not in `EUR`"},
	    {TW_COLUMN_VALUE, "1000 CAD", "bad-currency", "currency", "date of exportation"},
	    {TW_COLUMN_VALUE,
	     "\xC2\xA5"
	     "10,000",
	     "bad-currency", "currency", "date of exportation"},
	    {TW_COLUMN_VALUE, "$5 EUR", "bad-value", NULL, "1234.50"},
	    {TW_COLUMN_QTY, "-2", "bad-quantity", NULL, "not negative"},
	    {TW_COLUMN_QTY, "2 parsec", "unknown-unit", NULL, "kg"},
	    {TW_COLUMN_UNIT, "parsec", "unknown-unit", NULL, "kg"},
	    {TW_COLUMN_WEIGHT, "1.5.2", "bad-quantity", NULL, "not negative"}};
	(void)state;
	CHECK(all);
}

static void test_words(void **state)
{
	static const struct refused all[] = {
	    {TW_COLUMN_CHANNEL, "pigeon", "unknown-word", NULL, "commercial, express, postal"},
	    {TW_COLUMN_TRANSPORT, "mule", "unknown-word", NULL, "air, vessel, truck, rail"},
	    {TW_COLUMN_ENTRY_TYPE, "0 1", "unknown-word", NULL, "01 or 11"},
	    {TW_COLUMN_ENTRY_TYPE, "123456789", "unknown-word", NULL, "01 or 11"}};
	(void)state;
	CHECK(all);
}

static void test_claims(void **state)
{
	static const struct refused all[] = {
	    {TW_COLUMN_CLAIMS, "treety", "unknown-claim", NULL, "did you mean treaty?"},
	    {TW_COLUMN_CLAIMS, "x", "unknown-claim", NULL, "is not a claim"},
	    {TW_COLUMN_CLAIMS, "=", "unknown-claim", NULL, "is not a claim"},
	    {TW_COLUMN_CLAIMS, "treaty=maybe", "bad-claim", NULL, "say yes or no"},
	    {TW_COLUMN_CLAIMS, "treaty;treaty=no", "bad-claim", NULL, "declared twice"},
	    {TW_COLUMN_CLAIMS, "steel_value=-3", "bad-claim", NULL, "not negative"},
	    {TW_COLUMN_CLAIMS, "steel_value", "bad-claim", NULL, "is not an amount"},
	    {TW_COLUMN_CLAIMS, "mail_method=cash", "bad-claim", NULL, "ad_valorem, specific"},
	    {TW_COLUMN_CLAIMS, "melt_pour=QQ", "unknown-country", "claims", "such as"},
	    {TW_COLUMN_CLAIMS, "assembled=never", "bad-date", "claims", "is not a date"},
	    {TW_COLUMN_CLAIMS, "sugar_percent=x%", "bad-claim", NULL, "is not a number"}};
	(void)state;
	CHECK(all);
}

/* Bytes that are no text, and long ones: refused like others, shown cut at a character. */
static void test_hostile(void **state)
{
	char longest[5000];
	(void)state;
	memset(longest, 'x', sizeof longest);
	for (int column = TW_COLUMN_INTO; column < TW_COLUMN_DESCRIPTION; column++) {
		struct tw_line line = good();
		line.column[column] = (struct tw_text){longest, sizeof longest};
		const struct tw_assessment *answer = assess(&line);
		assert_int_equal(answer->status, TW_STATUS_REFUSED);
		assert_true(strlen(answer->refusal.text) < 512);
		line.column[column] = (struct tw_text){"\0\xff\xfe\0;", 5};
		assert_int_equal(assess(&line)->status, TW_STATUS_REFUSED);
	}
	struct tw_line line = good();
	memset(longest, ';', sizeof longest);
	line.column[TW_COLUMN_CLAIMS] = (struct tw_text){longest, sizeof longest};
	assert_int_equal(assess(&line)->status, TW_STATUS_OK);
}

/* The same line gives the same answer whatever was refused before it. */
static void test_no_trace(void **state)
{
	(void)state;
	struct tw_line line = good(), bad = good();
	bad.column[TW_COLUMN_CLAIMS] = text("steel_value=5;treety");
	assert_int_equal(assess(&bad)->status, TW_STATUS_REFUSED);
	const struct tw_assessment *answer = assess(&line);
	assert_int_equal(answer->status, TW_STATUS_OK);
	assert_int_equal(answer->amount, 90 * TW_MONEY_UNIT);
	assert_true(answer->refusal.reason == NULL || answer->refusal.reason[0] == '\0');
}

/* A line or options that were never published are refused with both sizes; longer ones are read. */
static void test_sizes(void **state)
{
	struct {
		struct tw_line line;
		uint64_t later[4]; /* what a header to come may add */
	} longer = {.line = good()};
	struct tw_line line = good();
	struct tw_options options = TW_OPTIONS_INIT;
	const struct tw_assessment *answer = NULL;
	struct tw_error error = {0};
	tw_assessor *other = NULL;
	(void)state;
	longer.line.size = sizeof longer;
	assert_int_equal(tw_assess(&answer, assessor, &longer.line, &error), TW_BAD_ARGUMENT);
	assert_null(answer);
	line.size = 16;
	assert_int_equal(tw_assess(&answer, assessor, &line, &error), TW_BAD_ARGUMENT);
	assert_null(answer);
	assert_non_null(strstr(error.message, "tw_line: its size is 16"));
	assert_non_null(strstr(error.message, "TW_LINE_INIT"));
	options.size = 8;
	assert_int_equal(tw_assessor_new(&other, rulebook, &options, &error), TW_BAD_ARGUMENT);
	assert_null(other);
	assert_non_null(strstr(error.message, "tw_options: its size is 8"));
}

/* The day that is today is one, or the assessor is refused. */
static void todays(void **state)
{
	static const char *const wrong[] = {
	    "",         "today",      "2026-02-30",    "2026-13-01", "99999-1-01",
	    "2026-1-1", "01/02/2026", "2026-11-29T12", "0000-00-00", "2026-11-291"};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct tw_options options = TW_OPTIONS_INIT;
		struct tw_error error = {0};
		tw_assessor *other = NULL;
		options.today = wrong[i];
		if (tw_assessor_new(&other, rulebook, &options, &error) != TW_BAD_ARGUMENT)
			fail_msg("`%s` is a day", wrong[i]);
		assert_null(other);
		assert_non_null(strstr(error.message, "such as 2026-11-29"));
	}
}

static bool tells(const struct tw_assessment *answer, const char *text)
{
	for (size_t i = 0; i < answer->warning_count; i++)
		if (strstr(answer->warnings[i], text) != NULL)
			return true;
	return false;
}

/* 2025-11-02 and 2025-03-09, 15 U.S.C. 260a: the clock of New York is set at 02:00. */
static void test_clock_changes(void **state)
{
	static const struct {
		const char *entered, *says;
	} all[] = {
	    {"2025-11-02T00:59", NULL},
	    {"2025-11-02T01:00", "the first is taken (2025-11-02T01:00:00-04:00)"},
	    {"2025-11-02T01:59", "the first is taken (2025-11-02T01:59:00-04:00)"},
	    {"2025-11-02T02:00", NULL},
	    {"2025-11-02T01:30-05:00", NULL},
	    {"2025-11-02", NULL},
	    {"2025-03-09T01:59", NULL},
	    {"2025-03-09T02:00", "2025-03-09T03:00:00-04:00 is taken"},
	    {"2025-03-09T02:59", "2025-03-09T03:59:00-04:00 is taken"},
	    {"2025-03-09T03:00", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct tw_line line = good();
		line.column[TW_COLUMN_ENTERED] = text(all[i].entered);
		const struct tw_assessment *answer = assess(&line);
		if (warns(answer, "clock-change:") != (all[i].says != NULL) ||
		    (all[i].says != NULL && !tells(answer, all[i].says)))
			fail_msg("%s: the clock change", all[i].entered);
	}
	struct tw_line line = good();
	line.column[TW_COLUMN_LOADED] = text("2025-11-02T01:30");
	assert_true(tells(assess(&line), "clock-change: the local time of loaded occurs twice"));
}

/* Eight countries on the way are kept; a ninth is no longer dropped without a word. */
static void test_ways(void **state)
{
	struct tw_line line = good();
	(void)state;
	line.column[TW_COLUMN_VIA] = text("CN,HK,KR,DE,FR,CA,CU,US");
	assert_int_not_equal(assess(&line)->status, TW_STATUS_REFUSED);
	line.column[TW_COLUMN_VIA] = text("CN,HK,KR,DE,FR,CA,CU,US,CN");
	assert_int_equal(assess(&line)->status, TW_STATUS_REFUSED);
	assert_string_equal(assess(&line)->refusal.column, "via");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),          cmocka_unit_test(test_codes),
	    cmocka_unit_test(test_union),         cmocka_unit_test(test_places),
	    cmocka_unit_test(test_instants),      cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_words),         cmocka_unit_test(test_claims),
	    cmocka_unit_test(test_hostile),       cmocka_unit_test(test_no_trace),
	    cmocka_unit_test(test_later_days),    cmocka_unit_test(test_sizes),
	    cmocka_unit_test(test_clock_changes), cmocka_unit_test(todays),
	    cmocka_unit_test(test_ways),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Sums as text and in tables, lines that are grouped, and what is reported of lines apart. */
#include "compare/bench.h"
#include "compare/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_money(void **state)
{
	static const struct {
		sum_money amount;
		bool plain;
		const char *text;
	} good[] = {{0, false, "0.00"},
		    {12345600, false, "1,234.56"},
		    {12345600, true, "1234.56"},
		    {-9999, true, "-0.9999"},
		    {-10000000, false, "-1,000.00"},
		    /* beyond 64 bits */
		    {(sum_money)INT64_MAX * 100000000, true, "92233720368547758070000.00"}};
	char text[64];
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		sums_money(text, good[i].amount, good[i].plain);
		assert_string_equal(text, good[i].text);
	}
}

/* A table that grew has every sum that it had. */
static void test_sums(void **state)
{
	struct sums sums = {0};
	const struct sum one = {
	    .lines = 1, .changed = 1, .before = 5, .after = -7, .fees_after = 2};
	(void)state;
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < 5000; i++) {
			struct sum *sum = sums_of(&sums, sums_key(SUM_CHAPTER, 0x555344, i));
			assert_non_null(sum);
			sums_add(sum, &one);
		}
	assert_int_equal(sums.count, 5000);
	for (uint32_t i = 0; i < 5000; i++) {
		const struct sum *sum = sums_of(&sums, sums_key(SUM_CHAPTER, 0x555344, i));
		assert_true(sum->lines == 2 && sum->changed == 2 && sum->before == 10 &&
			    sum->after == -14 && sum->fees_after == 4);
		assert_int_equal(sums_by(sum->key), SUM_CHAPTER);
		assert_int_equal(sums_id(sum->key), i);
		assert_int_equal(sums_currency(sum->key), 0x555344);
	}
	sums_free(&sums);
}

static struct tw_typed_line line_of(uint64_t hts, tw_money value)
{
	struct tw_typed_line line = TW_TYPED_INIT;
	line.hts = hts;
	line.digits = 10;
	line.value = value;
	return line;
}

/* Lines that agree are one with a count; another value is another line. */
static void test_groups(void **state)
{
	struct groups *groups;
	struct group_line out[8];
	size_t at = 0, count = 0, lines = 0, alone = 0, got;
	(void)state;
	assert_int_equal(groups_new(&groups), 0);
	for (int i = 0; i < 300; i++) {
		const struct tw_typed_line line = line_of(6109100012, 540000 + i % 3);
		const enum group_taken taken = groups_take(groups, &line, 0);
		assert_true(taken == GROUP_TAKEN || taken == GROUP_ALONE);
		alone += taken == GROUP_ALONE;
	}
	while ((got = groups_next(out, &at, groups, 8)))
		for (size_t i = 0; i < got; i++, count++)
			lines += out[i].count;
	assert_int_equal(lines + alone, 300);
	assert_int_equal(count, 3);
	groups_clear(groups);
	at = 0;
	assert_int_equal(groups_next(out, &at, groups, 8), 0);
	groups_free(groups);
}

static struct compare *made;

static void known_of(struct apart *apart, uint32_t currency, uint32_t pair, uint64_t lines,
		     sum_money before)
{
	struct sum *sum = sums_of(&apart->known, sums_key(SUM_ALL, currency, pair));
	assert_non_null(sum);
	sum->lines += lines;
	sum->before += before;
	apart->lines[pair / OUTCOME_STATES][pair % OUTCOME_STATES] += lines;
}

/* By their states, and of one pair by currency, in whatever order they came. */
static void test_apart(void **state)
{
	static const struct compare_law laws[] = {{"", ""}, {"other", "Other"}};
	const struct compare_options options = {.laws = laws, .law_count = 2, .jobs = 1};
	const uint32_t usd = 'U' << 16 | 'S' << 8 | 'D', cad = 'C' << 16 | 'A' << 8 | 'D';
	struct report_apart *apart;
	struct tw_error error;
	size_t count;
	(void)state;
	assert_int_equal(compare_new(&made, &options, &error), 0);
	struct apart *of = &made->bench[0].apart[1];
	of->lines[OUTCOME_REFUSED][OUTCOME_REFUSED] = 4;
	known_of(of, usd, OUTCOME_KNOWN * OUTCOME_STATES + OUTCOME_REFUSED, 2, 70000);
	known_of(of, cad, OUTCOME_KNOWN * OUTCOME_STATES + OUTCOME_REFUSED, 1, 50000);
	assert_int_equal(report_apart(&apart, &count, made, 1), 0);
	assert_int_equal(count, 3);
	assert_string_equal(apart[0].currency, "CAD");
	assert_true(apart[0].sum.lines == 1 && apart[0].sum.before == 50000);
	assert_string_equal(apart[1].currency, "USD");
	assert_int_equal(apart[1].after, OUTCOME_REFUSED);
	assert_string_equal(apart[2].currency, "");
	assert_int_equal(apart[2].sum.lines, 4);
	free(apart);
	compare_free(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_money), cmocka_unit_test(test_sums),
	    cmocka_unit_test(test_groups), cmocka_unit_test(test_apart)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

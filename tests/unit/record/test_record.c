/* SPDX-License-Identifier: Apache-2.0 */
/* Values and days as text, what may be summed, what stands, and damaged sections. */
#include "record/record.h"
#include "tidewaiter_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct record built_in;
static const tw_rulebook *rulebook;

static int open_built_in(void **state)
{
	struct tw_error error;
	(void)state;
	return tw_rulebook_default(&rulebook, &error) || record_open(&built_in, rulebook, &error);
}

static void test_values(void **state)
{
	static const struct {
		const char *text, *shown;
	} good[] = {{"0", "0"},
		    {"1234.5", "1,234.5"},
		    {"-419.2", "-419.2"},
		    {"139.697", "139.697"},
		    {"67039140875", "67,039,140,875"},
		    {"2.40", "2.4"},
		    {"-0.05", "-0.05"},
		    {"1000000", "1,000,000"}};
	static const char *const bad[] = {"",    "-",  ".5", "1.",  "1,000", "1.2345",
					  "1e3", " 1", "1 ", "--1", "1.2.3", "99999999999999999"};
	char text[48];
	int64_t value;
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(record_value_read(&value, good[i].text));
		assert_string_equal(record_value_text(text, value, true), good[i].shown);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(record_value_read(&value, bad[i]));
	assert_string_equal(record_value_text(text, INT64_MIN, false), "-9223372036854775.808");
}

static void test_days(void **state)
{
	static const struct {
		const char *text, *first, *last;
	} good[] = {{"2025", "2025-01-01", "2025-12-31"},
		    {"2024-02", "2024-02-01", "2024-02-29"},
		    {"2025-12", "2025-12-01", "2025-12-31"},
		    {"2025-05-02", "2025-05-02", "2025-05-02"}};
	static const char *const bad[] = {"",         "25",         "2025-13",    "2025-00",
					  "2025-2",   "2025-02-30", "2025/05/02", "today",
					  "20250502", "2025-05-022"};
	struct tw_error error;
	char text[16];
	int32_t day;
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_int_equal(record_day_read(&day, good[i].text, false, &error), TW_OK);
		assert_string_equal(record_day_text(text, day), good[i].first);
		assert_int_equal(record_day_read(&day, good[i].text, true, &error), TW_OK);
		assert_string_equal(record_day_text(text, day), good[i].last);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(record_day_read(&day, bad[i], false, &error), TW_BAD_ARGUMENT);
}

/* A record of two parts, their whole and a share; figures are added by hand. */
struct small {
	struct record_header header;
	struct record_name names[2];
	struct record_series series[4];
	struct record_figure figures[8];
	uint32_t indexes[2];
	char texts[64];
	struct record record;
};

static void add_figure(struct small *s, uint32_t series, int32_t first, int32_t last, int64_t value)
{
	uint32_t at = s->record.count[RECORD_FIGURES]++;
	s->figures[at] = (struct record_figure){.series = series,
						.first = first,
						.last = last,
						.published = RECORD_NO_DAY,
						.value = value * RECORD_SCALE,
						.source = RECORD_NONE,
						.revises = RECORD_NONE,
						.revised = RECORD_NONE};
	if (!s->series[series].figures.count++)
		s->series[series].figures.first = at;
}

static void make_small(struct small *s)
{
	memset(s, 0, sizeof *s);
	memcpy(s->texts, "\0whole\0part\0other\0share\0group\0who", 34);
	s->header.actors = 1;
	s->names[0].name = 30;
	const uint32_t names[] = {1, 7, 12, 18};
	for (uint32_t i = 0; i < 4; i++)
		s->series[i] = (struct record_series){.name = names[i], .unit = 1};
	s->series[1].part_of = s->series[2].part_of = (struct record_span){0, 1};
	s->series[1].apart = s->series[2].apart = 24;
	s->series[3].kind = RECORD_SHARE;
	s->record = (struct record){.texts = s->texts,
				    .header = &s->header,
				    .names = s->names,
				    .indexes = s->indexes,
				    .series = s->series,
				    .figures = s->figures,
				    .count = {[RECORD_SERIES] = 4, [RECORD_NAMES] = 2}};
}

static int sum_of(struct record_sum *sum, struct small *s, const uint32_t *series, size_t count,
		  struct tw_error *error)
{
	struct record_question question;
	record_question_begin(&question);
	return record_sum(sum, &s->record, series, count, &question, error);
}

static void test_sums(void **state)
{
	static const uint32_t whole[] = {0}, parts[] = {1, 2}, both[] = {0, 1}, twice[] = {1, 1},
			      share[] = {3};
	struct small *s = malloc(sizeof *s);
	struct tw_error error;
	struct record_sum sum;
	(void)state;
	assert_non_null(s);
	make_small(s);
	add_figure(s, 0, 0, 9, 100);
	add_figure(s, 0, 10, 19, 50);
	add_figure(s, 0, 25, 29, 7);
	add_figure(s, 1, 0, 29, 60);
	add_figure(s, 2, 0, 29, 40);
	add_figure(s, 3, 0, 29, 5);
	assert_int_equal(sum_of(&sum, s, whole, 1, &error), TW_OK);
	assert_int_equal(sum.value, 157 * RECORD_SCALE);
	assert_int_equal(sum.gap_first, 20);
	assert_int_equal(sum.gap_last, 24);
	assert_int_equal(sum_of(&sum, s, parts, 2, &error), TW_OK);
	assert_int_equal(sum.value, 100 * RECORD_SCALE);
	assert_int_equal(sum.figures, 2);
	assert_int_equal(sum_of(&sum, s, both, 2, &error), TW_UNSUPPORTED);
	assert_string_equal(error.message, "part is a part of whole: it would be counted twice");
	assert_int_equal(sum_of(&sum, s, twice, 2, &error), TW_UNSUPPORTED);
	assert_int_equal(sum_of(&sum, s, share, 1, &error), TW_UNSUPPORTED);
	assert_string_equal(error.message, "share is a share: such figures do not add up");
	/* One day too many. */
	s->figures[1].first = 9;
	assert_int_equal(sum_of(&sum, s, whole, 1, &error), TW_UNSUPPORTED);
	assert_non_null(strstr(error.message, "1970-01-10 to 1970-01-20 overlap"));
	/* Parts of other days. */
	s->figures[4].last = 28;
	assert_int_equal(sum_of(&sum, s, parts, 2, &error), TW_UNSUPPORTED);
	assert_non_null(strstr(error.message, "their sum is of no one period"));
	/* Nothing says that they are apart. */
	s->figures[4].last = 29;
	s->series[2].apart = 0;
	assert_int_equal(sum_of(&sum, s, parts, 2, &error), TW_UNSUPPORTED);
	assert_non_null(strstr(error.message, "does not say that they are apart"));
	/* Too large, and said. */
	s->figures[1].first = 10;
	s->figures[0].value = s->figures[1].value = INT64_MAX;
	assert_int_equal(sum_of(&sum, s, whole, 1, &error), TW_UNSUPPORTED);
	assert_string_equal(error.message, "the sum is too large");
	free(s);
}

/* What stands on a day: the last that was published by then. */
static void test_stands(void **state)
{
	struct small *s = malloc(sizeof *s);
	(void)state;
	assert_non_null(s);
	make_small(s);
	add_figure(s, 0, 0, 9, 1);
	add_figure(s, 0, 0, 9, 2);
	add_figure(s, 0, 0, 12, 3);
	s->figures[0].published = 20;
	s->figures[1].published = 30;
	s->figures[2].published = 40;
	s->figures[2].revises = 1;
	static const struct {
		int32_t day;
		bool stands[3];
	} days[] = {{19, {false, false, false}},
		    {20, {true, false, false}},
		    {30, {false, true, false}},
		    {40, {false, false, true}},
		    {INT32_MAX, {false, false, true}}};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		for (int k = 0; k < 3; k++)
			assert_int_equal(
			    record_figure_stands(&s->record, &s->figures[k], days[i].day),
			    days[i].stands[k]);
	free(s);
}

/* The built-in record says the same of every figure as it does by its days. */
static void test_built_in(void **state)
{
	(void)state;
	assert_true(built_in.count[RECORD_EVENTS] > 200);
	for (uint32_t i = 0; i < built_in.count[RECORD_FIGURES]; i++)
		assert_int_equal(built_in.figures[i].revised == RECORD_NONE,
				 record_figure_stands(&built_in, &built_in.figures[i], INT32_MAX));
}

/* Every 32-bit number of the section replaced by one that is too large: refused or harmless. */
static void test_damaged(void **state)
{
	struct record_question question;
	struct record record;
	struct tw_error error;
	size_t size;
	const void *section = rulebook_section(rulebook, RECORD_TAG, &size);
	(void)state;
	record_question_begin(&question);
	question.format = RECORD_NDJSON;
	char *copy = malloc(size);
	assert_non_null(section);
	assert_non_null(copy);
	for (size_t at = 0; at + 4 <= size; at += 4 * (1 + at / 2048)) {
		const uint32_t large = 0x7fffffff;
		memcpy(copy, section, size);
		memcpy(copy + at, &large, 4);
		if (!record_check(&record, copy, size))
			continue;
		struct buffer out = {0};
		(void)record_events_write(&out, &record, &question, &error);
		(void)record_sources_write(&out, &record, &question);
		buffer_free(&out);
	}
	memcpy(copy, section, size);
	for (size_t cut = 0; cut < size; cut += 997)
		assert_false(record_check(&record, copy, cut));
	assert_true(record_check(&record, copy, size));
	free(copy);
}

/* The library's rows are the program's, and what is wrong leaves the text as it was. */
static void test_library(void **state)
{
	static const char *const names[] = {"us_overdose_deaths_total", NULL};
	struct tw_record_query query = TW_RECORD_QUERY_INIT;
	struct record_question question;
	struct tw_output out = TW_OUTPUT_INIT;
	struct buffer text = {0};
	struct tw_error error;
	(void)state;
	record_question_begin(&question);
	question.format = RECORD_NDJSON;
	question.actor = query.actor = "CN";
	query.what = "events";
	query.since = "2025-02";
	assert_int_equal(record_day_read(&question.since, query.since, false, &error), TW_OK);
	assert_int_equal(record_events_write(&text, &built_in, &question, &error), TW_OK);
	assert_int_equal(tw_record_json(&out, rulebook, &query, &error), TW_OK);
	assert_true(out.length == text.length && !memcmp(out.at, text.at, text.length));
	const size_t length = out.length;
	query.series = names;
	query.series_count = 1;
	query.what = "series";
	assert_int_equal(tw_record_json(&out, rulebook, &query, &error), TW_OK);
	assert_true(out.length > length);
	query.actor = NULL;
	assert_int_equal(tw_record_svg(&out, rulebook, &query, true, &error), TW_OK);
	const size_t all = out.length;
	query.series_count = 2;
	assert_int_equal(tw_record_json(&out, rulebook, &query, &error), TW_BAD_ARGUMENT);
	query.series_count = 1;
	query.what = "weather";
	assert_int_equal(tw_record_json(&out, rulebook, &query, &error), TW_BAD_ARGUMENT);
	query.what = "talks";
	query.since = "yesterday";
	assert_int_equal(tw_record_json(&out, rulebook, &query, &error), TW_BAD_ARGUMENT);
	query.since = "2199";
	assert_int_equal(tw_record_svg(&out, rulebook, &query, false, &error), TW_NOT_FOUND);
	query.size = 3;
	assert_int_equal(tw_record_json(&out, rulebook, &query, &error), TW_BAD_ARGUMENT);
	assert_int_equal(tw_record_json(&out, rulebook, NULL, &error), TW_BAD_ARGUMENT);
	assert_int_equal(tw_record_json(&out, NULL, &query, NULL), TW_BAD_ARGUMENT);
	assert_int_equal(tw_record_json(NULL, rulebook, &query, NULL), TW_BAD_ARGUMENT);
	assert_int_equal(out.length, all);
	assert_int_equal(strlen(out.at), all);
	buffer_free(&text);
	tw_output_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),   cmocka_unit_test(test_days),
	    cmocka_unit_test(test_sums),     cmocka_unit_test(test_stands),
	    cmocka_unit_test(test_built_in), cmocka_unit_test(test_damaged),
	    cmocka_unit_test(test_library)};
	return cmocka_run_group_tests(tests, open_built_in, NULL);
}

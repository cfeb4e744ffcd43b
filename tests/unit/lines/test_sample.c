/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is decided for a whole file: a date in the other order ends the run
 * wherever it stands, by any number of threads, from a file and from a pipe,
 * before anything is written where it stands in the first 64 KiB. And files
 * without lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"
#include "lines/run.h"

#define HEADER "id,hts,origin,entered,value,"

struct ran {
	int code;
	struct tw_error error;
	off_t wrote;
};

static struct ran run(const char *text, size_t length, unsigned jobs, enum date_order order)
{
	struct columns_options columns = {.date_order = order};
	char path[] = "/tmp/tidewaiter-test-XXXXXX", out[] = "/tmp/tidewaiter-test-XXXXXX";
	const char *files[] = {path};
	struct totals *totals = calloc(1, sizeof *totals);
	struct ran ran = {0};
	int fd = mkstemp(path), to = mkstemp(out);
	assert_true(fd >= 0 && to >= 0 && totals);
	assert_int_equal(write(fd, text, length), length);
	close(fd);
	struct run_options options = {.files = files,
				      .file_count = 1,
				      .columns = &columns,
				      .jobs = jobs,
				      .out = to,
				      .err = -1,
				      .assess = fake_assess};
	ran.code = run_lines(totals, &options, &ran.error);
	ran.wrote = lseek(to, 0, SEEK_END);
	close(to);
	unlink(path);
	unlink(out);
	totals_free(totals);
	free(totals);
	return ran;
}

/* Rows of which the one at `odd` can only have the day first. */
static char *rows(size_t count, size_t odd, const char *shipment)
{
	char *text = malloc(200 + count * 80);
	if (!text)
		abort();
	int length = sprintf(text, HEADER "%s\n", *shipment ? "shipment" : "colour");
	for (size_t i = 0; i < count; i++)
		length += sprintf(text + length, "%zu,610910,CN,%s,54,%s\n", i,
				  i == odd ? "25/12/2025" : "5/2/2025", shipment);
	return text;
}

static void ends_the_run(size_t count, size_t odd, const char *shipment, bool writes)
{
	char *text = rows(count, odd, shipment);
	for (unsigned jobs = 1; jobs <= 4; jobs += 3) {
		struct ran ran = run(text, strlen(text), jobs, DATE_BY_FORM);
		assert_int_equal(ran.code, TW_BAD_FILE);
		assert_int_equal(ran.error.line, odd + 2);
		assert_non_null(strstr(ran.error.message, "entered: `25/12/2025`"));
		assert_non_null(strstr(ran.error.message, "--date-format"));
		assert_int_equal(ran.wrote > 0, writes);
	}
	free(text);
}

static void dates(void **state)
{
	(void)state;
	ends_the_run(10, 0, "", false);
	ends_the_run(10, 9, "", false);
	ends_the_run(5000, 1500, "", false);
	ends_the_run(50000, 49999, "", true);
	/* shipments are gathered first: the line is found before anything is written */
	ends_the_run(50000, 49999, "s", false);
}

static void said(void **state)
{
	(void)state;
	char *text = rows(10, 5, "");
	assert_int_equal(run(text, strlen(text), 1, DATE_DMY).code, TW_OK);
	assert_int_equal(run(text, strlen(text), 1, DATE_MDY).code, TW_BAD_FILE);
	assert_int_equal(run(text, strlen(text), 1, DATE_YMD).code, TW_BAD_FILE);
	free(text);
}

static void without_lines(void **state)
{
	static const char *const none[] = {"",     "\n\n",       " \r\n", "\xEF\xBB\xBF",
					   HEADER, HEADER "\n\n"};
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct ran ran = run(none[i], strlen(none[i]), 1, DATE_BY_FORM);
		assert_int_equal(ran.code, TW_BAD_FILE);
		assert_non_null(strstr(ran.error.message, "has no lines"));
		assert_int_equal(ran.wrote, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(dates), cmocka_unit_test(said),
					   cmocka_unit_test(without_lines)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

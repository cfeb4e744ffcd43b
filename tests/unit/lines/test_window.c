/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What no text is, told by its first bytes, and a file that is not what it was
 * when it is read again: an error that names the file, and what to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lines/input.h"

static char path[64];

static void make_file(const void *bytes, size_t length)
{
	strcpy(path, "/tmp/tidewaiter-test-XXXXXX");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
}

static void is_refused(const void *bytes, size_t length, const char *why)
{
	struct input input;
	struct tw_error error = {0};
	make_file(bytes, length);
	assert_int_equal(input_open_text(&input, path, NULL, &error), TW_BAD_FILE);
	assert_string_equal(error.file, path);
	assert_non_null(strstr(error.message, why));
	input_close(&input);
	unlink(path);
}

static void what_is_no_text_is_named(void **state)
{
	static const struct {
		const char *head, *why;
		size_t length;
	} all[] = {
	    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is a workbook in the old format (.xls)", 8},
	    {"\xFF\xFE\0\0i\0\0\0", "is UTF-32", 8},
	    {"\xFD"
	     "7zXZ\0\0\0",
	     "is compressed with xz", 8},
	    {"BZh91AY&SY", "is compressed with bzip2", 10},
	    {"PAR1\0\0\0\0PAR1", "is a Parquet file, which only tidewaiter assess reads", 12},
	};
	char tar[512] = "lines.csv";
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		is_refused(all[i].head, all[i].length, all[i].why);
	memcpy(tar + 257, "ustar", 5);
	is_refused(tar, sizeof tar, "is an archive of files (tar)");
}

/* A folder is opened, but not read. */
static void what_cannot_be_read_says_why(void **state)
{
	struct input input;
	struct tw_error error = {0};
	struct tw_text text;
	(void)state;
	make_file("id,hts\n1,610910\n", 16);
	assert_int_equal(input_open_text(&input, path, NULL, &error), TW_OK);
	int folder = open("/tmp", O_RDONLY);
	assert_true(folder >= 0 && dup2(folder, input.fd) == input.fd);
	close(folder);
	assert_int_equal(input_text(&input, &text, &error), TW_OK); /* what was seen before */
	input.at_end = false;
	assert_int_equal(input_text(&input, &text, &error), TW_BAD_FILE);
	assert_non_null(strstr(error.message, "cannot be read: "));
	input_close(&input);
	unlink(path);
}

/* Nothing goes back in a pipe; what a pipe gives is kept in a file for that. */
static void a_pipe_is_kept_to_be_read_twice(void **state)
{
	struct input input;
	struct tw_error error = {0};
	struct tw_text text;
	int ends[2];
	(void)state;
	make_file("id,hts\n1,610910\n", 16);
	assert_int_equal(input_open_text(&input, path, NULL, &error), TW_OK);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "2,610910\n", 9), 9);
	close(ends[1]);
	assert_true(dup2(ends[0], input.fd) == input.fd);
	close(ends[0]);
	assert_int_equal(input_rewind(&input, &error), TW_BAD_FILE);
	assert_non_null(strstr(error.message, "cannot be read twice: "));
	input.is_seekable = input.at_end = false;
	input.from = input.to = 0;
	assert_int_equal(input_spool(&input, &error), TW_OK);
	assert_true(input.is_seekable);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(input_text(&input, &text, &error), TW_OK);
		assert_int_equal(text.length, 9);
		assert_memory_equal(text.at, "2,610910\n", 9);
		assert_int_equal(input_rewind(&input, &error), TW_OK);
	}
	input_close(&input);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_text_is_named),
	    cmocka_unit_test(what_cannot_be_read_says_why),
	    cmocka_unit_test(a_pipe_is_kept_to_be_read_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

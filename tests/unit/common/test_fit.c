/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in fields of a size, errors with their places, temporary files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/temporary.h"

/* What does not fit ends in three dots, and never in a part of a character. */
static void a_text_is_cut_between_characters(void **state)
{
	char field[10];
	(void)state;
	assert_true(fit_print(field, sizeof field, "%s", "123456789"));
	assert_string_equal(field, "123456789");
	assert_false(fit_print(field, sizeof field, "%s", "1234567890"));
	assert_string_equal(field, "123456...");
	/* the euro sign has three bytes, of which two would stand before the dots */
	assert_false(fit_print(field, sizeof field, "%s",
			       "1234\xE2\x82\xAC"
			       "890"));
	assert_string_equal(field, "1234...");
	assert_false(fit_print(field, 4, "%s", "12345"));
	assert_string_equal(field, "...");
	assert_false(fit_print(field, 3, "%s", "12345"));
	assert_string_equal(field, "12");
}

static void what_is_added_is_cut_too(void **state)
{
	char field[10];
	(void)state;
	assert_true(fit_print(field, sizeof field, "%s", "12345"));
	assert_true(fit_add(field, sizeof field, "%d", 6789));
	assert_string_equal(field, "123456789");
	assert_false(fit_add(field, sizeof field, "%s", "0"));
	assert_string_equal(field, "123456...");
	assert_true(fit_print(field, sizeof field, "%s", "1234"));
	assert_false(fit_add(field, sizeof field, "%s", "567890"));
	assert_string_equal(field, "123456...");
}

/* A character that cannot be printed in any encoding: nothing is left of the text. */
static void what_cannot_be_printed_is_nothing(void **state)
{
	char field[10] = "before";
	(void)state;
	assert_false(fit_print(field, sizeof field, "%lc", (wint_t)0x110000));
	assert_string_equal(field, "");
}

static void an_error_has_a_place(void **state)
{
	struct tw_error error;
	char path[600];
	(void)state;
	memset(path, 'x', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	assert_int_equal(error_at(&error, TW_BAD_LAW, "us/a.yaml", 3, 7, "no %s", "key"),
			 TW_BAD_LAW);
	assert_int_equal(error.code, TW_BAD_LAW);
	assert_int_equal(error.line, 3);
	assert_int_equal(error.column, 7);
	assert_string_equal(error.file, "us/a.yaml");
	assert_string_equal(error.message, "no key");
	assert_int_equal(error_at(&error, TW_BAD_LAW, path, 3, 7, "%s", "x"), TW_BAD_LAW);
	assert_string_equal(error.file + strlen(error.file) - 4, "x...");
	assert_int_equal(error_at(NULL, TW_BAD_LAW, "a", 3, 7, "x"), TW_BAD_LAW);
	assert_int_equal(error_memory(&error), TW_NO_MEMORY);
	assert_string_equal(error.message, "out of memory");
	assert_string_equal(error.file, "");
}

static void a_temporary_file_has_no_name(void **state)
{
	struct tw_error error;
	struct stat status;
	(void)state;
	setenv("TMPDIR", "/dev/null/none", 1);
	assert_int_equal(temporary_file(&error), -1);
	assert_int_equal(error.code, TW_BAD_FILE);
	assert_non_null(strstr(error.message, "/dev/null/none"));
	assert_non_null(strstr(error.message, "TMPDIR"));
	setenv("TMPDIR", "", 1);
	int fd = temporary_file(&error);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &status), 0);
	assert_int_equal(status.st_nlink, 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_text_is_cut_between_characters),
	    cmocka_unit_test(what_is_added_is_cut_too),
	    cmocka_unit_test(what_cannot_be_printed_is_nothing),
	    cmocka_unit_test(an_error_has_a_place),
	    cmocka_unit_test(a_temporary_file_has_no_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

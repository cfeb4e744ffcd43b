/* SPDX-License-Identifier: Apache-2.0 */
/* Where the files lie that this process was loaded from; run by a name that is not the program's.
 */
#include "common/origin.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void of_the_program(void **state)
{
	char real[PATH_MAX] = "", folder[PATH_MAX];
	(void)state;
	assert_true(readlink("/proc/self/exe", real, sizeof real - 1) > 0);
	*strrchr(real, '/') = 0;
	assert_true(origin_folder(folder, sizeof folder, (const void *)of_the_program));
	assert_string_equal(folder, real);
	/* Wherever it is by then. */
	assert_int_equal(chdir("/"), 0);
	assert_true(origin_folder(folder, sizeof folder, (const void *)of_the_program));
	assert_string_equal(folder, real);
}

static void of_a_library(void **state)
{
	char folder[PATH_MAX];
	(void)state;
	assert_true(origin_folder(folder, sizeof folder, (const void *)strtoul));
	assert_int_equal(*folder, '/');
	assert_true(folder[strlen(folder) - 1] != '/');
	assert_int_equal(access(folder, X_OK), 0);
}

static void of_nothing(void **state)
{
	char folder[PATH_MAX], small[4];
	void *taken = calloc(1, 1);
	(void)state;
	assert_false(origin_folder(folder, sizeof folder, taken));
	assert_false(origin_folder(folder, sizeof folder, NULL));
	assert_false(origin_folder(small, sizeof small, (const void *)of_nothing));
	assert_false(origin_folder(small, sizeof small, (const void *)strtoul));
	free(taken);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(of_the_program),
	    cmocka_unit_test(of_a_library),
	    cmocka_unit_test(of_nothing),
	};
	static char name[] = "/nowhere/bin/program";
	if (count == 1 && strcmp(*arguments, name) != 0) {
		char *const again[] = {name, NULL};
		return execv("/proc/self/exe", again);
	}
	return cmocka_run_group_tests_name("origin", tests, NULL, NULL);
}

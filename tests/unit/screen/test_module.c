/* SPDX-License-Identifier: Apache-2.0 */
/* The module that reads structures: found, and told from what is not it. */
#include "screen/structure_module.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct structure_substance LEDGER[] = {{7, "CC(C)=O", false}};

/* As every thread of the program does. */
static void *ask(void *unused)
{
	struct structure_source source = {NULL, LEDGER, 1};
	struct structure_result *result = unused;
	struct structure *structure = NULL;
	if (structure_absent() || structure_open(&structure, &source, NULL))
		return NULL;
	structure_run(result, structure, (struct tw_text){"CC(=O)C", 7});
	result->reason = result->parent = NULL; /* of what is closed */
	structure_close(structure);
	return result;
}

static void read_by_threads(void **state)
{
	pthread_t thread[8];
	struct structure_result result[8];
	(void)state;
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, ask, &result[i]), 0);
	for (size_t i = 0; i < 8; i++) {
		void *done;
		assert_int_equal(pthread_join(thread[i], &done), 0);
		assert_non_null(done);
		assert_false(result[i].refused);
		assert_int_equal(result[i].match_count, 1);
		assert_int_equal(result[i].matches[0].substance, 7);
	}
	assert_null(structure_absent());
	structure_close(NULL);
}

static void loaded_from_its_folder(void **state)
{
	char why[MODULE_WHY] = "";
	(void)state;
	const void *module = module_load(&structure_module, BUILT, why);
	assert_string_equal(why, "");
	assert_non_null(module);
	assert_ptr_equal(module, module_load(&structure_module, BUILT, why));
}

static void not_there(void **state)
{
	char why[MODULE_WHY] = "", long_folder[5000];
	(void)state;
	assert_null(module_load(&structure_module, "/nowhere", why));
	assert_string_equal(why, "tidewaiter-structures.so, which reads structures, is neither "
				 "beside the library nor in the folder tidewaiter/ there");
	memset(long_folder, 'x', sizeof long_folder - 1);
	long_folder[sizeof long_folder - 1] = 0;
	assert_null(module_load(&structure_module, long_folder, why));
}

/* Of what lies in no file there is no folder to look in. */
static void beside_nothing(void **state)
{
	char why[MODULE_WHY] = "";
	void *taken = calloc(1, 1);
	(void)state;
	assert_null(module_beside(&structure_module, taken, why));
	assert_string_equal(
	    why, "where the library lies, and with it tidewaiter-structures.so, is not known");
	free(taken);
}

static void of_another_version(void **state)
{
	char why[MODULE_WHY] = "";
	(void)state;
	assert_null(module_load(&structure_module, OTHER, why));
	assert_string_equal(why, "tidewaiter-structures.so is of another version than the library");
}

/* One in the folder of its name is taken before one beside it. */
static void not_a_library(void **state)
{
	char folder[] = "/tmp/tidewaiter-module-XXXXXX", path[200], why[MODULE_WHY] = "";
	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/tidewaiter", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof path, "%s/tidewaiter/%s", folder, structure_module.file);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs("no library\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_null(module_load(&structure_module, folder, why));
	assert_string_equal(why, "tidewaiter-structures.so cannot be loaded "
				 "(tidewaiter-structures.so: file too short)");
	assert_int_equal(unlink(path), 0);
	*strrchr(path, '/') = 0;
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void refused_without_one(void **state)
{
	struct structure_result result;
	(void)state;
	structure_run(&result, NULL, (struct tw_text){"C", 1});
	assert_true(result.refused);
	assert_non_null(result.reason);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(read_by_threads),     cmocka_unit_test(loaded_from_its_folder),
	    cmocka_unit_test(beside_nothing),      cmocka_unit_test(not_there),
	    cmocka_unit_test(of_another_version),  cmocka_unit_test(not_a_library),
	    cmocka_unit_test(refused_without_one),
	};
	return cmocka_run_group_tests_name("module", tests, NULL, NULL);
}

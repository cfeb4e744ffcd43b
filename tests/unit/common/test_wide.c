/* SPDX-License-Identifier: Apache-2.0 */
/* Large tables: zeroed, where they begin, and what is too large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "common/wide.h"

static void is_zero_and_aligned(void **state)
{
	static const size_t sizes[] = {1, 63, 4096, (1 << 19) - 1, 1 << 19, (2 << 20) + 1};
	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		void *memory;
		unsigned char *at = wide_new(&memory, sizes[i]);
		assert_non_null(at);
		assert_int_equal((uintptr_t)at % (sizes[i] < 1 << 19 ? 64 : 2 << 20), 0);
		for (size_t k = 0; k < sizes[i]; k++)
			if (at[k])
				fail_msg("byte %zu of %zu is %u", k, sizes[i], at[k]);
		memset(at, 0xA5, sizes[i]);
		free(memory);
	}
}

static void too_much_is_refused(void **state)
{
	void *memory = &memory;
	(void)state;
	assert_null(wide_new(&memory, SIZE_MAX - 63));
	assert_null(memory);
	assert_null(wide_new(&memory, SIZE_MAX - (3 << 20)));
	assert_null(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(is_zero_and_aligned),
					   cmocka_unit_test(too_much_is_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

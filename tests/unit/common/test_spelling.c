/* SPDX-License-Identifier: Apache-2.0 */
/* How far words are from each other; counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "common/spelling.h"

static size_t far(const char *a, const char *b, size_t most)
{
	return spelling_distance((struct tw_text){a, strlen(a)}, (struct tw_text){b, strlen(b)},
				 most);
}

static void distances(void **state)
{
	static const struct {
		const char *a, *b;
		size_t distance;
	} cases[] = {{"shirt", "shirt", 0},     {"shrit", "shirt", 1},    {"shirts", "shirt", 1},
		     {"battery", "baterry", 2}, {"lithum", "lithium", 1}, {"", "ab", 2},
		     {"cat", "dog", 3},         {"abcdef", "badcfe", 3},  {"", "", 0},
		     {"Shirt", "shirt", 1}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(far(cases[i].a, cases[i].b, 5), cases[i].distance);
		assert_int_equal(far(cases[i].b, cases[i].a, 5), cases[i].distance);
	}
}

/* What is further than asked is told as one more, and is not reckoned to its end. */
static void most(void **state)
{
	(void)state;
	assert_int_equal(far("cat", "dog", 1), 2);
	assert_int_equal(far("cat", "dog", 2), 3);
	assert_int_equal(far("cat", "dog", 3), 3);
	assert_int_equal(far("a", "abcdefgh", 2), 3);
	assert_int_equal(far("a", "b", 0), 1);
	assert_int_equal(far("a", "a", 0), 0);
}

static void long_words(void **state)
{
	char a[SPELLING_LONGEST + 2], b[SPELLING_LONGEST + 2];
	(void)state;
	memset(a, 'a', sizeof a);
	memset(b, 'a', sizeof b);
	b[0] = 'b';
	a[SPELLING_LONGEST] = b[SPELLING_LONGEST] = '\0';
	assert_int_equal(far(a, b, 9), 1);
	a[SPELLING_LONGEST] = b[SPELLING_LONGEST] = 'a';
	a[SPELLING_LONGEST + 1] = b[SPELLING_LONGEST + 1] = '\0';
	assert_int_equal(far(a, b, 9), 10); /* none is near */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(distances),
	    cmocka_unit_test(most),
	    cmocka_unit_test(long_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

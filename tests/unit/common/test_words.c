/* SPDX-License-Identifier: Apache-2.0 */
/* Text in rows, figures with their thousands apart, patterns with a star. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/words.h"

static void is(struct buffer *out, const char *right)
{
	buffer_char(out, '\0');
	assert_false(out->failed);
	assert_string_equal(out->at, right);
	out->length = 0;
}

static void a_row_ends_before_its_edge(void **state)
{
	struct buffer out = {.width = 12};
	(void)state;
	words_wrap(&out, "one two three four", 2, 0);
	is(&out, "one two\n  three four\n");
	words_wrap(&out, "one two three", 2, 6);
	is(&out, "one\n  two three\n");
	words_wrap(&out, "one\n two\n\nthree", 0, 0);
	is(&out, "one two\nthree\n");
	words_wrap(&out, "", 2, 0);
	is(&out, "\n");
	buffer_free(&out);
}

/* A word is over the edge, or goes on in the next row; nothing of it is lost. */
static void a_long_word_is_whole(void **state)
{
	struct buffer out = {.width = 8};
	(void)state;
	words_wrap(&out, "a internationally b", 2, 0);
	is(&out, "a\n  internationally\n  b\n");
	words_wrap_cut(&out, "a internationally b", 2, 0);
	is(&out, "a\n  intern\n  ationa\n  lly b\n");
	/* two bytes or three are one column, an ideograph two */
	words_wrap_cut(&out, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9x", 0,
		       0);
	is(&out, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\nx\n");
	words_wrap_cut(&out, "\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD", 0, 0);
	is(&out, "\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\n\xE4\xB8\xAD\n");
	/* where not even a letter has room there is one a row */
	struct words_rows rows = {.out = &out, .indent = 1, .edge = 1, .column = 1, .cut = true};
	words_row(&rows, "abc", 3);
	is(&out, "a\n b\n c");
	buffer_free(&out);
}

static void figures_are_read_in_threes(void **state)
{
	char out[48];
	(void)state;
	assert_string_equal(words_number(out, 0), "0");
	assert_string_equal(words_number(out, 999), "999");
	assert_string_equal(words_number(out, 1000), "1,000");
	assert_string_equal(words_number(out, UINT64_MAX), "18,446,744,073,709,551,615");
	assert_string_equal(words_money(out, INT64_C(12345678900)), "1,234,567.89");
	assert_string_equal(words_money(out, INT64_C(-1234567)), "-123.4567");
	assert_string_equal(words_money(out, INT64_C(-12345670000)), "-1,234,567.00");
	words_percent(out, 165000);
	assert_string_equal(out, "16.5%");
	words_percent(out, 1);
	assert_string_equal(out, "0.0001%");
	words_percent(out, 0);
	assert_string_equal(out, "0%");
}

static void a_star_stands_for_anything(void **state)
{
	(void)state;
	assert_true(words_match("us.301.*", "us.301.list4a"));
	assert_false(words_match("us.301.*", "us.232.steel"));
	assert_true(words_match("*", ""));
	assert_true(words_match("*.steel", "us.232.steel"));
	assert_true(words_match("us*st*l", "us.232.steel"));
	assert_false(words_match("us*st*l", "us.232.steels"));
	assert_true(words_match("us", "us"));
	assert_false(words_match("us", "usa"));
	assert_false(words_match("", "us"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_row_ends_before_its_edge),
	    cmocka_unit_test(a_long_word_is_whole),
	    cmocka_unit_test(figures_are_read_in_threes),
	    cmocka_unit_test(a_star_stands_for_anything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

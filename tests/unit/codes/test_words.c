/* SPDX-License-Identifier: Apache-2.0 */
/* A text cut into words, and how far two words are from each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "codes/words.h"

/* The words of a text with bars between. */
static const char *cut(const char *text)
{
	static char out[1024];
	char word[WORDS_BYTES + 1];
	struct words words = {text, text + strlen(text)};
	*out = '\0';
	while (words_next(&words, word)) {
		if (*out)
			strcat(out, "|");
		strcat(out, word);
	}
	return out;
}

static void cuts(void **state)
{
	char many[3 * WORDS_BYTES], expected[WORDS_BYTES + 1];
	(void)state;
	assert_string_equal(cut("T-Shirts, Men's (338)"), "t|shirts|men|s|338");
	assert_string_equal(cut(""), "");
	assert_string_equal(cut("\"*^:(){}[]-+,;'\\/%_\n\t"), "");
	assert_string_equal(cut("NEAR(a b, 3) AND col:x OR y*"), "near|a|b|3|and|col|x|or|y");
	assert_string_equal(cut("maté"), "mat\xC3\xA9");
	memset(many, 'x', sizeof many - 1);
	many[sizeof many - 1] = '\0';
	memset(expected, 'x', WORDS_BYTES);
	expected[WORDS_BYTES] = '\0';
	assert_string_equal(cut(many), expected); /* cut, not split */
	many[WORDS_BYTES - 1] = '\xC3';           /* a character of two bytes over the edge */
	many[WORDS_BYTES] = '\xA9';
	expected[WORDS_BYTES - 1] = '\0';
	assert_string_equal(cut(many), expected);
}

static void tells_nothing(void **state)
{
	(void)state;
	assert_true(words_empty("of"));
	assert_true(words_empty("other"));
	assert_false(words_empty("cotton"));
	assert_false(words_empty(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cuts),
	    cmocka_unit_test(tells_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Words of timelines, what is drawn of a step, and the pad that answers lie in. */
#include "timeline/svg_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_words(void **state)
{
	struct buffer out = {0};
	char day[17];
	(void)state;
	assert_string_equal(write_day(day, 0, 0), "1970-01-01");
	assert_string_equal(write_day(day, 60, 0), "1970-01-01 00:01");
	buffer_text(&out, "ab");
	write_right(&out, "12%", 5);
	write_right(&out, "¢/kg", 6); /* as wide as it looks */
	write_right(&out, "too long a text", 4);
	buffer_char(&out, '\0');
	assert_string_equal(out.at, "ab  12%  ¢/kg  too long a text");
	buffer_free(&out);
}

static struct tw_layer layer_of(enum tw_layer_kind kind, bool is_unknown)
{
	return (struct tw_layer){.kind = kind, .is_unknown = is_unknown, .amount = 10000};
}

/* Why nothing is drawn, and when a part is. */
static void test_gaps(void **state)
{
	const struct tw_layer both[] = {layer_of(TW_LAYER_BASE, true),
					layer_of(TW_LAYER_ADD, false)};
	const struct tw_layer none[] = {layer_of(TW_LAYER_BASE, true),
					layer_of(TW_LAYER_ADD, true)};
	struct tw_assessment answer = {.status = TW_STATUS_OK, .has_amount = true};
	(void)state;
	assert_null(drawing_gap(&answer));
	answer.has_amount = false;
	assert_string_equal(drawing_gap(&answer), "not known");
	answer.layers = both;
	answer.layer_count = 2;
	assert_true(chart_is_partial(&answer));
	assert_string_equal(drawing_gap(&answer), "base duty not known");
	answer.choice_count = 1; /* of which one is not known to be the right one */
	assert_false(chart_is_partial(&answer));
	answer.choice_count = 0;
	answer.layers = none;
	assert_false(chart_is_partial(&answer));
	answer.status = TW_STATUS_REFUSED;
	answer.refusal.reason = "unknown-code";
	assert_string_equal(drawing_gap(&answer), "unknown-code");
}

static void test_axis(void **state)
{
	static const int64_t tops[] = {1, 1000, 2500, 14500, 30000, 1000000};
	(void)state;
	for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
		int64_t unit = chart_unit(tops[i]);
		assert_true(unit * CHART_TICKS >= tops[i]);
		while (unit % 10 == 0)
			unit /= 10;
		assert_true(unit == 1 || unit == 2 || unit == 5);
	}
}

/* Cut at a blank, never within a character. */
static void test_fit(void **state)
{
	char text[80] = "Section 232 duty on steel", wide[80] = "äöüäöüäöüäöüäöü", small[8] = "ab";
	(void)state;
	svg_fit(text, 1200);
	assert_string_equal(text, "Section 232 duty…");
	assert_true(svg_width(text) <= 1200);
	svg_fit(wide, 400);
	assert_string_equal(wide, "äö…");
	/* 258 pixels in DejaVu Sans, as a browser draws it: no label beside a chart is that wide.
	 */
	assert_in_range(svg_width("50% Section 338 duty on listed products of"), 2580, 2680);
	svg_fit(small, 400);
	assert_string_equal(small, "ab");
}

/* What was handed out stays as it is, aligned, until all is given back. */
static void test_pad(void **state)
{
	struct pad pad = {0};
	char *text[2000];
	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < 2000; i++) {
			char was[8] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26)};
			assert_non_null(text[i] = pad_text(&pad, was, 2));
			assert_int_equal((uintptr_t)text[i] % sizeof(void *), 0);
			if (i % 100 == 0)
				assert_non_null(pad_alloc(&pad, 1, 100000));
		}
		for (size_t i = 0; i < 2000; i++)
			assert_true(text[i][0] == (char)('a' + i % 26) &&
				    text[i][1] == (char)('a' + i / 26 % 26) && !text[i][2]);
		pad_reset(&pad);
	}
	assert_null(pad_alloc(&pad, SIZE_MAX / 2, 4));
	pad_free(&pad);
}

static void test_code(void **state)
{
	uint64_t code;
	(void)state;
	assert_true(follow_read(&code, (struct tw_text){"9503.00.00.90", 13}));
	assert_true(code == 9503000090);
	assert_false(follow_read(&code, (struct tw_text){"9503.00.00", 10}));
	assert_false(follow_read(&code, (struct tw_text){"9503.00.00.9x", 13}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words), cmocka_unit_test(test_gaps), cmocka_unit_test(test_axis),
	    cmocka_unit_test(test_fit),   cmocka_unit_test(test_pad),  cmocka_unit_test(test_code)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Where amounts stand in a written answer, also when its cell is put into quotes (RFC 4180). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "findings/marks.h"

static struct marks marks;

static void begin(struct buffer *out)
{
	memset(&marks, 0, sizeof marks);
	*out = (struct buffer){.marks = &marks};
}

static void stands(const struct buffer *out, size_t index, const char *text)
{
	const struct mark *mark = &marks.mark[index];
	assert_int_equal(mark->length, strlen(text));
	assert_true(mark->at + mark->length <= out->length);
	assert_memory_equal(out->at + mark->at, text, mark->length);
}

/* What stands before and behind the amounts of a cell. */
static void a_mark_follows_its_cell(void **state)
{
	static const char *const around[][3] = {
	    {"", "", ""},
	    {"plain ", " and ", " plain"},
	    {"a, ", ", ", ""},
	    {"\"", "\"", "\""},
	    {"say \"this\" or \"", "\", \"\"", "\" it"},
	    {"two\nlines ", "\n", "\n"},
	};
	static const tw_money first = 125000, second = 70000, unknown = -1;
	(void)state;
	for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
		struct buffer out;
		begin(&out);
		buffer_text(&out, "x");
		mark_money(&out, &second, MARK_QUOTED);
		buffer_text(&out, ",");
		size_t start = out.length;
		buffer_text(&out, around[i][0]);
		mark_money(&out, &first, MARK_MONEY);
		buffer_text(&out, around[i][1]);
		mark_money(&out, &second, MARK_SHORT);
		buffer_text(&out, around[i][2]);
		mark_money(&out, &unknown, MARK_EMPTY);
		size_t length = out.length;
		marks_before_cell(&out, start);
		buffer_end_cell(&out, start, false);
		marks_after_cell(&out, start, length);
		assert_false(marks.failed);
		assert_int_equal(marks.count, 4);
		stands(&out, 0, "\"7.00\"");
		stands(&out, 1, "12.50");
		stands(&out, 2, "7");
		stands(&out, 3, "");
		buffer_free(&out);
	}
}

/* An apostrophe before a formula is no quote: no template is made of it. */
static void a_cell_that_grew_otherwise_has_no_marks(void **state)
{
	static const tw_money amount = 125000;
	struct buffer out;
	(void)state;
	begin(&out);
	size_t start = out.length;
	buffer_text(&out, "=");
	mark_money(&out, &amount, MARK_MONEY);
	size_t length = out.length;
	marks_before_cell(&out, start);
	buffer_end_cell(&out, start, true);
	marks_after_cell(&out, start, length);
	assert_true(out.length > length);
	assert_true(marks.failed);
	buffer_free(&out);
}

static void there_are_only_so_many(void **state)
{
	static const tw_money amount = 10000;
	struct buffer out;
	(void)state;
	begin(&out);
	for (size_t i = 0; i < MARKS; i++)
		mark_money(&out, &amount, MARK_MONEY);
	assert_false(marks.failed);
	mark_money(&out, &amount, MARK_MONEY);
	assert_true(marks.failed);
	assert_int_equal(marks.count, MARKS);
	assert_int_equal(out.length, (MARKS + 1) * strlen("1.00"));
	buffer_free(&out);
	out = (struct buffer){0}; /* nobody asks for them */
	mark_money(&out, &amount, MARK_NULL);
	assert_memory_equal(out.at, "\"1.00\"", 6);
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_mark_follows_its_cell),
	    cmocka_unit_test(a_cell_that_grew_otherwise_has_no_marks),
	    cmocka_unit_test(there_are_only_so_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

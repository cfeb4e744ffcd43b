/* SPDX-License-Identifier: Apache-2.0 */
/* A template filled from a charge is what the writer writes of the same values; phrases are kept
   once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "findings/template.h"

static struct phrases phrases;
static struct marks marks;
static struct template_words words;

static int begin(void **state)
{
	(void)state;
	memset(&words, 0, sizeof words);
	return 0;
}

static int end(void **state)
{
	(void)state;
	phrases_free(&phrases);
	return 0;
}

/* What the template of this text is filled with. */
static void fills(const struct buffer *written, const struct tw_assessment *answer,
		  const struct template_line *line, const char *expected)
{
	struct template *template;
	assert_true(template_make(&template, &phrases, written, 0, answer));
	char *to = malloc(template->room);
	assert_non_null(to);
	memset(to, 'x', template->room);
	const char *stop = template_fill(to, template, line);
	if (expected) {
		assert_non_null(stop);
		assert_int_equal(stop - to, strlen(expected));
		assert_memory_equal(to, expected, strlen(expected));
	} else {
		assert_null(stop);
	}
	free(to);
	free(template);
}

/* The text of an amount in each form, from a template of another amount. */
static void amounts_are_filled_in_each_form(void **state)
{
	static const tw_money amounts[] = {0,
					   10000,
					   125000,
					   999999,
					   12345600,
					   99999999999,
					   1000000000000,
					   9876543210000,
					   123456789,
					   -125000,
					   INT64_C(9000000000000000)};
	static const enum mark_form forms[] = {MARK_MONEY, MARK_SHORT, MARK_EMPTY, MARK_QUOTED,
					       MARK_NULL};
	(void)state;
	for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
		for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
			struct tw_assessment answer = {.amount = 70000};
			struct tw_charge charge = {.amount = amounts[i]};
			struct template_line line = {.charge = &charge, .words = &words};
			struct buffer made = {.marks = &marks}, expected = {0};
			marks.count = 0;
			buffer_text(&made, "before ");
			mark_money(&made, &answer.amount, forms[f]);
			buffer_text(&made, " behind");
			buffer_text(&expected, "before ");
			mark_money(&expected, &charge.amount, forms[f]);
			buffer_text(&expected, " behind");
			buffer_char(&expected, '\0');
			fills(&made, &answer, &line, expected.at);
			buffer_free(&made);
			buffer_free(&expected);
		}
}

/* A layer's amounts stand in the slots of the charge, those of fees behind them. */
static void slots_are_found_by_what_they_are(void **state)
{
	struct tw_layer layer[2] = {{.kind = TW_LAYER_BASE, .on = 10000, .amount = 20000},
				    {.kind = TW_LAYER_ADD, .on = 10000, .amount = 30000}};
	struct tw_choice choice = {.amount = 40000};
	struct tw_fee fee = {.amount = 50000, .shipment_on = -1};
	struct tw_assessment answer = {.layers = layer,
				       .layer_count = 2,
				       .choices = &choice,
				       .choice_count = 1,
				       .fees = &fee,
				       .fee_count = 1};
	tw_money slot[] = {990000, 11100, -1,    -1, 990000, 22200, -1,    -1,   33300,
			   -1,     -1,    44400, -1, -1,     -1,    66600, 77700};
	struct tw_charge charge = {.slot = slot, .slot_count = sizeof slot / sizeof *slot};
	struct template_line line = {.charge = &charge, .words = &words};
	struct buffer made = {.marks = &marks};
	(void)state;
	marks.count = 0;
	mark_money(&made, &layer[0].on, MARK_QUOTED);
	mark_money(&made, &layer[0].amount, MARK_NULL);
	mark_money(&made, &layer[1].on, MARK_QUOTED);
	mark_money(&made, &layer[1].amount, MARK_NULL);
	mark_money(&made, &choice.amount, MARK_MONEY);
	buffer_text(&made, " ");
	mark_money(&made, &fee.amount, MARK_MONEY);
	buffer_text(&made, " ");
	mark_money(&made, &answer.least, MARK_MONEY);
	mark_known(&made, &fee.shipment_on);
	fills(&made, &answer, &line, "\"99.00\"\"1.11\"\"99.00\"\"2.22\"3.33 4.44 6.66");
	/* Others are laid on another value each. */
	slot[4] = 880000;
	fills(&made, &answer, &line, "\"99.00\"\"1.11\"\"88.00\"\"2.22\"3.33 4.44 6.66");
	/* An amount that is not known is null; one that is known now needs another text. */
	slot[5] = -1;
	fills(&made, &answer, &line, "\"99.00\"\"1.11\"\"88.00\"null3.33 4.44 6.66");
	slot[14] = 10000;
	fills(&made, &answer, &line, NULL);
	buffer_free(&made);
}

/* The words of a line: what is said of them, and what is not. */
struct said {
	uint64_t hts;
	unsigned digits;
	const char *base_rate, *base_by;
	int64_t rate;
	const char *expected;
};

static void words_are_those_of_the_line(void **state)
{
	static const struct said all[] = {
	    {6109100012, 10, "16.5%", "PROC-1", 165000,
	     "16.5%|6109100012|6109.10.00.12|\"CN\"|\"16.5%\"|[\"PROC-1\"]|\"16.5%\""},
	    {61091000, 8, "Free", NULL, 0, "0%|61091000|6109.10.00|\"CN\"|\"Free\"|[]|\"Free\""},
	    {610910, 6, NULL, NULL, 1000001, "100.0001%|610910|6109.10|\"CN\"|null|[]|\"\""},
	    {6109100012, 10, NULL, NULL, -1, "|6109100012|6109.10.00.12|\"CN\"|null|[]|\"\""},
	    /* No gap takes these as they stand. */
	    {6109100012, 10, "a \"rate\"", NULL, 0, NULL},
	    {6109100012, 10, "a rate of very many words, more than stand in a gap", NULL, 0, NULL},
	    {6109100012, 10, "5%", "an\nact", 0, NULL},
	};
	struct tw_layer layer = {
	    .kind = TW_LAYER_BASE, .heading = "1", .rate = "2", .by = {.count = 0}};
	struct tw_assessment answer = {
	    .layers = &layer, .layer_count = 1, .rate = "3", .hts = "4", .origin = "5"};
	const struct {
		const void *what;
		enum mark_form form;
	} gaps[] = {{answer.rate, MARK_WORDS},    {answer.hts, MARK_WORDS},
		    {&layer.heading, MARK_WORDS}, {&answer.origin, MARK_STRING},
		    {&layer.rate, MARK_STRING},   {&layer.by, MARK_LIST},
		    {&layer.rate, MARK_TEXT}};
	struct buffer made = {.marks = &marks};
	(void)state;
	marks.count = 0;
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
		size_t start = made.length;
		buffer_text(&made, "what was said before");
		marks_add(&made, start, gaps[i].what, gaps[i].form);
		buffer_text(&made, i + 1 < sizeof gaps / sizeof *gaps ? "|" : "");
	}
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct tw_typed_line values = TW_TYPED_INIT;
		struct tw_charge charge = {
		    .rate = all[i].rate, .base_rate = all[i].base_rate, .base_by = all[i].base_by};
		struct template_line line = {.line = &values, .charge = &charge, .words = &words};
		values.hts = all[i].hts;
		values.digits = (uint8_t)all[i].digits;
		values.origin = TW_COUNTRY('C', 'N');
		fills(&made, &answer, &line, all[i].expected);
	}
	buffer_free(&made);
}

static void instants_are_those_of_the_line(void **state)
{
	struct tw_assessment answer = {.entered = 1};
	struct tw_typed_line values = TW_TYPED_INIT;
	struct tw_charge charge = {0};
	struct template_instant changes;
	struct template_line line = {
	    .line = &values, .charge = &charge, .words = &words, .entered_offset = -4 * 3600};
	struct buffer made = {.marks = &marks};
	(void)state;
	values.entered = 1746158460; /* 2025-05-02T04:01Z */
	marks.count = 0;
	marks_add(&made, 0, &answer.entered, MARK_INSTANT);
	buffer_text(&made, " to ");
	marks_add(&made, made.length, &answer.changes_on, MARK_INSTANT);
	fills(&made, &answer, &line, "\"2025-05-02T00:01:00-04:00\" to null");
	template_instant(&changes, values.entered, 8 * 3600);
	line.changes = &changes;
	fills(&made, &answer, &line,
	      "\"2025-05-02T00:01:00-04:00\" to \"2025-05-02T12:01:00+08:00\"");
	buffer_free(&made);
}

/* Of what is not in order, or of too many notes, there is no template. */
static void not_all_can_be_one(void **state)
{
	struct tw_assessment answer = {0};
	struct buffer made = {.marks = &marks};
	struct template *template;
	(void)state;
	buffer_text(&made, "0123456789");
	marks.count = 2;
	marks.mark[0] = (struct mark){5, 2, &answer.amount, MARK_MONEY};
	marks.mark[1] = (struct mark){6, 2, &answer.fees_amount, MARK_MONEY};
	assert_false(template_make(&template, &phrases, &made, 0, &answer));
	assert_null(template);
	marks.count = 1;
	marks.failed = true;
	assert_false(template_make(&template, &phrases, &made, 0, &answer));
	marks.failed = false;
	assert_true(template_make(&template, &phrases, &made, 0, &answer));
	assert_true(template_same(template, template));
	assert_true(template_same(NULL, NULL));
	assert_false(template_same(template, NULL));
	assert_int_not_equal(template_hash(template), template_hash(NULL));
	free(template);
	buffer_free(&made);
}

static void a_phrase_is_kept_once(void **state)
{
	uint32_t a, b, c, none;
	(void)state;
	assert_true(phrases_keep(&a, &phrases, "of the law", 10));
	assert_true(phrases_keep(&b, &phrases, "of the line", 11));
	assert_true(phrases_keep(&c, &phrases, "of the law, too", 10));
	assert_true(phrases_keep(&none, &phrases, "", 0));
	assert_int_equal(a, c);
	assert_int_not_equal(a, b);
	assert_memory_equal(phrases.text + a, "of the law", 10);
	assert_memory_equal(phrases.text + b, "of the line", 11);
}

static void phrases_are_bounded(void **state)
{
	static char large[PHRASES_ROOM / 4];
	uint32_t at;
	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		large[0] = (char)('a' + i);
		assert_true(phrases_keep(&at, &phrases, large, sizeof large));
	}
	assert_false(phrases_are_full(&phrases));
	large[0] = 'x';
	(void)phrases_keep(&at, &phrases, large, sizeof large);
	assert_false(phrases_keep(&at, &phrases, large + 1, sizeof large - 1));
	assert_true(phrases_are_full(&phrases));
	phrases_forget(&phrases);
	assert_false(phrases_are_full(&phrases));
	for (uint32_t i = 0; phrases_keep(&at, &phrases, (const char *)&i, sizeof i); i++)
		assert_true(i < PHRASES_SLOTS);
	assert_true(phrases_are_full(&phrases));
	phrases_free(&phrases);
	assert_false(phrases_are_full(&phrases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(amounts_are_filled_in_each_form, begin, end),
	    cmocka_unit_test_setup_teardown(slots_are_found_by_what_they_are, begin, end),
	    cmocka_unit_test_setup_teardown(words_are_those_of_the_line, begin, end),
	    cmocka_unit_test_setup_teardown(instants_are_those_of_the_line, begin, end),
	    cmocka_unit_test_setup_teardown(not_all_can_be_one, begin, end),
	    cmocka_unit_test_setup_teardown(a_phrase_is_kept_once, begin, end),
	    cmocka_unit_test_setup_teardown(phrases_are_bounded, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

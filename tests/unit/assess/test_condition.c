/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions alone: comparisons at their bounds, words, what is remembered and what is open. */
#include "little.h"

#include "assess/condition.h"
#include "common/quantity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct little little;

static bool holds(uint32_t node)
{
	return condition_holds(&little.reading, node);
}

/* value < $800, value <= $800, ...: one ten-thousandth below, at, and above. */
static void a_threshold_is_met_to_the_last_unit(void **state)
{
	static const struct {
		enum law_operator op;
		bool below, at, above;
	} all[] = {{LAW_OP_LT, true, false, false},
		   {LAW_OP_LE, true, true, false},
		   {LAW_OP_GE, false, true, true},
		   {LAW_OP_GT, false, false, true}};
	uint32_t node[4];
	(void)state;
	little_begin(&little);
	for (size_t i = 0; i < 4; i++)
		node[i] = little_ask(&little,
				     (struct rb_atom){.fact = LAW_FACT_VALUE,
						      .op = (uint8_t)all[i].op,
						      .operand = LAW_OPERAND_MONEY,
						      .num = DOLLARS(800)},
				     "");
	assert_true(little_end(&little));
	for (size_t i = 0; i < 4; i++) {
		little.facts.value = DOLLARS(800) - 1;
		assert_int_equal(holds(node[i]), all[i].below);
		little.facts.value = DOLLARS(800);
		assert_int_equal(holds(node[i]), all[i].at);
		little.facts.value = DOLLARS(800) + 1;
		assert_int_equal(holds(node[i]), all[i].above);
	}
	assert_true(holds(RB_NONE));
	little_free(&little);
}

/* weight > 1/3 kg: 0.333333 is not more, 0.333334 is. No fact is no comparison. */
static void a_fraction_is_compared_exactly(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t node = little_ask(&little,
				   (struct rb_atom){.fact = LAW_FACT_WEIGHT,
						    .op = LAW_OP_GT,
						    .operand = LAW_OPERAND_NUMBER,
						    .num = 1,
						    .den = 3},
				   "");
	assert_true(little_end(&little));
	assert_false(holds(node));
	little.facts.qty[2].given = true;
	little.facts.qty[2].amount = 333333;
	assert_false(holds(node));
	little.facts.qty[2].amount = 333334;
	assert_true(holds(node));
	little_free(&little);
}

/* content >= 20% of value, of $999.99: $199.998. No record holds that. */
static void a_share_of_the_value(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t claim = little_claim(&little, "content", LAW_CLAIM_AMOUNT);
	uint32_t node = little_ask(&little,
				   (struct rb_atom){.fact = LAW_FACT_CLAIM,
						    .claim = claim,
						    .op = LAW_OP_GE,
						    .operand = LAW_OPERAND_SHARE,
						    .other = LAW_FACT_VALUE,
						    .num = 1,
						    .den = 5},
				   "");
	assert_true(little_end(&little));
	little.facts.value = CENTS(99999);
	little_say(&little, claim, (struct value){.kind = VALUE_NUMBER, .number = 1999979});
	assert_false(holds(node));
	little_say(&little, claim, (struct value){.kind = VALUE_NUMBER, .number = 1999980});
	assert_true(holds(node));
	assert_non_null(little.record.unknown);
	little_free(&little);
}

static void words_are_those_of_the_line(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t mail =
	    little_ask(&little,
		       (struct rb_atom){
			   .fact = LAW_FACT_CHANNEL, .op = LAW_OP_IN, .operand = LAW_OPERAND_WORDS},
		       "express postal");
	uint32_t china =
	    little_ask(&little,
		       (struct rb_atom){
			   .fact = LAW_FACT_ORIGIN, .op = LAW_OP_EQ, .operand = LAW_OPERAND_WORDS},
		       "cn");
	uint32_t other =
	    little_ask(&little,
		       (struct rb_atom){
			   .fact = LAW_FACT_ORIGIN, .op = LAW_OP_NE, .operand = LAW_OPERAND_WORDS},
		       "cn");
	assert_true(little_end(&little));
	assert_false(holds(mail)); /* commercial */
	assert_true(holds(china));
	assert_false(holds(other));
	little.facts.channel_number = 2;
	little.facts.channel = (struct tw_text){"postal", 6};
	little.facts.origin = LITTLE_DE;
	assert_true(holds(mail));
	assert_false(holds(china));
	assert_true(holds(other));
	/* The line was asked for its channel and its origin, and for nothing else. */
	assert_int_equal(little.record.words, 1u << LAW_FACT_CHANNEL | 1u << LAW_FACT_ORIGIN);
	assert_int_equal(little.record.comparisons, 0);
	little_free(&little);
}

/* not (a and b), a or not b: all four lines of the table. */
static void conditions_are_joined(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t a =
	    little_ask(&little,
		       (struct rb_atom){
			   .fact = LAW_FACT_CHANNEL, .op = LAW_OP_EQ, .operand = LAW_OPERAND_WORDS},
		       "postal");
	uint32_t b = little_ask(&little,
				(struct rb_atom){.fact = LAW_FACT_VALUE,
						 .op = LAW_OP_GT,
						 .operand = LAW_OPERAND_MONEY,
						 .num = DOLLARS(10)},
				"");
	uint32_t both = little_join(&little, LAW_NODE_ALL, a, b);
	uint32_t not_both = little_join(&little, LAW_NODE_NOT, both, 0);
	uint32_t not_b = little_join(&little, LAW_NODE_NOT, b, 0);
	uint32_t either = little_join(&little, LAW_NODE_ANY, a, not_b);
	assert_true(little_end(&little));
	for (int i = 0; i < 4; i++) {
		bool is_a = i & 1, is_b = i & 2;
		little.facts.channel_number = is_a ? 2 : 0;
		little.facts.value = is_b ? DOLLARS(11) : DOLLARS(10);
		assert_int_equal(holds(both), is_a && is_b);
		assert_int_equal(holds(not_both), !(is_a && is_b));
		assert_int_equal(holds(either), is_a || !is_b);
	}
	little_free(&little);
}

/* A comparison is noted once with what came of it: what a plan is kept for. */
static void comparisons_are_noted(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t node = little_ask(&little,
				   (struct rb_atom){.fact = LAW_FACT_VALUE,
						    .op = LAW_OP_LE,
						    .operand = LAW_OPERAND_MONEY,
						    .num = DOLLARS(2500)},
				   "");
	assert_true(little_end(&little));
	little.facts.value = DOLLARS(2500);
	assert_true(holds(node));
	assert_true(holds(node));
	assert_int_equal(little.record.comparisons, 1);
	assert_int_equal(little.record.comparison[0].magnitude, LAW_FACT_VALUE);
	assert_int_equal(little.record.comparison[0].num, DOLLARS(2500));
	assert_int_equal(little.record.comparison[0].outcome, 0);
	assert_null(little.record.unknown);
	little_free(&little);
}

/* Let in before on the day: $150 and this shipment of $650.01 are more than $800. */
static void sums_of_the_day(void **state)
{
	(void)state;
	little_begin(&little);
	assert_true(little_end(&little));
	little.line.free_before = DOLLARS(150);
	little.facts.shipment_value = DOLLARS(650);
	assert_int_equal(condition_compare(&little.reading, MAGNITUDE_DAY_VALUE, DOLLARS(800), 1),
			 0);
	little.facts.shipment_value += CENTS(1);
	assert_int_equal(condition_compare(&little.reading, MAGNITUDE_DAY_VALUE, DOLLARS(800), 1),
			 1);
	little_free(&little);
}

/* A claim that the law does not assume: taken one way, and the other where it is flipped. */
static void an_open_claim_is_taken_both_ways(void **state)
{
	uint32_t claim[OPEN_ATOMS + 1], node[OPEN_ATOMS + 1];
	char name[2] = "a";
	(void)state;
	little_begin(&little);
	for (int i = 0; i <= OPEN_ATOMS; i++, name[0]++) {
		claim[i] = little_claim(&little, name, LAW_CLAIM_FLAG);
		little.claim[claim[i]].unknown = 1;
		node[i] = little_ask(
		    &little,
		    (struct rb_atom){.fact = LAW_FACT_CLAIM, .claim = claim[i], .op = LAW_OP_YES},
		    "");
	}
	assert_true(little_end(&little));
	assert_false(holds(node[0]));
	assert_false(holds(node[0]));
	assert_int_equal(little.reading.open_count, 1); /* one question */
	little.reading.flipped = 1;
	assert_true(holds(node[0]));
	little.reading.flipped = 0;
	for (int i = 1; i < OPEN_ATOMS; i++)
		holds(node[i]);
	assert_false(little.reading.overflow);
	little_say(&little, claim[OPEN_ATOMS], (struct value){.kind = VALUE_FLAG, .yes = true});
	assert_true(holds(node[OPEN_ATOMS])); /* declared: nothing is open about it */
	assert_false(little.reading.overflow);
	little.facts.said[0] = 0;
	holds(node[OPEN_ATOMS]); /* one more than can be tried */
	assert_true(little.reading.overflow);
	little_free(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_threshold_is_met_to_the_last_unit),
	    cmocka_unit_test(a_fraction_is_compared_exactly),
	    cmocka_unit_test(a_share_of_the_value),
	    cmocka_unit_test(words_are_those_of_the_line),
	    cmocka_unit_test(conditions_are_joined),
	    cmocka_unit_test(comparisons_are_noted),
	    cmocka_unit_test(sums_of_the_day),
	    cmocka_unit_test(an_open_claim_is_taken_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

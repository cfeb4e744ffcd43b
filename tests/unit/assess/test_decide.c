/* SPDX-License-Identifier: Apache-2.0 */
/* Which layers a line has: who is heard first, who steps back, what excuses, what is left open. */
#include "little.h"

#include "assess/decide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct little little;
static struct stack out;
static struct pieces pieces;

/* Of the whole value, or of two pieces: $40 of part 0, and what remains. */
static void decide_on(const uint32_t *items, size_t count, bool divided)
{
	struct stack_input input = {.reading = &little.reading,
				    .base = &little.base,
				    .items = items,
				    .item_count = count,
				    .value = DOLLARS(100),
				    .whole_value = DOLLARS(100)};
	memset(&out, 0, sizeof out);
	out.mail = out.prohibited = RB_NONE;
	pieces = (struct pieces){.count = divided ? 2 : 1, .all = divided ? 3 : 1};
	pieces.piece[0] = (struct piece){divided ? DOLLARS(40) : DOLLARS(100), divided ? 1 : 0};
	pieces.piece[1] = (struct piece){DOLLARS(60), 0};
	little.base = (struct base_duty){.known = true,
					 .general_known = true,
					 .plain = true,
					 .general_plain = true,
					 .num = 1,
					 .den = 10,
					 .general_num = 1,
					 .general_den = 10};
	decide(&out, &input, &pieces);
	assert_false(out.overflow);
}

static uint32_t duty(uint32_t program)
{
	return little_measure(&little, program, LAW_EFFECT_DUTY, 0);
}

static void begin(void)
{
	little_begin(&little);
	little_rate(&little, 1, 4);
}

static uint32_t when_over(int64_t dollars)
{
	return little_ask(&little,
			  (struct rb_atom){.fact = LAW_FACT_VALUE,
					   .op = LAW_OP_GT,
					   .operand = LAW_OPERAND_MONEY,
					   .num = DOLLARS(dollars)},
			  "");
}

static void what_holds_is_laid(void **state)
{
	(void)state;
	begin();
	uint32_t a = duty(little_program(&little, "a")), b = duty(little_program(&little, "b"));
	little.measure[b].when = when_over(500);
	assert_true(little_end(&little));
	const uint32_t items[] = {a, b};
	little.facts.value = DOLLARS(500);
	decide_on(items, 2, false);
	assert_int_equal(out.layer_count, 1);
	assert_int_equal(out.layer[0].measure, a);
	assert_int_equal(out.layer[0].kind, TW_LAYER_ADD);
	assert_true(out.layer[0].whole);
	little.facts.value = DOLLARS(501);
	decide_on(items, 2, false);
	assert_int_equal(out.layer_count, 2);
	assert_int_equal(out.layer[1].measure, b);
	little_free(&little);
}

/* A program steps back before another where that one charges, and is told as excluded. */
static void a_program_steps_back(void **state)
{
	(void)state;
	begin();
	uint32_t first = little_program(&little, "first"),
		 second = little_program(&little, "second");
	uint32_t a = duty(first), b = duty(second), rule = little_yield(&little, second, first);
	little.measure[a].when = when_over(10);
	assert_true(little_end(&little));
	const uint32_t items[] = {a, b, rule};
	little.facts.value = DOLLARS(11);
	decide_on(items, 3, false);
	assert_int_equal(out.layer_count, 1);
	assert_int_equal(out.layer[0].measure, a);
	assert_int_equal(out.exclusion_count, 1);
	assert_int_equal(out.exclusion[0].program, second);
	assert_int_equal(out.exclusion[0].to_program, first);
	assert_int_equal(out.exclusion[0].to_measure, a);
	assert_true(out.exclusion[0].whole);
	little.facts.value = DOLLARS(10); /* the first does not apply: none to step back before */
	decide_on(items, 3, false);
	assert_int_equal(out.layer_count, 1);
	assert_int_equal(out.layer[0].measure, b);
	assert_int_equal(out.exclusion_count, 0);
	little_free(&little);
}

/* The first takes the steel, $40 of $100; who steps back "for part" keeps the other $60. */
static void for_part_leaves_the_rest(void **state)
{
	(void)state;
	begin();
	uint32_t first = little_program(&little, "first"),
		 second = little_program(&little, "second");
	uint32_t a = duty(first), b = duty(second), rule = little_yield(&little, second, first);
	little.measure[a].parts = 1;
	assert_true(little_end(&little));
	const uint32_t items[] = {a, b, rule};
	little.yield[0].for_part = 1;
	decide_on(items, 3, true);
	assert_int_equal(out.layer_count, 2);
	assert_int_equal(out.layer[0].on, DOLLARS(40));
	assert_false(out.layer[0].whole);
	assert_int_equal(out.layer[1].measure, b);
	assert_int_equal(out.layer[1].on, DOLLARS(60));
	assert_int_equal(out.exclusion_count, 1);
	assert_false(out.exclusion[0].whole);
	little.yield[0].for_part = 0; /* altogether, where any part is taken */
	decide_on(items, 3, true);
	assert_int_equal(out.layer_count, 1);
	assert_true(out.exclusion[0].whole);
	little_free(&little);
}

/* What a program excuses it does not charge; it is told, and another program charges still. */
static void an_excuse_takes_what_it_names(void **state)
{
	(void)state;
	begin();
	uint32_t a = little_program(&little, "a"), b = little_program(&little, "b");
	uint32_t excuse = little_measure(&little, a, LAW_EFFECT_EXEMPT, RB_NONE), of_a = duty(a),
		 of_b = duty(b);
	assert_true(little_end(&little));
	const uint32_t items[] = {excuse, of_a, of_b};
	decide_on(items, 3, false);
	assert_int_equal(out.layer_count, 2);
	assert_int_equal(out.layer[0].measure, excuse);
	assert_int_equal(out.layer[0].kind, TW_LAYER_EXEMPT);
	assert_int_equal(out.layer[1].measure, of_b);
	little_free(&little);
}

/* Bans and warnings are told beside the duties and take none of the value. */
static void bans_and_warnings(void **state)
{
	(void)state;
	begin();
	uint32_t a = little_program(&little, "a");
	uint32_t ban = little_measure(&little, a, LAW_EFFECT_PROHIBITED, RB_NONE);
	uint32_t warn = little_measure(&little, a, LAW_EFFECT_WARN, RB_NONE), of_a = duty(a);
	assert_true(little_end(&little));
	const uint32_t items[] = {ban, warn, of_a};
	decide_on(items, 3, false);
	assert_int_equal(out.prohibited, ban);
	assert_int_equal(out.warning_count, 1);
	assert_int_equal(out.warning[0], warn);
	assert_int_equal(out.layer_count, 1);
	little_free(&little);
}

/* A choice that is not declared is left open; a declared one is the layer, the other is none. */
static void a_choice_is_the_declarants(void **state)
{
	(void)state;
	begin();
	uint32_t claim = little_claim(&little, "method", LAW_CLAIM_WORD);
	uint32_t a = little_program(&little, "a"), value = duty(a), flat = duty(a);
	little.measure[value].choice_claim = little.measure[flat].choice_claim = claim;
	little.measure[value].choice_is = little_text(&little, "ad_valorem");
	little.measure[flat].choice_is = little_text(&little, "specific");
	assert_true(little_end(&little));
	const uint32_t items[] = {value, flat};
	decide_on(items, 2, false);
	assert_int_equal(out.layer_count, 0);
	assert_int_equal(out.choice_count, 2);
	assert_int_equal(out.choice[0].measure, value);
	assert_int_equal(out.choice[1].measure, flat);
	assert_false(out.choices_alone);
	little_say(&little, claim,
		   (struct value){.kind = VALUE_WORD, .word = {"specific", strlen("specific")}});
	decide_on(items, 2, false);
	assert_int_equal(out.choice_count, 0);
	assert_int_equal(out.layer_count, 1);
	assert_int_equal(out.layer[0].measure, flat);
	little_free(&little);
}

/* Mail pays one duty in place of all: the others step back before it. */
static void mail_stands_alone(void **state)
{
	(void)state;
	begin();
	uint32_t a = duty(little_program(&little, "a"));
	uint32_t post = little_program(&little, "post"), mail = duty(post);
	little.measure[mail].instead = LAW_INSTEAD_ALL;
	assert_true(little_end(&little));
	const uint32_t items[] = {a, mail};
	decide_on(items, 2, false);
	assert_int_equal(out.mail, mail);
	assert_int_equal(out.layer_count, 1);
	assert_int_equal(out.layer[0].measure, mail);
	assert_int_equal(out.layer[0].kind, TW_LAYER_REPLACE);
	assert_int_equal(out.exclusion_count, 1);
	assert_int_equal(out.exclusion[0].to_measure, mail);
	little_free(&little);
}

/* A base duty of 10%: a floor of 25% stands in its place, one of 10% is reached and charges none.
 */
static void a_floor_is_laid_or_reached(void **state)
{
	(void)state;
	begin();
	uint32_t program = little_program(&little, "a");
	uint32_t high = little_measure(&little, program, LAW_EFFECT_FLOOR, 0);
	uint32_t low =
	    little_measure(&little, program, LAW_EFFECT_FLOOR, little_rate(&little, 1, 10));
	assert_true(little_end(&little));
	decide_on(&high, 1, false);
	assert_int_equal(out.layer[0].kind, TW_LAYER_REPLACE);
	assert_true(out.layer[0].replaces);
	decide_on(&low, 1, false);
	assert_int_equal(out.layer[0].kind, TW_LAYER_EXEMPT);
	assert_true(out.layer[0].reached);
	assert_false(out.layer[0].replaces);
	assert_int_equal(little.record.floors, 2); /* a plan holds while both come out so */
	little_free(&little);
}

/* Struck down, and collected until a day: what enters on it is not told as void any more. */
static void what_is_void_is_marked(void **state)
{
	(void)state;
	begin();
	uint32_t program = little_program(&little, "a"), a = duty(program);
	little.program[program].void_by = 0;
	little.program[program].void_until = 1000;
	assert_true(little_end(&little));
	little.facts.entered = 999;
	decide_on(&a, 1, false);
	assert_true(out.layer[0].is_void);
	little.facts.entered = 1000;
	decide_on(&a, 1, false);
	assert_false(out.layer[0].is_void);
	little_free(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_holds_is_laid),
	    cmocka_unit_test(a_program_steps_back),
	    cmocka_unit_test(for_part_leaves_the_rest),
	    cmocka_unit_test(an_excuse_takes_what_it_names),
	    cmocka_unit_test(bans_and_warnings),
	    cmocka_unit_test(a_choice_is_the_declarants),
	    cmocka_unit_test(mail_stands_alone),
	    cmocka_unit_test(a_floor_is_laid_or_reached),
	    cmocka_unit_test(what_is_void_is_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

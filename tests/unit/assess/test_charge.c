/* SPDX-License-Identifier: Apache-2.0 */
/* What decided layers come to, worked out by hand: shares of the value, floors, replaced duties. */
#include "little.h"

#include "assess/charge.h"
#include "assess/share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct little little;
static struct stack out;
static struct stack_input input;
static struct pieces pieces;

/* Goods of a whole value, with a base duty of num/den. */
static void of_value(tw_money value, int64_t num, int64_t den, tw_money base)
{
	memset(&out, 0, sizeof out);
	memset(&pieces, 0, sizeof pieces);
	out.mail = out.prohibited = RB_NONE;
	little.facts.value = value;
	little.base = (struct base_duty){.known = true,
					 .general_known = true,
					 .amount = base,
					 .general = base,
					 .plain = true,
					 .general_plain = true,
					 .num = num,
					 .den = den,
					 .general_num = num,
					 .general_den = den};
	input = (struct stack_input){
	    .reading = &little.reading, .base = &little.base, .value = value, .whole_value = value};
	pieces.count = pieces.all = 1;
	pieces.piece[0].value = value;
}

static struct layer *laid(uint32_t measure, enum tw_layer_kind kind)
{
	struct layer *layer = &out.layer[out.layer_count++];
	*layer = (struct layer){.kind = kind,
				.measure = measure,
				.by = RB_NONE,
				.pieces = pieces.all,
				.whole = true,
				.on = input.value};
	return layer;
}

/* $1,234 at 25% is $308.50; its base duty of 3.7%, $45.658, is $45.66. */
static void a_duty_beside_the_base_duty(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t measure = little_measure(&little, little_program(&little, "a"), LAW_EFFECT_DUTY,
					  little_rate(&little, 1, 4));
	assert_true(little_end(&little));
	of_value(DOLLARS(1234), 37, 1000, CENTS(4566));
	laid(measure, TW_LAYER_ADD);
	charge(&out, &input, &pieces);
	assert_int_equal(out.layer_count, 2);
	assert_int_equal(out.layer[0].kind, TW_LAYER_BASE); /* before the others */
	assert_int_equal(out.layer[0].amount, CENTS(4566));
	assert_int_equal(out.layer[1].amount, CENTS(30850));
	assert_int_equal(out.amount, CENTS(35416));
	assert_int_equal(out.additional, CENTS(30850));
	assert_int_equal(out.refundable, 0);
	assert_true(out.known);
	little_free(&little);
}

/* 33 1/3% of $1 is 33 cents; 0.5% of $1 is half a cent and rounds up; 0.4% of it is nothing. */
static void each_heading_is_rounded_once(void **state)
{
	static const struct {
		int64_t num, den;
		tw_money amount;
	} all[] = {{1, 3, CENTS(33)}, {1, 200, CENTS(1)}, {1, 250, 0}};
	uint32_t measure[3];
	(void)state;
	little_begin(&little);
	uint32_t program = little_program(&little, "a");
	for (int i = 0; i < 3; i++)
		measure[i] = little_measure(&little, program, LAW_EFFECT_DUTY,
					    little_rate(&little, all[i].num, all[i].den));
	assert_true(little_end(&little));
	for (int i = 0; i < 3; i++) {
		of_value(DOLLARS(1), 0, 1, 0);
		laid(measure[i], TW_LAYER_ADD);
		charge(&out, &input, &pieces);
		assert_int_equal(out.amount, all[i].amount);
	}
	little_free(&little);
}

/* A floor of 15% on $200 is $30: it stands in place of a base duty of 2.5%, $5, and adds $25. */
static void a_floor_takes_the_place_of_less(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t measure = little_measure(&little, little_program(&little, "a"), LAW_EFFECT_FLOOR,
					  little_rate(&little, 3, 20));
	assert_true(little_end(&little));
	of_value(DOLLARS(200), 25, 1000, DOLLARS(5));
	assert_int_equal(charge_floor(&input, measure, DOLLARS(200), true), FLOOR_UNDER);
	laid(measure, TW_LAYER_REPLACE)->replaces = true;
	charge(&out, &input, &pieces);
	assert_int_equal(out.layer[0].kind, TW_LAYER_BASE);
	assert_true(out.layer[0].nothing);
	assert_int_equal(out.layer[0].amount, 0);
	assert_int_equal(out.layer[1].amount, DOLLARS(30));
	assert_int_equal(out.layer[1].over_base, DOLLARS(25));
	assert_int_equal(out.amount, DOLLARS(30));
	assert_int_equal(out.additional, DOLLARS(25));
	little_free(&little);
}

/* 14.99% is under a floor of 15%, 15% reaches it; a base duty that is not known does neither. */
static void a_floor_is_reached_by_what_equals_it(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t measure = little_measure(&little, little_program(&little, "a"), LAW_EFFECT_FLOOR,
					  little_rate(&little, 3, 20));
	assert_true(little_end(&little));
	of_value(DOLLARS(1), 1499, 10000, CENTS(15)); /* the same cents: the rates are compared */
	assert_int_equal(charge_floor(&input, measure, DOLLARS(1), true), FLOOR_UNDER);
	of_value(DOLLARS(1), 15, 100, CENTS(15));
	assert_int_equal(charge_floor(&input, measure, DOLLARS(1), true), FLOOR_REACHED);
	/* $1.20 a kilogram, so no rate: $1.79 on $12 is under $1.80, $1.80 is not. */
	of_value(DOLLARS(12), 0, 1, CENTS(179));
	little.base.plain = little.base.general_plain = false;
	assert_int_equal(charge_floor(&input, measure, DOLLARS(12), true), FLOOR_UNDER);
	little.base.amount = little.base.general = CENTS(180);
	assert_int_equal(charge_floor(&input, measure, DOLLARS(12), true), FLOOR_REACHED);
	little.base.known = false;
	assert_int_equal(charge_floor(&input, measure, DOLLARS(12), true), FLOOR_UNKNOWN);
	little_free(&little);
}

/* Of $100 the steel is $40: 50% in place of the base duty there is $20, and 10% on the rest, $6. */
static void a_part_is_charged_by_itself(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t measure = little_measure(&little, little_program(&little, "a"), LAW_EFFECT_DUTY,
					  little_rate(&little, 1, 2));
	little.measure[measure].instead = LAW_INSTEAD_COLUMN1;
	assert_true(little_end(&little));
	of_value(DOLLARS(100), 1, 10, DOLLARS(10));
	pieces = (struct pieces){.count = 2, .all = 3};
	pieces.piece[0] = (struct piece){DOLLARS(40), 1};
	pieces.piece[1] = (struct piece){DOLLARS(60), 0};
	struct layer *layer = laid(measure, TW_LAYER_REPLACE);
	layer->whole = false;
	layer->replaces = true;
	layer->pieces = 1;
	layer->on = DOLLARS(40);
	charge(&out, &input, &pieces);
	assert_int_equal(out.layer[0].kind, TW_LAYER_BASE);
	assert_false(out.layer[0].whole);
	assert_int_equal(out.layer[0].pieces, 2);
	assert_int_equal(out.layer[0].on, DOLLARS(60));
	assert_int_equal(out.layer[0].amount, DOLLARS(6));
	assert_int_equal(out.layer[1].amount, DOLLARS(20));
	assert_int_equal(out.layer[1].over_base, DOLLARS(16)); /* without it $4 */
	assert_int_equal(out.amount, DOLLARS(26));
	assert_int_equal(out.additional, DOLLARS(16));
	little_free(&little);
}

/* What courts struck down can be had back; what excuses costs nothing; what is not known is said.
 */
static void the_sum_says_what_it_holds(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t program = little_program(&little, "a");
	uint32_t duty =
	    little_measure(&little, program, LAW_EFFECT_DUTY, little_rate(&little, 1, 10));
	uint32_t excuse = little_measure(&little, program, LAW_EFFECT_EXEMPT, RB_NONE);
	assert_true(little_end(&little));
	of_value(DOLLARS(50), 0, 1, 0);
	laid(duty, TW_LAYER_ADD)->is_void = true;
	laid(excuse, TW_LAYER_EXEMPT);
	charge(&out, &input, &pieces);
	assert_int_equal(out.amount, DOLLARS(5));
	assert_int_equal(out.refundable, DOLLARS(5));
	assert_true(out.known);
	of_value(DOLLARS(50), 0, 1, 0);
	little.base.known = false;
	laid(duty, TW_LAYER_ADD);
	charge(&out, &input, &pieces);
	assert_true(out.layer[0].unknown);
	assert_false(out.known);
	assert_int_equal(out.amount, DOLLARS(5)); /* what is known of it */
	little_free(&little);
}

/* What a caller says that the package owes adds up, whatever it says. */
static void what_is_given_adds_up(void **state)
{
	(void)state;
	little_begin(&little);
	uint32_t program = little_program(&little, "mail");
	uint32_t measure =
	    little_measure(&little, program, LAW_EFFECT_DUTY, little_rate(&little, 1, 4));
	struct tw_shipment_amount given = {.key = SHARE_DUTY(program), .here = true};
	little.measure[measure].per = LAW_PER_SHIPMENT;
	assert_true(little_end(&little));
	little.line.shipment_amounts = &given;
	little.line.shipment_amount_count = 1;
	static const tw_money amounts[][2] = {
	    {DOLLARS(80), DOLLARS(80)}, {INT64_MAX, TW_MONEY_LIMIT}, {INT64_MIN, 0}};
	for (size_t i = 0; i < 3; i++) {
		of_value(DOLLARS(100), 0, 1, 0);
		laid(measure, TW_LAYER_ADD);
		laid(measure, TW_LAYER_ADD);
		given.amount = amounts[i][0];
		charge(&out, &input, &pieces);
		assert_int_equal(out.amount, 2 * amounts[i][1]);
	}
	given.here = false; /* another line carries it */
	of_value(DOLLARS(100), 0, 1, 0);
	laid(measure, TW_LAYER_ADD);
	charge(&out, &input, &pieces);
	assert_int_equal(out.amount, 0);
	little_free(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_duty_beside_the_base_duty),
	    cmocka_unit_test(each_heading_is_rounded_once),
	    cmocka_unit_test(a_floor_takes_the_place_of_less),
	    cmocka_unit_test(a_floor_is_reached_by_what_equals_it),
	    cmocka_unit_test(a_part_is_charged_by_itself),
	    cmocka_unit_test(the_sum_says_what_it_holds),
	    cmocka_unit_test(what_is_given_adds_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

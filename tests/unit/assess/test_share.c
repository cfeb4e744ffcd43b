/* SPDX-License-Identifier: Apache-2.0 */
/* What a line brings to its shipment, and what all goods without a code have in common. */
#include "little.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "assess/assessor.h"
#include "assess/no_code.h"

static struct little little;
static struct tw_assessor a;

/* A measure that is paid once a package, whatever is in it. */
static uint32_t flat(uint32_t program)
{
	uint32_t measure =
	    little_measure(&little, program, LAW_EFFECT_DUTY, little_rate(&little, 1, 1));
	little.measure[measure].per = LAW_PER_SHIPMENT;
	return measure;
}

static void begin(void)
{
	memset(&a, 0, sizeof a);
	little_begin(&little);
	a.rb = &little.rb;
	a.relief.type = a.relief.entry = RB_NONE;
}

static void lay(uint32_t measure, tw_money amount)
{
	a.stack.layer[a.stack.layer_count++] =
	    (struct layer){.kind = TW_LAYER_ADD, .measure = measure, .amount = amount};
}

static void is(size_t index, uint32_t key, enum tw_share_rule rule, tw_money amount)
{
	assert_int_equal(a.share[index].key, key);
	assert_int_equal(a.share[index].rule, rule);
	assert_int_equal(a.share[index].amount, amount);
}

/* Two flat duties of one program: the highest counts. Of what is in dispute, too. */
static void the_highest_of_a_program(void **state)
{
	(void)state;
	begin();
	uint32_t mail = little_program(&little, "mail"), other = little_program(&little, "other");
	uint32_t low = flat(mail), high = flat(mail), apart = flat(other), each = flat(mail);
	little.measure[each].per = LAW_PER_LINE;
	assert_true(little_end(&little));
	lay(low, DOLLARS(80));
	lay(high, DOLLARS(200));
	lay(low, DOLLARS(160));
	lay(each, DOLLARS(900));
	a.stack.choice[a.stack.choice_count++] =
	    (struct choice){.measure = apart, .amount = DOLLARS(7)};
	share_fill(&a);
	assert_int_equal(a.out.share_count, 2);
	is(0, SHARE_DUTY(mail), TW_SHARE_HIGHEST, DOLLARS(200));
	is(1, SHARE_DUTY(other), TW_SHARE_HIGHEST, DOLLARS(7));
	a.relief.eligible = true; /* let in free: no duty, and no entry */
	share_fill(&a);
	assert_int_equal(a.out.share_count, 1);
	is(0, SHARE_ENTRY, TW_SHARE_LOWEST, SHARE_NO_ENTRY);
	assert_false(a.overflow);
	little_free(&little);
}

/* Fees on the value of the shipment add up; what has no room is told. */
static void fees_add_up(void **state)
{
	(void)state;
	begin();
	uint32_t program = little_program(&little, "fees"), fee[TW_SHARES + 1];
	for (size_t i = 0; i <= TW_SHARES; i++)
		fee[i] = flat(program);
	assert_true(little_end(&little));
	a.relief.fee[0] = (struct fee){.measure = fee[0], .on = DOLLARS(30)};
	a.relief.fee[1] = (struct fee){.measure = fee[0], .on = DOLLARS(12)};
	a.relief.fee_count = 2;
	share_fill(&a);
	assert_int_equal(a.out.share_count, 1);
	is(0, SHARE_FEE(fee[0]), TW_SHARE_SUM, DOLLARS(42));
	assert_false(a.overflow);
	for (size_t i = 0; i <= TW_SHARES; i++)
		lay(fee[i], DOLLARS(1));
	for (size_t i = 0; i < a.stack.layer_count; i++)
		little.measure[a.stack.layer[i].measure].program = (uint32_t)i;
	share_fill(&a);
	assert_int_equal(a.out.share_count, TW_SHARES);
	assert_true(a.overflow);
	little_free(&little);
}

/* Goods without a code: a warning of one of them alone is none of all. */
static void what_all_goods_share(void **state)
{
	static struct stack shown = {
	    .warning = {3, 5, 8}, .warning_count = 3, .unknown_scope = {1, 2}, .unknown_count = 2};
	static const struct stack other = {
	    .warning = {8, 3}, .warning_count = 2, .unknown_scope = {4}, .unknown_count = 1};
	(void)state;
	no_code_warnings(&shown, &other);
	assert_int_equal(shown.warning_count, 2);
	assert_int_equal(shown.warning[0], 3);
	assert_int_equal(shown.warning[1], 8);
	assert_int_equal(shown.unknown_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_highest_of_a_program),
	    cmocka_unit_test(fees_add_up),
	    cmocka_unit_test(what_all_goods_share),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

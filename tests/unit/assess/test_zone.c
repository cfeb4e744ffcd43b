/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Goods admitted to a foreign-trade zone, 19 CFR 146.65: the law of the admission, but for what
 * follows the entry. What is expected is written down from that, program by program.
 */
#include "little.h"

#include "assess/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct little little;

static void expect(const struct items *items, const uint32_t *want, size_t count)
{
	assert_int_equal(items->count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(items->list[i], want[i]);
}

/* A rate that was raised between admission and entry is that of the admission; a program that
   began since is not laid, but where it says that it follows the entry. */
static void rates_are_those_of_the_admission(void **state)
{
	struct items items;
	(void)state;
	little_begin(&little);
	uint32_t steel = little_program(&little, "steel"), late = little_program(&little, "late"),
		 always = little_program(&little, "always");
	uint32_t before = little_measure(&little, steel, LAW_EFFECT_DUTY, 0);
	uint32_t since = little_measure(&little, steel, LAW_EFFECT_DUTY, 0);
	uint32_t began = little_measure(&little, late, LAW_EFFECT_DUTY, 0);
	uint32_t follows = little_measure(&little, always, LAW_EFFECT_DUTY, 0);
	little.measure[follows].flags = RB_FTZ_ENTRY;
	uint32_t admitted = little_docket(&little, (uint32_t[]){before}, 1);
	uint32_t entry = little_docket(&little, (uint32_t[]){since, began, follows}, 3);
	assert_true(little_end(&little));
	items.docket = entry;
	zone_items(&items, &little.rb, admitted, 100);
	expect(&items, (uint32_t[]){before, follows}, 2);
	/* What follows the entry and is over then is not laid by the admission. */
	items.docket = admitted;
	zone_items(&items, &little.rb, entry, 100);
	expect(&items, (uint32_t[]){since, began}, 2);
	little_free(&little);
}

/* A program that steps back is heard behind that to which it does, whatever the dockets' order;
   within a program what excuses is heard first, rules last. */
static void programs_are_heard_in_their_order(void **state)
{
	struct items items;
	(void)state;
	little_begin(&little);
	uint32_t second = little_program(&little, "second"),
		 first = little_program(&little, "first");
	uint32_t duty = little_measure(&little, second, LAW_EFFECT_DUTY, 0);
	uint32_t excuse = little_measure(&little, second, LAW_EFFECT_EXEMPT, RB_NONE);
	uint32_t steps = little_yield(&little, second, first);
	uint32_t other = little_measure(&little, first, LAW_EFFECT_DUTY, 0);
	little.measure[other].flags = RB_FTZ_ENTRY;
	uint32_t admitted = little_docket(&little, (uint32_t[]){duty, excuse, steps}, 3);
	uint32_t entry = little_docket(&little, (uint32_t[]){other}, 1);
	assert_true(little_end(&little));
	items.docket = entry;
	zone_items(&items, &little.rb, admitted, 100);
	expect(&items, (uint32_t[]){other, excuse, duty, steps}, 4);
	little_free(&little);
}

/* Two days may make a circle of precedence that neither has: nothing is lost, the first goes on. */
static void a_circle_of_two_days_ends(void **state)
{
	struct items items;
	(void)state;
	little_begin(&little);
	uint32_t a = little_program(&little, "a"), b = little_program(&little, "b");
	uint32_t of_a = little_measure(&little, a, LAW_EFFECT_DUTY, 0);
	uint32_t of_b = little_measure(&little, b, LAW_EFFECT_DUTY, 0);
	little.measure[of_b].flags = RB_FTZ_ENTRY;
	uint32_t a_to_b = little_yield(&little, a, b), b_to_a = little_yield(&little, b, a);
	uint32_t admitted = little_docket(&little, (uint32_t[]){of_a, a_to_b}, 2);
	uint32_t entry = little_docket(&little, (uint32_t[]){of_b, b_to_a}, 2);
	assert_true(little_end(&little));
	items.docket = entry;
	zone_items(&items, &little.rb, admitted, 100);
	expect(&items, (uint32_t[]){of_a, a_to_b, of_b, b_to_a}, 4);
	little_free(&little);
}

/* A program that courts struck down is not collected from the day on, whatever the admission. */
static void what_is_void_is_not_collected(void **state)
{
	struct items items;
	(void)state;
	little_begin(&little);
	uint32_t program = little_program(&little, "void");
	uint32_t duty = little_measure(&little, program, LAW_EFFECT_DUTY, 0);
	little.program[program].void_by = 0;
	little.program[program].void_until = 1000;
	uint32_t admitted = little_docket(&little, (uint32_t[]){duty}, 1);
	uint32_t entry = little_docket(&little, NULL, 0);
	assert_true(little_end(&little));
	items.docket = entry;
	zone_items(&items, &little.rb, admitted, 999);
	expect(&items, (uint32_t[]){duty}, 1);
	items.docket = entry;
	zone_items(&items, &little.rb, admitted, 1000);
	expect(&items, NULL, 0);
	little_free(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rates_are_those_of_the_admission),
	    cmocka_unit_test(programs_are_heard_in_their_order),
	    cmocka_unit_test(a_circle_of_two_days_ends),
	    cmocka_unit_test(what_is_void_is_not_collected),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

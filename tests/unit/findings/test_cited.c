/* SPDX-License-Identifier: Apache-2.0 */
/* What an answer cites is gathered once each, in order, however much it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "findings/cited.h"

static void each_act_once_in_its_order(void **state)
{
	static const char *const first[] = {"A", "B"}, *const second[] = {"B", "C"};
	static const char *const third[] = {"D"}, *const last[] = {"A", "E"};
	static const char *const acts[] = {"A", "B", "C", "E"};
	struct tw_layer layer[2] = {{.by = {first, 2}}, {.by = {second, 2}}};
	struct tw_control_hit control = {.by = {last, 2}};
	struct tw_assessment answer = {.layers = layer,
				       .layer_count = 2,
				       .controls = &control,
				       .control_count = 1,
				       .de_minimis = {.by = {third, 1}}};
	struct cited cited;
	(void)state;
	cited_begin(&cited);
	assert_true(cited_gather(&cited, &answer));
	assert_int_equal(cited.ids.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(cited_id(&cited, i), acts[i]);
	answer.de_minimis.applies = true;
	assert_true(cited_gather(&cited, &answer));
	assert_int_equal(cited.ids.count, 5);
	assert_string_equal(cited_id(&cited, 3), "D");
	cited_free(&cited);
}

static void none_is_left_out(void **state)
{
	enum { ACTS = 1000 };
	static char id[ACTS][8];
	static const char *ids[ACTS];
	(void)state;
	for (size_t i = 0; i < ACTS; i++) {
		snprintf(id[i], sizeof id[i], "%zu", i);
		ids[i] = id[i];
	}
	struct tw_layer layer = {.by = {ids, ACTS}};
	struct tw_assessment answer = {.layers = &layer, .layer_count = 1};
	struct cited cited;
	cited_begin(&cited);
	assert_true(cited_gather(&cited, &answer));
	assert_int_equal(cited.ids.count, ACTS);
	assert_string_equal(cited_id(&cited, ACTS - 1), "999");
	cited_free(&cited);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_act_once_in_its_order),
	    cmocka_unit_test(none_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

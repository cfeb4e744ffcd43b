/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about chemicals, with the law of this build: what is asked for, found, near, changed.
 */
#include "common/instant.h"
#include "screen/inquiry.h"

#include "rulebook/rulebook.h"
#include "screen/structure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const tw_rulebook *rulebook;
static struct match_scratch *scratch;

static int set_up(void **state)
{
	struct tw_error error = {0};
	(void)state;
	scratch = match_scratch_new();
	return !scratch || tw_rulebook_default(&rulebook, &error);
}

static int tear_down(void **state)
{
	(void)state;
	match_scratch_free(scratch);
	return 0;
}

static struct inquiry asked(const char *text)
{
	struct inquiry inquiry = INQUIRY_INIT;
	struct tw_error error = {0};
	inquiry.asked = text;
	inquiry.facts.entered = 1790000000;
	strcpy(inquiry.facts.into, "US");
	strcpy(inquiry.facts.origin, "CN");
	assert_int_equal(inquiry_open(&inquiry, rulebook, &error), TW_OK);
	return inquiry;
}

static void questions_are_answered(void **state)
{
	/* What is asked, the substance found first or "", how; whether it needs structures. */
	static const struct {
		const char *text, *substance, *how;
		bool structures;
	} cases[] = {
	    {"acetone", "acetone", "name", false},
	    {"67-64-1", "acetone", "cas", false},
	    {"67641", "", "", false},
	    {"2001-02-03", "", "", false},
	    {"CSCPPACGZOOCGX-UHFFFAOYSA-N", "acetone", "inchikey", false},
	    {"CSCPPACGZOOCGX-UHFFFAOYXX-N", "", "", false},
	    {"CC(C)=O", "acetone", "structure", true},
	    {"CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1", "fentanyl", "structure", true},
	    {"CCCC(=O)N(c1ccc(F)cc1)C1CCN(CCc2ccccc2)CC1", NULL, "structure", true},
	    {"1-(2-phenylethyl)piperidin-4-one", NULL, NULL, false},
	    {"CCCCCCCCC", "", "", true},
	    {"no such thing", "", "", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct inquiry q = asked(cases[i].text);
		struct tw_error error = {0};
		if (cases[i].structures && !structure_available())
			continue;
		assert_int_equal(inquiry_ask(&q, &error), TW_OK);
		const char *id =
		    q.found_count
			? ledger_text(&q.ledger, q.ledger.substances[q.found[0].substance].id)
			: "";
		if (cases[i].substance && strcmp(id, cases[i].substance) != 0)
			print_error("%s: %s\n", cases[i].text, id);
		if (cases[i].substance)
			assert_string_equal(id, cases[i].substance);
		else
			assert_true(q.found_count > 0);
		if (q.found_count && cases[i].how)
			assert_string_equal(q.found[0].how, cases[i].how);
	}
}

static void what_is_wrong_is_said(void **state)
{
	struct tw_error error = {0};
	(void)state;
	struct inquiry q = asked("67-64-2");
	assert_int_equal(inquiry_look_up(&q, &error), TW_OK);
	assert_true(q.bad_cas);
	q = asked("Mar-79");
	assert_int_equal(inquiry_look_up(&q, &error), TW_OK);
	assert_ptr_equal(strstr(q.said, "cas-date: "), q.said);
	q = asked("actone");
	assert_int_equal(inquiry_look_up(&q, &error), TW_OK);
	assert_true(q.nearest_count > 0);
	assert_int_equal(strcasecmp(q.nearest[0].name, "acetone"), 0);
	q = asked("");
	assert_int_equal(inquiry_look_up(&q, &error), TW_OK);
	assert_int_equal(q.nearest_count, 0);
	if (!structure_available())
		return;
	q = asked("C1CC");
	assert_int_equal(inquiry_ask(&q, &error), TW_OK);
	assert_non_null(strstr(q.structure, "cannot be read"));
	q = asked("CCCCCCCCC");
	assert_int_equal(inquiry_ask(&q, &error), TW_OK);
	assert_non_null(strstr(q.structure, "on no list"));
}

static void more_than_there_is_room_for_is_said(void **state)
{
	struct tw_error error = {0};
	char text[2000] = "";
	(void)state;
	struct inquiry q = asked("acetone");
	for (uint32_t i = 0; i < 40 && strlen(text) < 1800; i++) {
		strcat(text, ledger_text(&q.ledger, q.ledger.substances[i].name));
		strcat(text, "; ");
	}
	q = asked(text);
	assert_int_equal(inquiry_ask(&q, &error), TW_OK);
	assert_int_equal(q.found_count, INQUIRY_FOUND);
	assert_true(q.overflow);
	for (size_t i = 1; i < q.found_count; i++)
		assert_true(q.found[i - 1].certainty >= q.found[i].certainty);
}

static void quantities_are_read(void **state)
{
	struct screen_facts facts = {.weight = -1, .volume = -1};
	(void)state;
	assert_true(inquiry_quantity(&facts, rulebook, "25kg"));
	assert_int_equal(facts.weight, 25000000);
	assert_true(inquiry_quantity(&facts, rulebook, "2 L"));
	assert_int_equal(facts.volume, 2000000);
	assert_false(inquiry_quantity(&facts, rulebook, "kg"));
	assert_false(inquiry_quantity(&facts, rulebook, "25"));
	assert_false(inquiry_quantity(&facts, rulebook, "25 pieces"));
}

static void words_are_cut_into_names(void **state)
{
	char *const words[] = {"anhydrous", "sulfuric", "acid", "98%", "acetone"};
	char *const phrase[] = {"pretty", "nothing"}, *const known[] = {"pretty", "acetone"};
	char *const number[] = {"pretty", "7"};
	struct inquiry q = asked("");
	(void)state;
	assert_int_equal(inquiry_words_of_name(&q, scratch, words, 5), 4);
	assert_int_equal(inquiry_words_of_name(&q, scratch, words + 1, 4), 3);
	assert_int_equal(inquiry_words_of_name(&q, scratch, words + 4, 1), 1);
	assert_true(inquiry_is_phrase(&q, phrase, 2));
	assert_false(inquiry_is_phrase(&q, known, 2));
	assert_false(inquiry_is_phrase(&q, number, 2));
	char *joined = inquiry_join(words, 1, 3);
	assert_string_equal(joined, "sulfuric acid");
	free(joined);
}

static void lists_changes_and_penalties(void **state)
{
	static struct control_answer answers[INQUIRY_CONTROLS];
	static struct ledger_change changes[INQUIRY_CHANGES];
	const struct ledger_penalty *some[INQUIRY_PENALTIES], *all[INQUIRY_PENALTIES];
	struct tw_error error = {0};
	bool required = false;
	(void)state;
	struct inquiry q = asked("fentanyl");
	assert_int_equal(inquiry_ask(&q, &error), TW_OK);
	assert_int_equal(q.found_count, 1);
	assert_false(inquiry_routeless(&q));
	size_t count = inquiry_decide(answers, &q, &q.found[0]);
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++)
		required |= strcmp(inquiry_asks(&answers[i]), "required") == 0 ||
			    strcmp(inquiry_asks(&answers[i]), "prohibited") == 0;
	assert_true(required);
	struct control_answer forbidden = {.status = TW_CONTROL_REQUIRED, .prohibited = true};
	assert_string_equal(inquiry_asks(&forbidden), "prohibited");
	count = inquiry_changes(changes, INQUIRY_CHANGES, &q, q.found[0].substance);
	assert_true(count > 1);
	assert_int_equal(inquiry_changes(changes, 1, &q, q.found[0].substance), 1);
	/* Without a weight every band; with one of each offence no more than one. */
	size_t bands = inquiry_penalties(all, INQUIRY_PENALTIES, &q, q.found[0].substance);
	q.facts.weight = 1000000;
	size_t reached = inquiry_penalties(some, INQUIRY_PENALTIES, &q, q.found[0].substance);
	assert_true(bands > reached && reached > 0);
	for (size_t i = 0; i < reached; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(some[i]->offence != some[k]->offence);
	assert_true(inquiry_penalties(some, 1, &q, q.found[0].substance) <= 1);
	q.facts.origin[0] = q.facts.into[0] = '\0';
	assert_true(inquiry_routeless(&q));
}

/* A derivative by structure: the class answers, and what changes for it is told. */
static void a_class_by_structure_is_asked_alone(void **state)
{
	static struct control_answer answers[INQUIRY_CONTROLS];
	static struct ledger_change changes[INQUIRY_CHANGES];
	struct tw_error error = {0};
	(void)state;
	if (!structure_available())
		skip();
	struct inquiry q = asked("CCCC(=O)N(c1ccc(I)cc1)C1CCN(CCc2ccccc2)CC1");
	assert_int_equal(inquiry_ask(&q, &error), TW_OK);
	assert_true(q.found_count > 0);
	assert_string_equal(q.found[0].how, "structure");
	assert_true(inquiry_decide(answers, &q, &q.found[0]) > 0);
	for (uint32_t i = 0; i < q.ledger.count[LEDGER_SUBSTANCES]; i++)
		if (q.ledger.substances[i].classes.count)
			assert_true(inquiry_changes(changes, INQUIRY_CHANGES, &q, i) > 0);
}

static void names_are_like_a_text(void **state)
{
	const char *name = "";
	struct inquiry q = asked("acetone");
	(void)state;
	uint32_t acetone = ledger_find(&q.ledger, "acetone");
	assert_int_equal(inquiry_like(&q.ledger, acetone, "acet", &name), LIKE_START);
	assert_int_equal(inquiry_like(&q.ledger, acetone, "ton", &name), LIKE_INSIDE);
	assert_int_equal(inquiry_like(&q.ledger, acetone, "zzz", &name), LIKE_NOT);
}

static void a_late_day_is_told_where_the_law_ends(void **state)
{
	struct tw_error error = {0};
	struct inquiry q = INQUIRY_INIT;
	char day[16];
	(void)state;
	q.facts.entered = INT64_C(4102444800); /* 2100 */
	assert_int_equal(inquiry_open(&q, rulebook, &error), TW_OK);
	assert_int_equal(strlen(q.known_to), 10);
	time_print_day(day, 20289);
	assert_string_equal(day, "2025-07-20");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(questions_are_answered),
	    cmocka_unit_test(what_is_wrong_is_said),
	    cmocka_unit_test(more_than_there_is_room_for_is_said),
	    cmocka_unit_test(quantities_are_read),
	    cmocka_unit_test(words_are_cut_into_names),
	    cmocka_unit_test(lists_changes_and_penalties),
	    cmocka_unit_test(a_class_by_structure_is_asked_alone),
	    cmocka_unit_test(names_are_like_a_text),
	    cmocka_unit_test(a_late_day_is_told_where_the_law_ends),
	};
	return cmocka_run_group_tests_name("inquiry", tests, set_up, tear_down);
}

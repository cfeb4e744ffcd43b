/* SPDX-License-Identifier: Apache-2.0 */
/* The small law of mini/, read whole, and as it could be known on a day. */
#include "common/instant.h"
#include "law/codes.h"
#include "law/law.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static struct law *law;

static int open_law(void **state)
{
	struct tw_error error = {0};
	(void)state;
	int code = law_read(&law, MINI, &error);
	if (code)
		(void)fprintf(stderr, "%s:%d:%d: %s\n", error.file, error.line, error.column,
			      error.message);
	return code;
}

static int close_law(void **state)
{
	(void)state;
	law_free(law);
	law_free(NULL);
	return 0;
}

static tw_time ny(int year, int month, int day, int hour, int minute)
{
	return time_from_local(TIME_ZONE_NEW_YORK,
			       time_days(year, month, day) * 86400 + hour * 3600 + minute * 60);
}

static const struct law_measure *measure(const struct law *of, const char *id)
{
	for (uint32_t i = 0; i < of->measure_count; i++)
		if (!strcmp(of->measures[i].id, id))
			return &of->measures[i];
	return NULL;
}

static const struct law_program *program(const struct law *of, const char *id)
{
	for (uint32_t i = 0; i < of->program_count; i++)
		if (!strcmp(of->programs[i].id, id))
			return &of->programs[i];
	return NULL;
}

static const char *act(uint32_t instrument)
{
	return instrument == LAW_NONE ? "" : law->instruments[instrument].id;
}

static bool from_country(const struct law_origins *origins, const char *iso2)
{
	for (uint32_t i = 0; i < law->country_count; i++)
		if (!strcmp(law->countries[i].iso2, iso2))
			return origins->bit[i / 64] >> i % 64 & 1;
	return false;
}

static void the_ground_is_read(void **state)
{
	(void)state;
	assert_string_equal(law->edition, "2026-01-31");
	assert_int_equal(law->coverage_first, time_days(2025, 1, 1));
	assert_int_equal(law->coverage_last, time_days(2026, 1, 31));
	assert_int_equal(law->country_count, 8);
	assert_int_equal(law->group_count, 3);
	assert_string_equal(law->groups[2].name, "near");
	assert_true(from_country(&law->groups[2].members, "FR"));
	assert_false(from_country(&law->groups[2].members, "CN"));
	assert_int_equal(law->unit_count, 12);
	assert_int_equal(law->units[2].to_base.num, 45359237);
	assert_int_equal(law->units[2].to_base.den, 100000000);
	assert_int_equal(law->units[0].spelling_count, 3);
	assert_string_equal(law->units[5].spellings[0], "no.");
	assert_int_equal(strlen(law->sha256), 64);
}

static void claims_are_read(void **state)
{
	(void)state;
	const struct law_claim *treaty = &law->claims[1];
	assert_string_equal(treaty->name, "treaty");
	assert_int_equal(treaty->type, LAW_CLAIM_FLAG);
	assert_true(treaty->remind);
	assert_string_equal(treaty->remind_scope[0], "3213");
	assert_string_equal(treaty->spi[0], "KR");
	assert_string_equal(treaty->assume, "no");
	assert_string_equal(law->claims[2].part, "steel");
	assert_string_equal(law->claims[2].group, "metal");
	assert_true(law->claims[4].unknown_if_unsaid);
	assert_string_equal(law->claims[5].basis, "on the case");
	assert_int_equal(law->claims[6].basis_count, 2);
	assert_null(law->claims[0].basis);
}

static void jurisdictions_are_read(void **state)
{
	(void)state;
	const struct law_jurisdiction *cn = &law->jurisdictions[0], *us = &law->jurisdictions[1];
	assert_int_equal(law->jurisdiction_count, 2);
	assert_string_equal(cn->code, "CN");
	assert_string_equal(cn->currency, "any");
	assert_false(cn->has_schedule);
	assert_string_equal(cn->missing[0], "VAT");
	assert_string_equal(us->timezone, "America/New_York");
	assert_int_equal(us->round_value, TW_MONEY_UNIT);
	assert_int_equal(us->round_duty, TW_MONEY_UNIT / 100);
	assert_true(us->has_schedule);
	assert_true(from_country(&us->column2, "CU"));
	assert_int_equal(us->edition_count, 2);
	assert_int_equal(us->editions[1].from, ny(2025, 7, 1, 0, 0));
	assert_int_equal(us->preference_count, 2);
	assert_string_equal(act(us->preferences[1].from.by), "TREATY");
	assert_string_equal(act(us->preferences[1].until.by), "ORDER-3");
}

static void instruments_are_known_on_local_days(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < law->instrument_count; i++) {
		const struct law_instrument *a = &law->instruments[i];
		if (!strcmp(a->id, "ORDER-1")) {
			assert_int_equal(a->known, ny(2025, 2, 1, 0, 0));
			assert_string_equal(a->cite, "90 FR 1");
			assert_string_equal(a->pos.file, "us/instruments/orders.yaml");
			assert_int_equal(a->pos.line, 5);
		}
		if (!strcmp(a->id, "ANN-1"))
			assert_int_equal(a->known, time_days(2025, 2, 4) * 86400 - 8 * 3600);
	}
}

static void schedules_are_sorted(void **state)
{
	(void)state;
	const struct law_jurisdiction *us = &law->jurisdictions[1];
	assert_int_equal(us->row_count, 11);
	for (uint32_t i = 1; i < us->row_count; i++)
		assert_true(us->rows[i].code >= us->rows[i - 1].code);
	const struct law_schedule_row *wine = &us->rows[2];
	assert_int_equal(wine->code, 2204100000);
	assert_int_equal(wine->digits, 8);
	assert_true(wine->excise);
	assert_string_equal(wine->unit1, "liters");
	assert_int_equal(wine->special_count, 2);
	assert_int_equal(wine->from, TW_TIME_MIN);
	assert_int_equal(wine->column2.term[0].amount.num, 15900);
	const struct law_schedule_row *steel = &us->rows[6];
	assert_int_equal(steel->until, ny(2025, 7, 1, 0, 0));
	assert_int_equal(us->rows[7].from, ny(2025, 7, 1, 0, 0));
	assert_int_equal(us->rows[9].general.kind, LAW_RATE_UNKNOWN);
}

static void lists_are_read(void **state)
{
	(void)state;
	const struct law_list *metal = &law->lists[0];
	assert_string_equal(metal->name, "us.metal");
	assert_string_equal(metal->confidence, "medium");
	assert_int_equal(metal->row_count, 4);
	assert_string_equal(act(metal->rows[0].from.by), "ORDER-1");
	assert_string_equal(act(metal->rows[0].until.by), "ORDER-3");
	assert_string_equal(act(metal->rows[1].from.by), "ORDER-3");
	assert_int_equal(metal->rows[2].from.at, TW_TIME_MIN);
	assert_int_equal(metal->rows[2].until.at, ny(2025, 6, 4, 0, 1));
	assert_int_equal(metal->rows[2].codes.high, 7308910000);
}

static void no_fault(void *context, const struct tw_error *fault)
{
	(void)context;
	fail_msg("%s:%d: %s", fault->file, fault->line, fault->message);
}

static void codes_meet_lines(void **state)
{
	(void)state;
	struct law_codes codes = {.tell = no_fault};
	assert_int_equal(law_codes_check(law, &codes), TW_OK);
	assert_int_equal(codes.checked, 7); /* 4 rows of the list, 3 codes of scopes */
	assert_int_equal(codes.absent, 1);
	assert_int_equal(codes.faults, 0);
}

static void measures_are_read(void **state)
{
	(void)state;
	const struct law_measure *m = measure(law, "us.alpha.1");
	assert_string_equal(m->heading, "9903.90.01");
	assert_int_equal(m->from.at, ny(2025, 2, 4, 0, 1));
	assert_int_equal(m->until.at, ny(2025, 3, 4, 0, 1));
	assert_string_equal(act(m->until.by), "ORDER-2");
	assert_true(from_country(&m->origins, "HK"));
	assert_false(from_country(&m->origins, "US"));
	assert_true(m->scope.all);
	assert_string_equal(m->part, "value");
	m = measure(law, "us.beta.all");
	assert_false(m->scope.all);
	assert_int_equal(m->scope.any_list_count, 1);
	assert_int_equal(m->scope.any_codes[0].low, 7301000000);
	assert_int_equal(m->scope.not_codes[0].high, 7308910000);
	assert_string_equal(m->part, "steel");
	assert_true(m->origins_all);
	assert_string_equal(law->measures[m->except[0]].id, "us.beta.treaty");
	assert_int_equal(m->when->kind, LAW_NODE_ATOM);
	m = measure(law, "us.beta.treaty");
	assert_int_equal(m->effect, LAW_EFFECT_FLOOR);
	assert_false(m->floor_over_column1);
	assert_string_equal(m->heading, "9903.81.02");
	assert_string_equal(m->heading_reached, "9903.81.03");
	assert_true(m->part_not);
	assert_string_equal(m->part, "us_content");
	/* The program's condition and its own. */
	assert_int_equal(m->when->kind, LAW_NODE_ALL);
	assert_int_equal(m->when->child_count, 2);
	assert_int_equal(m->when->child[1]->child_count, 3);
	m = measure(law, "us.beta.late");
	assert_int_equal(m->instead, LAW_INSTEAD_COLUMN1);
	assert_true(from_country(&m->origins, "CN"));
	assert_false(from_country(&m->origins, "FR"));
	assert_false(from_country(&m->origins, "CU"));
}

static void other_effects_are_read(void **state)
{
	(void)state;
	const struct law_measure *m = measure(law, "us.beta.content");
	assert_int_equal(m->most.num, 3);
	assert_int_equal(m->most.den, 20);
	m = measure(law, "us.mail.flat");
	assert_int_equal(m->effect, LAW_EFFECT_BANDS);
	assert_string_equal(m->sum_of, "us.alpha*");
	assert_int_equal(m->band_count, 3);
	assert_false(m->bands[0].inclusive);
	assert_true(m->bands[1].inclusive);
	assert_true(m->bands[2].open);
	assert_int_equal(m->bands[0].limit.num, 4);
	assert_int_equal(m->bands[0].limit.den, 25);
	assert_int_equal(m->bands[2].duty.term[0].amount.num, 2000000);
	assert_int_equal(m->per, LAW_PER_SHIPMENT);
	assert_string_equal(m->choice_is, "specific");
	m = measure(law, "us.small.grant");
	assert_int_equal(m->effect, LAW_EFFECT_GRANT);
	assert_int_equal(m->limit, 800 * TW_MONEY_UNIT);
	assert_int_equal(m->limit_of, LAW_FACT_RETAIL_VALUE);
	assert_int_equal(m->per, LAW_PER_PERSON_DAY);
	m = measure(law, "us.processing.formal");
	assert_int_equal(m->fee_min, 327100);
	assert_int_equal(m->fee_max, 6346200);
	assert_int_equal(m->per, LAW_PER_SHIPMENT);
	assert_string_equal(measure(law, "us.small.china")->word, "suspended");
	assert_string_equal(measure(law, "us.entry.formal")->word, "01");
	assert_int_equal(measure(law, "us.ban.cuba")->effect, LAW_EFFECT_PROHIBITED);
	/* Defaults of the program, in the time of its jurisdiction. */
	m = measure(law, "cn.answer.1");
	assert_int_equal(m->from.at, time_days(2025, 2, 10) * 86400 + 4 * 3600 + 60);
	assert_string_equal(act(m->from.by), "ANN-1");
	assert_string_equal(m->heading, "ANN-1");
	m = measure(law, "cn.answer.2");
	assert_string_equal(m->scope.unknown, "the annex was not read");
	assert_int_equal(m->confidence, LAW_LOW);
}

static void programs_yield(void **state)
{
	(void)state;
	const struct law_program *alpha = program(law, "us.alpha");
	assert_int_equal(alpha->order, 40);
	assert_string_equal(act(alpha->void_by), "COURT");
	assert_int_equal(alpha->measure_count, 4);
	assert_int_equal(alpha->yield_count, 2);
	assert_string_equal(law->programs[alpha->yields[0].programs[0]].id, "us.beta");
	assert_true(alpha->yields[0].for_part);
	assert_string_equal(alpha->yields[0].heading, "9903.90.09");
	assert_true(alpha->yields[0].scope.all);
	assert_int_equal(alpha->yields[1].program_count, 0);
	assert_string_equal(law->measures[alpha->yields[1].measures[0]].id, "us.beta.late");
	assert_string_equal(law->measures[alpha->yields[1].of[0]].id, "us.alpha.2");
	assert_false(alpha->yields[1].for_part);
}

/* Each program's measures are its own, in one run, in file order. */
static void runs_are_sound(const struct law *of)
{
	uint32_t next = 0;
	for (uint32_t i = 0; i < of->program_count; i++) {
		assert_int_equal(of->programs[i].measure_first, next);
		for (uint32_t k = 0; k < of->programs[i].measure_count; k++)
			assert_int_equal(of->measures[next + k].program, i);
		next += of->programs[i].measure_count;
	}
	assert_int_equal(next, of->measure_count);
}

static struct law *view(tw_time day)
{
	struct tw_error error;
	struct law *out;
	assert_int_equal(law_as_known(&out, law, day, &error), TW_OK);
	runs_are_sound(out);
	return out;
}

static void the_law_in_force_drops_what_was_superseded(void **state)
{
	(void)state;
	struct law *now = view(TW_TIME_MAX);
	runs_are_sound(law);
	assert_int_equal(now->measure_count, law->measure_count - 1);
	assert_null(measure(now, "us.beta.old"));
	assert_int_equal(measure(now, "us.alpha.2")->until.at, ny(2025, 11, 10, 0, 1));
	assert_string_equal(act(program(now, "us.alpha")->void_by), "COURT");
	assert_int_equal(now->lists[0].row_count, 4);
	law_free(now);
}

/* On 2025-10-01 ORDER-3 (known 2025-11-04) and the judgment lie in the future. */
static void a_diligent_importer_knows_no_future(void **state)
{
	(void)state;
	struct law *then = view(ny(2025, 10, 1, 0, 0));
	assert_non_null(measure(then, "us.beta.old"));
	assert_null(measure(then, "us.alpha.3"));
	assert_null(measure(then, "us.beta.late"));
	const struct law_measure *m = measure(then, "us.alpha.2");
	assert_true(m->until.at == TW_TIME_MAX);
	assert_int_equal(m->until.by, LAW_NONE);
	assert_int_equal(measure(then, "us.alpha.1")->until.at, ny(2025, 3, 4, 0, 1));
	const struct law_program *alpha = program(then, "us.alpha");
	assert_int_equal(alpha->void_by, LAW_NONE);
	assert_int_equal(alpha->yield_count, 1);
	const struct law_measure *all = measure(then, "us.beta.all");
	assert_int_equal(all->except_count, 1);
	assert_string_equal(then->measures[all->except[0]].id, "us.beta.treaty");
	/* The row that ORDER-3 ends runs on, the row that it begins is not there. */
	assert_int_equal(then->lists[0].row_count, 3);
	assert_true(then->lists[0].rows[0].until.at == TW_TIME_MAX);
	assert_true(then->jurisdictions[1].preferences[1].until.at == TW_TIME_MAX);
	/* The law itself is as it was. */
	assert_int_equal(law->lists[0].row_count, 4);
	assert_int_equal(measure(law, "us.alpha.2")->until.at, ny(2025, 11, 10, 0, 1));
	law_free(then);
}

/* A day counts from its first moment. */
static void an_instrument_is_known_from_its_day(void **state)
{
	(void)state;
	struct law *before = view(ny(2025, 11, 4, 0, 0) - 1), *after = view(ny(2025, 11, 4, 0, 0));
	assert_null(measure(before, "us.alpha.3"));
	assert_non_null(measure(before, "us.beta.old"));
	assert_non_null(measure(after, "us.alpha.3"));
	assert_null(measure(after, "us.beta.old"));
	law_free(before);
	law_free(after);
}

static void before_all_orders_there_is_little(void **state)
{
	(void)state;
	struct law *then = view(ny(2025, 1, 15, 0, 0));
	assert_null(measure(then, "us.alpha.1"));
	assert_int_equal(program(then, "us.alpha")->measure_count, 0);
	assert_non_null(measure(then, "us.small.grant"));
	assert_int_equal(then->jurisdictions[1].edition_count, 1);
	law_free(then);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
	struct tw_error error;
	struct law *none;
	(void)state;
	assert_int_equal(law_read(&none, MINI "/nowhere", &error), TW_BAD_FILE);
	assert_null(none);
	assert_string_equal(error.file, "coverage.yaml");
	assert_int_equal(law_read(&none, MINI "/nowhere", NULL), TW_BAD_FILE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_ground_is_read),
	    cmocka_unit_test(codes_meet_lines),
	    cmocka_unit_test(claims_are_read),
	    cmocka_unit_test(jurisdictions_are_read),
	    cmocka_unit_test(instruments_are_known_on_local_days),
	    cmocka_unit_test(schedules_are_sorted),
	    cmocka_unit_test(lists_are_read),
	    cmocka_unit_test(measures_are_read),
	    cmocka_unit_test(other_effects_are_read),
	    cmocka_unit_test(programs_yield),
	    cmocka_unit_test(the_law_in_force_drops_what_was_superseded),
	    cmocka_unit_test(a_diligent_importer_knows_no_future),
	    cmocka_unit_test(an_instrument_is_known_from_its_day),
	    cmocka_unit_test(before_all_orders_there_is_little),
	    cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
	};
	return cmocka_run_group_tests(tests, open_law, close_law);
}

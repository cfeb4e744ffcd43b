/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the form of a docket holds: the band of each magnitude one unit on both sides of a
 * threshold, what no key can hold, and whether what was asked of a line is in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "assess/plan_key.h"
#include "assess/share.h"
#include "little.h"

static struct little l;

static int begin(void **state)
{
	(void)state;
	little_begin(&l);
	return 0;
}

static uint32_t ask_number(enum law_fact fact, int64_t num, int64_t den)
{
	return little_ask(&l,
			  (struct rb_atom){.fact = (uint8_t)fact,
					   .op = LAW_OP_LT,
					   .operand = LAW_OPERAND_NUMBER,
					   .num = num,
					   .den = den},
			  "");
}

/* A duty that asks this condition; of a program of its own. */
static uint32_t duty_when(uint32_t node)
{
	uint32_t measure =
	    little_measure(&l, little_program(&l, "us.x"), LAW_EFFECT_DUTY, little_rate(&l, 1, 10));
	l.measure[measure].when = node;
	return measure;
}

static struct form *form_of(const uint32_t *items, size_t count)
{
	static const uint32_t none[1];
	uint32_t tail = little_docket(&l, none, 0), docket = little_docket(&l, items, count);
	assert_true(little_end(&l));
	struct draft *draft = form_begin(&l.rb, tail);
	struct form *form = draft ? form_make(draft, docket) : NULL;
	assert_non_null(form);
	free(draft);
	little_free(&l);
	return form;
}

static struct ask line_of(tw_money value, int64_t weight)
{
	static const struct rb_jurisdiction anywhere;
	return (struct ask){.jurisdiction = &anywhere,
			    .value = value,
			    .rounded = value,
			    .weight = weight,
			    .filed = RB_NONE,
			    .is_plain = true,
			    .given = 1u << KEY_VALUE};
}

static struct plan_key key_of(const struct form *form, const struct ask *ask)
{
	struct plan_key key;
	uint64_t hash = plan_key_make(&key, form, ask, 0, 0);
	assert_int_equal(hash, plan_key_hash(&key));
	return key;
}

static unsigned band_of(const struct form *form, tw_money value, int64_t weight,
			enum key_magnitude band)
{
	struct ask ask = line_of(value, weight);
	return key_of(form, &ask).band[band];
}

/* Below, on it and above are three bands; of a fraction that no amount is there are two. */
static void bands_turn_at_thresholds(void **state)
{
	(void)state;
	uint32_t items[] = {duty_when(ask_number(LAW_FACT_VALUE, DOLLARS(800), 1)),
			    duty_when(ask_number(LAW_FACT_RETAIL_VALUE, 10001, 3)),
			    duty_when(ask_number(LAW_FACT_WEIGHT, 5, 2))};
	struct form *form = form_of(items, 3);
	assert_null(form->unknown);
	assert_int_equal(form->worth, 3);
	assert_int_equal(band_of(form, 3333, -1, KEY_VALUE), 0);
	assert_int_equal(band_of(form, 3334, -1, KEY_VALUE), 1);
	assert_int_equal(band_of(form, DOLLARS(800) - 1, -1, KEY_VALUE), 1);
	assert_int_equal(band_of(form, DOLLARS(800), -1, KEY_VALUE), 2);
	assert_int_equal(band_of(form, DOLLARS(800) + 1, -1, KEY_VALUE), 3);
	assert_int_equal(band_of(form, 0, -1, KEY_WEIGHT), 0xff);
	assert_int_equal(band_of(form, 0, 2499999, KEY_WEIGHT), 0);
	assert_int_equal(band_of(form, 0, 2500000, KEY_WEIGHT), 1);
	assert_int_equal(band_of(form, 0, 2500001, KEY_WEIGHT), 2);
	free(form);
}

/* Each magnitude of a line that is more than its value has its own band. */
static void a_shipment_has_its_own_bands(void **state)
{
	(void)state;
	uint32_t fee = little_measure(&l, little_program(&l, "us.fee"), LAW_EFFECT_FEE,
				      little_rate(&l, 1, 100));
	l.measure[fee].per = LAW_PER_SHIPMENT;
	uint32_t items[] = {duty_when(ask_number(LAW_FACT_SHIPMENT_VALUE, DOLLARS(800), 1)),
			    duty_when(ask_number(LAW_FACT_LOADED, 1000, 1)), fee};
	struct form *form = form_of(items, 3);
	struct tw_shipment_amount owed[] = {{.key = SHARE_FEE(fee), .amount = 0},
					    {.key = SHARE_ENTRY, .amount = -1}};
	struct tw_line line = TW_LINE_INIT;
	line.shipment_amounts = owed;
	line.shipment_amount_count = 2;
	struct ask ask = line_of(DOLLARS(10), -1);
	ask.is_plain = false;
	ask.line = &line;
	ask.given |= 1u << KEY_SHIPMENT_VALUE;
	ask.magnitude[KEY_SHIPMENT_VALUE] = DOLLARS(800);
	struct plan_key key = key_of(form, &ask);
	assert_int_equal(key.band[KEY_SHIPMENT_VALUE], 1);
	assert_int_equal(key.band[KEY_LOADED], 0xff);
	assert_int_equal(key.shares, 1);
	assert_int_equal(key.empty, 1);
	assert_int_equal(key.entry, -2);
	assert_int_equal(key.given & 1u << KEY_LOADED, 0);
	owed[0].amount = 10000;
	owed[1].amount = 7;
	ask.given |= 1u << KEY_LOADED;
	ask.magnitude[KEY_LOADED] = 1001;
	key = key_of(form, &ask);
	assert_int_equal(key.band[KEY_LOADED], 2);
	assert_int_equal(key.empty, 0);
	assert_int_equal(key.entry, 7);
	assert_int_equal(key.given & 1u << KEY_LOADED, 1u << KEY_LOADED);
	ask.filed = 3; /* what was filed with the line itself counts */
	assert_int_equal(key_of(form, &ask).entry, -13);
	free(form);
}

static void not_all_can_be_held(void **state)
{
	(void)state;
	uint32_t currency = little_ask(&l, (struct rb_atom){.fact = LAW_FACT_CURRENCY}, "usd");
	uint32_t items[] = {duty_when(currency)};
	struct form *form = form_of(items, 1);
	assert_string_equal(form->unknown, "the currency");
	free(form);

	little_begin(&l);
	uint32_t floor = little_measure(&l, little_program(&l, "us.floor"), LAW_EFFECT_FLOOR,
					little_rate(&l, 15, 100));
	l.rate[l.measure[floor].rate].terms.count = 2;
	form = form_of(&floor, 1);
	assert_string_equal(form->unknown, "a floor that no key holds");
	free(form);

	/* Each limit of a day is asked of five magnitudes. */
	little_begin(&l);
	uint32_t limits[10], program = little_program(&l, "us.dm");
	for (uint32_t i = 0; i < 10; i++) {
		limits[i] = little_measure(&l, program, LAW_EFFECT_GRANT, 0);
		l.measure[limits[i]].limit = DOLLARS(100 + i);
		l.measure[limits[i]].limit_of = LAW_FACT_SHIPMENT_VALUE;
		l.measure[limits[i]].per = LAW_PER_PERSON_DAY;
	}
	form = form_of(limits, 10);
	assert_string_equal(form->unknown, "more thresholds than a key holds");
	free(form);
}

/* What was asked and is not in the form gives no plan. */
static void what_was_asked_must_be_held(void **state)
{
	(void)state;
	uint32_t floor = little_measure(&l, little_program(&l, "us.floor"), LAW_EFFECT_FLOOR,
					little_rate(&l, 15, 100));
	uint32_t items[] = {duty_when(ask_number(LAW_FACT_VALUE, DOLLARS(800), 1)), floor};
	struct form *form = form_of(items, 2);
	struct record record = {.words = 1u << LAW_FACT_CHANNEL};
	assert_null(form_covers(form, &record, false));
	record.unknown = "the moon";
	assert_string_equal(form_covers(form, &record, false), "the moon");
	record.unknown = NULL;
	record.words |= 1u << LAW_FACT_ORIGIN;
	assert_non_null(form_covers(form, &record, false));
	record.words = 0;
	record.comparisons = 2;
	record.comparison[0] = (struct comparison){LAW_FACT_VALUE, -1, DOLLARS(800), 1};
	record.comparison[1] = (struct comparison){LAW_FACT_DUTY, -1, 1, 1};
	assert_null(form_covers(form, &record, false));
	record.comparison[1] = (struct comparison){LAW_FACT_VALUE, -1, DOLLARS(801), 1};
	assert_non_null(form_covers(form, &record, false));
	record.comparisons = 0;
	record.floors = 1;
	record.floor[0].measure = floor;
	record.floor[0].floor = FLOOR_REACHED;
	assert_null(form_covers(form, &record, false));
	assert_non_null(form_covers(form, &record, true));
	record.floor[0].floor = FLOOR_UNKNOWN;
	assert_null(form_covers(form, &record, true));
	record.floor[0].measure = floor + 1;
	assert_non_null(form_covers(form, &record, true));
	free(form);
}

/* A plan is that of all bands in which the same would have been asked and answered. */
static void a_plan_spans_what_it_was_not_asked(void **state)
{
	static const struct {
		int64_t at;
		int8_t outcome;
		uint8_t first, last;
	} all[] = {{DOLLARS(800), -1, 0, 2},
		   {DOLLARS(800), 0, 3, 3},
		   {DOLLARS(800), 1, 4, 4},
		   {DOLLARS(100), -1, 0, 0},
		   {DOLLARS(100), 1, 2, 4}};
	(void)state;
	uint32_t items[] = {duty_when(ask_number(LAW_FACT_VALUE, DOLLARS(100), 1)),
			    duty_when(ask_number(LAW_FACT_VALUE, DOLLARS(800), 1))};
	struct form *form = form_of(items, 2);
	struct record record = {.comparisons = 1};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct plan_key key = {.flags = KEY_PLAIN};
		key.band[KEY_VALUE] = all[i].first;
		record.comparison[0] =
		    (struct comparison){LAW_FACT_VALUE, all[i].outcome, all[i].at, 1};
		plan_key_span(&key, form, &record, true);
		assert_int_equal(key.span[0], all[i].first);
		assert_int_equal(key.span[1], all[i].last);
		plan_key_span(&key, form, &record, false);
		assert_int_equal(key.span[1], all[i].first);
	}
	free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(bands_turn_at_thresholds, begin),
	    cmocka_unit_test_setup(a_shipment_has_its_own_bands, begin),
	    cmocka_unit_test_setup(not_all_can_be_held, begin),
	    cmocka_unit_test_setup(what_was_asked_must_be_held, begin),
	    cmocka_unit_test_setup(a_plan_spans_what_it_was_not_asked, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of values say what the same lines say as texts. */
#include "tidewaiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed;

static void check(bool good, const char *what)
{
	if (good)
		return;
	failed++;
	printf("FAIL %s\n", what);
}

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static void typed_is_text(const tw_rulebook *book)
{
	tw_assessor *many, *one;
	const struct tw_assessment *answer, *whole;
	struct tw_charge charge;
	struct tw_line line = TW_LINE_INIT;
	struct tw_typed_line typed = TW_TYPED_INIT;
	line.column[TW_COLUMN_HTS] = text("6109.10.0012");
	line.column[TW_COLUMN_ORIGIN] = text("China");
	line.column[TW_COLUMN_ENTERED] = text("2025-05-02");
	line.column[TW_COLUMN_CHANNEL] = text("express");
	line.column[TW_COLUMN_VALUE] = text("54.00");
	line.column[TW_COLUMN_QTY] = text("0.25 kg");
	line.column[TW_COLUMN_DESCRIPTION] = text("acetone");
	typed.hts = 6109100012;
	typed.digits = 10;
	typed.origin = TW_COUNTRY('C', 'N');
	typed.entered = 1746201600; /* noon in New York */
	typed.entered_is_date = true;
	typed.channel = TW_CHANNEL_EXPRESS;
	typed.value = 540000;
	typed.qty = 250000;
	typed.unit = tw_rulebook_unit_number(book, text("kg"));
	typed.description = text("acetone");
	check(!tw_assessor_new(&many, book, NULL, NULL), "an assessor");
	check(!tw_assessor_new(&one, book, NULL, NULL), "an assessor");
	check(typed.unit != 0, "kg is a unit");
	check(!tw_assess_many(&charge, many, &typed, 1, 0, NULL), "a typed line");
	check(!tw_assess(&answer, one, &line, NULL), "a line");
	check(charge.amount == answer->amount && charge.amount > 0, "the amount");
	check(charge.fees == answer->fees_amount, "the fees");
	check(charge.status == answer->status && charge.lane == answer->lane, "status and lane");
	check(charge.slot_count ==
		  4 * answer->layer_count + 3 * answer->choice_count + 4 * answer->fee_count + 2,
	      "the slots");
	for (size_t i = 0; i < answer->layer_count; i++)
		check(charge.slot[4 * i] == answer->layers[i].on &&
			  charge.slot[4 * i + 1] == answer->layers[i].amount,
		      "a layer");
	check(!tw_many_answer(&whole, many, 0, NULL), "the whole answer");
	check(whole->warning_count == answer->warning_count && whole->entered == answer->entered &&
		  !strcmp(whole->rate, answer->rate),
	      "the whole answer is that of the text");
	check(tw_many_answer(&whole, many, 1, NULL) == TW_BAD_ARGUMENT, "no second line");
	typed.digits = 7;
	struct tw_error error;
	check(tw_assess_many(&charge, many, &typed, 1, 0, &error) == TW_BAD_ARGUMENT &&
		  strstr(error.message, "seven"),
	      "a code of seven digits");
	check(tw_many_answer(&whole, many, 0, &error) == TW_BAD_ARGUMENT &&
		  strstr(error.message, "no line of the last"),
	      "after an error there are no lines");
	line.column[TW_COLUMN_SHIPMENT] = text("S-1");
	typed.line = &line;
	check(tw_assess_many(&charge, many, &typed, 1, TW_MANY_JOIN, NULL) == TW_BAD_ARGUMENT,
	      "a code of seven digits in a shipment");
	check(tw_many_answer(&whole, many, 0, &error) == TW_BAD_ARGUMENT &&
		  strstr(error.message, "no line of the last"),
	      "after an error in joining there are no lines");
	tw_assessor_free(many);
	tw_assessor_free(one);
}

/* Lines of a shipment that was filed under a type of entry which ends: with it their answer does.
   Type 86 was, until 2025-08-29T00:01 in New York (EO 14324). */
static void filed_type_ends(const tw_rulebook *book)
{
	enum { LINES = 6 };
	static const tw_time end = 1756440060;
	struct tw_line line[LINES];
	struct tw_typed_line typed[LINES];
	struct tw_charge charge[LINES];
	const struct tw_assessment *whole;
	struct tw_plans_state state = {.size = sizeof state};
	struct tw_options options = TW_OPTIONS_INIT;
	tw_assessor *many;
	tw_plans *plans;
	check(!tw_plans_new(&plans, book, &options, 0, NULL), "a table");
	options.plans = plans;
	check(!tw_assessor_new(&many, book, &options, NULL), "an assessor");
	for (size_t i = 0; i < LINES; i++) {
		line[i] = (struct tw_line)TW_LINE_INIT;
		line[i].column[TW_COLUMN_HTS] = text("6109100012");
		line[i].column[TW_COLUMN_ORIGIN] = text("VN");
		line[i].column[TW_COLUMN_ENTERED] = text("2025-08-20");
		line[i].column[TW_COLUMN_VALUE] = text(i ? "50" : "900");
		line[i].column[TW_COLUMN_SHIPMENT] = text("S-2");
		line[i].column[TW_COLUMN_ENTRY_TYPE] = text(i ? "" : "86");
		typed[i] = (struct tw_typed_line)TW_TYPED_INIT;
		typed[i].is_text = true;
		typed[i].line = &line[i];
	}
	check(!tw_assess_many(charge, many, typed, LINES, TW_MANY_JOIN, NULL), "a shipment");
	for (size_t i = 0; i < LINES; i++) {
		check(!tw_many_answer(&whole, many, i, NULL), "a line of it");
		check(whole->changes_on == end && charge[i].changes_on == end,
		      "the day of the type's end");
		check(!strcmp(whole->entry_type, "86"), "the type of the shipment");
	}
	check(charge[LINES - 1].plan != 0, "a line by its plan");
	tw_plans_state(plans, &state);
	check(!state.unlike, state.first);
	tw_assessor_free(many);
	tw_plans_free(plans);
}

/* Names of shipments and people are read as other columns are: blanks around them say nothing. */
static void blanks_around_names(const tw_rulebook *book)
{
	static const char *const names[][2] = {{"S-3", "S-3"}, {" S-3", "S-3 "}, {"S-3", "S-4"}};
	struct tw_charge charge[3][2];
	tw_assessor *many;
	check(!tw_assessor_new(&many, book, NULL, NULL), "an assessor");
	for (size_t n = 0; n < 3; n++) {
		struct tw_line line[2];
		struct tw_typed_line typed[2];
		for (size_t i = 0; i < 2; i++) {
			line[i] = (struct tw_line)TW_LINE_INIT;
			line[i].column[TW_COLUMN_HTS] = text("6109100012");
			line[i].column[TW_COLUMN_ORIGIN] = text("VN");
			line[i].column[TW_COLUMN_ENTERED] = text("2025-07-01");
			line[i].column[TW_COLUMN_CHANNEL] = text("express");
			line[i].column[TW_COLUMN_VALUE] = text(n == 1 ? " 500 " : "500");
			line[i].column[TW_COLUMN_RETAIL_VALUE] = text(n == 1 ? " " : "");
			line[i].column[TW_COLUMN_SHIPMENT] = text(names[n][i]);
			typed[i] = (struct tw_typed_line){.is_text = true, .line = &line[i]};
		}
		check(!tw_assess_many(charge[n], many, typed, 2, TW_MANY_JOIN, NULL), "two lines");
	}
	for (size_t i = 0; i < 2; i++) {
		check(charge[0][i].amount == charge[1][i].amount &&
			  charge[0][i].fees == charge[1][i].fees,
		      "blanks around the name of a shipment");
		check(charge[0][i].amount > 0 && !charge[2][i].amount,
		      "only the whole shipment is over the limit");
	}
	tw_assessor_free(many);
}

int main(void)
{
	const tw_rulebook *book;
	if (tw_rulebook_default(&book, NULL))
		return 1;
	typed_is_text(book);
	filed_type_ends(book);
	blanks_around_names(book);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* An assessor; the door to the screen for chemicals. */
#include "assess/assessor.h"

#include "assess/answer.h"
#include "assess/declared.h"
#include "assess/reading.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/given.h"
#include "rulebook/units.h"

#include <stdlib.h>
#include <string.h>

/* The first quantity of the line that is a mass or a volume, as lists count it; -1: none is. */
static int64_t amount_of(const tw_assessor *a,
			 bool (*scale)(int64_t *, const struct rb *, uint32_t, int64_t))
{
	static const int order[] = {2, 0, 1};
	for (size_t i = 0; i < 3; i++) {
		const struct quantity *q = &a->facts.qty[order[i]];
		int64_t amount;
		if (!q->given)
			continue;
		if (q->unit == RB_NONE && order[i] == 2 && scale == units_milligrams)
			return q->amount; /* kg in millionths: milligrams */
		if (q->unit != RB_NONE && scale(&amount, a->rb, q->unit, q->amount))
			return amount;
	}
	return -1;
}

void assessor_look(struct screen_result *out, tw_assessor *a, const struct tw_line *line)
{
	const struct facts *f = &a->facts;
	const struct rb_country *country = a->rb->countries;
	struct screen_facts facts;
	char hts[16];
	memset(&facts, 0, sizeof facts);
	memcpy(facts.into, f->into, 3);
	if (f->origin != RB_NONE)
		memcpy(facts.origin, country[f->origin].iso2, 3);
	if (f->ship_from != RB_NONE)
		memcpy(facts.ship_from, country[f->ship_from].iso2, 3);
	for (uint32_t i = 0; i < f->via_count; i++)
		memcpy(facts.via[facts.via_count++], country[f->via[i]].iso2, 3);
	facts.entered = f->entered;
	facts.undated = !f->has_entered;
	facts.weight = amount_of(a, units_milligrams);
	facts.volume = amount_of(a, units_microlitres);
	answer_digits(hts, f->code_low, f->digits);
	facts.hts = hts;
	if (line->month && f->has_entered) {
		int year, month, day;
		facts.line = line;
		facts.month = line->month;
		time_date(time_local_day((enum time_zone)f->zone, f->entered), &year, &month, &day);
		fit_print(facts.month_text, sizeof facts.month_text, "%04d-%02d", year, month);
	}
	screen_line(out, a->screen, line, &facts);
}

void assessor_screen(tw_assessor *a, const struct tw_line *line)
{
	struct screen_result result;
	assessor_look(&result, a, line);
	a->out.weight = amount_of(a, units_milligrams);
	a->out.volume = amount_of(a, units_microlitres);
	a->out.substances = result.substances;
	a->out.substance_count = result.substance_count;
	a->overflow = a->overflow || result.overflow;
	a->out.controls = result.controls;
	a->out.control_count = result.control_count;
	a->out.sums = result.sums;
	a->out.sum_count = result.sum_count;
	for (size_t i = 0; i < result.warning_count; i++)
		answer_say(&a->warnings, result.warnings[i]);
	a->out.goods = result.lane;
	/* Of a refused line nothing but its goods is known: where they are harmless it has no lane.
	 */
	if (a->out.status != TW_STATUS_REFUSED || result.lane > TW_LANE_GREEN)
		a->out.lane = result.lane > a->out.lane ? result.lane : a->out.lane;
}

int tw_assessor_new(tw_assessor **out, const tw_rulebook *book, const struct tw_options *options,
		    struct tw_error *error)
{
	struct tw_options all;
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!book)
		return error_null(error, "rulebook");
	int code = given_options(&all, options, error);
	if (code)
		return code;
	tw_assessor *a = calloc(1, sizeof *a);
	if (!a)
		return error_memory(error);
	a->book = book;
	a->rb = rulebook_layout(book);
	a->options = all;
	vocabulary_make(&a->words, a->rb);
	size_t most = 1, goods = 1;
	for (uint32_t i = 0; i < a->rb->jurisdiction_count; i++) {
		const struct rb_jurisdiction *j = &a->rb->jurisdictions[i];
		most = j->not_covered.count > most ? j->not_covered.count : most;
		most = j->before_covered.count > most ? j->before_covered.count : most;
		goods = j->goods_count > goods ? j->goods_count : goods;
	}
	if (!(a->not_covered = calloc(most, sizeof *a->not_covered)) ||
	    !(a->goods_met = calloc((goods + 63) / 64, sizeof *a->goods_met))) {
		tw_assessor_free(a);
		return error_memory(error);
	}
	int joined = plans_join(&a->plans, book, &a->options, error);
	if (joined) {
		tw_assessor_free(a);
		return joined;
	}
	a->words.tables = &a->tables;
	a->words.today = a->options.today;
	a->words.restore_zeros = a->options.restore_zeros;
	code = screen_new(&a->screen, book, error);
	if (!code)
		screen_zones(a->screen, a->words.zone);
	if (!code && (!declared_find_voids(a) || !tables_make(&a->tables, a->rb)))
		code = error_memory(error);
	if (code) {
		tw_assessor_free(a);
		return code;
	}
	condition_assume(&a->tables, &a->words);
	if (!tables_look_out(&a->tables, a->rb)) {
		tw_assessor_free(a);
		return error_memory(error);
	}
	*out = a;
	return TW_OK;
}

void tw_assessor_free(tw_assessor *a)
{
	if (!a)
		return;
	plans_leave(&a->plans);
	screen_free(a->screen);
	tables_free(&a->tables);
	free(a->voids);
	free(a->instants);
	free(a->not_covered);
	free(a->goods_met);
	free(a);
}

bool tw_claim_fits(tw_assessor *a, size_t claim, struct tw_text text)
{
	return a && text.at && claim < a->rb->claim_count && a->rb->jurisdiction_count != 0 &&
	       claims_fit(&a->words, (uint32_t)claim, text);
}

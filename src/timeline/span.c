/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the answers at many instants, see span.h. Two answers of one plan and one number of
 * remarks differ in what a charge says alone (struct tw_charge); so one of each plan is kept and
 * the texts of each number of remarks, and filled with the charge of another code, origin and day.
 */
#include "timeline/span.h"

#include "common/error.h"
#include "common/tariff_code.h"
#include "common/words.h"
#include "timeline/plain.h"
#include "timeline/timeline.h"

#include <stdlib.h>
#include <string.h>

enum {
	PLAN_BITS = 14,
	REMARK_BITS = 15,
	KEPT = 1 << 15 /* at the most; then all are forgotten before the next line */
};

struct kept_plan {
	uint32_t number; /* 0: none */
	const struct tw_assessment *answer;
};
struct kept_remarks {
	uint32_t number;
	const char *const *missing, *const *warnings;
	size_t missing_count, warning_count;
	struct tw_adcvd adcvd;
};

struct span {
	tw_assessor *assessor;
	enum time_zone zone;
	/* The line. */
	struct tw_line line;
	bool is_plain;
	struct plain plain;
	/* The block. */
	const struct span_at *at;
	struct tw_typed_line typed[SPAN_BLOCK];
	struct tw_charge charge[SPAN_BLOCK];
	char entered[26], code[11];
	/* What was told last; plan 0: no plan's. */
	struct tw_charge last;
	uint64_t last_code;
	tw_money *slot;
	size_t slot_room;
	/* From line to line. */
	struct plain common; /* what all of them say */
	struct pad pad;
	struct kept_plan *plan;
	struct kept_remarks *remarks;
	size_t kept;
};

int span_new(struct span **out, const tw_rulebook *rulebook, tw_assessor *assessor,
	     struct tw_error *error)
{
	struct span *s = calloc(1, sizeof *s);
	*out = s;
	if (!s || !(s->plan = calloc(1 << PLAN_BITS, sizeof *s->plan)) ||
	    !(s->remarks = calloc(1 << REMARK_BITS, sizeof *s->remarks)))
		return error_memory(error);
	s->assessor = assessor;
	pad_fix(&s->pad, rulebook);
	return TW_OK;
}

void span_free(struct span *span)
{
	if (!span)
		return;
	pad_free(&span->pad);
	free(span->plan);
	free(span->remarks);
	free(span->slot);
	free(span);
}

static void forget(struct span *s)
{
	memset(s->plan, 0, (1 << PLAN_BITS) * sizeof *s->plan);
	memset(s->remarks, 0, (1 << REMARK_BITS) * sizeof *s->remarks);
	pad_reset(&s->pad);
	s->kept = 0;
}

void span_begin(struct span *s, const struct tw_line *line, enum time_zone zone)
{
	s->line = *line;
	s->zone = zone;
	s->last.plan = 0;
	s->is_plain = plain_read(&s->plain, line);
	/* Of another value nothing that is kept is said; steps that were told lend texts of it. */
	if (s->kept == KEPT || (s->is_plain && !plain_alike(&s->common, &s->plain)))
		forget(s);
	if (s->is_plain)
		s->common = s->plain;
}

int span_ask(struct span *s, const struct span_at *at, size_t count, struct tw_error *error)
{
	s->at = at;
	if (!s->is_plain)
		return TW_OK;
	for (size_t i = 0; i < count; i++) {
		struct tw_typed_line *to = &s->typed[i];
		*to = s->plain.typed;
		to->entered = at[i].at;
		if (at[i].code) {
			to->hts = at[i].code;
			to->digits = 10;
		}
	}
	return tw_assess_many(s->charge, s->assessor, s->typed, count, TW_MANY_LEAVE, error);
}

/* Slots and sums as well as what the base duty is printed as. */
static bool same_charge(const struct tw_charge *a, const tw_money *slot, const struct tw_charge *b)
{
	return a->plan == b->plan && a->remarks == b->remarks && a->slot_count == b->slot_count &&
	       a->status == b->status && a->has_amount == b->has_amount && a->amount == b->amount &&
	       a->relieved == b->relieved && a->additional == b->additional &&
	       a->refundable == b->refundable && a->fees == b->fees &&
	       a->base_amount == b->base_amount && a->rate == b->rate &&
	       !strcmp(a->base_rate, b->base_rate) &&
	       !memcmp(slot, b->slot, a->slot_count * sizeof *slot);
}

bool span_is_same(const struct span *s, size_t index)
{
	const struct tw_charge *charge = &s->charge[index];
	return s->is_plain && s->last.plan && !charge->left && charge->base_rate &&
	       s->last_code == s->at[index].code && same_charge(&s->last, s->slot, charge);
}

static bool note_last(struct span *s, size_t index)
{
	const struct tw_charge *charge = &s->charge[index];
	s->last.plan = 0;
	if (!charge->plan || !charge->slot || !charge->base_rate)
		return true;
	if (charge->slot_count > s->slot_room) {
		tw_money *slot = realloc(s->slot, charge->slot_count * sizeof *slot);
		if (!slot)
			return false;
		s->slot = slot;
		s->slot_room = charge->slot_count;
	}
	s->last = *charge;
	s->last_code = s->at[index].code;
	memcpy(s->slot, charge->slot, charge->slot_count * sizeof *s->slot);
	return true;
}

static size_t place_of(uint32_t number, unsigned bits)
{
	return (number * UINT32_C(0x9e3779b1)) >> (32 - bits);
}

/* What is kept of a plan or of remarks; NULL: nothing. */
static const struct kept_plan *find_plan(const struct span *s, uint32_t number)
{
	const struct kept_plan *kept = &s->plan[place_of(number, PLAN_BITS)];
	return number && kept->number == number ? kept : NULL;
}

static const struct kept_remarks *find_remarks(const struct span *s, uint32_t number)
{
	const struct kept_remarks *kept = &s->remarks[place_of(number, REMARK_BITS)];
	return number && kept->number == number ? kept : NULL;
}

/* By itself, as its texts say. */
static int assess(const struct tw_assessment **out, struct span *s, size_t index,
		  struct tw_error *error)
{
	const struct span_at *at = &s->at[index];
	struct tw_line line = s->line;
	time_print(s->entered, at->at, 0);
	line.column[TW_COLUMN_ENTERED] = (struct tw_text){s->entered, strlen(s->entered)};
	if (at->code)
		line.column[TW_COLUMN_HTS] = follow_write(s->code, at->code);
	return tw_assess(out, s->assessor, &line, error);
}

/* Taxes, and what they come to; the place after theirs. */
static const tw_money *fill_taxes(struct tw_assessment *a, struct tw_tax *taxes,
				  const tw_money *slot)
{
	a->taxes_amount = 0;
	for (size_t i = 0; i < a->tax_count; i++, slot += 4) {
		taxes[i].amount = slot[0];
		taxes[i].on = slot[1];
		taxes[i].value = slot[2];
		taxes[i].duty = slot[3];
		if (taxes[i].amount < 0)
			a->taxes_amount = -1;
		else if (a->taxes_amount >= 0)
			a->taxes_amount += taxes[i].amount;
	}
	return slot;
}

/* What a charge says of layers, choices, fees and taxes, and what of the whole. */
static void fill_amounts(struct tw_assessment *a, struct tw_layer *layers,
			 struct tw_choice *choices, struct tw_fee *fees, struct tw_tax *taxes,
			 const struct tw_charge *charge)
{
	const tw_money *slot = charge->slot;
	for (size_t i = 0; i < a->layer_count; i++, slot += 4) {
		layers[i].on = slot[0];
		layers[i].amount = slot[1];
		layers[i].over_base = slot[2];
		layers[i].shipment = slot[3];
	}
	for (size_t i = 0; i < a->choice_count; i++, slot += 3) {
		choices[i].amount = slot[0];
		choices[i].relieved = slot[1];
		choices[i].refundable = slot[2];
	}
	for (size_t i = 0; i < a->fee_count; i++, slot += 4) {
		fees[i].amount = slot[0];
		fees[i].on = slot[1];
		fees[i].shipment_amount = slot[2];
		fees[i].shipment_on = slot[3];
	}
	slot = fill_taxes(a, taxes, slot);
	a->least = slot[0];
	a->greatest = slot[1];
	a->status = (enum tw_status)charge->status;
	a->lane = (enum tw_lane)charge->lane;
	a->has_amount = charge->has_amount;
	a->amount = charge->amount;
	a->relieved = charge->relieved;
	a->additional = charge->additional;
	a->refundable = charge->refundable;
	a->fees_amount = charge->fees;
	a->base_amount = charge->base_amount;
	a->rate[0] = '\0';
	if (charge->rate >= 0)
		words_percent(a->rate, charge->rate);
}

/* The base duty bears the code, and is the schedule's of this code. */
static bool fill_base(struct tw_assessment *a, struct tw_layer *layers,
		      const struct tw_charge *charge, struct pad *pad)
{
	char heading[16];
	for (size_t i = 0; i < a->layer_count; i++) {
		const char **by;
		if (layers[i].kind != TW_LAYER_BASE)
			continue;
		tariff_code_print(heading, a->hts);
		if (!(layers[i].heading = pad_text(pad, heading, strlen(heading))))
			return false;
		layers[i].rate = charge->base_rate;
		layers[i].by.count = charge->base_by != NULL;
		if (!(by = pad_alloc(pad, 1, sizeof *by)))
			return false;
		*by = charge->base_by;
		layers[i].by.id = by;
	}
	return true;
}

static void *copy(struct pad *pad, const void *from, size_t count, size_t size)
{
	void *to = pad_alloc(pad, count ? count : 1, size);
	return to && count ? memcpy(to, from, count * size) : to;
}

/* What is kept of the plan, as the answer of this line and instant. */
static const struct tw_assessment *fill(const struct span *s, const struct kept_plan *plan,
					const struct kept_remarks *remarks, size_t index,
					struct pad *pad)
{
	const struct tw_typed_line *line = &s->typed[index];
	const struct tw_assessment *from = plan->answer;
	const char origin[] = {(char)(line->origin >> 8), (char)(line->origin & 0xff)};
	struct tw_assessment *a = copy(pad, from, 1, sizeof *a);
	struct tw_layer *layers = copy(pad, from->layers, from->layer_count, sizeof *layers);
	struct tw_choice *choices = copy(pad, from->choices, from->choice_count, sizeof *choices);
	struct tw_fee *fees = copy(pad, from->fees, from->fee_count, sizeof *fees);
	struct tw_tax *taxes = copy(pad, from->taxes, from->tax_count, sizeof *taxes);
	if (!a || !layers || !choices || !fees || !taxes || !(a->origin = pad_text(pad, origin, 2)))
		return NULL;
	uint64_t code = line->hts;
	a->layers = layers;
	a->choices = choices;
	a->fees = fees;
	a->taxes = taxes;
	a->missing = remarks->missing;
	a->missing_count = remarks->missing_count;
	a->warnings = remarks->warnings;
	a->warning_count = remarks->warning_count;
	a->adcvd = remarks->adcvd;
	for (unsigned i = line->digits; i-- > 0; code /= 10)
		a->hts[i] = (char)('0' + code % 10);
	a->hts[line->digits] = '\0';
	a->entered = line->entered;
	a->entered_offset = time_offset(s->zone, line->entered);
	fill_amounts(a, layers, choices, fees, taxes, &s->charge[index]);
	return fill_base(a, layers, &s->charge[index], pad) ? a : NULL;
}

static bool keep_plan(struct span *s, uint32_t number, const struct tw_assessment *answer)
{
	if (s->kept == KEPT || find_plan(s, number))
		return true;
	const struct tw_assessment *kept = keep_answer(&s->pad, answer);
	if (kept)
		s->plan[place_of(number, PLAN_BITS)] = (struct kept_plan){number, kept};
	s->kept++;
	return kept;
}

static bool keep_remarks(struct span *s, uint32_t number, const struct tw_assessment *answer)
{
	if (s->kept == KEPT || find_remarks(s, number))
		return true;
	struct kept_remarks kept = {
	    .number = number,
	    .missing = keep_texts(&s->pad, answer->missing, answer->missing_count),
	    .warnings = keep_texts(&s->pad, answer->warnings, answer->warning_count),
	    .adcvd = answer->adcvd,
	    .missing_count = answer->missing_count,
	    .warning_count = answer->warning_count};
	bool whole = keep_adcvd(&s->pad, &kept.adcvd) && kept.missing && kept.warnings;
	if (whole)
		s->remarks[place_of(number, REMARK_BITS)] = kept;
	s->kept++;
	return whole;
}

/*
 * Keeps what an answer by a plan says for the lines behind it. Which orders there are is of the
 * remarks; where the line declares something of them, the plan and the value have a say too.
 */
static bool keep(struct span *s, const struct tw_charge *charge, const struct tw_assessment *answer)
{
	if (!charge->plan || !charge->remarks || !charge->base_rate || *answer->adcvd.declared)
		return true;
	return keep_plan(s, charge->plan, answer) && keep_remarks(s, charge->remarks, answer);
}

/* A whole answer: of a line of values one that its plan is made of. */
static int assess_whole(const struct tw_assessment **out, bool *is_kept, struct span *s,
			size_t index, struct pad *pad, struct tw_error *error)
{
	const struct tw_assessment *answer;
	if (!s->is_plain)
		return assess(out, s, index, error);
	int code = tw_many_answer(&answer, s->assessor, index, error);
	if (!code && answer->status == TW_STATUS_REFUSED) /* it tells what is written */
		return assess(out, s, index, error);
	if (code)
		return code;
	if (!(*out = keep_answer(pad, answer)) || !keep(s, &s->charge[index], answer))
		return error_memory(error);
	*is_kept = true;
	return TW_OK;
}

int span_tell(const struct tw_assessment **out, bool *is_kept, struct span *s, size_t index,
	      struct pad *pad, struct tw_error *error)
{
	const struct tw_charge *charge = &s->charge[index];
	const struct kept_plan *plan = NULL;
	const struct kept_remarks *remarks = NULL;
	int code = TW_OK;
	*is_kept = false;
	if (s->is_plain && !charge->left && charge->base_rate) {
		plan = find_plan(s, charge->plan);
		remarks = find_remarks(s, charge->remarks);
	}
	if (plan && remarks) {
		if (!(*out = fill(s, plan, remarks, index, pad)))
			return error_memory(error);
		*is_kept = true;
	} else {
		code = assess_whole(out, is_kept, s, index, pad, error);
	}
	if (!code && s->is_plain && !note_last(s, index))
		return error_memory(error);
	return code;
}

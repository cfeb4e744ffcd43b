/* SPDX-License-Identifier: Apache-2.0 */
/* Every reading of a line, see readings.h. Holds no duties itself. */
#include "assess/readings.h"

#include "assess/agree.h"
#include "assess/answer.h"
#include "assess/codes.h"
#include "assess/matter.h"
#include "assess/no_code.h"
#include "assess/rate.h"
#include "assess/season.h"
#include "assess/share.h"
#include "assess/value.h"
#include "common/capped.h"
#include "common/legal.h"
#include "rulebook/docket.h"

#include <string.h>

static void widen(struct bounds *b, tw_money amount, const struct rb_leaf *leaf)
{
	uint64_t code = leaf ? rb_low(leaf) : 0;
	uint32_t digits = leaf ? leaf->digits : 0;
	if (!b->any || amount < b->least) {
		b->least = amount;
		b->least_code = code;
		b->least_digits = digits;
	}
	if (!b->any || amount > b->greatest) {
		b->greatest = amount;
		b->greatest_code = code;
		b->greatest_digits = digits;
	}
	b->any = true;
}

static uint32_t bits(uint8_t mask)
{
	uint32_t count = 0;
	for (; mask != 0; mask &= (uint8_t)(mask - 1))
		count++;
	return count;
}

static const char *open_name(tw_assessor *a, const struct reading *reading, uint32_t i)
{
	const struct rb_claim *claim = &a->rb->claims[a->rb->atoms[reading->open[i]].claim];
	return JOIN(a, rb_text(a->rb, claim->name), ": ", rb_text(a->rb, claim->title));
}

static const char *metal_name(tw_assessor *a, unsigned part)
{
	const struct rb_claim *claim = &a->rb->claims[a->words.part_claim[part]];
	return answer_keep(a,
			   "%s: several metals are listed for this code; declare the value of each",
			   rb_text(a->rb, claim->name));
}

/* What one tariff line comes to under one reading of its facts: the same for the payer? */
static bool same_answer(const struct stack *a, const struct relief *x, const struct stack *b,
			const struct relief *y)
{
	if (relief_free(x) || relief_free(y))
		return x->eligible == y->eligible && x->nothing_due == y->nothing_due;
	return a->known == b->known && a->amount == b->amount && a->additional == b->additional &&
	       a->refundable == b->refundable && a->prohibited == b->prohibited;
}

static bool same_taxes(const struct relief *x, const struct relief *y)
{
	return x->tax_count == y->tax_count &&
	       memcmp(x->tax, y->tax, x->tax_count * sizeof *x->tax) == 0;
}

/* Fees, taxes and the type of entry. */
static bool same_entry(const struct relief *x, const struct relief *y)
{
	if (x->entry != y->entry || x->fee_count != y->fee_count || !same_taxes(x, y))
		return false;
	for (size_t i = 0; i < x->fee_count; i++)
		if (x->fee[i].measure != y->fee[i].measure || x->fee[i].amount != y->fee[i].amount)
			return false;
	return true;
}

/* A shipment is one entry: the type filed with one of its lines is that of all. */
static struct tw_text find_filed(const tw_assessor *a)
{
	const struct tw_shipment_amount *all = share_of(a->facts.line, SHARE_ENTRY);
	if (a->facts.entry_type.length != 0 || !all || all->amount < 0 ||
	    all->amount >= a->rb->measure_count ||
	    a->rb->measures[all->amount].effect != LAW_EFFECT_FILED)
		return a->facts.entry_type;
	const char *word = rb_text(a->rb, a->rb->measures[all->amount].word);
	return (struct tw_text){word, strlen(word)};
}

void readings_take_filed(tw_assessor *a)
{
	a->filed = find_filed(a);
	a->filed_type = steps_type(&a->tables.steps, a->rb, a->filed);
}

void readings_begin(tw_assessor *a)
{
	a->settled = (struct settled){.entry_type = a->filed, .type = a->filed_type};
}

/* Exemption, entry type and fees of one tariff line under one reading. */
static void find_relief(tw_assessor *a, struct relief *out, const struct stack *stack,
			struct reading *reading, const struct items *items)
{
	bool frozen = reading->frozen;
	readings_begin(a);
	a->settled.duty = stack->amount;
	a->settled.additional = stack->additional;
	reading->frozen = true;
	uint32_t count;
	const uint32_t *tail = rb_tail_items(a->rb, items->docket, &count);
	relief_find(out, reading, &a->settled, tail, count);
	reading->frozen = frozen;
}

static void widen_by_choices(struct bounds *b, const struct stack *stack,
			     const struct rb_leaf *leaf)
{
	for (size_t i = 0; i < stack->choice_count; i++) {
		widen(b, stack->choice[i].amount, leaf);
		b->open = b->open || stack->choice[i].unknown;
	}
}

/* Count what a reading comes to. */
static void count_reading(struct bounds *b, const struct stack *stack, const struct relief *relief,
			  const struct rb_leaf *leaf)
{
	if (!relief_free(relief) && !b->not_free) {
		b->not_free = true;
		b->reason = relief->reason;
		b->program = relief->program;
		b->by = relief->by;
	}
	b->some_free = b->some_free || relief_free(relief);
	if (relief->eligible && (!b->has_room || relief->room < b->room)) {
		b->has_room = true;
		b->room = relief->room;
	}
	if (relief_free(relief))
		widen(b, 0, leaf);
	else if (stack->known)
		widen(b, stack->amount, leaf);
	else if (stack->choice_count != 0)
		widen_by_choices(b, stack, leaf);
	else
		b->open = true;
}

/* What is not counted is not copied. */
static void copy(struct relief *to, const struct relief *from)
{
	memcpy(to, from, offsetof(struct relief, fee) + from->fee_count * sizeof *from->fee);
}

/* Keep the fees that are due under the other reading, or on the other tariff line, too. */
static void keep_fees(struct relief *shown, const struct relief *other)
{
	size_t kept = 0;
	shown->fees = 0;
	for (size_t i = 0; i < shown->fee_count; i++)
		for (size_t k = 0; k < other->fee_count; k++)
			if (shown->fee[i].measure == other->fee[k].measure &&
			    shown->fee[i].amount == other->fee[k].amount) {
				shown->fees = capped_sum(shown->fees, shown->fee[i].amount);
				shown->fee[kept++] = shown->fee[i];
				break;
			}
	shown->fee_count = kept;
}

/* So with taxes; what they come to together is not known then. */
static void keep_taxes(struct relief *shown, const struct relief *other)
{
	size_t kept = 0;
	shown->taxed = shown->taxed || other->taxed;
	shown->taxes_unlike =
	    shown->taxes_unlike || other->taxes_unlike || !same_taxes(shown, other);
	for (size_t i = 0; i < shown->tax_count; i++)
		for (size_t k = 0; k < other->tax_count; k++)
			if (shown->tax[i] == other->tax[k]) {
				shown->tax[kept++] = shown->tax[i];
				break;
			}
	shown->tax_count = kept;
}

/*
 * Every other reading of one tariff line: open claims, and which of several metals it is: one
 * of them the whole, none, or a trace of one; and the whole or none with a trace of the others.
 * From the trace to the whole a duty is a straight line in the value of each metal, and a duty
 * that falls where a metal is there at all is in the readings with its trace and not in those
 * without. So what these readings agree on holds for every division of the value, and no division
 * lies outside them.
 */
static void try_readings(tw_assessor *a, struct stack_input *input, struct bounds *b,
			 struct stack *shown, struct relief *relief, const struct rb_leaf *leaf,
			 const struct items *items)
{
	struct relief *trial = &a->trial_relief;
	struct reading *reading = input->reading;
	uint32_t open = reading->open_count, metals = bits(shown->metals);
	bool metals_differ = false;
	metals = metals > 1 ? 3 * metals + 2 : 1;
	copy(&a->common_relief, relief);
	condition_note_readings(reading);
	reading->frozen = true;
	for (uint32_t flipped = 0; flipped < 1u << open; flipped++)
		for (uint32_t metal = 0; metal < metals; metal++) {
			if (flipped == 0 && metal == 0)
				continue;
			reading->flipped = flipped;
			input->metal = (uint8_t)metal;
			readings_begin(a);
			stack_make(&a->trial, input);
			find_relief(a, trial, &a->trial, reading, items);
			count_reading(b, &a->trial, trial, leaf);
			plan_note_reading(a, reading, shown, relief, input->value);
			agree_warnings(shown, &a->trial);
			a->overflow = a->overflow || a->trial.overflow || trial->overflow;
			keep_fees(&a->common_relief, trial);
			keep_taxes(&a->common_relief, trial);
			if (same_answer(&a->trial, trial, shown, relief) &&
			    same_entry(trial, relief))
				continue;
			b->unlike = true;
			metals_differ = metals_differ || metal != 0;
			for (uint32_t i = 0; i < open; i++)
				if ((flipped >> i & 1) != 0) {
					answer_say(&a->missing, open_name(a, reading, i));
					plan_note_missing(a, reading->open[i]);
				}
		}
	copy(relief, &a->common_relief);
	a->overflow = a->overflow || reading->overflow;
	if (metals_differ)
		plan_note_metals(a, shown->metals);
	reading->flipped = 0;
	input->metal = 0;
	for (unsigned i = 0; metals_differ && i < RB_REST; i++)
		if ((shown->metals >> i & 1) != 0)
			answer_say(&a->missing, metal_name(a, i));
}

static void assess_leaf(tw_assessor *a, struct stack *out, struct relief *relief,
			struct base_duty *base, struct bounds *b, const struct rb_leaf *leaf,
			struct items *items)
{
	struct reading reading = {.rb = a->rb,
				  .words = &a->words,
				  .facts = &a->facts,
				  .settled = &a->settled,
				  .record = a->record};
	struct stack_input input = {.reading = &reading, .base = base};
	readings_begin(a);
	moment_items(a, items, leaf);
	value_find(a, &input.value, &input.whole_value);
	base_find(base, &a->words, &a->facts, codes_base(a, leaf), input.value,
		  moment_bond(a, leaf) ? a->facts.it_date : a->facts.entered);
	input.items = items->list;
	input.item_count = items->count;
	input.parted = items->parted;
	stack_make(out, &input);
	find_relief(a, relief, out, &reading, items);
	count_reading(b, out, relief, leaf);
	matter_find(a, items->docket, out->assumed_zero);
	a->overflow = a->overflow || out->overflow || relief->overflow || reading.overflow;
	if (reading.open_count != 0 || bits(out->metals) > 1)
		try_readings(a, &input, b, out, relief, leaf, items);
}

bool readings_same_base(const struct readings_line *x, const struct readings_line *y)
{
	const struct rb_base *p = x->base, *q = y->base;
	if (x->leaf->base_count == 0 || y->leaf->base_count == 0)
		return true;
	return p && q && p->general == q->general && p->column2 == q->column2 &&
	       p->specials.first == q->specials.first && p->unit1 == q->unit1 &&
	       p->unit2 == q->unit2;
}

bool readings_alike(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		    uint32_t origin, const struct readings_line *x, const struct readings_line *y)
{
	return readings_same_base(x, y) &&
	       (x->leaf->goods == y->leaf->goods ||
		lookup_docket(rb, j, epoch, x->leaf->goods, origin) ==
		    lookup_docket(rb, j, epoch, y->leaf->goods, origin));
}

/* Goods that take the rates of another time than their entry are of two epochs. */
static bool alike(tw_assessor *a, const struct rb_leaf *x, const struct rb_leaf *y)
{
	const struct facts *f = &a->facts;
	const struct readings_line one = {x, codes_base(a, x)}, two = {y, codes_base(a, y)};
	if (x->goods != y->goods &&
	    (f->has_it_date || facts_said(f, a->words.ftz_admitted) || no_code(a)))
		return false;
	return readings_alike(a->rb, f->jurisdiction,
			      lookup_epoch(a->rb, f->jurisdiction, f->entered), f->origin, &one,
			      &two);
}

/* Another tariff line under the code: what it comes to, and what it has in common. */
static void assess_other(tw_assessor *a, struct bounds *b, const struct rb_leaf *leaf)
{
	struct items items;
	struct base_duty base;
	const struct settled settled = a->settled;
	tw_money value, whole;
	uint64_t matter[RB_CLAIMS / 64];
	memcpy(matter, a->matter, sizeof matter);
	if (no_code(a))
		memset(a->matter, 0, sizeof a->matter);
	assess_leaf(a, &a->other, &a->other_relief, &base, b, leaf, &items);
	no_code_count(a, b, &a->other, &a->other_relief);
	if (no_code(a)) {
		no_code_part(a, matter);
	} else {
		a->stack.assumed_zero |= a->other.assumed_zero;
		a->stack.assumed_whole |= a->other.assumed_whole;
		a->stack.apart = a->stack.apart || a->other.apart;
	}
	value_find(a, &value, &whole);
	a->rates_differ = a->rates_differ || rate_sum(a, &a->other, &base, value) !=
						 rate_sum(a, &a->stack, &a->base, value);
	if (!same_answer(&a->other, &a->other_relief, &a->stack, &a->relief))
		b->codes_differ = true;
	if (!agree_with(a, &a->other))
		b->codes_differ = b->unlike = true;
	if (!same_entry(&a->other_relief, &a->relief)) {
		b->codes_differ = b->unlike = true;
		a->entry_differs = a->entry_differs || a->other_relief.entry != a->relief.entry;
		keep_fees(&a->relief, &a->other_relief);
	}
	keep_taxes(&a->relief, &a->other_relief);
	if (a->other_relief.no_such_type != a->relief.no_such_type) {
		b->codes_differ = b->open = true;
		a->relief.no_such_type = false;
	}
	if (a->other.prohibited != a->stack.prohibited) {
		b->prohibited = b->open = true;
		a->stack.prohibited = RB_NONE;
	}
	/* Nothing is due either way, but not for the same reason. */
	if (relief_free(&a->relief) && relief_free(&a->other_relief) &&
	    a->relief.eligible != a->other_relief.eligible) {
		a->relief.eligible = false;
		a->relief.nothing_due = true;
	}
	a->settled.entry_type = settled.entry_type;
	a->settled.type = settled.type;
}

const struct rb_leaf *readings_assess(tw_assessor *a, struct leaf_range range, struct bounds *b,
				      struct items *items)
{
	const struct rb_leaf *first = NULL, *last = NULL;
	bool any_current = false, several = false;
	no_code_begin(a);
	for (uint32_t i = range.first; i < range.last; i++)
		any_current |= lookup_base(a->rb, &a->rb->leaves[i], a->facts.entered) != NULL;
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (any_current && !lookup_base(a->rb, leaf, a->facts.entered))
			continue;
		if (!season_open(a, leaf) || no_code_met(a, leaf))
			continue;
		if (!first) {
			assess_leaf(a, &a->stack, &a->relief, &a->base, b, leaf, items);
			no_code_count(a, b, &a->stack, &a->relief);
			agree_begin(a);
			first = last = leaf;
			continue;
		}
		if (!no_code(a) && (alike(a, last, leaf) || alike(a, first, leaf)))
			continue;
		last = leaf;
		if (a->record && !a->record->unknown)
			a->record->unknown = "several tariff lines";
		assess_other(a, b, leaf);
		several = true;
	}
	if (several)
		agree_end(a, bounds_agree(b));
	if (no_code(a) && b->open)
		a->missing.count = 0; /* what one kind of goods would need */
	return first;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to say about an answer beside its figures. Changes none of them. */
#include "parts.h"

#include "law.h"

#include <string.h>

void remarks_missing(tw_assessor *a, const struct bounds *b)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	if (!a->facts.has_value)
		answer_say(&a->missing, "value: the customs value");
	bool base_open = false;
	for (size_t i = 0; i < a->stack.layer_count; i++)
		base_open |= a->stack.layer[i].measure == RB_NONE && a->stack.layer[i].unknown;
	for (size_t i = 0; i < 2; i++)
		if (base_open)
			answer_say(&a->missing, answer_keep(a, "%s", a->base.missing[i]));
	if (base_open && !j->has_schedule)
		for (uint32_t i = 0; i < j->missing.count; i++)
			answer_say(&a->missing,
				   rb_text(a->rb, a->rb->indexes[j->missing.first + i]));
	for (size_t i = 0; i < a->stack.unknown_count; i++) {
		const struct rb_measure *m = &a->rb->measures[a->stack.unknown_scope[i]];
		answer_say(&a->missing, answer_keep(a, "list: %s %s: %s",
						    rb_text(a->rb, a->rb->programs[m->program].id),
						    rb_text(a->rb, m->heading),
						    rb_text(a->rb, m->unknown_scope)));
	}
	for (size_t i = 0; i < a->stack.choice_count; i++) {
		const struct rb_measure *m = &a->rb->measures[a->stack.choice[i].measure];
		const struct rb_claim *claim = &a->rb->claims[m->choice_claim];
		answer_say(&a->missing, answer_keep(a, "%s: %s", rb_text(a->rb, claim->name),
						    rb_text(a->rb, claim->title)));
	}
	if (b->prohibited)
		answer_say(&a->warnings, "prohibited: some of the tariff lines under this code "
					 "may not be imported");
	if (b->codes_differ && !bounds_agree(b))
		answer_say(&a->missing,
			   "hts: the tariff lines under this code differ, give all ten digits");
}

static bool claim_reaches(const tw_assessor *a, const struct rb_claim *claim)
{
	uint32_t six = (uint32_t)(a->facts.code_low / 10000);
	if (claim->remind_low.count == 0)
		return true;
	for (uint32_t i = 0; i < claim->remind_low.count; i++)
		if (a->rb->indexes[claim->remind_low.first + i] <= six &&
		    six < a->rb->indexes[claim->remind_high.first + i])
			return true;
	return false;
}

/* Does the line print a better rate under an indicator of this claim for the origin? */
static bool preference_open(const tw_assessor *a, const struct rb_claim *claim,
			    const struct rb_base *base)
{
	const struct rb *rb = a->rb;
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	uint32_t origin = a->facts.origin;
	for (uint32_t i = 0; i < claim->spi.count; i++) {
		uint32_t symbol = rb->indexes[claim->spi.first + i]; /* equal texts are one text */
		bool printed = base == NULL;
		for (uint32_t k = 0; base != NULL && !printed && k < base->specials.count; k++)
			printed = symbol == rb->specials[base->specials.first + k].symbol;
		for (uint32_t k = 0; printed && k < j->preferences.count; k++) {
			const struct rb_preference *p = &rb->preferences[j->preferences.first + k];
			if (symbol == p->symbol && p->from <= a->facts.entered &&
			    a->facts.entered < p->until &&
			    (p->all || (p->origins[origin / 64] >> origin % 64 & 1) != 0))
				return true;
		}
	}
	return false;
}

/* Preferences and facts that nobody mentioned and on which a measure here turns. */
static void remind(tw_assessor *a, const struct rb_leaf *leaf, const struct rb_stack *stack)
{
	const struct rb_base *base = leaf->bases.count != 0 ? codes_base(a, leaf) : NULL;
	for (uint32_t i = 0; i < a->rb->claim_count; i++) {
		const struct rb_claim *claim = &a->rb->claims[i];
		bool turns = (stack->claims[i / 64] >> i % 64 & 1) != 0;
		if (!claim->remind || facts_said(&a->facts, i) || !claim_reaches(a, claim))
			continue;
		if (claim->spi.count != 0)
			turns = preference_open(a, claim, turns ? NULL : base);
		if (turns && (claim->spi.count == 0 || !a->base.plain || a->base.num != 0 ||
			      (stack->claims[i / 64] >> i % 64 & 1) != 0))
			answer_say(&a->warnings, answer_keep(a, "could-matter: %s (%s)",
							     rb_text(a->rb, claim->name),
							     rb_text(a->rb, claim->title)));
	}
}

static bool names_shipped(const struct rb *rb, uint32_t node)
{
	if (node == RB_NONE)
		return false;
	const struct rb_node *n = &rb->nodes[node];
	if (n->kind == LAW_NODE_ATOM)
		return rb->atoms[n->child.first].fact == LAW_FACT_SHIPPED;
	for (uint32_t i = 0; i < n->child.count; i++)
		if (names_shipped(rb, rb->indexes[n->child.first + i]))
			return true;
	return false;
}

/* Relief for goods in transit has two tests; where one of them alone is said, it is given. */
static void remind_shipped(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	if (f->has_loaded == f->has_departed)
		return;
	for (size_t i = 0; i < a->stack.layer_count; i++) {
		const struct layer *layer = &a->stack.layer[i];
		if (layer->measure == RB_NONE ||
		    !names_shipped(a->rb, a->rb->measures[layer->measure].when))
			continue;
		answer_say(&a->warnings,
			   f->has_loaded
			       ? "could-matter: departed (left on the final mode of transit; the "
				 "rule for goods in transit asks for this time too, it is applied "
				 "on that of loading alone)"
			       : "could-matter: loaded (loaded at the port of loading; the rule "
				 "for goods in transit asks for this time too, it is applied on "
				 "that of departure alone)");
		return;
	}
}

/* Times of which the clock shows two, or none. */
static void remind_clock(tw_assessor *a)
{
	enum tw_zone zone = (enum tw_zone)a->facts.jurisdiction->zone;
	for (uint32_t i = 0; i < a->facts.odd_count; i++) {
		const struct odd_time *odd = &a->facts.odd[i];
		char taken[26];
		time_print(taken, odd->at, time_offset(zone, odd->at));
		answer_say(&a->warnings,
			   answer_keep(a,
				       odd->twice
					   ? "clock-change: the local time of %s comes twice on "
					     "this day, the first is taken (%s); write its zone"
					   : "clock-change: the local time of %s does not come on "
					     "this day, %s is taken; write its zone",
				       odd->column, taken));
	}
}

/* What was assumed about the content of the value. */
static void say_content(tw_assessor *a)
{
	const struct rb *rb = a->rb;
	const uint32_t *part_claim = a->words.part_claim;
	for (unsigned i = 0; i < RB_REST; i++) {
		const char *part = rb_text(rb, a->facts.jurisdiction->part_names[i]);
		bool zero = (a->stack.assumed_zero >> i & 1) != 0;
		bool whole = (a->stack.assumed_whole >> i & 1) != 0;
		const char *claim =
		    zero || whole ? rb_text(rb, rb->claims[part_claim[i]].name) : "";
		if (zero)
			answer_say(&a->warnings,
				   answer_keep(a,
					       "assumed-zero: no value of %s is declared beside "
					       "another metal's, it is taken as 0; declare %s",
					       part, claim));
		if (whole)
			answer_say(&a->warnings,
				   answer_keep(a,
					       "assumed-whole: no value of %s is declared, the "
					       "whole value is taken; declare %s",
					       part, claim));
	}
	if (a->stack.apart)
		answer_say(&a->warnings,
			   "assumed-apart: the metal and the content by country that are declared "
			   "are taken as different parts of the value, as far as they fit");
}

void remarks_warnings(tw_assessor *a, const struct rb_leaf *leaf, const struct items *items)
{
	const struct rb *rb = a->rb;
	for (size_t i = 0; i < 2; i++)
		answer_say(&a->warnings, answer_keep(a, "%s", a->base.warning[i]));
	for (size_t i = 0; i < a->stack.warning_count; i++) {
		const struct rb_measure *m = &rb->measures[a->stack.warning[i]];
		answer_say(&a->warnings, answer_keep(a, "note: %s: %s", rb_text(rb, m->id),
						     rb_text(rb, m->word)));
		a->yellow = a->yellow || m->confidence >= LAW_LOW;
	}
	say_content(a);
	if (leaf->bases.count != 0 && (codes_base(a, leaf)->flags & RB_EXCISE) != 0)
		answer_say(&a->warnings,
			   "excise: a federal excise tax may be due on this tariff line");
	if (a->relief.type != RB_NONE && rb->measures[a->relief.type].say != 0) {
		const struct rb_measure *m = &rb->measures[a->relief.type];
		answer_say(&a->warnings,
			   answer_keep(a, "entry-type: %s (%s): %s", rb_text(rb, m->word),
				       rb_text(rb, m->title), rb_text(rb, m->say)));
	}
	moment_warn(a, leaf);
	remind_shipped(a);
	remind_clock(a);
	remind(a, leaf, items->stack);
}

/* The end of the type of entry that was filed. */
static tw_time type_change(const tw_assessor *a)
{
	uint32_t type = a->filed.length != 0 ? a->relief.type : RB_NONE;
	tw_time until = type != RB_NONE ? a->rb->measures[type].until : TW_TIME_MAX;
	for (uint32_t i = 0; until != TW_TIME_MAX && i < a->rb->measure_count; i++) {
		const struct rb_measure *m = &a->rb->measures[i], *was = &a->rb->measures[type];
		if (m->from == until && m->program == was->program && m->effect == was->effect &&
		    m->word == was->word && m->pays == was->pays && m->when == was->when) {
			until = m->until; /* it goes on */
			i = UINT32_MAX;   /* look again from the first */
		}
	}
	return until;
}

/* Is a preference claimed under this symbol? */
static bool claims_symbol(const tw_assessor *a, uint32_t symbol)
{
	const struct facts *f = &a->facts;
	if (facts_said(f, a->words.spi))
		return text_same(f->claim[a->words.spi].word, rb_text(a->rb, symbol));
	for (uint32_t i = 0; i < a->rb->claim_count; i++) {
		const struct rb_claim *claim = &a->rb->claims[i];
		for (uint32_t k = 0; k < claim->spi.count; k++)
			if (a->rb->indexes[claim->spi.first + k] == symbol && facts_said(f, i) &&
			    f->claim[i].yes)
				return true;
	}
	return false;
}

/* The day on which a preference that is claimed begins or ends for the origin. */
static tw_time preference_change(const tw_assessor *a)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	uint32_t origin = a->facts.origin;
	tw_time at = a->facts.entered, next = TW_TIME_MAX;
	for (uint32_t i = 0; i < j->preferences.count; i++) {
		const struct rb_preference *p = &a->rb->preferences[j->preferences.first + i];
		if ((!p->all && (p->origins[origin / 64] >> origin % 64 & 1) == 0) ||
		    !claims_symbol(a, p->symbol))
			continue;
		if (p->from > at && p->from < next)
			next = p->from;
		if (p->from <= at && at < p->until && p->until < next)
			next = p->until;
	}
	return next;
}

/* The day on which a code of ten digits becomes a tariff line, or ceases to be one. */
static tw_time code_change(const tw_assessor *a)
{
	const struct facts *f = &a->facts;
	tw_time at = f->entered, next = TW_TIME_MAX;
	if (f->digits != 10 || !f->jurisdiction->has_schedule)
		return next;
	struct leaf_range own = lookup_leaves(a->rb, f->jurisdiction, f->code_low, f->code_high);
	for (uint32_t i = own.first; i < own.last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		for (uint32_t k = 0; k < leaf->bases.count; k++) {
			const struct rb_base *base = &a->rb->bases[leaf->bases.first + k];
			bool first = k == 0 || base[-1].until != base->from;
			bool last = k + 1 == leaf->bases.count || base[1].from != base->until;
			if (first && base->from > at && base->from < next)
				next = base->from;
			if (last && base->until > at && base->until < next)
				next = base->until;
		}
	}
	return next;
}

/* The next change, and a day that changes after its first minute. */
void remarks_changes(tw_assessor *a, struct leaf_range range)
{
	const struct facts *f = &a->facts;
	enum tw_zone zone = (enum tw_zone)f->jurisdiction->zone;
	uint32_t epoch = lookup_epoch(a->rb, f->jurisdiction, f->entered);
	/* Exemptions and mail count where they can change the answer. */
	bool mail = a->relief.considered && strcmp(a->relief.reason, "over-limit") != 0;
	bool moves = false;
	tw_time day = time_from_local(zone, time_local_day(zone, f->entered) * 86400);
	tw_time end = day + 86400;
	uint32_t dawn = lookup_epoch(a->rb, f->jurisdiction, day + 60);
	a->out.changes_on = TW_TIME_MAX;
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (i > range.first && a->rb->leaves[i - 1].class_ == leaf->class_ &&
		    i + 1 < range.last)
			continue;
		int64_t at =
		    lookup_change(a->rb, f->jurisdiction, epoch, leaf, f->origin, mail, f->entered);
		a->out.changes_on = at < a->out.changes_on ? at : a->out.changes_on;
		if (f->entered_is_date)
			moves |= lookup_change(a->rb, f->jurisdiction, dawn, leaf, f->origin, mail,
					       day + 60) < end;
	}
	a->out.changes_on = season_change(a, range, a->out.changes_on);
	const tw_time more[] = {type_change(a), preference_change(a), code_change(a)};
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		a->out.changes_on = more[i] < a->out.changes_on ? more[i] : a->out.changes_on;
	if (a->out.changes_on != TW_TIME_MAX)
		a->out.changes_offset = time_offset(zone, a->out.changes_on);
	if (moves)
		answer_say(&a->warnings,
			   "date-ambiguous: the law changes during this day; noon is taken, "
			   "give the time of entry");
}

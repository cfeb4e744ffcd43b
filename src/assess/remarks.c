/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to say about an answer beside its figures. Changes none of them. */
#include "assess/remarks.h"

#include "assess/answer.h"
#include "assess/codes.h"
#include "assess/moment.h"
#include "assess/no_code.h"
#include "assess/reading.h"
#include "assess/season.h"
#include "common/legal.h"

#include <string.h>

void remarks_missing(tw_assessor *a, const struct bounds *b)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	if (!a->facts.has_value)
		answer_say(&a->missing, "value: the customs value");
	bool base_open = false;
	for (size_t i = 0; i < a->stack.layer_count; i++)
		base_open |= a->stack.layer[i].measure == RB_NONE && a->stack.layer[i].unknown;
	const struct need *need = &a->base.missing;
	no_code_missing(a, b);
	if (base_open && need->what && !no_code(a))
		answer_say(&a->missing, answer_keep(a, "%s%s: %s%s", need->kind, need->what,
						    need->why, need->of));
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
		answer_say(&a->missing, JOIN(a, rb_text(a->rb, claim->name), ": ",
					     rb_text(a->rb, claim->title)));
	}
	if (b->prohibited)
		answer_say(&a->warnings, "prohibited: some of the tariff lines under this code "
					 "may not be imported");
	if (b->codes_differ && !bounds_agree(b) && !no_code(a))
		answer_say(
		    &a->missing,
		    j->open_numbers
			? "hts: the tariff items under this code differ; give all eight digits, or "
			  "ten where the law names statistical numbers"
		    : j->has_schedule
			? "hts: the tariff lines under this code differ; give all ten digits"
			: "hts: the law names some of the tariff items under this code and not "
			  "others; give all digits (whether an item exists was not checked)");
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
	if (!base && j->preferences.count == 0)
		return true; /* a condition alone asks for it */
	for (uint32_t i = 0; i < claim->spi.count; i++) {
		uint32_t symbol = rb->indexes[claim->spi.first + i]; /* equal texts are one text */
		bool printed = !base;
		for (uint32_t k = 0; base && !printed && k < base->specials.count; k++)
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

/* A claim that a condition turns on, or of a preference for the origin on some day. */
static void remind_of(tw_assessor *a, uint32_t index, const struct rb_base *base)
{
	const struct rb_claim *claim = &a->rb->claims[index];
	bool turns = (a->matter[index / 64] >> index % 64 & 1) != 0;
	if (!claim_reaches(a, claim))
		return;
	if (claim->spi.count != 0 && (!preference_open(a, claim, turns ? NULL : base) ||
				      (a->base.plain && a->base.num == 0 && !turns)))
		return;
	answer_say(&a->warnings, a->tables.reminder[index]);
}

/* Preferences and facts that nobody mentioned and on which a measure here turns. */
static void remind(tw_assessor *a, const struct rb_leaf *leaf)
{
	const struct rb_base *base = leaf->base_count != 0 ? codes_base(a, leaf) : NULL;
	const struct facts *f = &a->facts;
	const struct tables *t = &a->tables;
	const struct claim_set *preferred =
	    &t->preferred[(size_t)f->jurisdiction_index * a->rb->country_count + f->origin];
	bool prints_none = f->jurisdiction->preferences.count == 0;
	for (uint32_t i = 0; i < CLAIM_WORDS; i++) {
		uint64_t asked = prints_none ? a->matter[i] : preferred->word[i];
		uint64_t left = (a->matter[i] & ~t->spi.word[i]) | (asked & t->spi.word[i]);
		left &= t->remind.word[i] & ~f->said[i];
		for (; left != 0; left &= left - 1)
			remind_of(a, i * 64 + (uint32_t)__builtin_ctzll(left), base);
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
			   f->has_loaded ? "could-matter: departed (left on the final mode of "
					   "transit; the rule for goods in transit requires this "
					   "time too and is applied on the time of loading alone)"
					 : "could-matter: loaded (loaded at the port of loading; "
					   "the rule for goods in transit requires this time too "
					   "and is applied on the time of departure alone)");
		return;
	}
}

/* Times of which the clock shows two, or none. */
static void remind_clock(tw_assessor *a)
{
	enum time_zone zone = (enum time_zone)a->facts.jurisdiction->zone;
	a->overflow = a->overflow || a->facts.more_odd;
	for (uint32_t i = 0; i < a->facts.odd_count; i++) {
		const struct odd_time *odd = &a->facts.odd[i];
		char taken[26];
		time_print(taken, odd->at, time_offset(zone, odd->at));
		answer_say(&a->warnings,
			   answer_keep(a,
				       odd->twice
					   ? "clock-change: the local time of %s occurs twice on "
					     "this day; the first is taken (%s); add the zone"
					   : "clock-change: the local time of %s does not occur on "
					     "this day; %s is taken; add the zone",
				       odd->column, taken));
	}
}

/* Lines of one entry have one day. */
static void say_days(tw_assessor *a)
{
	const struct tw_line *line = a->facts.line;
	enum time_zone zone = (enum time_zone)a->facts.jurisdiction->zone;
	int year[2], month[2], date[2];
	if (line->shipment_first == TW_TIME_MIN || line->shipment_last == TW_TIME_MIN)
		return;
	int64_t first = time_local_day(zone, line->shipment_first);
	int64_t last = time_local_day(zone, line->shipment_last);
	if (first >= last)
		return;
	time_date(first, &year[0], &month[0], &date[0]);
	time_date(last, &year[1], &month[1], &date[1]);
	answer_say(
	    &a->warnings,
	    answer_keep(a,
			"entry-days: lines of this shipment are entered on different days "
			"(%04d-%02d-%02d to %04d-%02d-%02d) and cannot be one entry: each day is "
			"treated as a separate entry with its own fees, and limits apply to the "
			"whole shipment; give all lines the same day if they are one entry",
			year[0], month[0], date[0], year[1], month[1], date[1]));
}

/* What was assumed about the content of the value. */
static void say_content(tw_assessor *a)
{
	const struct rb *rb = a->rb;
	const uint32_t *part_claim = a->words.part_claim;
	unsigned any = a->stack.assumed_zero | a->stack.assumed_whole;
	for (unsigned i = 0; any >> i != 0 && i < RB_REST; i++) {
		const char *part = rb_text(rb, a->facts.jurisdiction->part_names[i]);
		bool zero = (a->stack.assumed_zero >> i & 1) != 0;
		bool whole = (a->stack.assumed_whole >> i & 1) != 0;
		const char *claim =
		    zero || whole ? rb_text(rb, rb->claims[part_claim[i]].name) : "";
		if (zero)
			answer_say(&a->warnings,
				   JOIN(a, "assumed-zero: no ", part,
					(" value is declared beside that of another metal; it is "
					 "taken as 0; declare "),
					claim));
		if (whole)
			answer_say(&a->warnings,
				   JOIN(a, "assumed-whole: no ", part,
					(" value is declared; the full value is taken as dutiable; "
					 "declare "),
					claim));
	}
	if (a->stack.apart)
		answer_say(&a->warnings,
			   "assumed-apart: the declared metal content and content by country are "
			   "taken as different parts of the value, as far as possible");
}

/* An indicator that claims a programme which is claimed not to apply. */
static void say_contradiction(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	const struct rb *rb = a->rb;
	uint32_t spi = a->words.spi;
	if (!facts_said(f, spi))
		return;
	for (uint32_t i = 0; i < rb->claim_count; i++)
		for (uint32_t k = 0; k < rb->claims[i].spi.count; k++) {
			const char *symbol = rb_text(rb, rb->indexes[rb->claims[i].spi.first + k]);
			if (f->claim[i].kind == VALUE_FLAG && !f->claim[i].yes &&
			    facts_said(f, i) && text_same(f->claim[spi].word, symbol))
				answer_say(&a->warnings,
					   JOIN(a, "contradiction: spi=", symbol, " claims ",
						rb_text(rb, rb->claims[i].name),
						", which is declared as no"));
		}
}

void remarks_warnings(tw_assessor *a, const struct rb_leaf *leaf)
{
	const struct rb *rb = a->rb;
	for (size_t i = 0; i < 2 && !no_code(a); i++)
		if (a->base.note[i].symbol.length != 0)
			answer_say(&a->warnings, answer_keep(a, "%s (%.*s)", a->base.note[i].text,
							     SHOW(a->base.note[i].symbol)));
		else if (a->base.note[i].text)
			answer_say(&a->warnings, a->base.note[i].text);
	for (size_t i = 0; i < a->stack.warning_count; i++) {
		const struct rb_measure *m = &rb->measures[a->stack.warning[i]];
		answer_say(&a->warnings,
			   JOIN(a, "note: ", rb_text(rb, m->id), ": ", rb_text(rb, m->word)));
		a->yellow = a->yellow || m->confidence >= LAW_LOW;
	}
	say_contradiction(a);
	say_content(a);
	if (!no_code(a) && leaf->base_count != 0 && (codes_base(a, leaf)->flags & RB_EXCISE) != 0)
		answer_say(&a->warnings,
			   "excise: a federal excise tax may be due on this tariff line");
	if (!no_code(a) && leaf->base_count != 0 && (codes_base(a, leaf)->flags & RB_UNSURE) != 0)
		answer_say(&a->warnings,
			   "rate-unsure: the copy of the schedule that was read is not certain of "
			   "this item's rates; compare them with the official print");
	if (a->facts.jurisdiction->has_schedule == RB_ESTIMATE) {
		answer_say(&a->warnings,
			   JOIN(a,
				"base-estimated: the base duty is an estimate, of low confidence: ",
				rb_text(rb, a->facts.jurisdiction->no_schedule)));
		a->yellow = true;
	}
	if (a->relief.type != RB_NONE && rb->measures[a->relief.type].say != 0) {
		const struct rb_measure *m = &rb->measures[a->relief.type];
		answer_say(&a->warnings,
			   answer_keep(a, "entry-type: %s (%s): %s", rb_text(rb, m->word),
				       rb_text(rb, m->title), rb_text(rb, m->say)));
	}
	moment_warn(a, leaf);
	remind_shipped(a);
	remind_clock(a);
	say_days(a);
	remind(a, leaf);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main line of an assessment: facts, tariff lines, every reading of what
 * is open, relief, chemicals, the answer. Holds no duties itself.
 */
#include "law.h"
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void widen(struct bounds *b, tw_money amount, const struct rb_leaf *leaf)
{
	uint64_t code = leaf != NULL ? leaf->low : 0;
	uint32_t digits = leaf != NULL ? leaf->digits : 0;
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

static void find_values(const tw_assessor *a, tw_money *value, tw_money *whole)
{
	const struct facts *f = &a->facts;
	tw_money quantum = f->jurisdiction->round_value;
	*whole = money_round(f->value, quantum);
	*value = *whole;
	if (facts_said(f, a->words.chapter98) && facts_said(f, a->words.dutiable_value)) {
		tw_money part = money_round(f->claim[a->words.dutiable_value].number, quantum);
		*value = part < *whole ? part : *whole;
	}
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
	return answer_keep(a, "%s: %s", rb_text(a->rb, claim->name), rb_text(a->rb, claim->title));
}

static const char *metal_name(tw_assessor *a, unsigned part)
{
	const struct rb_claim *claim = &a->rb->claims[a->words.part_claim[part]];
	return answer_keep(a,
			   "%s: several metals are listed for this code, declare the value of each",
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

/* Fees and the type of entry. */
static bool same_entry(const struct relief *x, const struct relief *y)
{
	if (x->entry != y->entry || x->fee_count != y->fee_count)
		return false;
	for (size_t i = 0; i < x->fee_count; i++)
		if (x->fee[i].measure != y->fee[i].measure || x->fee[i].amount != y->fee[i].amount)
			return false;
	return true;
}

/* Facts that the assessment of a reading sets, as the line says them. */
static void fresh_facts(tw_assessor *a)
{
	a->facts.entry_type = a->filed;
	a->facts.exempt = false;
	a->facts.duty = a->facts.additional = 0;
}

/* Exemption, entry type and fees of one tariff line under one reading. */
static void find_relief(tw_assessor *a, struct relief *out, const struct stack *stack,
			struct reading *reading, const struct items *items)
{
	bool frozen = reading->frozen;
	fresh_facts(a);
	a->facts.duty = stack->amount;
	a->facts.additional = stack->additional;
	reading->frozen = true;
	relief_find(out, reading, &a->facts, a->rb->items + items->stack->tail.first,
		    items->stack->tail.count);
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
	if (relief_free(relief))
		widen(b, 0, leaf);
	else if (stack->known)
		widen(b, stack->amount, leaf);
	else if (stack->choice_count != 0)
		widen_by_choices(b, stack, leaf);
	else
		b->open = true;
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
	reading->frozen = true;
	for (uint32_t flipped = 0; flipped < 1u << open; flipped++)
		for (uint8_t metal = 0; metal < metals; metal++) {
			if (flipped == 0 && metal == 0)
				continue;
			reading->flipped = flipped;
			input->metal = metal;
			fresh_facts(a);
			stack_make(&a->reading, input);
			find_relief(a, trial, &a->reading, reading, items);
			count_reading(b, &a->reading, trial, leaf);
			agree_warnings(shown, &a->reading);
			if (same_answer(&a->reading, trial, shown, relief) &&
			    same_entry(trial, relief))
				continue;
			b->unlike = true;
			metals_differ = metals_differ || metal != 0;
			for (uint32_t i = 0; i < open; i++)
				if ((flipped >> i & 1) != 0)
					answer_say(&a->missing, open_name(a, reading, i));
		}
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
	struct reading reading = {.rb = a->rb, .words = &a->words, .facts = &a->facts};
	struct stack_input input = {.reading = &reading, .base = base};
	fresh_facts(a);
	moment_items(a, items, leaf);
	find_values(a, &input.value, &input.whole_value);
	base_find(base, &a->words, &a->facts, codes_base(a, leaf), input.value,
		  moment_bond(a, leaf) != NULL ? a->facts.it_date : a->facts.entered);
	input.items = items->list;
	input.item_count = items->count;
	stack_make(out, &input);
	find_relief(a, relief, out, &reading, items);
	count_reading(b, out, relief, leaf);
	a->overflow = a->overflow || out->overflow || reading.overflow;
	if (reading.open_count != 0 || bits(out->metals) > 1)
		try_readings(a, &input, b, out, relief, leaf, items);
}

/* Two tariff lines that nothing in the law tells apart. */
static bool alike(tw_assessor *a, const struct rb_leaf *x, const struct rb_leaf *y)
{
	const struct rb_base *p, *q;
	if (x->class_ != y->class_)
		return false;
	if (x->bases.count == 0 || y->bases.count == 0)
		return true;
	p = codes_base(a, x);
	q = codes_base(a, y);
	return p != NULL && q != NULL && p->general == q->general && p->column2 == q->column2 &&
	       p->specials.first == q->specials.first && p->unit1 == q->unit1 &&
	       p->unit2 == q->unit2;
}

/* Keep the fees that the other line owes, too. */
static void keep_fees(struct relief *shown, const struct relief *other)
{
	size_t kept = 0;
	shown->fees = 0;
	for (size_t i = 0; i < shown->fee_count; i++)
		for (size_t k = 0; k < other->fee_count; k++)
			if (shown->fee[i].measure == other->fee[k].measure &&
			    shown->fee[i].amount == other->fee[k].amount) {
				shown->fees += shown->fee[i].amount;
				shown->fee[kept++] = shown->fee[i];
				break;
			}
	shown->fee_count = kept;
}

/* Another tariff line under the code: what it comes to, and what it has in common. */
static void assess_other(tw_assessor *a, struct bounds *b, const struct rb_leaf *leaf)
{
	struct items items;
	struct base_duty base;
	struct tw_text entry = a->facts.entry_type;
	tw_money value, whole;
	assess_leaf(a, &a->other, &a->other_relief, &base, b, leaf, &items);
	a->stack.assumed_zero |= a->other.assumed_zero;
	a->stack.assumed_whole |= a->other.assumed_whole;
	a->stack.apart = a->stack.apart || a->other.apart;
	find_values(a, &value, &whole);
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
	a->facts.entry_type = entry;
}

static const struct rb_leaf *assess_leaves(tw_assessor *a, struct leaf_range range,
					   struct bounds *b, struct items *items)
{
	const struct rb_leaf *first = NULL, *last = NULL;
	bool any_current = false, several = false;
	for (uint32_t i = range.first; i < range.last; i++)
		any_current |= lookup_base(a->rb, &a->rb->leaves[i], a->facts.entered) != NULL;
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (any_current && lookup_base(a->rb, leaf, a->facts.entered) == NULL)
			continue;
		if (!season_open(a, leaf))
			continue;
		if (first == NULL) {
			assess_leaf(a, &a->stack, &a->relief, &a->base, b, leaf, items);
			agree_begin(a);
			first = last = leaf;
			continue;
		}
		if (alike(a, last, leaf) || alike(a, first, leaf))
			continue;
		last = leaf;
		assess_other(a, b, leaf);
		several = true;
	}
	if (several)
		agree_end(a, bounds_agree(b));
	return first;
}

/* The line of a bound; without a schedule a line may begin before the code that was asked for. */
static void name_code(tw_assessor *a, char to[16], uint64_t code, uint32_t digits)
{
	uint64_t shown = code > a->facts.code_low ? code : a->facts.code_low;
	snprintf(to, 16, "%.*s", (int)(digits != 0 ? digits : 10),
		 answer_keep(a, "%010llu", (unsigned long long)shown));
}

/* What is not collected is not refundable. */
static void collect_nothing(tw_assessor *a)
{
	if (a->out.refundable > 0)
		a->out.refundable = 0;
	for (size_t i = 0; i < a->stack.layer_count; i++)
		a->stack.layer[i].is_void = false;
}

static void settle(tw_assessor *a, const struct bounds *b)
{
	struct tw_assessment *out = &a->out;
	tw_money value, whole;
	bool sure = a->facts.has_value && a->missing.count == 0 && !a->overflow;
	bool alone = a->stack.choices_alone;
	if (relief_free(&a->relief) && (b->not_free || b->prohibited)) {
		a->relief.eligible = a->relief.nothing_due = false;
		/* Why not is what is shown. */
		a->relief.reason = b->not_free ? b->reason : "";
		a->relief.program = b->not_free ? b->program : a->relief.program;
		a->relief.by = b->not_free ? b->by : a->relief.by;
	}
	find_values(a, &value, &whole);
	out->has_amount = bounds_agree(b) && sure && a->stack.choice_count == 0;
	out->additional = a->facts.has_value && !alone ? a->stack.additional : -1;
	out->refundable = a->facts.has_value && !alone ? a->stack.refundable : -1;
	if (b->some_free && b->not_free)
		collect_nothing(a); /* for sure */
	if (relief_free(&a->relief)) {
		/* Let in free, or under bond: whatever stays open, nothing is due. */
		out->nothing_due = a->relief.nothing_due;
		out->relieved = alone ? -1 : a->stack.amount; /* by choice */
		collect_nothing(a);
		out->refundable = 0;
		out->amount = 0;
		out->has_amount = true;
		a->missing.count = 0;
	} else if (out->has_amount) {
		out->amount = b->greatest;
	} else if (b->any && a->facts.has_value && !b->open) {
		out->has_bounds = true;
		out->least = b->least;
		out->greatest = b->greatest;
		if (b->codes_differ) {
			name_code(a, out->least_code, b->least_code, b->least_digits);
			name_code(a, out->greatest_code, b->greatest_code, b->greatest_digits);
		}
	}
	if (out->has_amount)
		rate_find(a, value);
	out->base_amount = a->base.known ? a->base.amount : 0;
}

static void begin(tw_assessor *a)
{
	memset(&a->out, 0, sizeof a->out);
	a->out.changes_on = TW_TIME_MAX;
	a->out.into = a->out.origin = a->out.currency = a->out.entry_type = "";
	a->out.refusal = (struct tw_refusal){"", "", ""};
	a->out.de_minimis.program = a->out.de_minimis.reason = "";
	a->missing.count = a->warnings.count = 0;
	a->missing.overflow = a->warnings.overflow = false;
	a->byte_count = a->citation_count = 0;
	a->yellow = a->overflow = a->entry_differs = a->rates_differ = false;
}

static void fill_header(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	const struct rb_jurisdiction *j = f->jurisdiction;
	const char *currency = rb_text(a->rb, j->currency);
	a->out.into = j->code;
	a->out.origin = a->rb->countries[f->origin].iso2;
	a->out.currency =
	    strcmp(currency, "any") != 0 ? currency
	    : f->currency.length != 0
		? answer_keep(a, "%.*s", (int)(f->currency.length < 8 ? f->currency.length : 8),
			      f->currency.at)
		: "";
	snprintf(a->out.hts, sizeof a->out.hts, "%.*s", (int)f->digits,
		 answer_keep(a, "%010llu", (unsigned long long)f->code_low));
	a->out.entered = f->entered;
	a->out.entered_offset = time_offset((enum tw_zone)j->zone, f->entered);
	for (uint32_t i = 0; i < j->not_covered.count; i++)
		a->not_covered[i] = rb_text(a->rb, a->rb->indexes[j->not_covered.first + i]);
	a->out.not_covered = a->not_covered;
	a->out.not_covered_count = j->not_covered.count;
}

static void refuse_prohibited(tw_assessor *a)
{
	const struct rb_measure *m = &a->rb->measures[a->stack.prohibited];
	codes_refuse(
	    a, "prohibited", "hts",
	    answer_keep(a, "these goods may not be imported: %s (%s)",
			m->title != 0 ? rb_text(a->rb, m->title) : rb_text(a->rb, m->id),
			m->by != RB_NONE ? rb_text(a->rb, a->rb->instruments[m->by].id) : ""));
	a->out.lane = TW_LANE_RED;
}

/* The types of entry of the day, as "01, 02, 03". */
static const char *types_of_day(tw_assessor *a)
{
	char list[300] = "";
	size_t length = 0;
	for (uint32_t i = 0; i < a->rb->measure_count; i++) {
		const struct rb_measure *m = &a->rb->measures[i];
		const char *word = rb_text(a->rb, m->word);
		if (m->effect != LAW_EFFECT_FILED || m->pays == LAW_PAYS_NEVER ||
		    m->when != RB_NONE || a->facts.entered < m->from ||
		    a->facts.entered >= m->until ||
		    &a->rb->jurisdictions[a->rb->programs[m->program].jurisdiction] !=
			a->facts.jurisdiction ||
		    length + strlen(word) + 3 > sizeof list)
			continue;
		length += (size_t)snprintf(list + length, sizeof list - length, "%s%s",
					   length != 0 ? ", " : "", word);
	}
	return answer_keep(a, "%s", list);
}

/* A type of entry that there is not, that cannot be, or that is over. */
static void refuse_type(tw_assessor *a)
{
	const struct rb *rb = a->rb;
	struct tw_text type = a->facts.entry_type;
	const struct rb_measure *m =
	    a->relief.type != RB_NONE ? &rb->measures[a->relief.type] : NULL;
	const char *what = "is no type of entry";
	if (m != NULL) {
		codes_refuse(a, "bad-entry-type", "entry_type",
			     answer_keep(a, "%.*s (%s): %s", (int)type.length, type.at,
					 rb_text(rb, m->title), rb_text(rb, m->say)));
		return;
	}
	for (uint32_t i = 0; i < rb->measure_count; i++)
		if (rb->measures[i].effect == LAW_EFFECT_FILED &&
		    text_same(type, rb_text(rb, rb->measures[i].word)))
			what = "is no type of entry for these goods on this day";
	codes_refuse(a, "bad-entry-type", "entry_type",
		     answer_keep(a, "`%.*s` %s: file one of %s, or leave it to the law",
				 (int)type.length, type.at, what, types_of_day(a)));
}

static void finish(tw_assessor *a)
{
	if (a->overflow || a->missing.overflow || a->warnings.overflow) {
		/* Something is not in the answer: it is no answer to build on. */
		a->out.has_amount = false;
		a->out.rate[0] = '\0';
		a->warnings.list[a->warnings.count++] =
		    "overflow: there is more to say than an answer holds, it is not whole";
	}
	a->out.missing = a->missing.list;
	a->out.missing_count = a->missing.count;
	a->out.warnings = a->warnings.list;
	a->out.warning_count = a->warnings.count;
	if (a->out.status == TW_STATUS_REFUSED)
		return;
	bool incomplete = a->missing.count != 0 || !a->out.has_amount;
	a->out.status = incomplete ? TW_STATUS_INCOMPLETE : TW_STATUS_OK;
	if ((incomplete || a->yellow) && a->out.lane < TW_LANE_YELLOW)
		a->out.lane = TW_LANE_YELLOW;
}

/* A shipment is one entry: the type filed with one of its lines is that of all. */
static void take_filed_type(tw_assessor *a)
{
	const struct tw_shipment_amount *all = share_of(a->facts.line, SHARE_ENTRY);
	if (a->facts.entry_type.length != 0 || all == NULL || all->amount < 0 ||
	    all->amount >= a->rb->measure_count ||
	    a->rb->measures[all->amount].effect != LAW_EFFECT_FILED)
		return;
	const char *word = rb_text(a->rb, a->rb->measures[all->amount].word);
	a->facts.entry_type = (struct tw_text){word, strlen(word)};
}

static void answer(tw_assessor *a, const struct tw_line *line)
{
	struct leaf_range range;
	struct bounds bounds = {.any = false};
	struct items items;
	if (!facts_read(&a->facts, &a->refusal, &a->words, line)) {
		codes_refuse(a, a->refusal.reason, a->refusal.column, a->refusal.text);
		return;
	}
	take_filed_type(a);
	a->filed = a->facts.entry_type;
	fill_header(a);
	if (!codes_covered(a) || !codes_find(a, &range))
		return;
	const struct rb_leaf *leaf = assess_leaves(a, range, &bounds, &items);
	if (a->stack.prohibited != RB_NONE) {
		refuse_prohibited(a);
		return;
	}
	if (a->relief.no_such_type) {
		refuse_type(a);
		return;
	}
	remarks_missing(a, &bounds);
	settle(a, &bounds);
	answer_fill(a);
	share_fill(a);
	declared_fill(a, line);
	remarks_warnings(a, leaf, &items);
	remarks_changes(a, range);
	a->out.entry_type =
	    answer_keep(a, "%.*s", a->entry_differs ? 0 : (int)a->facts.entry_type.length,
			a->facts.entry_type.length != 0 ? a->facts.entry_type.at : "");
	a->out.lane = TW_LANE_GREEN;
	if (!a->options.no_screen)
		assessor_screen(a, line);
}

/* What a line had when it was first published: later ones have more, never less. */
#define LINE_FIRST (offsetof(struct tw_line, declared_count) + sizeof(size_t))

/* The line as this library knows it: of a shorter one, what it does not say is as by default. */
static const struct tw_line *read_line(tw_assessor *a, const struct tw_line *line)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	if (line->size >= sizeof *line)
		return line;
	a->line = fresh;
	memcpy(&a->line, line, line->size);
	a->line.size = sizeof a->line;
	return &a->line;
}

int tw_assess(const struct tw_assessment **out, tw_assessor *a, const struct tw_line *line,
	      struct tw_error *error)
{
	if (line == NULL || line->size < LINE_FIRST) {
		if (error != NULL) {
			memset(error, 0, sizeof *error);
			error->code = TW_BAD_ARGUMENT;
			snprintf(error->message, sizeof error->message,
				 "a line of %zu bytes where at least %zu are known: fill it with "
				 "TW_LINE_INIT first",
				 line != NULL ? line->size : 0, (size_t)LINE_FIRST);
		}
		*out = NULL;
		return TW_BAD_ARGUMENT;
	}
	line = read_line(a, line);
	begin(a);
	answer(a, line);
	if (a->out.status == TW_STATUS_REFUSED && !a->options.no_screen)
		assessor_screen(a, line);
	finish(a);
	*out = &a->out;
	return TW_OK;
}

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

static bool same_answer(const struct stack *a, const struct stack *b)
{
	return a->known == b->known && a->amount == b->amount;
}

/* Every other reading of one tariff line: open claims, and which of several metals it is. */
static void try_readings(tw_assessor *a, struct stack_input *input, struct bounds *b,
			 const struct stack *shown, const struct rb_leaf *leaf)
{
	struct reading *reading = input->reading;
	uint32_t open = reading->open_count, metals = bits(shown->metals);
	metals = metals != 0 ? metals : 1;
	reading->frozen = true;
	for (uint32_t flipped = 0; flipped < 1u << open; flipped++)
		for (uint8_t metal = 0; metal < metals; metal++) {
			if (flipped == 0 && metal == 0)
				continue;
			reading->flipped = flipped;
			input->metal = metal;
			stack_make(&a->reading, input);
			if (a->reading.known)
				widen(b, a->reading.amount, leaf);
			if (same_answer(&a->reading, shown))
				continue;
			for (uint32_t i = 0; i < open; i++)
				if ((flipped >> i & 1) != 0)
					answer_say(&a->missing, open_name(a, reading, i));
		}
	reading->flipped = 0;
	input->metal = 0;
	if (metals > 1)
		answer_say(&a->missing,
			   "metal_value: several metals are listed for this code, declare "
			   "the value of each");
}

static void widen_by_choices(struct bounds *b, const struct stack *stack,
			     const struct rb_leaf *leaf)
{
	for (size_t i = 0; i < stack->choice_count; i++)
		widen(b, stack->choice[i].amount, leaf);
}

/* Keep of the shown stack only what the stack of another tariff line has too. */
static void keep_common(struct stack *shown, const struct stack *other)
{
	size_t kept = 0;
	for (size_t i = 0; i < shown->layer_count; i++) {
		const struct layer *x = &shown->layer[i];
		bool common = false;
		for (size_t k = 0; !common && k < other->layer_count; k++) {
			const struct layer *y = &other->layer[k];
			common = x->measure == y->measure && x->heading == y->heading &&
				 x->kind == y->kind && x->amount == y->amount && x->on == y->on;
		}
		if (common)
			shown->layer[kept++] = *x;
	}
	shown->layer_count = kept;
	shown->additional = shown->refundable = 0;
	for (size_t i = 0; i < kept; i++) {
		const struct layer *x = &shown->layer[i];
		tw_money over = x->kind == TW_LAYER_REPLACE ? x->over_base : x->amount;
		if (x->kind == TW_LAYER_BASE || x->kind == TW_LAYER_EXEMPT || x->unknown ||
		    over < 0)
			continue;
		shown->additional += over;
		shown->refundable += x->is_void ? over : 0;
	}
}

static void assess_leaf(tw_assessor *a, struct stack *out, struct bounds *b,
			const struct rb_leaf *leaf, struct items *items)
{
	struct reading reading = {.rb = a->rb, .words = &a->words, .facts = &a->facts};
	struct base_duty base;
	struct stack_input input = {.reading = &reading, .base = &base};
	moment_items(a, items, leaf);
	find_values(a, &input.value, &input.whole_value);
	base_find(&base, &a->words, &a->facts, codes_base(a, leaf), input.value,
		  moment_bond(a, leaf) != NULL ? a->facts.it_date : a->facts.entered);
	input.items = items->list;
	input.item_count = items->count;
	stack_make(out, &input);
	if (out == &a->stack)
		a->base = base;
	if (out->known)
		widen(b, out->amount, leaf);
	else if (out->choice_count != 0)
		widen_by_choices(b, out, leaf);
	else
		b->open = true;
	if (reading.open_count != 0 || bits(out->metals) > 1)
		try_readings(a, &input, b, out, leaf);
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

static const struct rb_leaf *assess_leaves(tw_assessor *a, struct leaf_range range,
					   struct bounds *b, struct items *items)
{
	const struct rb_leaf *first = NULL, *last = NULL;
	bool any_current = false;
	for (uint32_t i = range.first; i < range.last; i++)
		any_current |= lookup_base(a->rb, &a->rb->leaves[i], a->facts.entered) != NULL;
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (any_current && lookup_base(a->rb, leaf, a->facts.entered) == NULL)
			continue;
		if (!season_open(a, leaf))
			continue;
		if (first == NULL) {
			assess_leaf(a, &a->stack, b, leaf, items);
			first = last = leaf;
			continue;
		}
		if (alike(a, last, leaf) || alike(a, first, leaf))
			continue;
		struct items other;
		last = leaf;
		assess_leaf(a, &a->other, b, leaf, &other);
		if (!same_answer(&a->other, &a->stack) ||
		    a->other.layer_count != a->stack.layer_count)
			b->codes_differ = true;
		keep_common(&a->stack, &a->other);
	}
	return first;
}

static void find_relief(tw_assessor *a, const struct items *items)
{
	struct reading reading = {
	    .rb = a->rb, .words = &a->words, .facts = &a->facts, .frozen = true};
	a->facts.duty = a->stack.amount;
	a->facts.additional = a->stack.additional;
	relief_find(&a->relief, &reading, &a->facts, a->rb->items + items->stack->tail.first,
		    items->stack->tail.count);
}

/* 1/10000 of a percent as "16.5%". */
static void print_percent(char *out, size_t size, int64_t scaled)
{
	int length = snprintf(out, size, "%lld.%04lld", (long long)(scaled / 10000),
			      (long long)(scaled % 10000));
	while (length > 0 && out[length - 1] == '0')
		out[--length] = '\0';
	if (length > 0 && out[length - 1] == '.')
		out[--length] = '\0';
	snprintf(out + length, size - (size_t)length, "%%");
}

/* One ad valorem rate on the whole value? Adds it, in 1/10000 of a percent. */
static bool add_rate(const tw_assessor *a, const struct layer *layer, int64_t *sum)
{
	int64_t num, den;
	if (layer->kind == TW_LAYER_EXEMPT || (layer->measure == RB_NONE && layer->amount == 0))
		return true;
	if (layer->measure == RB_NONE) {
		num = a->base.num;
		den = a->base.den;
		if (!a->base.plain || !layer->whole)
			return false;
	} else {
		const struct rb_measure *m = &a->rb->measures[layer->measure];
		const struct rb_rate *rate = &a->rb->rates[m->rate];
		const struct rb_term *term = &a->rb->terms[rate->terms.first];
		if (!layer->whole || rate->terms.count > 1 ||
		    (rate->terms.count == 1 && term->kind != LAW_TERM_AD_VALOREM))
			return false;
		num = rate->terms.count == 1 ? term->num : 0;
		den = rate->terms.count == 1 ? term->den : 1;
		if (layer->kind == TW_LAYER_REPLACE && layer->amount - layer->over_base != 0 &&
		    !a->base.plain)
			return false;
	}
	if (num * 1000000 % den != 0)
		return false;
	*sum += num * 1000000 / den;
	return true;
}

/* The line of a bound; without a schedule a line may begin before the code that was asked for. */
static void name_code(tw_assessor *a, char to[16], uint64_t code, uint32_t digits)
{
	uint64_t shown = code > a->facts.code_low ? code : a->facts.code_low;
	snprintf(to, 16, "%.*s", (int)(digits != 0 ? digits : 10),
		 answer_keep(a, "%010llu", (unsigned long long)shown));
}

static void find_rate(tw_assessor *a, tw_money value)
{
	int64_t sum = 0;
	bool plain = true;
	for (size_t i = 0; plain && i < a->stack.layer_count; i++)
		plain = add_rate(a, &a->stack.layer[i], &sum);
	if (a->relief.eligible || a->relief.nothing_due)
		snprintf(a->out.rate, sizeof a->out.rate, "0%%");
	else if (plain)
		print_percent(a->out.rate, sizeof a->out.rate, sum);
	else if (value > 0)
		print_percent(a->out.rate, sizeof a->out.rate,
			      money_share(a->out.amount, 1000000, value, 100));
}

static void settle(tw_assessor *a, const struct bounds *b)
{
	struct tw_assessment *out = &a->out;
	tw_money value, whole;
	bool agree = b->any && !b->open && b->least == b->greatest;
	find_values(a, &value, &whole);
	out->has_amount = agree && a->facts.has_value && a->stack.choice_count == 0;
	out->additional = a->facts.has_value ? a->stack.additional : -1;
	out->refundable = a->facts.has_value ? a->stack.refundable : -1;
	if (a->relief.eligible || a->relief.nothing_due) {
		/* Let in free, or under bond: whatever stays open, nothing is due. */
		out->nothing_due = a->relief.nothing_due;
		out->relieved = b->any ? b->greatest : a->stack.amount;
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
		find_rate(a, value);
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
	a->byte_count = a->citation_count = 0;
	a->yellow = false;
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
	for (uint32_t i = 0; i < j->not_covered.count && i < 32; i++)
		a->not_covered[i] = rb_text(a->rb, a->rb->indexes[j->not_covered.first + i]);
	a->out.not_covered = a->not_covered;
	a->out.not_covered_count = j->not_covered.count < 32 ? j->not_covered.count : 32;
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

static void answer(tw_assessor *a, const struct tw_line *line)
{
	struct leaf_range range;
	struct bounds bounds = {.any = false};
	struct items items;
	if (!facts_read(&a->facts, &a->refusal, &a->words, line)) {
		codes_refuse(a, a->refusal.reason, a->refusal.column, a->refusal.text);
		return;
	}
	fill_header(a);
	if (!codes_covered(a) || !codes_find(a, &range))
		return;
	const struct rb_leaf *leaf = assess_leaves(a, range, &bounds, &items);
	if (a->stack.prohibited != RB_NONE) {
		refuse_prohibited(a);
		return;
	}
	find_relief(a, &items);
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
	    answer_keep(a, "%.*s", (int)a->facts.entry_type.length,
			a->facts.entry_type.length != 0 ? a->facts.entry_type.at : "");
	a->out.lane = TW_LANE_GREEN;
	if (!a->options.no_screen)
		assessor_screen(a, line);
}

int tw_assess(const struct tw_assessment **out, tw_assessor *a, const struct tw_line *line,
	      struct tw_error *error)
{
	if (line == NULL || line->size != sizeof *line) {
		if (error != NULL) {
			memset(error, 0, sizeof *error);
			error->code = TW_BAD_ARGUMENT;
			snprintf(error->message, sizeof error->message,
				 "a line must be filled with TW_LINE_INIT first");
		}
		*out = NULL;
		return TW_BAD_ARGUMENT;
	}
	begin(a);
	answer(a, line);
	if (a->out.status == TW_STATUS_REFUSED && a->facts.routed && !a->options.no_screen)
		assessor_screen(a, line);
	finish(a);
	*out = &a->out;
	return TW_OK;
}

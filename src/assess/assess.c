/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main line of an assessment: facts, tariff lines, every reading of what
 * is open, relief, chemicals, the answer. Holds no duties itself.
 */
#include "answer.h"
#include "law.h"
#include "lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the readings and tariff lines of one answer come to. */
struct bounds {
	bool any, open; /* open: some reading has no amount */
	tw_money least, greatest;
	uint64_t least_code, greatest_code;
	uint32_t least_digits, greatest_digits;
	bool codes_differ;
};

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

static void say_refused(tw_assessor *a, const char *reason, const char *column, const char *text)
{
	a->out.status = TW_STATUS_REFUSED;
	a->out.lane = TW_LANE_NONE;
	a->out.refusal = (struct tw_refusal){reason, column, text};
}

/* The day must lie in the days covered; later ones only when asked for, with a warning. */
static bool covered(tw_assessor *a)
{
	const struct rb_law *law = a->rb->law;
	const char *edition = rb_text(a->rb, law->edition);
	int64_t day = time_local_day((enum tw_zone)a->facts.jurisdiction->zone, a->facts.entered);
	int year, month, date;
	if (day < law->coverage_first) {
		time_date(law->coverage_first, &year, &month, &date);
		say_refused(
		    a, "out-of-coverage", "entered",
		    answer_keep(a, "the law at hand begins on %04d-%02d-%02d", year, month, date));
		return false;
	}
	if (day <= law->coverage_last)
		return true;
	time_date(law->coverage_last, &year, &month, &date);
	if (!a->options.beyond_coverage) {
		say_refused(
		    a, "out-of-coverage", "entered",
		    answer_keep(a,
				"the law at hand is known to %04d-%02d-%02d (edition %s): "
				"--beyond-coverage answers later days as far as they are known",
				year, month, date, edition));
		return false;
	}
	a->yellow = true;
	answer_say(&a->warnings, answer_keep(a,
					     "beyond-coverage: the law at hand is known to "
					     "%04d-%02d-%02d; later acts are not in this answer",
					     year, month, date));
	return true;
}

/* A code that the schedule does not print, with some that it prints nearby. */
static void say_unknown_code(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	uint64_t six = f->code_low / 10000 * 10000, last = 0;
	struct leaf_range near = lookup_leaves(a->rb, f->jurisdiction, six, six + 10000);
	char list[120] = "";
	size_t count = 0;
	for (uint32_t i = near.first; i < near.last && count < 5; i++) {
		uint64_t eight = a->rb->leaves[i].low / 100 * 100;
		if (eight == last)
			continue;
		last = eight;
		size_t at = strlen(list);
		snprintf(list + at, sizeof list - at, "%s%s", count != 0 ? ", " : "",
			 answer_code(a, eight, 8));
		count++;
	}
	say_refused(a, "unknown-code", "hts",
		    answer_keep(a, "%s is not in the tariff schedule: %s%s",
				answer_code(a, f->code_low, f->digits),
				count != 0 ? "under the same six digits it prints "
					   : "it prints "
					     "nothing under the same six digits",
				list));
}

/* Tariff lines under the code; a ten-digit code that is not current is read by its parent. */
static bool find_leaves(tw_assessor *a, struct leaf_range *range)
{
	const struct facts *f = &a->facts;
	const struct rb_jurisdiction *j = f->jurisdiction;
	*range = lookup_leaves(a->rb, j, f->code_low, f->code_high);
	if (!j->has_schedule)
		return true;
	if (f->code_low >= UINT64_C(9900000000)) {
		say_refused(
		    a, "not-goods", "hts",
		    "a chapter 99 number says which duties apply: give the code of the goods, "
		    "chapters 1 to 98");
		return false;
	}
	bool current = false;
	for (uint32_t i = range->first; !current && i < range->last; i++)
		current = lookup_base(a->rb, &a->rb->leaves[i], f->entered) != NULL;
	if (current)
		return true;
	uint64_t parent = f->code_low / 100 * 100;
	struct leaf_range wider = lookup_leaves(a->rb, j, parent, parent + 100);
	if (f->digits == 10 && wider.first != wider.last) {
		bool known = range->first != range->last;
		*range = wider;
		answer_say(
		    &a->warnings,
		    answer_keep(a, "code-not-current: %s %s; the answer is that of %s",
				answer_code(a, f->code_low, 10),
				known ? "was not in force on this day" : "is not in the schedule",
				answer_code(a, parent, 8)));
		return true;
	}
	say_unknown_code(a);
	return false;
}

/* The items of a line; goods from a foreign-trade zone take most law from their admission. */
struct items {
	uint32_t list[2 * RB_STACK];
	size_t count;
	const struct rb_stack *stack; /* of the day of entry */
};

static void zone_items(tw_assessor *a, struct items *out, const struct rb_stack *admitted)
{
	const struct rb *rb = a->rb;
	size_t count = 0;
	for (uint32_t pass = 0; pass < 2; pass++) {
		const struct rb_stack *from = pass == 0 ? out->stack : admitted;
		for (uint32_t i = 0; i < from->items.count; i++) {
			uint32_t item = rb->items[from->items.first + i];
			bool yield = (item & RB_ITEM_YIELD) != 0;
			const struct rb_measure *m = yield ? NULL : &rb->measures[item];
			bool by_entry = m != NULL && (m->flags & RB_FTZ_ENTRY) != 0;
			if (by_entry != (pass == 0))
				continue;
			const struct rb_program *p = m != NULL ? &rb->programs[m->program] : NULL;
			if (p != NULL && p->void_by != RB_NONE && a->facts.entered >= p->void_until)
				continue; /* no longer collected, whatever the day of admission */
			out->list[count++] = item;
		}
	}
	out->count = count;
}

static void find_items(tw_assessor *a, struct items *out, const struct rb_leaf *leaf)
{
	const struct facts *f = &a->facts;
	const struct rb_jurisdiction *j = f->jurisdiction;
	uint32_t class_ = leaf->class_, zone = a->words.ftz_admitted;
	uint32_t epoch = lookup_epoch(a->rb, j, f->entered);
	out->stack = lookup_stack(a->rb, j, epoch, class_, f->origin);
	out->count = out->stack->items.count;
	memcpy(out->list, a->rb->items + out->stack->items.first, out->count * sizeof out->list[0]);
	if (facts_said(f, zone)) {
		epoch = lookup_epoch(a->rb, j, f->claim[zone].number);
		zone_items(a, out, lookup_stack(a->rb, j, epoch, class_, f->origin));
		answer_say(&a->warnings,
			   "ftz-rate-of-admission: the rates are those of the admission in "
			   "privileged foreign status");
	}
}

static const struct rb_base *base_of(tw_assessor *a, const struct rb_leaf *leaf)
{
	uint32_t zone = a->words.ftz_admitted;
	tw_time at = facts_said(&a->facts, zone) ? a->facts.claim[zone].number : a->facts.entered;
	const struct rb_base *base = lookup_base(a->rb, leaf, at);
	if (base == NULL)
		base = lookup_base(a->rb, leaf, a->facts.entered);
	if (base == NULL && leaf->bases.count != 0)
		base = &a->rb->bases[leaf->bases.first + leaf->bases.count - 1];
	return base;
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

static const char *open_name(const tw_assessor *a, const struct reading *reading, uint32_t i)
{
	const struct rb_claim *claim = &a->rb->claims[a->rb->atoms[reading->open[i]].claim];
	return answer_keep((tw_assessor *)(uintptr_t)a, "%s: %s", rb_text(a->rb, claim->name),
			   rb_text(a->rb, claim->title));
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
			stack_make(&a->other, input);
			if (a->other.known)
				widen(b, a->other.amount, leaf);
			if (same_answer(&a->other, shown))
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
	find_items(a, items, leaf);
	find_values(a, &input.value, &input.whole_value);
	reading.value = input.value;
	base_find(&base, &a->words, &a->facts, base_of(a, leaf), input.value, a->facts.entered);
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
	if (out == &a->stack && (reading.open_count != 0 || bits(out->metals) > 1))
		try_readings(a, &input, b, out, leaf);
}

/* Two tariff lines that nothing in the law tells apart. */
static bool alike(const tw_assessor *a, const struct rb_leaf *x, const struct rb_leaf *y)
{
	const struct rb_base *p, *q;
	if (x->class_ != y->class_)
		return false;
	if (x->bases.count == 0 || y->bases.count == 0)
		return true;
	p = lookup_base(a->rb, x, a->facts.entered);
	q = lookup_base(a->rb, y, a->facts.entered);
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
		if (!layer->whole || m->least_num != 0 || rate->terms.count > 1 ||
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

static void find_rate(tw_assessor *a, tw_money value)
{
	int64_t sum = 0;
	bool plain = true;
	for (size_t i = 0; plain && i < a->stack.layer_count; i++)
		plain = add_rate(a, &a->stack.layer[i], &sum);
	if (a->relief.eligible)
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
	out->has_amount = agree && a->missing.count == 0 && a->facts.has_value;
	if (b->codes_differ && agree && a->facts.has_value && a->missing.count == 0)
		out->has_amount = true;
	out->additional = a->stack.additional;
	out->refundable = a->stack.refundable;
	if (a->relief.eligible) {
		/* Let in free: whatever stays open, nothing is due. */
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
			snprintf(out->least_code, sizeof out->least_code, "%.*s",
				 (int)(b->least_digits != 0 ? b->least_digits : 10),
				 answer_keep(a, "%010llu", (unsigned long long)b->least_code));
			snprintf(out->greatest_code, sizeof out->greatest_code, "%.*s",
				 (int)(b->greatest_digits != 0 ? b->greatest_digits : 10),
				 answer_keep(a, "%010llu", (unsigned long long)b->greatest_code));
		}
	}
	if (out->has_amount)
		find_rate(a, value);
	out->base_amount = a->base.known ? a->base.amount : 0;
}

static void say_missing(tw_assessor *a, const struct bounds *b)
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
	if (b->codes_differ && !(b->any && !b->open && b->least == b->greatest))
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
			if (!p->all && symbol == p->symbol && p->from <= a->facts.entered &&
			    a->facts.entered < p->until &&
			    (p->origins[origin / 64] >> origin % 64 & 1) != 0)
				return true;
		}
	}
	return false;
}

/* Preferences and facts that nobody mentioned and on which a measure here turns. */
static void remind(tw_assessor *a, const struct rb_leaf *leaf, const struct rb_stack *stack)
{
	const struct rb_base *base = leaf->bases.count != 0 ? base_of(a, leaf) : NULL;
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

static void say_warnings(tw_assessor *a, const struct rb_leaf *leaf, const struct items *items)
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
	for (unsigned i = 0; i < RB_REST; i++)
		if ((a->stack.assumed_zero >> i & 1) != 0)
			answer_say(
			    &a->warnings,
			    answer_keep(a,
					"assumed-zero: no value of %s is declared beside another "
					"metal's, it is taken as 0",
					rb_text(rb, a->facts.jurisdiction->part_names[i])));
	if (leaf->bases.count != 0 && (base_of(a, leaf)->flags & RB_EXCISE) != 0)
		answer_say(&a->warnings,
			   "excise: a federal excise tax may be due on this tariff line");
	if (a->stack.overflow)
		answer_say(&a->warnings, "overflow: more layers than an answer holds");
	remind(a, leaf, items->stack);
}

/* The next change, and a day that changes after its first minute. */
static void find_changes(tw_assessor *a, struct leaf_range range)
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
	if (a->out.changes_on != TW_TIME_MAX)
		a->out.changes_offset = time_offset(zone, a->out.changes_on);
	if (moves)
		answer_say(&a->warnings,
			   "date-ambiguous: the law changes during this day; noon is taken, "
			   "give the time of entry");
}

static const struct quantity *mass_of(const tw_assessor *a, const char *dimension, int64_t *scaled)
{
	const struct rb *rb = a->rb;
	static const int order[] = {2, 0, 1};
	for (size_t i = 0; i < 3; i++) {
		const struct quantity *q = &a->facts.qty[order[i]];
		if (!q->given || (q->unit == RB_NONE && order[i] != 2))
			continue;
		if (q->unit == RB_NONE) {
			if (strcmp(dimension, "mass") != 0)
				continue;
			*scaled = q->amount; /* kg in millionths: milligrams */
			return q;
		}
		const struct rb_unit *unit = &rb->units[q->unit];
		if (strcmp(rb_text(rb, unit->dimension), dimension) != 0)
			continue;
		*scaled = money_share(q->amount, unit->num, unit->den, 1);
		return q;
	}
	return NULL;
}

static void run_screen(tw_assessor *a, const struct tw_line *line)
{
	const struct facts *f = &a->facts;
	const struct rb_country *country = a->rb->countries;
	struct screen_facts facts;
	struct screen_result result;
	memset(&facts, 0, sizeof facts);
	memcpy(facts.into, f->jurisdiction->code, 3);
	memcpy(facts.origin, country[f->origin].iso2, 3);
	memcpy(facts.ship_from, country[f->ship_from].iso2, 3);
	for (uint32_t i = 0; i < f->via_count; i++)
		memcpy(facts.via[facts.via_count++], country[f->via[i]].iso2, 3);
	facts.entered = f->entered;
	if (mass_of(a, "mass", &facts.weight) == NULL)
		facts.weight = -1;
	if (mass_of(a, "volume", &facts.volume) == NULL)
		facts.volume = -1;
	facts.hts = a->out.hts;
	screen_line(&result, a->screen, line, &facts);
	a->out.substances = result.substances;
	a->out.substance_count = result.substance_count;
	a->out.controls = result.controls;
	a->out.control_count = result.control_count;
	for (size_t i = 0; i < result.warning_count; i++)
		answer_say(&a->warnings, result.warnings[i]);
	a->out.lane = result.lane > a->out.lane ? result.lane : a->out.lane;
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
	say_refused(
	    a, "prohibited", "hts",
	    answer_keep(a, "these goods may not be imported: %s (%s)",
			m->title != 0 ? rb_text(a->rb, m->title) : rb_text(a->rb, m->id),
			m->by != RB_NONE ? rb_text(a->rb, a->rb->instruments[m->by].id) : ""));
	a->out.lane = TW_LANE_RED;
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
		say_refused(a, a->refusal.reason, a->refusal.column, a->refusal.text);
		return;
	}
	fill_header(a);
	if (!covered(a) || !find_leaves(a, &range))
		return;
	const struct rb_leaf *leaf = assess_leaves(a, range, &bounds, &items);
	if (a->stack.prohibited != RB_NONE) {
		refuse_prohibited(a);
		return;
	}
	find_relief(a, &items);
	say_missing(a, &bounds);
	settle(a, &bounds);
	answer_fill(a);
	say_warnings(a, leaf, &items);
	find_changes(a, range);
	a->out.entry_type =
	    answer_keep(a, "%.*s", (int)a->facts.entry_type.length,
			a->facts.entry_type.length != 0 ? a->facts.entry_type.at : "");
	a->out.lane = TW_LANE_GREEN;
	if (!a->options.no_screen)
		run_screen(a, line);
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
	finish(a);
	*out = &a->out;
	return TW_OK;
}

int tw_assessor_new(tw_assessor **out, const tw_rulebook *book, const struct tw_options *options,
		    struct tw_error *error)
{
	*out = NULL;
	tw_assessor *a = calloc(1, sizeof *a);
	if (a == NULL) {
		if (error != NULL) {
			memset(error, 0, sizeof *error);
			error->code = TW_NO_MEMORY;
			snprintf(error->message, sizeof error->message, "out of memory");
		}
		return TW_NO_MEMORY;
	}
	a->book = book;
	a->rb = rulebook_layout(book);
	if (options != NULL && options->size == sizeof *options)
		a->options = *options;
	vocabulary_make(&a->words, a->rb);
	int code = screen_new(&a->screen, book, error);
	if (code != TW_OK) {
		tw_assessor_free(a);
		return code;
	}
	*out = a;
	return TW_OK;
}

void tw_assessor_free(tw_assessor *a)
{
	if (a == NULL)
		return;
	screen_free(a->screen);
	free(a);
}

static const char *const column_names[TW_COLUMN_COUNT] = {
    [TW_COLUMN_ID] = "id",
    [TW_COLUMN_SHIPMENT] = "shipment",
    [TW_COLUMN_INTO] = "into",
    [TW_COLUMN_HTS] = "hts",
    [TW_COLUMN_ORIGIN] = "origin",
    [TW_COLUMN_SHIP_FROM] = "ship_from",
    [TW_COLUMN_VIA] = "via",
    [TW_COLUMN_ENTERED] = "entered",
    [TW_COLUMN_IMPORTED] = "imported",
    [TW_COLUMN_LOADED] = "loaded",
    [TW_COLUMN_DEPARTED] = "departed",
    [TW_COLUMN_CHANNEL] = "channel",
    [TW_COLUMN_TRANSPORT] = "transport",
    [TW_COLUMN_ENTRY_TYPE] = "entry_type",
    [TW_COLUMN_VALUE] = "value",
    [TW_COLUMN_CURRENCY] = "currency",
    [TW_COLUMN_RETAIL_VALUE] = "retail_value",
    [TW_COLUMN_QTY] = "qty",
    [TW_COLUMN_UNIT] = "unit",
    [TW_COLUMN_QTY2] = "qty2",
    [TW_COLUMN_UNIT2] = "unit2",
    [TW_COLUMN_WEIGHT] = "weight",
    [TW_COLUMN_CLAIMS] = "claims",
    [TW_COLUMN_DESCRIPTION] = "description",
    [TW_COLUMN_CAS] = "cas",
    [TW_COLUMN_SMILES] = "smiles",
    [TW_COLUMN_INCHIKEY] = "inchikey",
    [TW_COLUMN_CONCENTRATION] = "concentration",
    [TW_COLUMN_CONSIGNEE] = "consignee",
    [TW_COLUMN_SHIPPER] = "shipper",
    [TW_COLUMN_ORDER] = "order",
};

const char *tw_column_name(enum tw_column column)
{
	return (unsigned)column < TW_COLUMN_COUNT ? column_names[column] : "";
}

int tw_column_find(struct tw_text name)
{
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (strlen(column_names[i]) == name.length &&
		    memcmp(column_names[i], name.at, name.length) == 0)
			return i;
	return -1;
}

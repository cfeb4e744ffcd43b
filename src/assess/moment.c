/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the moment whose law a line takes: that of its entry, of the admission
 * to a foreign-trade zone, or the time that a measure of the kind `rates_of`
 * names; and the items that follow from it. Decides nothing about any of them.
 */
#include "parts.h"

#include "law.h"

#include <stdio.h>
#include <string.h>

/* The measure that gives the goods the rates of another time than their entry, or NULL. */
static const struct rb_measure *rates_of(tw_assessor *a, const struct rb_stack *entry)
{
	struct reading reading = {
	    .rb = a->rb, .words = &a->words, .facts = &a->facts, .frozen = true};
	if (!a->facts.has_it_date || facts_said(&a->facts, a->words.ftz_admitted))
		return NULL; /* a privileged status fixed the rates before */
	for (uint32_t i = 0; i < entry->tail.count; i++) {
		uint32_t item = a->rb->items[entry->tail.first + i];
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		const struct rb_measure *m = &a->rb->measures[item];
		if (m->effect == LAW_EFFECT_RATES_OF && measure_applies(&reading, m))
			return m;
	}
	return NULL;
}

static const struct rb_stack *stack_at(const tw_assessor *a, const struct rb_leaf *leaf, tw_time at)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	return lookup_stack(a->rb, j, lookup_epoch(a->rb, j, at), leaf->class_, a->facts.origin);
}

const struct rb_measure *moment_bond(tw_assessor *a, const struct rb_leaf *leaf)
{
	return a->facts.has_it_date ? rates_of(a, stack_at(a, leaf, a->facts.entered)) : NULL;
}

tw_time moment_of(tw_assessor *a, const struct rb_leaf *leaf)
{
	uint32_t zone = a->words.ftz_admitted;
	if (facts_said(&a->facts, zone))
		return a->facts.claim[zone].number;
	return moment_bond(a, leaf) != NULL ? a->facts.it_date : a->facts.entered;
}

static const struct rb_program *program_of(const tw_assessor *a, uint32_t item)
{
	uint32_t program = (item & RB_ITEM_YIELD) != 0
			       ? a->rb->yields[item & ~RB_ITEM_YIELD].program
			       : a->rb->measures[item].program;
	return &a->rb->programs[program];
}

static void take(const tw_assessor *a, struct items *out, const struct rb_stack *from,
		 bool prohibitions)
{
	for (uint32_t i = 0; i < from->items.count; i++) {
		uint32_t item = a->rb->items[from->items.first + i];
		const struct rb_program *p = program_of(a, item);
		bool ended = p->void_by != RB_NONE && a->facts.entered >= p->void_until;
		if ((p->kind == LAW_KIND_PROHIBITION) == prohibitions && !ended)
			out->list[out->count++] = item;
	}
}

void moment_items(tw_assessor *a, struct items *out, const struct rb_leaf *leaf)
{
	uint32_t zone = a->words.ftz_admitted;
	out->stack = stack_at(a, leaf, a->facts.entered);
	out->count = 0;
	if (facts_said(&a->facts, zone)) {
		zone_items(out, a->rb, stack_at(a, leaf, a->facts.claim[zone].number),
			   a->facts.entered);
		answer_say(&a->warnings,
			   "ftz-rate-of-admission: the rates are those of the admission in "
			   "privileged foreign status");
		return;
	}
	if (rates_of(a, out->stack) != NULL) {
		/* Whether goods may come in at all is asked on the day of their entry; what a
		   court ended is not collected, whatever the day of the rates. */
		take(a, out, out->stack, true);
		take(a, out, stack_at(a, leaf, a->facts.it_date), false);
		return;
	}
	out->count = out->stack->items.count;
	memcpy(out->list, a->rb->items + out->stack->items.first, out->count * sizeof out->list[0]);
}

static bool is_settled(const tw_assessor *a, const struct rb_measure *bond, uint32_t program)
{
	for (uint32_t i = 0; i < bond->settled.count; i++)
		if (a->rb->indexes[bond->settled.first + i] == program)
			return true;
	return false;
}

/* The programs of the answer for which the rule is less than sure. */
static void list_unsettled(char *out, size_t size, const tw_assessor *a,
			   const struct rb_measure *bond)
{
	uint32_t last = RB_NONE;
	out[0] = '\0';
	for (size_t i = 0; i < a->stack.layer_count; i++) {
		const struct layer *layer = &a->stack.layer[i];
		if (layer->measure == RB_NONE)
			continue;
		uint32_t program = a->rb->measures[layer->measure].program;
		if (program == last || is_settled(a, bond, program))
			continue;
		last = program;
		size_t at = strlen(out);
		snprintf(out + at, size - at, "%s%s", at != 0 ? ", " : "",
			 rb_text(a->rb, a->rb->programs[program].id));
	}
}

void moment_warn(tw_assessor *a, const struct rb_leaf *leaf)
{
	char programs[400], day[26];
	const struct rb_measure *bond = moment_bond(a, leaf);
	if (!a->facts.has_it_date)
		return;
	if (bond == NULL) {
		answer_say(&a->warnings,
			   "it-date: no rule gives these goods the rates of that day; those of the "
			   "entry are taken");
		return;
	}
	int zone = (int)a->facts.jurisdiction->zone;
	time_print(day, a->facts.it_date, time_offset((enum tw_zone)zone, a->facts.it_date));
	list_unsettled(programs, sizeof programs, a, bond);
	answer_say(
	    &a->warnings,
	    answer_keep(a,
			"it-date: the rates are those of %s, when the immediate-transportation "
			"entry was accepted (%s)%s%s%s%s",
			day, rb_text(a->rb, a->rb->instruments[bond->by].id),
			programs[0] != '\0' ? "; confidence " : "",
			programs[0] != '\0' ? rb_text(a->rb, bond->confidence_text) : "",
			programs[0] != '\0' ? " for " : "", programs));
}

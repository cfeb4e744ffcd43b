/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the moment whose law a line takes: that of its entry, of the admission
 * to a foreign-trade zone, or the time that a measure of the kind `rates_of`
 * names; and the items that follow from it. Decides nothing about any of them.
 */
#include "assess/moment.h"

#include "assess/answer.h"
#include "assess/zone.h"
#include "common/legal.h"
#include "rulebook/docket.h"

#include <stdio.h>
#include <string.h>

/* The measure that gives the goods the rates of another time than their entry, or NULL. */
static const struct rb_measure *rates_of(tw_assessor *a, uint32_t entry)
{
	struct reading reading = {.rb = a->rb,
				  .words = &a->words,
				  .facts = &a->facts,
				  .settled = &a->settled,
				  .record = a->record,
				  .frozen = true};
	if (!a->facts.has_it_date || facts_said(&a->facts, a->words.ftz_admitted))
		return NULL; /* a privileged status fixed the rates before */
	struct rb_walk walk = rb_walk(a->rb, rb_tail(a->rb, entry));
	for (uint32_t item; rb_walk_on(&walk, &item);) {
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		const struct rb_measure *m = &a->rb->measures[item];
		if (m->effect == LAW_EFFECT_RATES_OF && condition_holds(&reading, m->when))
			return m;
	}
	return NULL;
}

static uint32_t docket_at(const tw_assessor *a, const struct rb_leaf *leaf, tw_time at)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	return lookup_docket(a->rb, j, lookup_epoch(a->rb, j, at), leaf->goods, a->facts.origin);
}

const struct rb_measure *moment_bond(tw_assessor *a, const struct rb_leaf *leaf)
{
	return a->facts.has_it_date ? rates_of(a, docket_at(a, leaf, a->facts.entered)) : NULL;
}

tw_time moment_of(tw_assessor *a, const struct rb_leaf *leaf)
{
	uint32_t zone = a->words.ftz_admitted;
	if (facts_said(&a->facts, zone))
		return a->facts.claim[zone].number;
	return moment_bond(a, leaf) ? a->facts.it_date : a->facts.entered;
}

static const struct rb_program *program_of(const tw_assessor *a, uint32_t item)
{
	uint32_t program = (item & RB_ITEM_YIELD) != 0
			       ? a->rb->yields[item & ~RB_ITEM_YIELD].program
			       : a->rb->measures[item].program;
	return &a->rb->programs[program];
}

static void take(const tw_assessor *a, struct items *out, uint32_t from, bool prohibitions)
{
	struct rb_walk walk = rb_walk(a->rb, rb_items(a->rb, from));
	for (uint32_t item; rb_walk_on(&walk, &item);) {
		const struct rb_program *p = program_of(a, item);
		bool ended = p->void_by != RB_NONE && a->facts.entered >= p->void_until;
		if ((p->kind == LAW_KIND_PROHIBITION) == prohibitions && !ended)
			out->list[out->count++] = item;
	}
}

/* The items of the programs that may lay something. */
static void take_all(const tw_assessor *a, struct items *out, uint32_t chain)
{
	const struct rb *rb = a->rb;
	uint32_t last = narrow_get(&rb->chain[RB_CHAIN_LINKS], chain + 1);
	out->parted = false;
	for (uint32_t i = narrow_get(&rb->chain[RB_CHAIN_LINKS], chain); i < last; i++) {
		const struct link *link =
		    tables_link(&a->tables, rb, narrow_get(&rb->chain_link, i));
		if (!facts_may(&a->facts, &link->chance))
			continue;
		out->parted = out->parted || link->parted;
		for (uint32_t at = link->first; at < link->end; at++)
			out->list[out->count++] = rb->items[at];
	}
}

void moment_items(tw_assessor *a, struct items *out, const struct rb_leaf *leaf)
{
	uint32_t zone = a->words.ftz_admitted;
	out->docket = docket_at(a, leaf, a->facts.entered);
	out->count = 0;
	out->parted = true;
	if (facts_said(&a->facts, zone)) {
		zone_items(out, a->rb, docket_at(a, leaf, a->facts.claim[zone].number),
			   a->facts.entered);
		answer_say(&a->warnings, "ftz-rate-of-admission: the rates are those in force at "
					 "admission in privileged foreign status");
		return;
	}
	if (rates_of(a, out->docket)) {
		/* Whether goods may come in at all is asked on the day of their entry; what a
		   court ended is not collected, whatever the day of the rates. */
		take(a, out, out->docket, true);
		take(a, out, docket_at(a, leaf, a->facts.it_date), false);
		return;
	}
	take_all(a, out, rb_items(a->rb, out->docket));
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
		answer_list(out, size, ", ", rb_text(a->rb, a->rb->programs[program].id));
	}
}

void moment_warn(tw_assessor *a, const struct rb_leaf *leaf)
{
	char programs[400], day[26];
	const struct rb_measure *bond = moment_bond(a, leaf);
	if (!a->facts.has_it_date)
		return;
	if (!bond) {
		answer_say(&a->warnings, "it-date: no rule gives these goods the rates of that "
					 "day; those of the date of entry apply");
		return;
	}
	int zone = (int)a->facts.jurisdiction->zone;
	time_print(day, a->facts.it_date, time_offset((enum time_zone)zone, a->facts.it_date));
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

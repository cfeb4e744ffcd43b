/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The items of goods from a foreign-trade zone: the measures of the day of
 * admission, but those that follow the day of entry, each program after those
 * before which it steps back. Decides nothing about any of them.
 */
#include "assess/zone.h"
#include "common/legal.h"
#include "rulebook/docket.h"

#include <string.h>

struct zone {
	const struct rb *rb;
	uint32_t entry, admitted; /* dockets */
	tw_time entered;
	uint32_t program[2 * RB_DOCKET];
	bool in_admitted[2 * RB_DOCKET], placed[2 * RB_DOCKET];
	size_t count;
};

static uint32_t program_of(const struct rb *rb, uint32_t item)
{
	return (item & RB_ITEM_YIELD) != 0 ? rb->yields[item & ~RB_ITEM_YIELD].program
					   : rb->measures[item].program;
}

static void list_programs(struct zone *z, uint32_t docket, bool admitted)
{
	struct rb_walk walk = rb_walk(z->rb, rb_items(z->rb, docket));
	while (rb_walk_link(&walk)) {
		uint32_t program = program_of(z->rb, walk.at[0]);
		size_t k = 0;
		while (k < z->count && z->program[k] != program)
			k++;
		if (k < z->count || k == 2 * RB_DOCKET)
			continue;
		z->program[k] = program;
		z->in_admitted[k] = admitted;
		z->placed[k] = false;
		z->count++;
	}
}

static bool names_program(const struct rb *rb, const struct rb_yield *y, uint32_t program)
{
	for (uint32_t i = 0; i < y->programs.count; i++)
		if (rb->indexes[y->programs.first + i] == program)
			return true;
	for (uint32_t i = 0; i < y->measures.count; i++)
		if (rb->measures[rb->indexes[y->measures.first + i]].program == program)
			return true;
	return false;
}

/* The rules by which a program steps back are those of the admission; of the entry where it had
 * no measure for the goods then. */
static uint32_t yields_of(const struct zone *z, size_t k)
{
	return z->in_admitted[k] ? z->admitted : z->entry;
}

/* Has all before which it may step back been placed? */
static bool is_ready(const struct zone *z, size_t k)
{
	struct rb_walk walk = rb_walk(z->rb, rb_items(z->rb, yields_of(z, k)));
	for (uint32_t item; rb_walk_on(&walk, &item);) {
		if ((item & RB_ITEM_YIELD) == 0 || program_of(z->rb, item) != z->program[k])
			continue;
		const struct rb_yield *y = &z->rb->yields[item & ~RB_ITEM_YIELD];
		for (size_t other = 0; other < z->count; other++)
			if (other != k && !z->placed[other] &&
			    names_program(z->rb, y, z->program[other]))
				return false;
	}
	return true;
}

/* Measures of a program from the day whose law they take: those that excuse, then the others. */
static void put_measures(const struct zone *z, struct items *out, uint32_t program, bool exempt)
{
	const uint32_t dockets[] = {z->admitted, z->entry};
	const struct rb_program *p = &z->rb->programs[program];
	if (p->void_by != RB_NONE && z->entered >= p->void_until)
		return; /* no longer collected, whatever the day of admission */
	for (size_t s = 0; s < 2; s++) {
		struct rb_walk walk = rb_walk(z->rb, rb_items(z->rb, dockets[s]));
		for (uint32_t item; rb_walk_on(&walk, &item);) {
			if ((item & RB_ITEM_YIELD) != 0 || program_of(z->rb, item) != program)
				continue;
			const struct rb_measure *m = &z->rb->measures[item];
			if (((m->flags & RB_FTZ_ENTRY) != 0) == (s == 1) &&
			    (m->effect == LAW_EFFECT_EXEMPT) == exempt)
				out->list[out->count++] = item;
		}
	}
}

static void put_yields(const struct zone *z, struct items *out, size_t k)
{
	struct rb_walk walk = rb_walk(z->rb, rb_items(z->rb, yields_of(z, k)));
	for (uint32_t item; rb_walk_on(&walk, &item);) {
		if ((item & RB_ITEM_YIELD) != 0 && program_of(z->rb, item) == z->program[k])
			out->list[out->count++] = item;
	}
}

void zone_items(struct items *out, const struct rb *rb, uint32_t admitted, tw_time entered)
{
	struct zone z = {.rb = rb, .entry = out->docket, .admitted = admitted, .entered = entered};
	list_programs(&z, admitted, true);
	list_programs(&z, out->docket, false);
	out->count = 0;
	for (size_t done = 0; done < z.count; done++) {
		size_t next = z.count, any = z.count;
		for (size_t k = z.count; k-- > 0;) {
			if (z.placed[k])
				continue;
			any = k;
			if (is_ready(&z, k))
				next = k;
		}
		next = next < z.count ? next : any; /* two days may make a circle: the first */
		z.placed[next] = true;
		put_measures(&z, out, z.program[next], true);
		put_measures(&z, out, z.program[next], false);
		put_yields(&z, out, next);
	}
}

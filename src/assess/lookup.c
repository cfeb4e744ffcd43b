/* SPDX-License-Identifier: Apache-2.0 */
/* Look-ups in the tables of an open rulebook. Pure. */
#include "assess/lookup.h"

#include "common/ahead.h"
#include "rulebook/docket.h"

#include <string.h>

/* The first of the leaves from..to that ends behind the code. */
static uint32_t first_leaf(const struct rb_leaf *leaf, uint32_t from, uint32_t to, uint64_t low)
{
	uint32_t behind = from; /* the first that begins behind the code */
	for (uint32_t count = to - from; count != 0;) {
		uint32_t half = count / 2;
		bool before = rb_low(&leaf[behind + half]) <= low;
		behind = before ? behind + half + 1 : behind;
		count = before ? count - half - 1 : half;
	}
	return behind > from && rb_high(&leaf[behind - 1]) > low ? behind - 1 : behind;
}

/* The same of the first code of a heading of four digits, searched once. */
static uint32_t first_of_heading(const struct tables *tables, const struct rb *rb,
				 const struct rb_jurisdiction *j, uint64_t four)
{
	uint32_t *found =
	    tables->heading + (size_t)(j - rb->jurisdictions) * TABLES_HEADINGS + four;
	if (*found == 0)
		*found = 1 + first_leaf(rb->leaves + j->leaves.first, 0, j->leaves.count,
					four * 1000000);
	return *found - 1;
}

void lookup_soon(const struct tables *tables, const struct rb *rb, const struct rb_jurisdiction *j,
		 uint64_t low)
{
	const uint32_t *found =
	    tables->heading + (size_t)(j - rb->jurisdictions) * TABLES_HEADINGS + low / 1000000;
	if (found[0] != 0 && found[1] != 0)
		ahead_of(&rb->leaves[j->leaves.first + (found[0] + found[1]) / 2 - 1], 0);
}

struct leaf_range lookup_leaves(const struct tables *tables, const struct rb *rb,
				const struct rb_jurisdiction *j, uint64_t low, uint64_t high)
{
	const struct rb_leaf *leaf = rb->leaves + j->leaves.first;
	uint64_t four = low / 1000000;
	uint32_t from = first_leaf(leaf, first_of_heading(tables, rb, j, four),
				   first_of_heading(tables, rb, j, four + 1), low);
	uint32_t last = from;
	while (last < j->leaves.count && rb_low(&leaf[last]) < high)
		last++;
	return (struct leaf_range){j->leaves.first + from, j->leaves.first + last};
}

const struct rb_base *lookup_base(const struct rb *rb, const struct rb_leaf *leaf, int64_t at)
{
	for (uint32_t i = 0; i < leaf->base_count; i++) {
		const struct rb_base *base = &rb->bases[leaf->base_first + i];
		if (base->from <= at && at < base->until)
			return base;
	}
	return NULL;
}

uint32_t lookup_epoch(const struct rb *rb, const struct rb_jurisdiction *j, int64_t at)
{
	const int64_t *epoch = rb->epochs + j->epochs.first;
	uint32_t low = 0;
	for (uint32_t count = j->epochs.count; count > 1;) {
		uint32_t half = count / 2;
		low = epoch[low + half] <= at ? low + half : low;
		count -= half;
	}
	return low;
}

uint32_t lookup_column(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t origin)
{
	return rb->indexes[j->columns.first + (origin != RB_NONE ? origin : rb->country_count)];
}

uint32_t lookup_docket(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		       uint32_t goods, uint32_t origin)
{
	return rb_docket(rb, j, rb_row(rb, j, epoch, goods), lookup_column(rb, j, origin));
}

static bool same_rates(const struct rb *rb, const struct rb_base *a, const struct rb_base *b)
{
	return a->general == b->general && a->column2 == b->column2 &&
	       a->specials.count == b->specials.count &&
	       memcmp(rb->specials + a->specials.first, rb->specials + b->specials.first,
		      a->specials.count * sizeof *rb->specials) == 0;
}

int64_t lookup_base_change(const struct rb *rb, const struct rb_leaf *leaf, int64_t at)
{
	for (uint32_t i = 0; i + 1 < leaf->base_count; i++) {
		const struct rb_base *base = &rb->bases[leaf->base_first + i];
		if (base->until > at && base->until == base[1].from &&
		    !same_rates(rb, base, base + 1))
			return base->until;
	}
	return INT64_MAX;
}

/* Do two dockets lay the same duties, with mail those on mail too? */
static bool same_duties(const struct rb *rb, uint32_t one, uint32_t two, bool mail)
{
	const struct narrow *all = &rb->docket[RB_DOCKET_ALL];
	const struct narrow *duties = &rb->chain[RB_CHAIN_DUTIES];
	if (mail)
		return narrow_get(all, one) == narrow_get(all, two);
	return narrow_get(duties, rb_items(rb, one)) == narrow_get(duties, rb_items(rb, two));
}

int64_t lookup_duties_change(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
			     uint32_t goods, uint32_t origin, bool mail, int64_t before)
{
	const int64_t *starts = rb->epochs + j->epochs.first;
	uint32_t column = lookup_column(rb, j, origin), row = rb_row(rb, j, epoch, goods);
	uint32_t here = rb_docket(rb, j, row, column);
	for (uint32_t e = epoch + 1; e < j->epochs.count && starts[e] < before; e++) {
		uint32_t next = rb_row(rb, j, e, goods);
		if (next == row)
			continue;
		row = next;
		uint32_t there = rb_docket(rb, j, row, column);
		if (here != there && !same_duties(rb, here, there, mail))
			return starts[e];
	}
	return before;
}

int64_t lookup_change(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		      const struct rb_leaf *leaf, uint32_t origin, bool mail, int64_t at)
{
	return lookup_duties_change(rb, j, epoch, leaf->goods, origin, mail,
				    lookup_base_change(rb, leaf, at));
}

static void ask_for(const struct narrow *field, size_t index)
{
	ahead_of(field->at, index * field->stride);
}

void lookup_begin(struct lookup_way *way, const struct tables *tables, const struct rb *rb,
		  const struct rb_jurisdiction *j, uint64_t low, uint64_t high, uint32_t origin,
		  int64_t at)
{
	struct leaf_range range = lookup_leaves(tables, rb, j, low, high);
	way->stage = WAY_ENDS;
	way->range = range;
	way->has_range = true;
	if (range.first == range.last)
		return;
	way->jurisdiction = j;
	way->column = lookup_column(rb, j, origin);
	way->at = j->rows + (size_t)lookup_epoch(rb, j, at) * j->goods_count +
		  rb->leaves[range.first].goods;
	ahead_of(&rb->bases[rb->leaves[range.first].base_first], 0);
	way->stage = WAY_ROW;
	ask_for(&rb->row, way->at);
}

void lookup_step(struct lookup_way *way, const struct rb *rb)
{
	const struct rb_jurisdiction *j = way->jurisdiction;
	switch (way->stage) {
	case WAY_ROW:
		way->at = j->strips +
			  (size_t)narrow_get(&rb->row, way->at) * rb_strips(j->column_count) +
			  way->column / RB_STRIP;
		ask_for(&rb->strip, way->at);
		break;
	case WAY_STRIP:
		way->at =
		    (size_t)narrow_get(&rb->strip, way->at) * RB_STRIP + way->column % RB_STRIP;
		ask_for(&rb->cell, way->at);
		break;
	case WAY_CELL:
		way->at = narrow_get(&rb->cell, way->at);
		ask_for(&rb->docket[RB_DOCKET_ITEMS], way->at);
		break;
	case WAY_DOCKET:
		way->at = narrow_get(&rb->docket[RB_DOCKET_ITEMS], way->at);
		ask_for(&rb->chain[RB_CHAIN_LINKS], way->at);
		break;
	case WAY_CHAIN:
		way->at = narrow_get(&rb->chain[RB_CHAIN_LINKS], way->at);
		ask_for(&rb->chain_link, way->at);
		break;
	case WAY_LINK:
	case WAY_ENDS:
	default:
		return;
	}
	way->stage++;
}

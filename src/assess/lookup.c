/* SPDX-License-Identifier: Apache-2.0 */
/* Look-ups in the tables of an open rulebook. Pure. */
#include "lookup.h"

#include <string.h>

struct leaf_range lookup_leaves(const struct rb *rb, const struct rb_jurisdiction *j, uint64_t low,
				uint64_t high)
{
	const struct rb_leaf *leaf = rb->leaves + j->leaves.first;
	uint32_t from = 0, to = j->leaves.count;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (leaf[middle].high <= low)
			from = middle + 1;
		else
			to = middle;
	}
	uint32_t last = from;
	while (last < j->leaves.count && leaf[last].low < high)
		last++;
	return (struct leaf_range){j->leaves.first + from, j->leaves.first + last};
}

const struct rb_base *lookup_base(const struct rb *rb, const struct rb_leaf *leaf, int64_t at)
{
	for (uint32_t i = 0; i < leaf->bases.count; i++) {
		const struct rb_base *base = &rb->bases[leaf->bases.first + i];
		if (base->from <= at && at < base->until)
			return base;
	}
	return NULL;
}

uint32_t lookup_epoch(const struct rb *rb, const struct rb_jurisdiction *j, int64_t at)
{
	const int64_t *epoch = rb->epochs + j->epochs.first;
	uint32_t low = 0, high = j->epochs.count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (epoch[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static uint32_t stack_index(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
			    uint32_t class_, uint32_t origin)
{
	uint32_t country = origin != RB_NONE ? origin : rb->country_count;
	uint32_t column = rb->indexes[j->columns.first + country];
	uint32_t row = rb->rows[j->rows + (size_t)epoch * j->class_count + class_];
	return rb->cells[row + column];
}

const struct rb_stack *lookup_stack(const struct rb *rb, const struct rb_jurisdiction *j,
				    uint32_t epoch, uint32_t class_, uint32_t origin)
{
	return &rb->stacks[stack_index(rb, j, epoch, class_, origin)];
}

static bool same_rates(const struct rb *rb, const struct rb_base *a, const struct rb_base *b)
{
	return a->general == b->general && a->column2 == b->column2 &&
	       a->specials.count == b->specials.count &&
	       memcmp(rb->specials + a->specials.first, rb->specials + b->specials.first,
		      a->specials.count * sizeof *rb->specials) == 0;
}

/* The schedule's own next change, in the leaf's periods. */
static int64_t base_change(const struct rb *rb, const struct rb_leaf *leaf, int64_t at)
{
	for (uint32_t i = 0; i + 1 < leaf->bases.count; i++) {
		const struct rb_base *base = &rb->bases[leaf->bases.first + i];
		if (base->until > at && base->until == base[1].from &&
		    !same_rates(rb, base, base + 1))
			return base->until;
	}
	return INT64_MAX;
}

int64_t lookup_change(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		      const struct rb_leaf *leaf, uint32_t origin, bool mail, int64_t at)
{
	const int64_t *starts = rb->epochs + j->epochs.first;
	uint32_t here = stack_index(rb, j, epoch, leaf->class_, origin);
	int64_t base = base_change(rb, leaf, at);
	for (uint32_t e = epoch + 1; e < j->epochs.count && starts[e] < base; e++) {
		uint32_t there = stack_index(rb, j, e, leaf->class_, origin);
		const struct rb_stack *a = &rb->stacks[here], *b = &rb->stacks[there];
		if (here != there && (mail ? a->all != b->all : a->duties != b->duties))
			return starts[e];
	}
	return base;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dockets of an open rulebook, known by their number: which items are heard
 * for goods and a column of origins in an epoch, and in what order.
 * Decides nothing about any item.
 */
#ifndef TW_RULEBOOK_DOCKET_H
#define TW_RULEBOOK_DOCKET_H

#include "rulebook/layout.h"

/* Strips of a row with so many columns. */
static inline uint32_t rb_strips(uint32_t columns)
{
	return (columns + RB_STRIP - 1) / RB_STRIP;
}

/* The docket of an epoch (of the jurisdiction), goods and a column. */
static inline uint32_t rb_row(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
			      uint32_t goods)
{
	return narrow_get(&rb->row, j->rows + (size_t)epoch * j->goods_count + goods);
}
static inline size_t rb_strip_at(const struct rb_jurisdiction *j, uint32_t row, uint32_t column)
{
	return j->strips + (size_t)row * rb_strips(j->column_count) + column / RB_STRIP;
}
static inline uint32_t rb_docket(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t row,
				 uint32_t column)
{
	size_t at = rb_strip_at(j, row, column);
	return narrow_get(&rb->cell,
			  (size_t)narrow_get(&rb->strip, at) * RB_STRIP + column % RB_STRIP);
}

static inline uint32_t rb_items(const struct rb *rb, uint32_t docket)
{
	return narrow_get(&rb->docket[RB_DOCKET_ITEMS], docket);
}
static inline uint32_t rb_tail(const struct rb *rb, uint32_t docket)
{
	return narrow_get(&rb->docket[RB_DOCKET_TAIL], docket);
}

/* A way along the items of a chain. */
struct rb_walk {
	const struct rb *rb;
	const uint32_t *at, *end;
	uint32_t link, last;
};
static inline struct rb_walk rb_walk(const struct rb *rb, uint32_t chain)
{
	return (struct rb_walk){.rb = rb,
				.link = narrow_get(&rb->chain[RB_CHAIN_LINKS], chain),
				.last = narrow_get(&rb->chain[RB_CHAIN_LINKS], chain + 1)};
}
/* Go on to a whole link, at to end; false: there is none. */
static inline bool rb_walk_link(struct rb_walk *walk)
{
	if (walk->link == walk->last)
		return false;
	uint32_t link = narrow_get(&walk->rb->chain_link, walk->link++);
	walk->at = walk->rb->items + narrow_get(&walk->rb->link, link);
	walk->end = walk->rb->items + narrow_get(&walk->rb->link, link + 1);
	return true;
}
/* The next item; false: there is none. */
static inline bool rb_walk_on(struct rb_walk *walk, uint32_t *item)
{
	if (walk->at == walk->end && !rb_walk_link(walk))
		return false;
	*item = *walk->at++;
	return true;
}
/* All items of a chain; out has room for RB_DOCKET + RB_SLACK. Returns how many. */
static inline uint32_t rb_chain_items(uint32_t *out, const struct rb *rb, uint32_t chain)
{
	uint32_t count = 0;
	for (struct rb_walk walk = rb_walk(rb, chain); rb_walk_link(&walk);)
		for (; walk.at < walk.end; walk.at += RB_SLACK) {
			uint32_t left = (uint32_t)(walk.end - walk.at);
			memcpy(out + count, walk.at, RB_SLACK * sizeof *out); /* short links */
			count += left < RB_SLACK ? left : RB_SLACK;
		}
	return count;
}
/* The items of the docket's tail, which is one link. */
static inline const uint32_t *rb_tail_items(const struct rb *rb, uint32_t docket, uint32_t *count)
{
	struct rb_walk walk = rb_walk(rb, rb_tail(rb, docket));
	*count = rb_walk_link(&walk) ? (uint32_t)(walk.end - walk.at) : 0;
	return walk.at;
}

/* Bounds of chains, links and items; the column, row and strip tables of one jurisdiction. NULL, or
   what is out of range. */
const char *docket_check(const struct rb *rb);
const char *docket_check_tables(const struct rb *rb, const struct rb_jurisdiction *j);

#endif

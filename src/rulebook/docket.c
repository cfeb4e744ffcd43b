/* SPDX-License-Identifier: Apache-2.0 */
/* Dockets and the test of their tables, see docket.h. */
#include "rulebook/docket.h"

/* Numbers that begin runs, the last of them where the last run ends: do all end in order? */
static bool runs(const struct narrow *first, uint32_t count, uint32_t end, uint32_t least)
{
	for (uint32_t i = 1; i < count; i++)
		if (narrow_get(first, i) < (uint64_t)narrow_get(first, i - 1) + least)
			return false;
	return count > 0 && narrow_get(first, 0) == 0 && narrow_get(first, count - 1) == end;
}

/* No chain is longer than a docket may be, and tails are of one link. */
static bool short_enough(const struct rb *rb)
{
	for (uint32_t i = 0; i < rb->docket_count; i++) {
		struct rb_walk tail = rb_walk(rb, rb_tail(rb, i));
		if (tail.last - tail.link > 1)
			return false;
	}
	for (uint32_t i = 0; i < rb->chain_count; i++) {
		uint64_t items = 0;
		for (struct rb_walk walk = rb_walk(rb, i); rb_walk_link(&walk);)
			items += (uint64_t)(walk.end - walk.at);
		if (items > RB_DOCKET)
			return false;
	}
	return true;
}

const char *docket_check(const struct rb *rb)
{
	const struct narrow *chain = rb->chain, *docket = rb->docket;
	for (uint32_t i = 0; i < rb->item_count; i++) {
		uint32_t item = rb->items[i];
		if ((item & RB_ITEM_YIELD) != 0 ? (item & ~RB_ITEM_YIELD) >= rb->yield_count
						: item >= rb->measure_count)
			return "docket item";
	}
	if (!runs(&rb->link, rb->link_count + 1, rb->item_count, 1) ||
	    !narrow_below(&rb->chain_link, rb->chain_link_count, rb->link_count))
		return "link";
	if (!runs(&chain[RB_CHAIN_LINKS], rb->chain_count + 1, rb->chain_link_count, 0) ||
	    !narrow_below(&chain[RB_CHAIN_CLAIMS], rb->chain_count, rb->claim_set_count))
		return "chain";
	if (!narrow_below(&docket[RB_DOCKET_ITEMS], rb->docket_count, rb->chain_count) ||
	    !narrow_below(&docket[RB_DOCKET_TAIL], rb->docket_count, rb->chain_count) ||
	    !short_enough(rb))
		return "docket";
	if (rb->cell_count % RB_STRIP != 0 ||
	    !narrow_below(&rb->cell, rb->cell_count, rb->docket_count))
		return "cell";
	return narrow_below(&rb->strip, rb->strip_count, rb->cell_count / RB_STRIP) ? NULL
										    : "strip";
}

const char *docket_check_tables(const struct rb *rb, const struct rb_jurisdiction *j)
{
	uint64_t entries = (uint64_t)j->epochs.count * j->goods_count;
	if (j->goods_count == 0 || j->column_count == 0 || entries > rb->row_count ||
	    j->rows > rb->row_count - entries || j->strips > rb->strip_count)
		return "table";
	uint32_t rows = (rb->strip_count - j->strips) / rb_strips(j->column_count);
	for (uint64_t i = 0; i < entries; i++)
		if (narrow_get(&rb->row, j->rows + i) >= rows)
			return "row";
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Several tariff lines read as one, see several.h. */
#include "assess/several.h"

#include "assess/readings.h"
#include "assess/season.h"

bool several_is_open(const struct ask *ask, tw_assessor *a, const struct tw_typed_line *line,
		     const struct rb_leaf *leaf)
{
	if (!season_has(a, ask->jurisdiction, leaf))
		return true;
	ask_facts(a, ask, line);
	return season_open(a, leaf);
}

/* The period of a leaf at an instant, or NULL; from and until: no longer than this holds. */
static const struct rb_base *printed_at(const struct rb *rb, const struct rb_leaf *leaf, tw_time at,
					struct known_several *out)
{
	for (uint32_t i = 0; i < leaf->base_count; i++) {
		const struct rb_base *base = &rb->bases[leaf->base_first + i];
		bool is_here = base->from <= at && at < base->until;
		const tw_time ends[] = {base->from, base->until};
		for (int k = 0; k < 2; k++) {
			if (ends[k] <= at && ends[k] > out->from)
				out->from = ends[k];
			if (ends[k] > at && ends[k] < out->until)
				out->until = ends[k];
		}
		if (is_here)
			return base;
	}
	return NULL;
}

static bool add_goods(struct known_several *out, uint32_t goods)
{
	for (uint32_t i = 0; i < out->count; i++)
		if (out->goods[i] == goods)
			return true;
	if (out->count == SEVERAL_GOODS)
		return false;
	out->goods[out->count++] = goods;
	return true;
}

/* False: they are of seasons, or of too many goods, and are looked at for each line. */
static bool learn(struct known_several *out, const struct ask *ask, const tw_assessor *a,
		  struct leaf_range range)
{
	const struct rb *rb = a->rb;
	struct readings_line first = {NULL, NULL};
	*out = (struct known_several){
	    .from = TW_TIME_MIN, .until = TW_TIME_MAX, .range = range, .leaf = RB_NONE};
	bool differ = false;
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &rb->leaves[i];
		struct readings_line here = {leaf, printed_at(rb, leaf, ask->entered, out)};
		if (season_has(a, ask->jurisdiction, leaf))
			return false;
		if (!here.base)
			continue;
		if (!first.leaf)
			first = here;
		differ = differ || !readings_same_base(&first, &here);
		if (!add_goods(out, leaf->goods))
			return false;
	}
	if (!first.leaf || differ)
		return true;
	out->leaf = (uint32_t)(first.leaf - rb->leaves);
	out->base = (uint32_t)(first.base - rb->bases);
	return true;
}

/* Where it is, or would be; whether it is there the caller asks. */
static struct known_several *place_of(const tw_assessor *a, const struct ask *ask, uint64_t key)
{
	uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15);
	struct known_several *known = &a->plans.several->code[hash >> 52 & (SEVERAL_CODES - 1)];
	struct known_several *last = known + SEVERAL_REACH - 1;
	while (known < last && known->key &&
	       (known->key != key || ask->entered < known->from || ask->entered >= known->until))
		known++;
	return known;
}

/* Each line of a season, or of many goods, by itself. */
static bool look(struct ask *ask, tw_assessor *a, const struct tw_typed_line *line,
		 struct leaf_range range)
{
	const struct rb *rb = a->rb;
	struct readings_line first = {NULL, NULL};
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &rb->leaves[i];
		struct readings_line here = {leaf, lookup_base(rb, leaf, ask->entered)};
		if (!here.base)
			continue;
		if (ask->not_current && season_has(a, ask->jurisdiction, leaf))
			return false;
		if (!several_is_open(ask, a, line, leaf))
			continue;
		if (first.leaf &&
		    !readings_alike(rb, ask->jurisdiction, ask->epoch, ask->origin, &first, &here))
			return false;
		if (!first.leaf)
			first = here;
	}
	if (!first.leaf)
		return false;
	ask->leaf = (uint32_t)(first.leaf - rb->leaves);
	ask->base = (uint32_t)(first.base - rb->bases);
	ask->range = range;
	ask->goods = first.leaf->goods;
	return true;
}

/* Are all goods under the code of one docket? */
static bool are_alike(const struct known_several *known, const struct ask *ask, const struct rb *rb)
{
	const struct rb_jurisdiction *j = ask->jurisdiction;
	if (known->count < 2)
		return true;
	uint32_t docket = lookup_docket(rb, j, ask->epoch, known->goods[0], ask->origin);
	for (uint32_t i = 1; i < known->count; i++)
		if (lookup_docket(rb, j, ask->epoch, known->goods[i], ask->origin) != docket)
			return false;
	return true;
}

bool several_find(struct ask *ask, tw_assessor *a, const struct tw_typed_line *line, uint64_t key)
{
	struct known_several *known = place_of(a, ask, key);
	ask->not_current = ask->digits == 10;
	ask->was_current = ask->leaves != 0;
	if (known->key != key || ask->entered < known->from || ask->entered >= known->until) {
		uint64_t parent = ask->code / 100 * 100;
		struct leaf_range range = {ask->leaf, ask->leaf + ask->leaves};
		if (ask->not_current)
			range = lookup_leaves(&a->tables, a->rb, ask->jurisdiction, parent,
					      parent + 100);
		if (!learn(known, ask, a, range))
			return look(ask, a, line, range);
		known->key = key;
	}
	if (known->leaf == RB_NONE || !are_alike(known, ask, a->rb))
		return false;
	ask->leaf = known->leaf;
	ask->base = known->base;
	ask->range = known->range;
	ask->goods = known->goods[0];
	return true;
}

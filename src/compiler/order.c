/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In which order an epoch hears its measures: prohibitions, duties, exemptions,
 * entry types, fees; a program after those before which it steps back; in it
 * the first by place, then depth, then as written.
 */
#include "compiler/cells.h"

#include "common/fit.h"
#include "common/order.h"
#include "law/yaml.h"

#include <string.h>

/* Rank the programs so that one that yields comes after those it yields to. */
static bool depends(const struct table *t, uint32_t p, uint32_t on, tw_time at)
{
	const struct law_program *program = &t->law->programs[p];
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *yield = &program->yields[i];
		if (!in_force(yield->from.at, yield->until.at, at))
			continue;
		for (uint32_t k = 0; k < yield->program_count; k++)
			if (yield->programs[k] == on)
				return true;
		for (uint32_t k = 0; k < yield->measure_count; k++)
			if (t->law->measures[yield->measures[k]].program == on)
				return true;
	}
	return false;
}

static bool ready(const struct table *t, uint32_t p, const uint32_t *list, size_t count, tw_time at)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] != p && t->rank[list[i]] == LAW_NONE && depends(t, p, list[i], at))
			return false;
	return true;
}

static int circle(const struct table *t, const uint32_t *list, size_t count)
{
	char names[300] = "";
	for (size_t i = 0; i < count; i++)
		if (t->rank[list[i]] == LAW_NONE)
			fit_add(names, sizeof names, "%s%s", *names ? ", " : "",
				t->law->programs[list[i]].id);
	for (size_t i = 0; i < count; i++)
		if (t->rank[list[i]] == LAW_NONE)
			return law_error(t->error, t->law->programs[list[i]].pos,
					 "programs yield to each other in a circle (%s): end one "
					 "yield before the other begins",
					 names);
	return TW_BAD_LAW;
}

static int rank_programs(struct table *t, tw_time at)
{
	uint32_t *list = t->programs;
	size_t count = 0, placed = 0;
	for (uint32_t p = 0; p < t->law->program_count; p++) {
		t->rank[p] = LAW_NONE;
		if (t->law->programs[p].jurisdiction == t->jurisdiction)
			list[count++] = p;
	}
	while (placed < count) {
		size_t best = count;
		for (size_t i = 0; i < count; i++)
			if (t->rank[list[i]] == LAW_NONE && ready(t, list[i], list, count, at) &&
			    (best == count ||
			     t->law->programs[list[i]].order < t->law->programs[list[best]].order))
				best = i;
		if (best == count)
			return circle(t, list, count);
		t->rank[list[best]] = (uint32_t)placed++;
	}
	return TW_OK;
}

int order_phase(enum law_kind kind)
{
	static const int phase[] = {
	    [LAW_KIND_PROHIBITION] = 0, [LAW_KIND_DUTY] = 1, [LAW_KIND_EXEMPTION] = 2,
	    [LAW_KIND_ENTRY] = 3,       [LAW_KIND_FEE] = 4,  [LAW_KIND_TAX] = 5};
	return phase[kind];
}

static int compare_players(const void *a, const void *b, void *context)
{
	const struct table *t = context;
	const struct player *x = &t->player[*(const size_t *)a];
	const struct player *y = &t->player[*(const size_t *)b];
	int by = order_phase(t->law->programs[x->program].kind) -
		 order_phase(t->law->programs[y->program].kind);
	if (by != 0)
		return by;
	if (x->program != y->program)
		return t->rank[x->program] < t->rank[y->program] ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/*
 * Whom each column meets in this epoch. Most columns differ only by measures of
 * other epochs: what is found for one then holds for all.
 */
static bool group_columns(struct table *t)
{
	struct pool seen;
	uint32_t first[LAW_COUNTRIES + 1];
	pool_begin(&seen, t->player_words * sizeof *t->column_bits);
	memset(t->column_bits, 0, t->column_count * t->player_words * sizeof *t->column_bits);
	for (uint32_t c = 0; !seen.failed && c < t->column_count; c++) {
		uint64_t *bits = t->column_bits + c * t->player_words;
		for (size_t i = 0; i < t->active; i++)
			if (players_name(t->player[t->order[i]].measure, t->column_country[c]))
				bits[i / 64] |= UINT64_C(1) << i % 64;
		size_t known = seen.count;
		uint32_t group = pool_intern(&seen, bits);
		if (group == known)
			first[group] = c;
		t->column_like[c] = first[group];
	}
	bool good = !seen.failed;
	pool_free(&seen);
	return good;
}

int order_begin_epoch(struct table *t, tw_time at)
{
	int code = rank_programs(t, at);
	if (code)
		return code;
	t->active = 0;
	for (size_t i = 0; i < t->player_count; i++)
		if (in_force(t->player[i].from, t->player[i].until, at))
			t->order[t->active++] = i;
	order_items_with(t->order, t->active, sizeof *t->order, compare_players, t);
	memset(t->active_groups, 0, t->goods->words * sizeof *t->active_groups);
	for (size_t g = 0; g < t->goods->groups.count; g++) {
		const struct goods_group *group = pool_at(&t->goods->groups, g);
		if (in_force(group->from, group->until, at))
			t->active_groups[g / 64] |= UINT64_C(1) << g % 64;
	}
	if (!group_columns(t))
		return TW_NO_MEMORY;
	sums_note(t);
	return TW_OK;
}

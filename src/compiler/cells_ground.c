/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tables of one jurisdiction stand on: its measures and yields, the
 * columns of origins they name, the instants at which they change, and in each
 * epoch the order in which they are decided. Fills no cell.
 */
#include "cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yaml.h"

static bool in_force(tw_time from, tw_time until, tw_time at)
{
	return from <= at && at < until;
}

static uint32_t place_of(const struct law_measure *measure)
{
	switch (measure->effect) {
	case LAW_EFFECT_EXEMPT:
	case LAW_EFFECT_REFUSE:
		return 0;
	case LAW_EFFECT_WARN:
		return 3;
	default:
		return 1;
	}
}

/* Charging measures: one that steps back comes after those it steps back before. */
static int find_depth(struct table *t, uint32_t index)
{
	const struct law_measure *measure = &t->law->measures[index];
	uint32_t depth = 0;
	if (t->depth[index] == 1)
		return law_error(t->error, measure->pos,
				 "%s steps back before itself, by way of those that it names in "
				 "`except`: drop one",
				 measure->id);
	if (t->depth[index] != 0)
		return TW_OK;
	t->depth[index] = 1;
	for (uint32_t i = 0; i < measure->except_count; i++) {
		int code = find_depth(t, measure->except[i]);
		if (code != TW_OK)
			return code;
		uint32_t below = t->depth[measure->except[i]] - 1;
		depth = below > depth ? below : depth;
	}
	t->depth[index] = depth + 2;
	return TW_OK;
}

static void add_players(struct table *t, uint32_t p)
{
	const struct law_program *program = &t->law->programs[p];
	for (uint32_t i = 0; i < program->measure_count; i++) {
		uint32_t m = program->measure_first + i;
		const struct law_measure *measure = &t->law->measures[m];
		t->player[t->player_count++] = (struct player){.item = m,
							       .program = p,
							       .scope = &measure->scope,
							       .measure = measure,
							       .from = measure->from.at,
							       .until = measure->until.at,
							       .place = place_of(measure),
							       .depth = t->depth[m],
							       .seq = i};
	}
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *yield = &program->yields[i];
		t->player[t->player_count++] =
		    (struct player){.item = (t->build->yield_first[p] + i) | RB_ITEM_YIELD,
				    .program = p,
				    .scope = &yield->scope,
				    .yield = yield,
				    .from = yield->from.at,
				    .until = yield->until.at,
				    .place = 2, /* before warnings */
				    .seq = i};
	}
}

static bool gather_players(struct table *t)
{
	size_t most = t->law->measure_count;
	for (uint32_t p = 0; p < t->law->program_count; p++)
		most += t->law->programs[p].yield_count;
	t->player = calloc(most + 1, sizeof *t->player);
	t->group_bits = calloc((most + 1) * 2 * t->classes->words, sizeof *t->group_bits);
	t->order = calloc(most + 1, sizeof *t->order);
	t->touch = calloc(most + 1, sizeof *t->touch);
	t->here.bits = calloc(t->classes->words + 1, sizeof *t->here.bits);
	t->here.word = calloc(t->classes->words + 1, sizeof *t->here.word);
	t->cells = calloc(t->law->country_count + 1, sizeof *t->cells);
	if (t->player == NULL || t->group_bits == NULL || t->order == NULL || t->touch == NULL ||
	    t->here.bits == NULL || t->here.word == NULL || t->cells == NULL)
		return false;
	for (uint32_t p = 0; p < t->law->program_count; p++)
		if (t->law->programs[p].jurisdiction == t->jurisdiction)
			add_players(t, p);
	for (size_t i = 0; i < t->player_count; i++) {
		t->player[i].any = t->group_bits + 2 * i * t->classes->words;
		t->player[i].none = t->player[i].any + t->classes->words;
		classes_scope(t->player[i].any, t->player[i].none, t->classes, t->player[i].scope);
		t->player[i].everywhere = t->player[i].scope->all;
		for (size_t w = 0; w < t->classes->words; w++)
			if (t->player[i].none[w] != 0)
				t->player[i].everywhere = false;
	}
	t->player_words = t->player_count / 64 + 1;
	return true;
}

/* Columns: countries that the same measures name. */
bool ground_names(const struct law_measure *measure, uint32_t country)
{
	if (measure == NULL || measure->origins_all)
		return true;
	return country != LAW_NONE && (measure->origins.bit[country / 64] >> country % 64 & 1) != 0;
}

static bool make_columns(struct table *t)
{
	struct pool seen;
	uint64_t *bits = calloc(t->player_words, sizeof *bits);
	t->column_of = calloc(t->law->country_count + 1, sizeof *t->column_of);
	t->column_country = calloc(t->law->country_count + 1, sizeof *t->column_country);
	t->column_like = calloc(t->law->country_count + 1, sizeof *t->column_like);
	pool_begin(&seen, t->player_words * sizeof *bits);
	bool good = bits != NULL && t->column_of != NULL && t->column_country != NULL &&
		    t->column_like != NULL;
	for (uint32_t c = 0; good && c <= t->law->country_count; c++) {
		uint32_t country = c < t->law->country_count ? c : LAW_NONE;
		memset(bits, 0, t->player_words * sizeof *bits);
		for (size_t i = 0; i < t->player_count; i++)
			if (ground_names(t->player[i].measure, country))
				bits[i / 64] |= UINT64_C(1) << i % 64;
		t->column_of[c] = pool_intern(&seen, bits);
		if (t->column_of[c] == t->column_count)
			t->column_country[t->column_count++] = country;
		good = !seen.failed;
	}
	pool_free(&seen);
	free(bits);
	t->touch_bits = calloc(t->player_words, sizeof *t->touch_bits);
	t->column_bits = calloc(t->column_count * t->player_words + 1, sizeof *t->column_bits);
	return good && t->touch_bits != NULL && t->column_bits != NULL;
}

static int compare_times(const void *a, const void *b)
{
	tw_time x = *(const tw_time *)a, y = *(const tw_time *)b;
	return x < y ? -1 : x > y;
}

static void add_time(struct pool *times, tw_time at, tw_time earliest)
{
	if (at != TW_TIME_MIN && at != TW_TIME_MAX && at > earliest)
		pool_add(times, &at);
}

static bool make_epochs(struct table *t)
{
	struct pool times;
	tw_time first = TW_TIME_MIN;
	tw_time earliest = ((tw_time)t->law->coverage_first - 2) * 86400;
	pool_begin(&times, sizeof first);
	pool_add(&times, &first);
	for (size_t i = 0; i < t->player_count; i++) {
		add_time(&times, t->player[i].from, earliest);
		add_time(&times, t->player[i].until, earliest);
	}
	for (size_t g = 0; g < t->classes->groups.count; g++) {
		const struct class_group *group = pool_at(&t->classes->groups, g);
		add_time(&times, group->from, earliest);
		add_time(&times, group->until, earliest);
	}
	if (times.failed) {
		pool_free(&times);
		return false;
	}
	qsort(times.data, times.count, sizeof first, compare_times);
	t->epoch = (tw_time *)(void *)times.data;
	for (size_t i = 0; i < times.count; i++)
		if (i == 0 || t->epoch[i] != t->epoch[t->epoch_count - 1])
			t->epoch[t->epoch_count++] = t->epoch[i];
	/* The first epoch stands for all before the days covered: read it at its end. */
	return true;
}

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
		if (t->rank[list[i]] == LAW_NONE &&
		    strlen(names) + strlen(t->law->programs[list[i]].id) < 290) {
			strcat(names, names[0] != '\0' ? ", " : "");
			strcat(names, t->law->programs[list[i]].id);
		}
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

int ground_phase(enum law_kind kind)
{
	static const int phase[] = {[LAW_KIND_PROHIBITION] = 0,
				    [LAW_KIND_DUTY] = 1,
				    [LAW_KIND_EXEMPTION] = 2,
				    [LAW_KIND_ENTRY] = 3,
				    [LAW_KIND_FEE] = 4};
	return phase[kind];
}

static const struct table *sorting; /* qsort has no context argument; one thread compiles */

static int compare_players(const void *a, const void *b)
{
	const struct player *x = &sorting->player[*(const size_t *)a];
	const struct player *y = &sorting->player[*(const size_t *)b];
	int by = ground_phase(sorting->law->programs[x->program].kind) -
		 ground_phase(sorting->law->programs[y->program].kind);
	if (by != 0)
		return by;
	if (x->program != y->program)
		return sorting->rank[x->program] < sorting->rank[y->program] ? -1 : 1;
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
			if (ground_names(t->player[t->order[i]].measure, t->column_country[c]))
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

int ground_begin_epoch(struct table *t, tw_time at)
{
	int code = rank_programs(t, at);
	if (code != TW_OK)
		return code;
	t->active = 0;
	for (size_t i = 0; i < t->player_count; i++)
		if (in_force(t->player[i].from, t->player[i].until, at))
			t->order[t->active++] = i;
	sorting = t;
	qsort(t->order, t->active, sizeof *t->order, compare_players);
	memset(t->active_groups, 0, t->classes->words * sizeof *t->active_groups);
	for (size_t g = 0; g < t->classes->groups.count; g++) {
		const struct class_group *group = pool_at(&t->classes->groups, g);
		if (in_force(group->from, group->until, at))
			t->active_groups[g / 64] |= UINT64_C(1) << g % 64;
	}
	if (!group_columns(t))
		return TW_NO_MEMORY;
	sums_note(t);
	return TW_OK;
}

int ground_make(struct table *t)
{
	t->depth = calloc(t->law->measure_count + 1, sizeof *t->depth);
	t->programs = calloc(t->law->program_count + 1, sizeof *t->programs);
	t->rank = calloc(t->law->program_count + 1, sizeof *t->rank);
	t->active_groups = calloc(t->classes->words, sizeof *t->active_groups);
	if (t->rank == NULL || t->active_groups == NULL || t->depth == NULL || t->programs == NULL)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < t->law->measure_count; i++) {
		int code = find_depth(t, i);
		if (code != TW_OK)
			return code;
	}
	return gather_players(t) && make_columns(t) && make_epochs(t) ? TW_OK : TW_NO_MEMORY;
}

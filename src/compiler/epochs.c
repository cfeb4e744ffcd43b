/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The instants at which anything changes, and what an epoch between two of them
 * shares with the one before.
 */
#include "compiler/cells.h"

#include "common/instant.h"
#include "common/order.h"

#include <stdlib.h>
#include <string.h>

static void add_time(struct pool *times, tw_time at, tw_time earliest)
{
	if (at != TW_TIME_MIN && at != TW_TIME_MAX && at > earliest)
		pool_add(times, &at);
}

bool epochs_find(struct table *t)
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
	for (size_t g = 0; g < t->goods->groups.count; g++) {
		const struct goods_group *group = pool_at(&t->goods->groups, g);
		add_time(&times, group->from, earliest);
		add_time(&times, group->until, earliest);
	}
	if (times.failed) {
		pool_free(&times);
		return false;
	}
	order_items(times.data, times.count, sizeof first, time_compare);
	t->epoch = (tw_time *)(void *)times.data;
	for (size_t i = 0; i < times.count; i++)
		if (i == 0 || t->epoch[i] != t->epoch[t->epoch_count - 1])
			t->epoch[t->epoch_count++] = t->epoch[i];
	/* The first epoch stands for all before the days covered: read it at its end. */
	return true;
}

tw_time epochs_instant(const struct table *t, size_t e)
{
	if (e > 0)
		return t->epoch[e];
	return t->epoch_count > 1 ? t->epoch[1] - 1 : (tw_time)t->law->coverage_first * 86400;
}

bool epochs_new(struct before *before, const struct table *t)
{
	before->order = calloc(t->player_count + 1, sizeof *before->order);
	before->place = calloc(t->player_count + 1, sizeof *before->place);
	before->changed = calloc(2 * t->player_count + 1, sizeof *before->changed);
	before->groups = calloc(t->goods->words, sizeof *before->groups);
	return before->order && before->place && before->changed && before->groups;
}

void epochs_free(struct before *before)
{
	free(before->order);
	free(before->place);
	free(before->changed);
	free(before->groups);
}

/* Compare with the epoch before, and remember this one for the next. */
void epochs_compare(struct table *t, bool first)
{
	struct before *before = &t->before;
	size_t last = 0;
	before->alike = !first && before->sums == t->sums;
	before->changed_count = 0;
	for (size_t i = 0; i < t->active; i++) {
		size_t place = before->place[t->order[i]];
		if (place == 0)
			before->changed[before->changed_count++] = t->order[i];
		else if (place < last)
			before->alike = false;
		last = place != 0 ? place : last;
		before->place[t->order[i]] = SIZE_MAX; /* plays on */
	}
	for (size_t i = 0; i < before->active; i++)
		if (before->place[before->order[i]] != SIZE_MAX) {
			before->changed[before->changed_count++] = before->order[i];
			before->place[before->order[i]] = 0;
		}
	for (size_t i = 0; i < t->active; i++)
		before->place[t->order[i]] = i + 1;
	memcpy(before->order, t->order, t->active * sizeof *t->order);
	before->active = t->active;
	before->sums = t->sums;
	for (size_t w = 0; w < t->goods->words; w++)
		before->groups[w] ^= t->active_groups[w];
}

/* Do the goods at hand have the players of the epoch before, in the same order? */
bool epochs_unchanged(const struct table *t, uint32_t goods)
{
	const uint64_t *signature = t->goods->signature + goods * t->goods->words;
	const uint64_t *may = t->goods_players + goods * t->player_words;
	if (!t->before.alike)
		return false;
	for (size_t w = 0; w < t->goods->words; w++)
		if ((signature[w] & t->before.groups[w]) != 0)
			return false;
	for (size_t i = 0; i < t->before.changed_count; i++) {
		size_t at = t->before.changed[i];
		const struct player *player = &t->player[at];
		if ((may[at / 64] >> at % 64 & 1) != 0 &&
		    (player->everywhere || player_takes(player, &t->here)))
			return false;
	}
	return true;
}

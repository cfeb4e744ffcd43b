/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tables of one jurisdiction stand on: its measures and yields, which
 * goods they may touch, and the columns of origins that they name.
 */
#include "compiler/cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/order.h"
#include "law/yaml.h"

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
				 "%s yields to itself, by way of those that it names "
				 "in `except`: remove one",
				 measure->id);
	if (t->depth[index] != 0)
		return TW_OK;
	t->depth[index] = 1;
	for (uint32_t i = 0; i < measure->except_count; i++) {
		int code = find_depth(t, measure->except[i]);
		if (code)
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
	t->group_bits = calloc((most + 1) * 2 * t->goods->words, sizeof *t->group_bits);
	t->order = calloc(most + 1, sizeof *t->order);
	t->touch = calloc(most + 1, sizeof *t->touch);
	t->here.bits = calloc(t->goods->words + 1, sizeof *t->here.bits);
	t->here.word = calloc(t->goods->words + 1, sizeof *t->here.word);
	t->cells = calloc(t->law->country_count + 1, sizeof *t->cells);
	t->row = calloc(t->law->country_count + 1, sizeof *t->row);
	if (!t->player || !t->group_bits || !t->order || !t->touch || !t->here.bits ||
	    !t->here.word || !t->cells || !t->row)
		return false;
	for (uint32_t p = 0; p < t->law->program_count; p++)
		if (t->law->programs[p].jurisdiction == t->jurisdiction)
			add_players(t, p);
	for (size_t i = 0; i < t->player_count; i++) {
		t->player[i].any = t->group_bits + 2 * i * t->goods->words;
		t->player[i].none = t->player[i].any + t->goods->words;
		goods_scope(t->player[i].any, t->player[i].none, t->goods, t->player[i].scope);
		t->player[i].everywhere = t->player[i].scope->all; /* NOLINT: add_players gave it */
		for (size_t w = 0; w < t->goods->words; w++)
			if (t->player[i].none[w] != 0)
				t->player[i].everywhere = false;
	}
	t->player_words = t->player_count / 64 + 1;
	return true;
}

/* Does the scope take in goods that no group of it names? */
static bool is_open(const struct law_scope *scope)
{
	return scope->all ||
	       (scope->unknown && scope->any_list_count == 0 && scope->any_code_count == 0);
}

/* Which players may touch goods, whatever the day: few of many. */
static bool find_goods_players(struct table *t)
{
	const struct goods *goods = t->goods;
	size_t words = t->player_words, groups = goods->words * 64;
	uint64_t *open = calloc((groups + 1) * words, sizeof *open), *of_group = NULL;
	t->goods_players = calloc(goods->goods_count * words + 1, sizeof *t->goods_players);
	t->active_players = calloc(words, sizeof *t->active_players);
	if (!open || !t->goods_players || !t->active_players) {
		free(open);
		return false;
	}
	of_group = open + words;
	for (size_t i = 0; i < t->player_count; i++) {
		uint64_t bit = UINT64_C(1) << i % 64;
		if (is_open(t->player[i].scope))
			open[i / 64] |= bit;
		for (size_t w = 0; w < goods->words; w++)
			for (uint64_t left = t->player[i].any[w]; left; left &= left - 1)
				of_group[(w * 64 + (size_t)__builtin_ctzll(left)) * words +
					 i / 64] |= bit;
	}
	for (uint32_t c = 0; c < goods->goods_count; c++) {
		const uint64_t *signature = goods->signature + c * goods->words;
		uint64_t *players = t->goods_players + c * words;
		memcpy(players, open, words * sizeof *players);
		for (size_t w = 0; w < goods->words; w++)
			for (uint64_t left = signature[w]; left; left &= left - 1) {
				size_t group = w * 64 + (size_t)__builtin_ctzll(left);
				for (size_t k = 0; k < words; k++)
					players[k] |= of_group[group * words + k];
			}
	}
	free(open);
	return true;
}

/* Columns: countries that the same measures name. */
bool players_name(const struct law_measure *measure, uint32_t country)
{
	if (!measure || measure->origins_all)
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
	bool good = bits && t->column_of && t->column_country && t->column_like;
	for (uint32_t c = 0; good && c <= t->law->country_count; c++) {
		uint32_t country = c < t->law->country_count ? c : LAW_NONE;
		memset(bits, 0, t->player_words * sizeof *bits);
		for (size_t i = 0; i < t->player_count; i++)
			if (players_name(t->player[i].measure, country))
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
	return good && t->touch_bits && t->column_bits;
}

int players_make(struct table *t)
{
	t->depth = calloc(t->law->measure_count + 1, sizeof *t->depth);
	t->programs = calloc(t->law->program_count + 1, sizeof *t->programs);
	t->rank = calloc(t->law->program_count + 1, sizeof *t->rank);
	t->active_groups = calloc(t->goods->words, sizeof *t->active_groups);
	if (!t->rank || !t->active_groups || !t->depth || !t->programs)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < t->law->measure_count; i++) {
		int code = find_depth(t, i);
		if (code)
			return code;
	}
	return gather_players(t) && find_goods_players(t) && make_columns(t) && epochs_find(t)
		   ? TW_OK
		   : TW_NO_MEMORY;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fills the tables of one jurisdiction: rows, cells, stacks. In each epoch it
 * asks for all goods and every column of origins which measures and
 * yields are in play and in which order they are decided.
 */
#include "compiler/cells.h"
#include "rulebook/docket.h"

#include "law/yaml.h"
#include <stdlib.h>
#include <string.h>

static void look_here(const struct table *t, struct here *out, uint32_t goods)
{
	const uint64_t *signature = t->goods->signature + goods * t->goods->words;
	out->count = 0;
	for (size_t w = 0; w < t->goods->words; w++)
		if ((signature[w] & t->active_groups[w]) != 0) {
			out->bits[out->count] = signature[w] & t->active_groups[w];
			out->word[out->count++] = (uint32_t)w;
		}
}

static bool charges(const struct law_measure *measure)
{
	return measure && measure->effect <= LAW_EFFECT_BANDS;
}

/* Two charging measures of a program in one stack must not meet on a part. */
static int check_pair(struct table *t, const struct player *a, const struct player *b,
		      uint32_t goods, uint32_t country)
{
	uint32_t pair[2] = {a->item, b->item};
	size_t known = t->clashes.count;
	if (!charges(a->measure) || !charges(b->measure) || a->program != b->program ||
	    pool_intern(&t->clashes, pair) < known || !overlap_clash(t->law, a->item, b->item))
		return TW_OK;
	uint64_t code = 0;
	for (size_t i = 0; i < t->goods->interval_count; i++)
		if (t->goods->goods_of[i] == goods) {
			code = t->goods->breaks[i];
			break;
		}
	return law_error(
	    t->error, b->measure->pos,
	    "%s meets %s (%s:%d:%d) on the same goods, for example %010llu from %s: "
	    "let one name the other in `except`, or part them by `when`, scope or period",
	    b->measure->id, a->measure->id, a->measure->pos.file, a->measure->pos.line,
	    a->measure->pos.column, (unsigned long long)code,
	    country != LAW_NONE ? t->law->countries[country].iso2 : "anywhere");
}

static int put(struct table *t, struct draft *d, const struct player *player, uint32_t country)
{
	if (d->items == RB_DOCKET)
		return law_error(t->error, t->law->programs[player->program].pos,
				 "more than %d measures meet on one line", RB_DOCKET);
	const struct law_measure *m = player->measure;
	uint32_t item = player->item;
	if (m && (m->effect == LAW_EFFECT_SUM || m->effect == LAW_EFFECT_BANDS))
		item = sums_derive(t, item, country);
	d->from[d->items] = player;
	d->item[d->items++] = item;
	return TW_OK;
}

/* Does an earlier measure of its program leave it nothing, whatever the facts? */
static bool is_dead(const struct table *t, const struct draft *d, const struct player *player)
{
	if (!player->measure || t->law->programs[player->program].kind != LAW_KIND_DUTY)
		return false;
	for (size_t i = d->items; i-- > 0 && d->from[i]->program == player->program;)
		if (d->from[i]->measure && implied_dead(d->from[i]->measure, player->measure))
			return true;
	return false;
}

static int check_pairs(struct table *t, const struct draft *d, uint32_t goods, uint32_t country)
{
	for (size_t i = 0; i < d->items; i++)
		for (size_t k = i; k-- > 0 && d->from[k]->program == d->from[i]->program;) {
			int code = check_pair(t, d->from[k], d->from[i], goods, country);
			if (code)
				return code;
		}
	return TW_OK;
}

/* The players that touch both the goods at hand and a column; a yield only with its measures. */
static int gather_docket(struct draft *d, struct table *t, uint32_t column)
{
	uint32_t with_measures = LAW_NONE;
	const uint64_t *bits = t->column_bits + column * t->player_words;
	for (size_t w = 0; w < t->player_words; w++)
		for (uint64_t left = t->touch_bits[w] & bits[w]; left; left &= left - 1) {
			size_t place = w * 64 + (size_t)__builtin_ctzll(left);
			const struct player *player = &t->player[t->order[place]];
			if (!player->measure && with_measures != player->program)
				continue;
			with_measures = player->program;
			if (is_dead(t, d, player))
				continue;
			int code = put(t, d, player, t->column_country[column]);
			if (code)
				return code;
		}
	return TW_OK;
}

/* Most dockets were made before, of the same players, and their pairs are known to be sound. */
static int draft_docket(struct table *t, uint32_t *out, uint32_t goods, uint32_t column)
{
	struct draft d;
	size_t known = t->build->docket_keys.count;
	d.items = 0;
	int code = gather_docket(&d, t, column);
	if (!code)
		*out = dockets_finish(t, &d);
	if (code || *out == known) {
		int clash = check_pairs(t, &d, goods, t->column_country[column]);
		code = clash != TW_OK ? clash : code;
	}
	return code;
}

/* The same players in the same epoch are one docket; what rests on sums differs by column. */
static int make_docket(struct table *t, uint32_t *out, uint32_t goods, uint32_t column)
{
	const uint64_t *bits = t->column_bits + column * t->player_words;
	t->mask[t->player_words] = 0;
	for (size_t w = 0; w < t->player_words; w++) {
		t->mask[w] = t->touch_bits[w] & bits[w];
		if ((t->mask[w] & t->sum_bits[w]) != 0)
			t->mask[t->player_words] = column + 1u;
	}
	size_t known = t->masks.count;
	uint32_t at = pool_intern(&t->masks, t->mask);
	if (at < known) {
		*out = *(uint32_t *)pool_at(&t->docket_of, at);
		return TW_OK;
	}
	int code = draft_docket(t, out, goods, column);
	if (!code)
		pool_add(&t->docket_of, out);
	return t->masks.failed || t->docket_of.failed ? TW_NO_MEMORY : code;
}

static uint32_t intern_numbers(struct table *t)
{
	return run_intern(&t->row_keys, (const uint32_t *)(const void *)t->numbers.data,
			  t->numbers.count);
}

/* A row made before of the same players in the same order, or LAW_NONE; *key is its place. */
static uint32_t find_row(struct table *t, uint32_t *key, const size_t *touch, size_t count)
{
	uint32_t none = LAW_NONE;
	t->numbers.count = 0;
	pool_add(&t->numbers, &none); /* no run of sums begins so */
	pool_add(&t->numbers, &t->sums);
	for (size_t i = 0; i < count; i++) {
		uint32_t player = (uint32_t)touch[i];
		pool_add(&t->numbers, &player);
	}
	*key = intern_numbers(t);
	t->row_of_key.failed |= t->row_keys.runs.failed;
	while (t->row_of_key.count <= *key && !t->row_of_key.failed)
		pool_add(&t->row_of_key, &none);
	return t->row_of_key.failed ? LAW_NONE : *(uint32_t *)pool_at(&t->row_of_key, *key);
}

/* The row at hand as strips; the last one's cells behind the columns are its last column's. */
static uint32_t add_row(struct table *t)
{
	for (uint32_t c = 0; c < rb_strips(t->column_count); c++) {
		uint32_t strip[RB_STRIP];
		for (uint32_t k = 0; k < RB_STRIP; k++) {
			uint32_t column = c * RB_STRIP + k;
			strip[k] =
			    t->cells[column < t->column_count ? column : t->column_count - 1];
		}
		t->row[c] = pool_intern(&t->build->strips, strip);
	}
	return pool_intern(&t->row_strips, t->row);
}

static int make_row(struct table *t, uint32_t *out, const size_t *touch, size_t count,
		    uint32_t goods)
{
	uint32_t key;
	if ((*out = find_row(t, &key, touch, count)) != LAW_NONE)
		return TW_OK;
	if (t->row_of_key.failed)
		return TW_NO_MEMORY;
	for (uint32_t c = 0; c < t->column_count; c++) {
		int code = TW_OK;
		if (t->column_like[c] != c)
			t->cells[c] = t->cells[t->column_like[c]];
		else
			code = make_docket(t, &t->cells[c], goods, c);
		if (code)
			return code;
	}
	*out = add_row(t);
	*(uint32_t *)pool_at(&t->row_of_key, key) = *out;
	return TW_OK;
}

/* The players that touch the goods at hand, in order, and as a key. */
static size_t touch_goods(struct table *t, uint32_t goods, uint64_t *key)
{
	const uint64_t *may = t->goods_players + goods * t->player_words;
	size_t count = 0;
	memset(key, 0, t->player_words * sizeof *key);
	memset(t->touch_bits, 0, t->player_words * sizeof *t->touch_bits);
	for (size_t w = 0; w < t->player_words; w++)
		for (uint64_t left = may[w] & t->active_players[w]; left; left &= left - 1) {
			size_t at = w * 64 + (size_t)__builtin_ctzll(left);
			if (!t->player[at].everywhere && !player_takes(&t->player[at], &t->here))
				continue;
			size_t place = t->before.place[at] - 1;
			t->touch_bits[place / 64] |= UINT64_C(1) << place % 64;
			key[w] |= UINT64_C(1) << at % 64;
		}
	for (size_t w = 0; w < t->player_words; w++)
		for (uint64_t left = t->touch_bits[w]; left; left &= left - 1)
			t->touch[count++] = t->order[w * 64 + (size_t)__builtin_ctzll(left)];
	return count;
}

static int make_rows(struct table *t, uint64_t *key, uint32_t *row_of)
{
	struct pool rows, *all = &t->build->rows;
	int code = TW_OK;
	pool_begin(&rows, t->player_words * sizeof *key);
	pool_begin(&t->masks, (t->player_words + 1) * sizeof *t->mask);
	pool_begin(&t->docket_of, sizeof(uint32_t));
	memset(t->sum_bits, 0, t->player_words * sizeof *t->sum_bits);
	memset(t->active_players, 0, t->player_words * sizeof *t->active_players);
	for (size_t i = 0; i < t->active; i++) {
		const struct law_measure *m = t->player[t->order[i]].measure;
		t->active_players[t->order[i] / 64] |= UINT64_C(1) << t->order[i] % 64;
		if (m && m->sum_of)
			t->sum_bits[i / 64] |= UINT64_C(1) << i % 64;
	}
	for (uint32_t goods = 0; !code && goods < t->goods->goods_count; goods++) {
		look_here(t, &t->here, goods);
		if (epochs_unchanged(t, goods)) {
			uint32_t same =
			    *(uint32_t *)pool_at(all, all->count - t->goods->goods_count);
			pool_add(all, &same);
			continue;
		}
		size_t count = touch_goods(t, goods, key), known = rows.count;
		uint32_t row = pool_intern(&rows, key);
		if (row == known)
			code = make_row(t, &row_of[row], t->touch, count, goods);
		if (!code)
			pool_add(all, &row_of[row]);
	}
	if (rows.failed || all->failed || t->numbers.failed || t->flat.failed || t->words.failed ||
	    t->row_keys.runs.failed || t->derived_keys.failed || t->derived.failed ||
	    t->row_strips.failed)
		code = TW_NO_MEMORY;
	pool_free(&rows);
	pool_free(&t->masks);
	pool_free(&t->docket_of);
	return code;
}

static int make_epoch(struct table *t, size_t e)
{
	uint64_t *key = calloc(t->player_words, sizeof *key);
	uint32_t *row_of = calloc(t->goods->goods_count, sizeof *row_of);
	int code = key && row_of ? order_begin_epoch(t, epochs_instant(t, e)) : TW_NO_MEMORY;
	if (!code) {
		epochs_compare(t, e == 0);
		code = make_rows(t, key, row_of);
		memcpy(t->before.groups, t->active_groups,
		       t->goods->words * sizeof *t->active_groups);
	}
	free(key);
	free(row_of);
	return code;
}

static void finish(struct table *t, struct rb_jurisdiction *out)
{
	struct build *b = t->build;
	out->epochs = (struct rb_span){pool_add_many(&b->epochs, t->epoch, t->epoch_count),
				       (uint32_t)t->epoch_count};
	out->columns = emit_indexes(b, t->column_of, t->law->country_count + 1);
	out->goods_count = t->goods->goods_count;
	out->column_count = t->column_count;
	out->strips = pool_add_many(&b->row_strips, t->row_strips.data,
				    t->row_strips.count * rb_strips(t->column_count));
}

static void begin_table(struct table *t)
{
	pool_begin(&t->clashes, 2 * sizeof(uint32_t));
	run_begin(&t->row_keys);
	pool_begin(&t->row_of_key, sizeof(uint32_t));
	pool_begin(&t->numbers, sizeof(uint32_t));
	pool_begin(&t->flat, sizeof(size_t));
	pool_begin(&t->derived_keys, 3 * sizeof(uint32_t));
	pool_begin(&t->derived, sizeof(uint32_t));
	pool_begin(&t->words, sizeof(uint32_t));
}

static void free_table(struct table *t)
{
	epochs_free(&t->before);
	free(t->mask);
	free(t->sum_bits);
	pool_free(&t->clashes);
	run_free(&t->row_keys);
	pool_free(&t->row_of_key);
	pool_free(&t->numbers);
	pool_free(&t->flat);
	pool_free(&t->derived_keys);
	pool_free(&t->derived);
	pool_free(&t->words);
	free(t->depth);
	free(t->programs);
	free(t->touch);
	free(t->touch_bits);
	free(t->column_bits);
	pool_free(&t->row_strips);
	free(t->cells);
	free(t->row);
	free(t->here.bits);
	free(t->here.word);
	free(t->rank);
	free(t->active_groups);
	free(t->player);
	free(t->group_bits);
	free(t->goods_players);
	free(t->active_players);
	free(t->order);
	free(t->column_of);
	free(t->column_country);
	free(t->column_like);
	free(t->epoch);
}

int cells_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
	       const struct goods *goods, struct tw_error *error)
{
	struct table t = {.build = build,
			  .law = build->law,
			  .jurisdiction = jurisdiction,
			  .goods = goods,
			  .error = error};
	int code;
	begin_table(&t);
	code = players_make(&t);
	t.mask = calloc(t.player_words + 1, sizeof *t.mask);
	t.sum_bits = calloc(t.player_words + 1, sizeof *t.sum_bits);
	if (!code && (!epochs_new(&t.before, &t) || !t.mask || !t.sum_bits))
		code = TW_NO_MEMORY;
	pool_begin(&t.row_strips, rb_strips(t.column_count) * sizeof *t.row);
	if (code)
		goto done;
	out->rows = (uint32_t)build->rows.count;
	for (size_t e = 0; !code && e < t.epoch_count; e++)
		code = make_epoch(&t, e);
	if (!code)
		finish(&t, out);
done:
	free_table(&t);
	return code;
}

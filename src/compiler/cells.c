/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fills the tables of one jurisdiction: rows, cells, stacks. In each epoch it
 * asks for every class of codes and every column of origins which measures and
 * yields are in play and in which order they are decided.
 */
#include "cells.h"

#include "yaml.h"
#include <stdlib.h>
#include <string.h>

static tw_time epoch_instant(const struct table *t, size_t e)
{
	if (e > 0)
		return t->epoch[e];
	return t->epoch_count > 1 ? t->epoch[1] - 1 : (tw_time)t->law->coverage_first * 86400;
}

static void look_here(const struct table *t, struct here *out, uint32_t class_)
{
	const uint64_t *signature = t->classes->signature + class_ * t->classes->words;
	out->count = 0;
	for (size_t w = 0; w < t->classes->words; w++)
		if ((signature[w] & t->active_groups[w]) != 0) {
			out->bits[out->count] = signature[w] & t->active_groups[w];
			out->word[out->count++] = (uint32_t)w;
		}
}

static bool scope_holds(const struct player *player, const struct here *here)
{
	const struct law_scope *scope = player->scope;
	bool in = scope->all || (scope->unknown != NULL && scope->any_list_count == 0 &&
				 scope->any_code_count == 0);
	for (size_t i = 0; i < here->count; i++) {
		if ((here->bits[i] & player->none[here->word[i]]) != 0)
			return false;
		in = in || (here->bits[i] & player->any[here->word[i]]) != 0;
	}
	return in;
}

static bool charges(const struct law_measure *measure)
{
	return measure != NULL && measure->effect <= LAW_EFFECT_BANDS;
}

/* Two charging measures of a program in one stack must not meet on a part. */
static int check_pair(struct table *t, const struct player *a, const struct player *b,
		      uint32_t class_, uint32_t country)
{
	uint32_t pair[2] = {a->item, b->item};
	size_t known = t->clashes.count;
	if (!charges(a->measure) || !charges(b->measure) || a->program != b->program ||
	    pool_intern(&t->clashes, pair) < known || !overlap_clash(t->law, a->item, b->item))
		return TW_OK;
	uint64_t code = 0;
	for (size_t i = 0; i < t->classes->interval_count; i++)
		if (t->classes->class_of[i] == class_) {
			code = t->classes->breaks[i];
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

struct draft {
	uint32_t item[RB_STACK];
	size_t items;
	const struct player *from[RB_STACK];
};

static int put(struct table *t, struct draft *d, const struct player *player, uint32_t country)
{
	if (d->items == RB_STACK)
		return law_error(t->error, t->law->programs[player->program].pos,
				 "more than %d measures meet on one line", RB_STACK);
	const struct law_measure *m = player->measure;
	uint32_t item = player->item;
	if (m != NULL && (m->effect == LAW_EFFECT_SUM || m->effect == LAW_EFFECT_BANDS))
		item = sums_derive(t, item, country);
	d->from[d->items] = player;
	d->item[d->items++] = item;
	return TW_OK;
}

static void add_claims(const struct build *b, const struct draft *d, struct rb_stack *record)
{
	for (size_t i = 0; i < d->items; i++) {
		const struct player *player = d->from[i];
		const uint64_t *claims = player->measure != NULL
					     ? b->measure_claims[player->item]
					     : b->yield_claims[player->item & ~RB_ITEM_YIELD];
		for (size_t w = 0; w < RB_CLAIMS / 64; w++)
			record->claims[w] |= claims[w];
	}
}

/* The signature of the duties and prohibitions; with `mail`, of mail and exemptions too. */
static uint32_t sign(struct table *t, const struct draft *d, bool mail)
{
	struct sign_item item[RB_STACK];
	size_t count = 0;
	for (size_t i = 0; i < d->items; i++) {
		const struct player *player = d->from[i];
		enum law_kind kind = t->law->programs[player->program].kind;
		if (kind == LAW_KIND_FEE || kind == LAW_KIND_ENTRY)
			continue;
		if (!mail &&
		    (kind == LAW_KIND_EXEMPTION ||
		     (player->measure != NULL && player->measure->instead == LAW_INSTEAD_ALL)))
			continue;
		item[count++] = (struct sign_item){d->item[i], player->program, player->yield};
	}
	signature_make(&t->words, t->build, item, count);
	return run_intern(&t->build->duties, (const uint32_t *)(const void *)t->words.data,
			  t->words.count);
}

static struct rb_span span_of(const struct run_pool *pool, uint32_t run)
{
	const struct run *r = pool_at(&pool->runs, run);
	return (struct rb_span){r->first, r->count};
}

static uint32_t finish_stack(struct table *t, const struct draft *d)
{
	struct build *b = t->build;
	size_t duties = 0, known = b->stack_keys.count;
	while (duties < d->items &&
	       ground_phase(t->law->programs[d->from[duties]->program].kind) < 2)
		duties++;
	uint32_t key[2] = {run_intern(&b->items, d->item, duties),
			   run_intern(&b->items, d->item + duties, d->items - duties)};
	uint32_t stack = pool_intern(&b->stack_keys, key);
	if (stack < known)
		return stack;
	struct rb_stack record;
	memset(&record, 0, sizeof record);
	record.items = span_of(&b->items, key[0]);
	record.tail = span_of(&b->items, key[1]);
	record.duties = sign(t, d, false);
	record.all = sign(t, d, true);
	add_claims(b, d, &record);
	return pool_add(&b->stacks, &record);
}

static int check_pairs(struct table *t, const struct draft *d, uint32_t class_, uint32_t country)
{
	for (size_t i = 0; i < d->items; i++)
		for (size_t k = i; k-- > 0 && d->from[k]->program == d->from[i]->program;) {
			int code = check_pair(t, d->from[k], d->from[i], class_, country);
			if (code != TW_OK)
				return code;
		}
	return TW_OK;
}

/* The players that touch both the class at hand and a column; a yield only with its measures. */
static int gather_stack(struct draft *d, struct table *t, uint32_t column)
{
	uint32_t with_measures = LAW_NONE;
	const uint64_t *bits = t->column_bits + column * t->player_words;
	for (size_t w = 0; w < t->player_words; w++)
		for (uint64_t left = t->touch_bits[w] & bits[w]; left; left &= left - 1) {
			size_t place = w * 64 + (size_t)__builtin_ctzll(left);
			const struct player *player = &t->player[t->order[place]];
			if (player->measure == NULL && with_measures != player->program)
				continue;
			with_measures = player->program;
			int code = put(t, d, player, t->column_country[column]);
			if (code != TW_OK)
				return code;
		}
	return TW_OK;
}

/* Most stacks were made before, of the same players, and their pairs are known to be sound. */
static int make_stack(struct table *t, uint32_t *out, uint32_t class_, uint32_t column)
{
	struct draft d;
	size_t known = t->build->stack_keys.count;
	d.items = 0;
	int code = gather_stack(&d, t, column);
	if (code == TW_OK)
		*out = finish_stack(t, &d);
	if (code != TW_OK || *out == known) {
		int clash = check_pairs(t, &d, class_, t->column_country[column]);
		code = clash != TW_OK ? clash : code;
	}
	return code;
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
	while (t->row_of_key.count <= *key && !t->row_of_key.failed)
		pool_add(&t->row_of_key, &none);
	return t->row_of_key.failed ? LAW_NONE : *(uint32_t *)pool_at(&t->row_of_key, *key);
}

static int make_row(struct table *t, uint32_t *out, const size_t *touch, size_t count,
		    uint32_t class_)
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
			code = make_stack(t, &t->cells[c], class_, c);
		if (code != TW_OK)
			return code;
	}
	uint32_t run = run_intern(&t->build->cell_rows, t->cells, t->column_count);
	*out = ((const struct run *)pool_at(&t->build->cell_rows.runs, run))->first;
	*(uint32_t *)pool_at(&t->row_of_key, key) = *out;
	return TW_OK;
}

static int make_epoch(struct table *t, size_t e)
{
	size_t *touch = t->touch;
	struct pool rows;
	uint64_t *key = calloc(t->player_words, sizeof *key);
	uint32_t *row_of = calloc(t->classes->class_count, sizeof *row_of);
	int code = key != NULL && row_of != NULL ? ground_begin_epoch(t, epoch_instant(t, e))
						 : TW_NO_MEMORY;
	pool_begin(&rows, t->player_words * sizeof *key);
	for (uint32_t class_ = 0; code == TW_OK && class_ < t->classes->class_count; class_++) {
		size_t count = 0;
		look_here(t, &t->here, class_);
		memset(key, 0, t->player_words * sizeof *key);
		memset(t->touch_bits, 0, t->player_words * sizeof *t->touch_bits);
		for (size_t i = 0; i < t->active; i++)
			if (t->player[t->order[i]].everywhere ||
			    scope_holds(&t->player[t->order[i]], &t->here)) {
				touch[count++] = t->order[i];
				t->touch_bits[i / 64] |= UINT64_C(1) << i % 64;
				key[t->order[i] / 64] |= UINT64_C(1) << t->order[i] % 64;
			}
		size_t known = rows.count;
		uint32_t row = pool_intern(&rows, key);
		if (row == known)
			code = make_row(t, &row_of[row], touch, count, class_);
		if (code == TW_OK)
			pool_add(&t->build->rows, &row_of[row]);
	}
	if (rows.failed || t->numbers.failed || t->flat.failed || t->words.failed)
		code = TW_NO_MEMORY;
	pool_free(&rows);
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
	out->class_count = t->classes->class_count;
	out->column_count = t->column_count;
}

int cells_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
	       const struct classes *classes, struct tw_error *error)
{
	struct table t = {.build = build,
			  .law = build->law,
			  .jurisdiction = jurisdiction,
			  .classes = classes,
			  .error = error};
	int code;
	pool_begin(&t.clashes, 2 * sizeof(uint32_t));
	run_begin(&t.row_keys);
	pool_begin(&t.row_of_key, sizeof(uint32_t));
	pool_begin(&t.numbers, sizeof(uint32_t));
	pool_begin(&t.flat, sizeof(size_t));
	pool_begin(&t.words, sizeof(uint32_t));
	code = ground_make(&t);
	if (code != TW_OK)
		goto done;
	out->rows = (uint32_t)build->rows.count;
	for (size_t e = 0; code == TW_OK && e < t.epoch_count; e++)
		code = make_epoch(&t, e);
	if (code == TW_OK)
		finish(&t, out);
done:
	pool_free(&t.clashes);
	run_free(&t.row_keys);
	pool_free(&t.row_of_key);
	pool_free(&t.numbers);
	pool_free(&t.flat);
	pool_free(&t.words);
	free(t.depth);
	free(t.programs);
	free(t.touch);
	free(t.touch_bits);
	free(t.column_bits);
	free(t.cells);
	free(t.here.bits);
	free(t.here.word);
	free(t.rank);
	free(t.active_groups);
	free(t.player);
	free(t.group_bits);
	free(t.order);
	free(t.column_of);
	free(t.column_country);
	free(t.column_like);
	free(t.epoch);
	return code;
}

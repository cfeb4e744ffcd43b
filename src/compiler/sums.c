/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the measures whose rate is that of others: sum_of, and bands over it.
 * In a stack they stand as plain measures with the rate of the epoch.
 */
#include "common/words.h"
#include "compiler/cells.h"

#include <stdio.h>
#include <string.h>

static void add_fraction(struct law_fraction *sum, struct law_fraction more)
{
	int64_t a = sum->den, b = more.den;
	while (b != 0) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	int64_t den = sum->den / a * more.den;
	/* NOLINTNEXTLINE: denominators are over 0, and what they have in common is */
	sum->num = sum->num * (den / sum->den) + more.num * (den / more.den);
	sum->den = den;
}

/* The rate that a program lays on all goods of an origin: sum_of (mail). */
static struct law_fraction sum_of(const struct table *t, const char *pattern, uint32_t country)
{
	struct law_fraction sum = {0, 1};
	for (size_t i = 0; i < t->flat.count; i++) {
		const struct player *player = &t->player[*(size_t *)pool_at(&t->flat, i)];
		if (players_name(player->measure, country) &&
		    words_match(pattern, t->law->programs[player->program].id))
			add_fraction(&sum, player->measure->rate.term[0].amount);
	}
	return sum;
}

/* Of the players of this epoch those that lay one rate on all goods, whatever is declared. */
static void note_flat(struct table *t)
{
	t->flat.count = 0;
	for (size_t i = 0; i < t->active; i++) {
		const struct law_measure *m = t->player[t->order[i]].measure;
		if (m && (m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR) &&
		    m->scope.all && !m->when && m->rate.term_count == 1 &&
		    m->rate.term[0].kind == LAW_TERM_AD_VALOREM)
			pool_add(&t->flat, &t->order[i]);
	}
}

static const struct law_rate *band_of(const struct law_measure *measure, struct law_fraction sum)
{
	for (uint32_t i = 0; i < measure->band_count; i++) {
		const struct law_band *band = &measure->bands[i];
		__int128 left = (__int128)sum.num * band->limit.den;
		__int128 right = (__int128)band->limit.num * sum.den;
		if (band->open || left < right || (band->inclusive && left == right))
			return &band->duty;
	}
	return NULL;
}

/* A measure whose rate depends on others becomes a plain one with today's rate. */
static uint32_t derive(struct table *t, uint32_t item, uint32_t country)
{
	const struct law_measure *measure = &t->law->measures[item];
	struct law_fraction sum = sum_of(t, measure->sum_of, country);
	char text[64];
	struct law_rate rate = {.kind = LAW_RATE_SUM, .term_count = 1};
	rate.term[0] = (struct law_term){
	    .kind = LAW_TERM_AD_VALOREM, .amount = sum, .unit = LAW_NONE, .basis = LAW_NONE};
	words_percent(text, sum.num * 1000000 / sum.den);
	rate.text = text;
	const struct law_rate *use = &rate;
	if (measure->effect == LAW_EFFECT_BANDS && !(use = band_of(measure, sum)))
		return item;
	struct rb_measure copy = *(struct rb_measure *)pool_at(&t->build->measures, item);
	copy.effect = LAW_EFFECT_DUTY;
	copy.rate = emit_rate(t->build, use);
	copy.rate_text = texts_intern(&t->build->texts, use->text);
	for (size_t i = t->law->measure_count; i < t->build->measures.count; i++)
		if (memcmp(pool_at(&t->build->measures, i), &copy, sizeof copy) == 0)
			return (uint32_t)i;
	return pool_add(&t->build->measures, &copy);
}

/* Where sums are the same, so is what was derived from them before. */
uint32_t sums_derive(struct table *t, uint32_t item, uint32_t country)
{
	uint32_t key[3] = {t->sums, item, country}, made;
	size_t known = t->derived_keys.count;
	uint32_t at = pool_intern(&t->derived_keys, key);
	if (at < known)
		return *(uint32_t *)pool_at(&t->derived, at);
	made = derive(t, item, country);
	pool_add(&t->derived, &made);
	return made;
}

/* The sums of this epoch for every column and pattern: rows that turn on them are told apart. */
void sums_note(struct table *t)
{
	struct law_fraction sums[LAW_COUNTRIES + 1];
	note_flat(t);
	t->numbers.count = 0;
	for (size_t i = 0; i < t->active; i++) {
		const struct law_measure *m = t->player[t->order[i]].measure;
		if (!m || !m->sum_of)
			continue;
		for (uint32_t c = 0; c < t->column_count; c++) {
			if (t->column_like[c] == c)
				sums[c] = sum_of(t, m->sum_of, t->column_country[c]);
			uint32_t word[sizeof *sums / sizeof(uint32_t)];
			memcpy(word, &sums[t->column_like[c]], sizeof word);
			pool_add(&t->numbers, &t->player[t->order[i]].item);
			pool_add_many(&t->numbers, word, sizeof word / sizeof *word);
		}
	}
	t->sums = run_intern(&t->row_keys, (const uint32_t *)(const void *)t->numbers.data,
			     t->numbers.count);
}

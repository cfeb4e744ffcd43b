/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of a program's measures end, begin or pass into one another at an
 * instant. A measure that ends is paired, origin by origin, with one that
 * begins then on the same goods under the same condition; failing that, with
 * one on goods in common. Writes no sentence.
 */
#include "changes/pair.h"

#include <stdlib.h>
#include <string.h>

#include "common/instant.h"
#include "common/order.h"

bool changes_within(const struct changes *changes, uint32_t jurisdiction, struct law_end end)
{
	const struct law *law = changes->query->law;
	int64_t day;
	if (end.at == TW_TIME_MIN || end.at == TW_TIME_MAX ||
	    (changes->announced && end.by == LAW_NONE))
		return false;
	day = changes->announced
		  ? law_act_day(law, end.by)
		  : time_local_day((enum time_zone)law_zone(law, jurisdiction), end.at);
	return changes->first <= day && day <= changes->last;
}

/* A duty passes into a duty, a fee into a fee, an exemption into an exemption. */
static int class_of(const struct law_measure *m)
{
	return m->effect <= LAW_EFFECT_BANDS ? LAW_EFFECT_DUTY : (int)m->effect;
}

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static bool same_choice(const struct law_measure *a, const struct law_measure *b)
{
	return same_text(a->choice_claim, b->choice_claim) && same_text(a->choice_is, b->choice_is);
}

/*
 * How near two measures must be, nearest first: the goods, the condition and
 * the part of the value that are the same, or else only goods in common.
 */
static const struct {
	bool scope, when, part;
} levels[] = {{true, true, true},
	      {true, true, false},
	      {true, false, false},
	      {false, true, true},
	      {false, false, false}};
enum { LEVELS = sizeof levels / sizeof *levels };

static bool passes_into(struct changes *changes, const struct law_measure *a,
			const struct law_measure *b, int level)
{
	const struct law *law = changes->query->law;
	bool exempt = a->effect == LAW_EFFECT_EXEMPT;
	if (class_of(a) != class_of(b) || !same_choice(a, b))
		return false;
	if (levels[level].part && (a->part_not != b->part_not || strcmp(a->part, b->part) != 0))
		return false;
	if (levels[level].when ? !law_when_same(a->when, b->when, &changes->pool.failed)
			       : exempt && strcmp(a->heading, b->heading) != 0)
		return false;
	return levels[level].scope ? law_scope_same(&a->scope, &b->scope)
				   : law_scopes_meet(law, &a->scope, &b->scope, b->from.at);
}

static int64_t sign(__int128 x)
{
	return x < 0 ? -1 : x > 0;
}

static bool one_term(const struct law_measure *m, struct law_term *term)
{
	static const struct law_term free_term = {
	    .amount = {0, 1}, .unit = LAW_NONE, .basis = LAW_NONE};
	if ((m->effect != LAW_EFFECT_DUTY && m->effect != LAW_EFFECT_FLOOR &&
	     m->effect != LAW_EFFECT_FEE) ||
	    m->rate.kind != LAW_RATE_SUM || m->rate.term_count > 1)
		return false;
	*term = m->rate.term_count ? m->rate.term[0] : free_term;
	return term->basis == LAW_NONE;
}

int rates_compare(const struct law_measure *a, const struct law_measure *b)
{
	struct law_term x, y;
	if (a->effect != b->effect || !one_term(a, &x) || !one_term(b, &y))
		return 2;
	if (a->rate.term_count && b->rate.term_count && (x.kind != y.kind || x.unit != y.unit))
		return 2;
	if (a->effect == LAW_EFFECT_FEE && (a->fee_min != b->fee_min || a->fee_max != b->fee_max) &&
	    a->rate.term_count && x.amount.num * y.amount.den == y.amount.num * x.amount.den)
		return a->fee_min <= b->fee_min && a->fee_max <= b->fee_max   ? 1
		       : a->fee_min >= b->fee_min && a->fee_max >= b->fee_max ? -1
									      : 2;
	return (int)sign((__int128)y.amount.num * x.amount.den -
			 (__int128)x.amount.num * y.amount.den);
}

static bool same_effect(struct changes *changes, const struct law_measure *a,
			const struct law_measure *b)
{
	struct buffer x = {0}, y = {0};
	say_effect(&x, changes->query->law, a);
	say_effect(&y, changes->query->law, b);
	changes->pool.failed |= x.failed || y.failed;
	bool same = x.length == y.length && (!x.length || !memcmp(x.at, y.at, x.length));
	buffer_free(&x);
	buffer_free(&y);
	return same;
}

static bool asked(const struct changes *changes, const struct change *change)
{
	const struct law_query *query = changes->query;
	const struct law_measure *m =
	    change->after != LAW_NONE ? &query->law->measures[change->after] : NULL;
	const struct law_measure *old =
	    change->before != LAW_NONE ? &query->law->measures[change->before] : NULL;
	return query_origins(query, &change->origins) &&
	       ((m && query_scope(query, &m->scope, change->at)) ||
		(old && query_scope(query, &old->scope, change->at - 1)));
}

static void note(struct changes *changes, struct change *change)
{
	const struct law *law = changes->query->law;
	const struct law_measure *a =
	    change->before == LAW_NONE ? NULL : &law->measures[change->before];
	const struct law_measure *b =
	    change->after == LAW_NONE ? NULL : &law->measures[change->after];
	change->by = b ? b->from.by : a->until.by; /* NOLINT: a change has one of both */
	if (!a || !b) {
		change->what = a ? CHANGE_ENDS : CHANGE_BEGINS;
	} else if (same_effect(changes, a, b)) {
		bool news = class_of(b) == LAW_EFFECT_DUTY || b->effect == LAW_EFFECT_REFUSE;
		change->what = CHANGE_STAYS;
		if (!strcmp(a->heading, b->heading) && (!news || a->from.by == b->from.by) &&
		    law_when_same(a->when, b->when, &changes->pool.failed))
			return;
	} else {
		int way = rates_compare(a, b);
		change->what = way == 1 ? CHANGE_RISES : way == -1 ? CHANGE_FALLS : CHANGE_BECOMES;
	}
	if (asked(changes, change) &&
	    changes_within(changes, change->jurisdiction, (struct law_end){change->at, change->by}))
		pool_add(&changes->pool, change);
}

/* What ends and what begins at one instant, and the origins not yet paired. */
struct meeting {
	uint32_t *measure;
	struct law_origins *left;
	uint32_t count;
};

static bool is_none(const struct law_origins *set)
{
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		if (set->bit[i])
			return false;
	return true;
}

static struct law_origins take_common(struct law_origins *a, struct law_origins *b)
{
	struct law_origins both;
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++) {
		both.bit[i] = a->bit[i] & b->bit[i];
		a->bit[i] &= ~both.bit[i];
		b->bit[i] &= ~both.bit[i];
	}
	return both;
}

static void pair_up(struct changes *changes, struct meeting *ends, struct meeting *begins,
		    struct change *change)
{
	const struct law *law = changes->query->law;
	for (int level = 0; level < LEVELS; level++)
		for (uint32_t i = 0; i < ends->count; i++)
			for (uint32_t k = 0; k < begins->count; k++) {
				if (is_none(&ends->left[i]) || is_none(&begins->left[k]) ||
				    !passes_into(changes, &law->measures[ends->measure[i]],
						 &law->measures[begins->measure[k]], level))
					continue;
				change->origins = take_common(&ends->left[i], &begins->left[k]);
				change->before = ends->measure[i];
				change->after = begins->measure[k];
				if (!is_none(&change->origins))
					note(changes, change);
			}
	for (uint32_t i = 0; i < ends->count + begins->count; i++) {
		bool begin = i >= ends->count;
		struct meeting *meeting = begin ? begins : ends;
		uint32_t at = begin ? i - ends->count : i;
		change->origins = meeting->left[at];
		change->before = begin ? LAW_NONE : meeting->measure[at];
		change->after = begin ? meeting->measure[at] : LAW_NONE;
		if (!is_none(&change->origins))
			note(changes, change);
	}
}

static void at_instant(struct changes *changes, const struct law_program *program, tw_time at,
		       struct meeting *meeting)
{
	const struct law *law = changes->query->law;
	struct change change = {.at = at,
				.jurisdiction = program->jurisdiction,
				.program = (uint32_t)(program - law->programs),
				.list = LAW_NONE};
	meeting[0].count = meeting[1].count = 0;
	for (uint32_t i = 0; i < program->measure_count; i++) {
		uint32_t index = program->measure_first + i;
		const struct law_measure *m = &law->measures[index];
		if (m->superseded_by != LAW_NONE || m->from.at >= m->until.at ||
		    m->effect == LAW_EFFECT_WARN)
			continue;
		for (int side = 0; side < 2; side++)
			if ((side ? m->from.at : m->until.at) == at) {
				struct meeting *to = &meeting[side];
				to->measure[to->count] = index;
				to->left[to->count++] = law_origins_of(law, m);
			}
	}
	pair_up(changes, &meeting[0], &meeting[1], &change);
}

static int by_time(const void *a, const void *b)
{
	const tw_time x = *(const tw_time *)a, y = *(const tw_time *)b;
	return (x > y) - (x < y);
}

int changes_of_program(struct changes *changes, uint32_t index)
{
	const struct law *law = changes->query->law;
	const struct law_program *program = &law->programs[index];
	uint32_t n = program->measure_count, count = 0;
	struct meeting meeting[2];
	tw_time *at = arena_alloc(changes->arena, 2 * (size_t)n + 1, sizeof *at);
	for (int i = 0; i < 2; i++) {
		meeting[i].measure = arena_alloc(changes->arena, (size_t)n + 1, sizeof(uint32_t));
		meeting[i].left =
		    arena_alloc(changes->arena, (size_t)n + 1, sizeof(struct law_origins));
		if (!at || !meeting[i].measure || !meeting[i].left)
			return TW_NO_MEMORY;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct law_measure *m = &law->measures[program->measure_first + i];
		if (changes_within(changes, program->jurisdiction, m->from))
			at[count++] = m->from.at;
		if (changes_within(changes, program->jurisdiction, m->until))
			at[count++] = m->until.at;
	}
	order_items(at, count, sizeof *at, by_time);
	for (uint32_t i = 0; i < count; i++)
		if (!i || at[i] != at[i - 1])
			at_instant(changes, program, at[i], meeting);
	return TW_OK;
}

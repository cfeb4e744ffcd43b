/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what a scenario must not say: what contradicts itself, or the law over
 * which it is laid. Every refusal names both places. What two measures of one
 * program do to one another is found by the compiler, as in any law.
 */
#include "law/scenario_reader.h"

#include "common/instant.h"
#include "law/scopes.h"

#include <string.h>

/* A time as the law writes it. */
static const char *time_text(char out[32], const struct scenario_reader *s,
			     const struct law_measure *m, tw_time at)
{
	enum time_zone zone =
	    (enum time_zone)law_zone(s->r.law, s->r.law->programs[m->program].jurisdiction);
	time_print(out, at, time_offset(zone, at));
	out[16] = '\0';
	return out;
}

static int superseded(const struct scenario_reader *s, struct law_pos pos,
		      const struct law_measure *m)
{
	return law_error(s->r.error, pos, "\"%s\" never took effect: %s replaced it (%s:%d)", m->id,
			 s->law->instruments[m->superseded_by].id, m->pos.file, m->pos.line);
}

/* It is not in force at the time from which something is to be otherwise. */
static int check_in_force(const struct scenario_reader *s, struct law_pos pos,
			  const struct law_measure *m, tw_time at, const char *what)
{
	char begins[32], text[32];
	time_text(text, s, m, at);
	if (at < m->from.at)
		return law_error(s->r.error, pos, "\"%s\" %s on %s, before it begins: %s (%s:%d)",
				 m->id, what, text, time_text(begins, s, m, m->from.at),
				 m->pos.file, m->pos.line);
	if (at >= m->until.at)
		return law_error(
		    s->r.error, pos,
		    "\"%s\" %s on %s, when it is no longer in force: it ended on %s (%s:%d)", m->id,
		    what, text, time_text(begins, s, m, m->until.at), m->pos.file, m->pos.line);
	return TW_OK;
}

static int check_end(const struct scenario_reader *s, const struct law_change *change,
		     struct law_pos pos, const struct law_measure *m)
{
	if (change->from == m->from.at && change->until >= m->until.at)
		return law_error(s->r.error, pos,
				 "\"%s\" ends when it begins: write never: %s (%s:%d)", m->id,
				 m->id, m->pos.file, m->pos.line);
	return check_in_force(s, pos, m, change->from, "ends");
}

static bool same_charge(const struct law_measure *a, const struct law_measure *b)
{
	return a->effect == b->effect && a->rate.text && b->rate.text &&
	       !strcmp(a->rate.text, b->rate.text) &&
	       a->floor_over_column1 == b->floor_over_column1;
}

static int check_rate(const struct scenario_reader *s, const struct law_change *change,
		      struct law_pos pos, const struct law_measure *m)
{
	char ends[32];
	int code = TW_OK;
	if (change->from != TW_TIME_MIN)
		code = check_in_force(s, pos, m, change->from, "changes its rate");
	if (code)
		return code;
	if (change->until != TW_TIME_MAX &&
	    (change->until <= m->from.at || change->until >= m->until.at))
		return law_error(s->r.error, pos,
				 "the rate of \"%s\" cannot return then: it is in force from %s, "
				 "and no longer (%s:%d)",
				 m->id, time_text(ends, s, m, m->from.at), m->pos.file,
				 m->pos.line);
	if (same_charge(change->charge, m))
		return law_error(s->r.error, pos, "\"%s\" has this rate already (%s:%d)", m->id,
				 m->pos.file, m->pos.line);
	return TW_OK;
}

static int check_move(const struct scenario_reader *s, const struct law_change *change,
		      struct law_pos pos, const struct law_measure *m)
{
	tw_time from = change->moves_from ? change->new_from.at : m->from.at;
	tw_time until = change->moves_until ? change->new_until.at : m->until.at;
	char begins[32], ends[32];
	if (until <= from)
		return law_error(s->r.error, pos,
				 "\"%s\" would end on %s, before it begins: %s (%s:%d)", m->id,
				 time_text(ends, s, m, until), time_text(begins, s, m, from),
				 m->pos.file, m->pos.line);
	if (from == m->from.at && until == m->until.at)
		return law_error(s->r.error, pos, "\"%s\" begins and ends then already (%s:%d)",
				 m->id, m->pos.file, m->pos.line);
	return TW_OK;
}

static int check_single(const struct scenario_reader *s, const struct law_change *change,
			struct law_pos pos, const struct law_measure *m)
{
	if (m->superseded_by != LAW_NONE)
		return superseded(s, pos, m);
	switch (change->kind) {
	case LAW_CHANGE_END:
		return check_end(s, change, pos, m);
	case LAW_CHANGE_RATE:
		return check_rate(s, change, pos, m);
	case LAW_CHANGE_MOVE:
		return check_move(s, change, pos, m);
	case LAW_CHANGE_NEVER:
	case LAW_CHANGE_REOPEN:
	case LAW_CHANGE_ADD:
	case LAW_CHANGE_PROGRAM:
	case LAW_CHANGES:
	default:
		return TW_OK;
	}
}

/* Whether anything of the measure is changed; of several at once, what ended before is not. */
static bool is_touched(const struct law_change *change, const struct law_measure *m)
{
	return change->kind == LAW_CHANGE_NEVER ||
	       (m->from.at < change->until && m->until.at > change->from);
}

static int twice(const struct scenario_reader *s, uint32_t change, uint32_t before,
		 struct law_pos pos, const struct law_measure *m)
{
	const struct law_pos first = s->scenario->changes[before].pos;
	if (before == change)
		return law_error(s->r.error, pos, "\"%s\" is named twice in one change (%s:%d)",
				 m->id, m->pos.file, m->pos.line);
	return law_error(s->r.error, pos,
			 "two changes of \"%s\" (%s:%d): the other is at %s:%d; write one", m->id,
			 m->pos.file, m->pos.line, first.file, first.line);
}

int scenario_touch(struct scenario_reader *s, uint32_t index, struct law_pos pos,
		   const uint32_t *measure, uint32_t count, bool is_single)
{
	struct law_change *change = (struct law_change *)&s->scenario->changes[index];
	struct reader *r = &s->r;
	bool several = change->kind == LAW_CHANGE_RATE || change->kind == LAW_CHANGE_MOVE;
	uint32_t *all = read_take(r, change->measure_count + count, sizeof *all), n = 0;
	if (!all)
		return TW_NO_MEMORY;
	if (several && !is_single)
		return law_error(r->error, pos,
				 "name the measures one by one: a program begins and ends with "
				 "several");
	if (change->measure_count)
		memcpy(all, change->measure, change->measure_count * sizeof *all);
	n = change->measure_count;
	for (uint32_t i = 0; i < count; i++) {
		if (measure[i] >= s->measure_count)
			return law_error(r->error, pos,
					 "this is a measure that the scenario itself adds");
		const struct law_measure *m = &s->law->measures[measure[i]];
		int code = is_single ? check_single(s, change, pos, m) : TW_OK;
		if (code)
			return code;
		if (!is_single && !is_touched(change, m))
			continue;
		if (s->changed_by[measure[i]] != LAW_NONE)
			return twice(s, index, s->changed_by[measure[i]], pos, m);
		s->changed_by[measure[i]] = index;
		all[n++] = measure[i];
	}
	if (n == change->measure_count)
		return law_error(r->error, pos,
				 "nothing of this is in force then or later: its last measure "
				 "ended before (%s:%d)",
				 s->law->measures[measure[count - 1]].pos.file,
				 s->law->measures[measure[count - 1]].pos.line);
	change->measure = all;
	change->measure_count = n;
	return TW_OK;
}

/* Whether both lay a duty on all that the other does, and neither steps back. */
static bool same_goods(const struct law_measure *a, const struct law_measure *b)
{
	bool share = false;
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		share = share || a->origins.bit[i] & b->origins.bit[i];
	return share && !a->when && !b->when && law_scope_same(&a->scope, &b->scope) &&
	       !strcmp(a->part, b->part) && a->part_not == b->part_not && !a->choice_claim &&
	       !b->choice_claim && !a->except_count && !b->except_count;
}

int scenario_meets(struct scenario_reader *s, struct law_pos pos, const struct law_measure *m)
{
	const struct law *law = s->r.law;
	const struct law_program *program = &law->programs[m->program];
	char begins[32];
	for (uint32_t i = 0; i < program->measure_count; i++) {
		const struct law_measure *other = &law->measures[program->measure_first + i];
		if (other == m || other->superseded_by != LAW_NONE ||
		    m->effect > LAW_EFFECT_BANDS || other->effect > LAW_EFFECT_BANDS ||
		    m->from.at >= other->until.at || other->from.at >= m->until.at ||
		    !same_goods(m, other))
			continue;
		tw_time at = m->from.at > other->from.at ? m->from.at : other->from.at;
		return law_error(s->r.error, pos,
				 "\"%s\" would stand beside \"%s\" (%s:%d) from %s on, on the "
				 "same goods: end that one, or write never",
				 m->id, other->id, other->pos.file, other->pos.line,
				 time_text(begins, s, m, at));
	}
	return TW_OK;
}

static bool is_ours(const struct scenario_reader *s, uint32_t by)
{
	return by == LAW_NONE || by == s->instrument;
}

static int cites_act(const struct scenario_reader *s, struct law_pos pos, uint32_t by)
{
	const struct law_instrument *act = (struct law_instrument *)s->r.instruments.item + by;
	return law_error(s->r.error, pos, "a scenario cites no act: omit by: %s (%s:%d)", act->id,
			 act->pos.file, act->pos.line);
}

int scenario_cites(struct scenario_reader *s, const struct law_measure *m)
{
	const uint32_t by[] = {m->from.by, m->until.by, m->superseded_by};
	for (size_t i = 0; i < sizeof by / sizeof *by; i++)
		if (!is_ours(s, by[i]))
			return cites_act(s, m->pos, by[i]);
	return TW_OK;
}

int scenario_program_cites(struct scenario_reader *s, const struct law_program *program)
{
	if (!is_ours(s, program->void_by))
		return cites_act(s, program->pos, program->void_by);
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *y = &program->yields[i];
		if (!is_ours(s, y->from.by) || !is_ours(s, y->until.by))
			return cites_act(s, y->pos,
					 is_ours(s, y->from.by) ? y->until.by : y->from.by);
	}
	return TW_OK;
}

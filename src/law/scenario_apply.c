/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the measures of the law that a scenario makes: each measure of the law
 * before becomes none, one, or several that follow one another in time; what is
 * added stands behind those of its program; and whatever named a measure names
 * all that became of it.
 */
#include "law/scenario_reader.h"

#include <stdio.h>
#include <string.h>

enum { PIECES = 3 };

/* Where a measure went: so many from first on. */
struct place {
	uint32_t first, count;
};

struct making {
	struct scenario_reader *s;
	struct vector out; /* struct law_measure */
	struct place *place;
	bool failed;
};

/* The id of what follows a first piece. */
static const char *id_of(struct making *m, const char *id, const char *end)
{
	size_t length = strlen(id) + strlen(end) + 1;
	char *text = read_take(&m->s->r, length, 1);
	if (!text) {
		m->failed = true;
		return id;
	}
	snprintf(text, length, "%s%s", id, end);
	return text;
}

/* What of a measure lies before a time, and what from it on; false: nothing does. */
static bool before(struct law_measure *m, tw_time at, uint32_t by)
{
	if (at <= m->from.at)
		return false;
	if (at < m->until.at)
		m->until = (struct law_end){at, by};
	return true;
}

static bool after(struct law_measure *m, tw_time at, uint32_t by)
{
	if (at >= m->until.at)
		return false;
	if (at > m->from.at)
		m->from = (struct law_end){at, by};
	return true;
}

/* The measure with another rate from a time, and until another. */
static uint32_t with_rate(struct law_measure out[PIECES], struct making *m,
			  const struct law_change *change, const struct law_measure *old)
{
	uint32_t by = m->s->instrument, n = 0;
	struct law_measure first = *old, changed = *change->charge, last = *old;
	if (before(&first, change->from, by))
		out[n++] = first;
	bool is_whole = !n && change->until >= old->until.at;
	changed.from.by = by;
	after(&changed, change->from, by);
	before(&changed, change->until, by);
	changed.pos = change->pos;
	changed.id = is_whole || !n ? old->id : id_of(m, old->id, ".scenario");
	out[n++] = changed;
	if (after(&last, change->until, by)) {
		last.id = id_of(m, old->id, ".resumed");
		out[n++] = last;
	}
	return n;
}

/* The measure but for a time. */
static uint32_t without(struct law_measure out[PIECES], struct making *m,
			const struct law_change *change, const struct law_measure *old)
{
	uint32_t by = m->s->instrument, n = 0;
	struct law_measure first = *old, last = *old;
	if (before(&first, change->from, by))
		out[n++] = first;
	if (after(&last, change->until, by)) {
		if (n)
			last.id = id_of(m, old->id, ".resumed");
		out[n++] = last;
	}
	return n;
}

static uint32_t moved(struct law_measure out[PIECES], const struct law_change *change,
		      const struct law_measure *old)
{
	out[0] = *old;
	if (change->moves_from)
		out[0].from = change->new_from;
	if (change->moves_until)
		out[0].until = change->new_until;
	return 1;
}

/* What becomes of a measure of the law before. */
static uint32_t cut(struct law_measure out[PIECES], struct making *m, uint32_t index)
{
	const struct law_measure *old = &m->s->law->measures[index];
	uint32_t by = m->s->changed_by[index];
	out[0] = *old;
	if (by == LAW_NONE)
		return 1;
	const struct law_change *change = &m->s->scenario->changes[by];
	switch (change->kind) {
	case LAW_CHANGE_NEVER:
		return 0;
	case LAW_CHANGE_RATE:
		return with_rate(out, m, change, old);
	case LAW_CHANGE_MOVE:
		return moved(out, change, old);
	case LAW_CHANGE_END:
	case LAW_CHANGE_REOPEN:
		return without(out, m, change, old);
	case LAW_CHANGE_ADD:
	case LAW_CHANGE_PROGRAM:
	case LAW_CHANGES:
	default:
		return 1;
	}
}

static void put(struct making *m, uint32_t index, const struct law_measure *piece, uint32_t count)
{
	m->place[index] = (struct place){m->out.count, count};
	for (uint32_t i = 0; i < count; i++) {
		struct law_measure *slot = read_add(&m->s->r, &m->out, sizeof *slot);
		if (slot)
			*slot = piece[i];
		m->failed |= !slot;
	}
}

/* All measures, by program, in their order. */
static int make_measures(struct making *m)
{
	struct reader *r = &m->s->r;
	struct law_program *programs = r->programs.item;
	const struct law_measure *read = r->measures.item;
	m->place = read_take(r, r->measures.count, sizeof *m->place);
	if (!m->place)
		return TW_NO_MEMORY;
	for (uint32_t p = 0; p < r->programs.count; p++) {
		struct law_measure piece[PIECES];
		uint32_t first = m->out.count, of = programs[p].measure_first;
		for (uint32_t i = of; i < of + programs[p].measure_count; i++) {
			if (i < m->s->measure_count)
				put(m, i, piece, cut(piece, m, i));
			else
				put(m, i, &read[i], 1);
		}
		for (uint32_t i = m->s->measure_count;
		     p < m->s->law->program_count && i < r->measures.count; i++)
			if (read[i].program == p)
				put(m, i, &read[i], 1);
		programs[p].measure_first = first;
		programs[p].measure_count = m->out.count - first;
	}
	return m->failed ? TW_NO_MEMORY : TW_OK;
}

/* What named some measures names what became of them. */
static int follow(struct making *m, const uint32_t **index, uint32_t *count)
{
	uint32_t n = 0, *out;
	if (!*count)
		return TW_OK;
	for (uint32_t i = 0; i < *count; i++)
		n += m->place[(*index)[i]].count;
	if (!(out = read_take(&m->s->r, n, sizeof *out)))
		return TW_NO_MEMORY;
	n = 0;
	for (uint32_t i = 0; i < *count; i++)
		for (uint32_t k = 0; k < m->place[(*index)[i]].count; k++)
			out[n++] = m->place[(*index)[i]].first + k;
	*index = out;
	*count = n;
	return TW_OK;
}

static int follow_yields(struct making *m, struct law_program *program)
{
	struct law_yield *yields = read_take(&m->s->r, program->yield_count, sizeof *yields);
	uint32_t n = 0;
	if (!yields)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < program->yield_count; i++) {
		struct law_yield y = program->yields[i];
		bool limited = y.of_count > 0;
		if (follow(m, &y.measures, &y.measure_count) || follow(m, &y.of, &y.of_count))
			return TW_NO_MEMORY;
		if ((limited && !y.of_count) || (!y.program_count && !y.measure_count))
			continue;
		yields[n++] = y;
	}
	program->yields = yields;
	program->yield_count = n;
	return TW_OK;
}

/* What was moved or added must not lay a duty where another of its program does. */
static int check_meets(struct making *m)
{
	const struct law_scenario *scenario = m->s->scenario;
	const struct law *law = m->s->r.law;
	int code = TW_OK;
	for (uint32_t i = 0; i < scenario->change_count && !code; i++) {
		const struct law_change *change = &scenario->changes[i];
		for (uint32_t k = 0;
		     change->kind == LAW_CHANGE_MOVE && k < change->measure_count && !code; k++)
			code = scenario_meets(m->s, change->pos,
					      &law->measures[m->place[change->measure[k]].first]);
		for (uint32_t k = 0; k < change->added_count && !code; k++)
			code = scenario_meets(m->s, change->pos,
					      &law->measures[change->added_first + k]);
	}
	return code;
}

int scenario_apply(struct scenario_reader *s)
{
	struct making m = {.s = s};
	struct reader *r = &s->r;
	int code = make_measures(&m);
	if (code)
		return code;
	struct law_measure *measures = m.out.item;
	struct law_program *programs = r->programs.item;
	for (uint32_t i = 0; !code && i < m.out.count; i++)
		code = follow(&m, &measures[i].except, &measures[i].except_count);
	for (uint32_t i = 0; !code && i < r->programs.count; i++)
		code = follow_yields(&m, &programs[i]);
	struct law_change *changes = (struct law_change *)s->scenario->changes;
	for (uint32_t i = 0; i < s->scenario->change_count; i++)
		if (changes[i].added_count)
			changes[i].added_first = m.place[changes[i].added_first].first;
	r->law->measures = measures;
	r->law->measure_count = m.out.count;
	r->law->programs = programs;
	r->law->program_count = r->programs.count;
	return code ? code : check_meets(&m);
}

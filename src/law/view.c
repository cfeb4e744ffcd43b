/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the law as it could be known on a day. Shares all that does not change
 * with the law it is a view of, which must outlive it.
 */
#include "common/error.h"
#include "law/law.h"
#include "law/refunds.h"
#include "law/scopes.h"

#include "common/arena.h"
#include "common/instant.h"
#include "law/yaml.h"

#include <string.h>

struct view {
	const struct law *law;
	struct law *out;
	struct arena *arena;
	tw_time day;
	uint32_t *moved; /* measure before to measure after, or LAW_NONE */
};

int32_t law_act_day(const struct law *law, uint32_t instrument)
{
	const struct law_instrument *act = &law->instruments[instrument];
	return (int32_t)time_local_day((enum time_zone)law_zone(law, act->jurisdiction),
				       act->known);
}

int32_t law_known_day(tw_time day)
{
	return day == TW_TIME_MAX ? INT32_MAX : (int32_t)time_local_day(TIME_ZONE_NEW_YORK, day);
}

/* Days are compared, not instants: a day in Beijing is not another one for New York. */
static bool known(const struct view *v, uint32_t instrument)
{
	if (instrument == LAW_NONE || v->day == TW_TIME_MAX)
		return true;
	return law_act_day(v->law, instrument) <= law_known_day(v->day);
}

/* An end that was not known yet is open. */
static struct law_end until(const struct view *v, struct law_end end)
{
	return known(v, end.by) ? end : (struct law_end){TW_TIME_MAX, LAW_NONE};
}

static bool stays(const struct view *v, const struct law_measure *m)
{
	return known(v, m->from.by) &&
	       (m->superseded_by == LAW_NONE || !known(v, m->superseded_by));
}

/* The kept ones of some measures, renumbered. */
static int keep(const struct view *v, const uint32_t **index, uint32_t *count)
{
	if (!*count)
		return TW_OK;
	uint32_t *kept = arena_alloc(v->arena, *count, sizeof *kept), n = 0;
	if (!kept)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < *count; i++)
		if (v->moved[(*index)[i]] != LAW_NONE)
			kept[n++] = v->moved[(*index)[i]];
	*index = kept;
	*count = n;
	return TW_OK;
}

static int view_measures(struct view *v)
{
	const struct law *law = v->law;
	struct law_measure *measures =
	    arena_alloc(v->arena, law->measure_count + 1, sizeof *measures);
	v->moved = arena_alloc(v->arena, law->measure_count + 1, sizeof *v->moved);
	if (!measures || !v->moved)
		return TW_NO_MEMORY;
	uint32_t n = 0;
	for (uint32_t i = 0; i < law->measure_count; i++) {
		v->moved[i] = LAW_NONE;
		if (!stays(v, &law->measures[i]))
			continue;
		measures[n] = law->measures[i];
		measures[n].until = until(v, measures[n].until);
		measures[n].superseded_by = LAW_NONE; /* not known yet: in force */
		v->moved[i] = n++;
	}
	for (uint32_t i = 0; i < n; i++) {
		int code = keep(v, &measures[i].except, &measures[i].except_count);
		if (code)
			return code;
	}
	v->out->measures = measures;
	v->out->measure_count = n;
	return TW_OK;
}

static int view_yields(const struct view *v, struct law_program *program)
{
	struct law_yield *yields = arena_alloc(v->arena, program->yield_count + 1, sizeof *yields);
	uint32_t n = 0;
	if (!yields)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < program->yield_count; i++) {
		struct law_yield y = program->yields[i];
		bool limited = y.of_count > 0;
		if (!known(v, y.from.by))
			continue;
		y.until = until(v, y.until);
		if (keep(v, &y.measures, &y.measure_count) || keep(v, &y.of, &y.of_count))
			return TW_NO_MEMORY;
		if ((limited && !y.of_count) || (!y.program_count && !y.measure_count))
			continue;
		yields[n++] = y;
	}
	program->yields = yields;
	program->yield_count = n;
	return TW_OK;
}

static int view_programs(struct view *v)
{
	const struct law *law = v->law;
	struct law_program *programs =
	    arena_alloc(v->arena, law->program_count + 1, sizeof *programs);
	uint32_t first = 0;
	if (!programs)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < law->program_count; i++) {
		struct law_program *p = &programs[i];
		*p = law->programs[i];
		p->measure_first = first;
		while (first < v->out->measure_count && v->out->measures[first].program == i)
			first++;
		p->measure_count = first - p->measure_first;
		if (!known(v, p->void_by)) {
			p->void_by = LAW_NONE;
			p->void_collected_until = 0;
		}
		if (view_yields(v, p))
			return TW_NO_MEMORY;
	}
	v->out->programs = programs;
	return TW_OK;
}

static int view_lists(struct view *v)
{
	const struct law *law = v->law;
	struct law_list *lists = arena_alloc(v->arena, law->list_count + 1, sizeof *lists);
	if (!lists)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < law->list_count; i++) {
		const struct law_list *from = &law->lists[i];
		struct law_list_row *rows =
		    arena_alloc(v->arena, from->row_count + 1, sizeof *rows);
		uint32_t n = 0;
		if (!rows)
			return TW_NO_MEMORY;
		for (uint32_t k = 0; k < from->row_count; k++) {
			if (!known(v, from->rows[k].from.by))
				continue;
			rows[n] = from->rows[k];
			rows[n].until = until(v, rows[n].until);
			n++;
		}
		lists[i] = *from;
		lists[i].rows = rows;
		lists[i].row_count = n;
	}
	v->out->lists = lists;
	return TW_OK;
}

static int view_preferences(const struct view *v, struct law_jurisdiction *j)
{
	struct law_preference *p = arena_alloc(v->arena, j->preference_count + 1, sizeof *p);
	struct law_edition *e = arena_alloc(v->arena, j->edition_count + 1, sizeof *e);
	uint32_t n = 0, m = 0;
	if (!p || !e)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < j->preference_count; i++) {
		if (!known(v, j->preferences[i].from.by))
			continue;
		p[n] = j->preferences[i];
		p[n].until = until(v, p[n].until);
		n++;
	}
	/* The first edition stays: the schedule has no other citation. */
	for (uint32_t i = 0; i < j->edition_count; i++)
		if (!i || known(v, j->editions[i].by))
			e[m++] = j->editions[i];
	j->preferences = p;
	j->preference_count = n;
	j->editions = e;
	j->edition_count = m;
	return TW_OK;
}

/* An order is known from the day on which it is published. */
static int view_adcvd(const struct view *v, struct law_jurisdiction *j)
{
	const struct law_adcvd *from = j->adcvd;
	if (!from || v->day == TW_TIME_MAX)
		return TW_OK;
	struct law_adcvd *out = arena_alloc(v->arena, 1, sizeof *out);
	struct law_adcvd_order *orders =
	    arena_alloc(v->arena, from->order_count + 1, sizeof *orders);
	if (!out || !orders)
		return TW_NO_MEMORY;
	*out = *from;
	out->orders = orders;
	out->order_count = 0;
	for (uint32_t i = 0; i < from->order_count; i++) {
		if (from->orders[i].from > v->day)
			continue;
		struct law_adcvd_order *order = &orders[out->order_count++];
		*order = from->orders[i];
		order->until = order->until > v->day ? TW_TIME_MAX : order->until;
	}
	j->adcvd = out;
	return TW_OK;
}

static int view_jurisdictions(struct view *v)
{
	uint32_t count = v->law->jurisdiction_count;
	struct law_jurisdiction *all = arena_alloc(v->arena, count + 1, sizeof *all);
	if (!all)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		all[i] = v->law->jurisdictions[i];
		if (view_preferences(v, &all[i]) || view_adcvd(v, &all[i]))
			return TW_NO_MEMORY;
	}
	v->out->jurisdictions = all;
	return TW_OK;
}

static bool view_tests(const struct view *v, struct law_refunds *out)
{
	struct law_refund_test *tests = arena_alloc(v->arena, out->test_count + 1, sizeof *tests);
	struct law_refund_matter *matters =
	    arena_alloc(v->arena, out->matter_count + 1, sizeof *matters);
	uint32_t n = 0, m = 0;
	if (!tests || !matters)
		return false;
	for (uint32_t i = 0; i < out->test_count; i++) {
		if (!known(v, out->tests[i].by) || !known(v, out->tests[i].from_by))
			continue;
		tests[n] = out->tests[i];
		if (!known(v, tests[n].until_by))
			tests[n].until = INT32_MAX;
		n++;
	}
	for (uint32_t i = 0; i < out->matter_count; i++)
		if (known(v, out->matters[i].by) && known(v, out->matters[i].from_by))
			matters[m++] = out->matters[i];
	out->tests = tests;
	out->test_count = n;
	out->matters = matters;
	out->matter_count = m;
	return true;
}

static int view_refunds(struct view *v)
{
	const struct law_refunds *law = v->law->refunds;
	struct law_refunds *out = law ? arena_alloc(v->arena, 1, sizeof *out) : NULL;
	struct law_refund_heading *headings;
	uint32_t n = 0, rates = 0;
	if (!law)
		return TW_OK;
	headings = out ? arena_alloc(v->arena, law->heading_count + 1, sizeof *headings) : NULL;
	if (!headings)
		return TW_NO_MEMORY;
	*out = *law;
	for (uint32_t i = 0; i < law->heading_count; i++)
		if (known(v, law->headings[i].by))
			headings[n++] = law->headings[i];
	/* A quarter is published after the one before it. */
	while (rates < law->rate_count && known(v, law->rates[rates].by))
		rates++;
	out->headings = headings;
	out->heading_count = n;
	out->rate_count = rates;
	v->out->refunds = out;
	return view_tests(v, out) ? TW_OK : TW_NO_MEMORY;
}

/* The day of the view as a date; what was known after the edition this law cannot tell. */
static int name_day(struct view *v)
{
	char *text = arena_alloc(v->arena, 26, 1);
	if (!text)
		return TW_NO_MEMORY;
	v->out->known_on = v->law->edition;
	if (v->day == TW_TIME_MAX)
		return TW_OK;
	time_print(text, v->day, time_offset(TIME_ZONE_NEW_YORK, v->day));
	text[10] = '\0';
	if (strcmp(text, v->law->edition) < 0)
		v->out->known_on = text;
	return TW_OK;
}

int law_as_known(struct law **out, const struct law *law, tw_time day, struct tw_error *error)
{
	struct view v = {.law = law, .day = day, .arena = arena_new()};
	int code = TW_NO_MEMORY;
	*out = NULL;
	v.out = v.arena ? arena_alloc(v.arena, 1, sizeof *v.out) : NULL;
	if (!v.out)
		goto done;
	*v.out = *law;
	v.out->arena = v.arena;
	if (name_day(&v) || view_measures(&v) || view_programs(&v) || view_lists(&v) ||
	    view_jurisdictions(&v) || view_refunds(&v))
		goto done;
	*out = v.out;
	v.arena = NULL;
	code = TW_OK;
done:
	if (code)
		error_memory(error);
	arena_free(v.arena);
	return code;
}

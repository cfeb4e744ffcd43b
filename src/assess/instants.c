/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When the answer for a line could be another: the grains of the calendar that touch its code and
 * origin, the periods of its tariff lines, seasons, and the days that the line itself names.
 * Assesses nothing.
 */
#include "assess/adcvd.h"
#include "assess/assessor.h"
#include "assess/deposits.h"
#include "assess/plan_tables.h"
#include "assess/reading.h"
#include "common/error.h"
#include "common/given.h"
#include "common/instant.h"
#include "common/legal.h"
#include "common/order.h"

#include <stdlib.h>
#include <string.h>

#define YEARS INT64_C(100)
#define SPAN (YEARS * 366 * 86400)
#define FEW 256   /* instants */
#define LEAVES 64 /* tariff lines under a code for which dockets are compared */

struct search {
	tw_assessor *a;
	const struct rb_jurisdiction *j;
	struct leaf_range range;
	tw_time after, until;
	bool of_union; /* of several origins */
	bool failed;
};

static void add(struct search *s, tw_time at)
{
	tw_assessor *a = s->a;
	if (at <= s->after || at >= s->until || s->failed)
		return;
	if (a->instant_count == a->instant_room) {
		size_t room = a->instant_room ? 2 * a->instant_room : 256;
		tw_time *more = realloc(a->instants, room * sizeof *more);
		s->failed = !more;
		if (!more)
			return;
		a->instants = more;
		a->instant_room = room;
	}
	a->instants[a->instant_count++] = at;
}

/* Are other items heard for the code and the origin in one epoch than in the other? */
static bool dockets_differ(const struct search *s, uint32_t one, uint32_t two)
{
	const struct rb *rb = s->a->rb;
	if (one == two)
		return false;
	if (s->of_union || s->range.last - s->range.first > LEAVES)
		return true;
	for (uint32_t i = s->range.first; i < s->range.last; i++) {
		uint32_t goods = rb->leaves[i].goods, origin = s->a->facts.origin;
		if ((i == s->range.first || rb->leaves[i - 1].goods != goods) &&
		    lookup_docket(rb, s->j, one, goods, origin) !=
			lookup_docket(rb, s->j, two, goods, origin))
			return true;
	}
	return false;
}

static void add_grains(struct search *s, const struct plan_tables *tables)
{
	const struct calendar *calendar = &tables->calendar[s->a->facts.jurisdiction_index];
	const struct grain *first = calendar_at(calendar, s->after);
	for (const struct grain *g = first + 1;
	     g < calendar->grain + calendar->count && g->from < s->until; g++)
		if (g->is_asked || g->is_covered != g[-1].is_covered ||
		    g->is_beyond != g[-1].is_beyond || g->by != g[-1].by ||
		    g->preference != g[-1].preference || dockets_differ(s, g[-1].epoch, g->epoch))
			add(s, g->from);
}

static void add_periods(struct search *s)
{
	const struct rb *rb = s->a->rb;
	for (uint32_t i = s->range.first; i < s->range.last; i++)
		for (uint32_t k = 0; k < rb->leaves[i].base_count; k++) {
			const struct rb_base *base = &rb->bases[rb->leaves[i].base_first + k];
			add(s, base->from);
			add(s, base->until);
		}
}

static bool has_product(const struct search *s, uint32_t product)
{
	const struct rb *rb = s->a->rb;
	const struct rb_season *season = rb->seasons + s->j->seasons.first;
	for (uint32_t i = 0; i < s->j->seasons.count; i++) {
		uint64_t low = UINT64_C(100) * season[i].code;
		if (season[i].product != product)
			continue;
		for (uint32_t k = s->range.first; k < s->range.last; k++)
			if (rb_low(&rb->leaves[k]) < low + 100 && rb_high(&rb->leaves[k]) > low)
				return true;
	}
	return false;
}

/* The first day of a season and the day behind its last one, in every year of the search. */
static void add_season(struct search *s, const struct rb_season *season)
{
	enum time_zone zone = (enum time_zone)s->j->zone;
	int first, last, month, day;
	time_date(time_local_day(zone, s->after), &first, &month, &day);
	time_date(time_local_day(zone, s->until), &last, &month, &day);
	for (int year = first; year <= last; year++) {
		int64_t behind =
		    season->through == 229
			? time_days(year, 3, 1)
			: time_days(year, season->through / 100, season->through % 100) + 1;
		add(s, time_from_local(
			   zone, time_days(year, season->from / 100, season->from % 100) * 86400));
		add(s, time_from_local(zone, behind * 86400));
	}
}

static void add_seasons(struct search *s)
{
	const struct rb_season *season = s->a->rb->seasons + s->j->seasons.first;
	uint64_t four = s->a->facts.code_low / 1000000;
	bool any = s->a->facts.digits < 6;
	for (uint32_t i = 0; i < s->j->seasons.count && !any; i++)
		any = season[i].code / 10000 == four;
	for (uint32_t i = 0; any && i < s->j->seasons.count; i++)
		if (has_product(s, season[i].product))
			add_season(s, &season[i]);
}

/* A time that the line names: the law may ask which of it and the entry is the earlier. */
static void add_own(struct search *s, tw_time at)
{
	enum time_zone zone = (enum time_zone)s->j->zone;
	if (at < s->after - 2 * 86400 || at > s->until)
		return;
	int64_t day = time_local_day(zone, at);
	add(s, at);
	add(s, at + 1);
	add(s, time_from_local(zone, day * 86400));
	add(s, time_from_local(zone, (day + 1) * 86400));
}

static void add_line(struct search *s)
{
	const struct facts *f = &s->a->facts;
	const struct {
		bool said;
		tw_time at;
	} all[] = {{f->has_imported, f->imported},
		   {f->has_loaded, f->loaded},
		   {f->has_departed, f->departed},
		   {f->has_it_date, f->it_date}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].said)
			add_own(s, all[i].at);
	for (uint32_t i = 0; i < s->a->rb->claim_count; i++)
		if (facts_said(f, i) && f->claim[i].kind == VALUE_TIME)
			add_own(s, f->claim[i].number);
}

/* Where the line says something of orders: the days of the rates that the caller brought. */
static void add_deposits(struct search *s)
{
	const tw_deposits *deposits = s->a->options.deposits;
	const struct rb_adcvd *x = adcvd_of(s->a->rb, s->j);
	const struct facts *f = &s->a->facts;
	int64_t day[2];
	if (!deposits || !x || (!facts_said(f, x->claim) && !facts_said(f, x->exporter)))
		return;
	for (size_t i = 0; deposits_days(day, deposits, i); i++)
		for (int k = 0; k < 2; k++)
			if (day[k] != INT64_MIN)
				add(s, time_from_local((enum time_zone)s->j->zone, day[k] * 86400));
}

/* Of few: they are nearly in order as they are found. */
static void sort_few(tw_time *at, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const tw_time moved = at[i];
		size_t k = i;
		for (; k && at[k - 1] > moved; k--)
			at[k] = at[k - 1];
		at[k] = moved;
	}
}

static void sort(tw_assessor *a)
{
	size_t kept = 0;
	if (a->instant_count <= FEW)
		sort_few(a->instants, a->instant_count);
	else
		order_items(a->instants, a->instant_count, sizeof *a->instants, time_compare);
	for (size_t i = 0; i < a->instant_count; i++)
		if (!kept || a->instants[i] != a->instants[kept - 1])
			a->instants[kept++] = a->instants[i];
	a->instant_count = kept;
}

/* The tariff lines by which the code is read, that of its first eight digits where it ends. */
static struct leaf_range lines_of(const tw_assessor *a)
{
	const struct facts *f = &a->facts;
	uint64_t low = f->code_low, high = f->code_high;
	if (f->digits == 10 && f->jurisdiction->has_schedule && !f->jurisdiction->open_numbers) {
		low = low / 100 * 100;
		high = low + 100;
	}
	return lookup_leaves(&a->tables, a->rb, f->jurisdiction, low, high);
}

static int find(tw_assessor *a, const struct tw_line *line, tw_time after, tw_time until,
		struct tw_error *error)
{
	const struct plan_tables *tables = plans_tables(a->plans.table);
	struct search s = {.a = a, .after = after, .until = until};
	if (!tables)
		return error_memory(error);
	if (!facts_read(&a->facts, &a->refusal, &a->words, line)) {
		s.of_union = a->facts.jurisdiction &&
			     !strcmp(a->refusal.reason, "union-of-countries") &&
			     !strcmp(a->refusal.column, "origin");
		/* A day that another of the line's days forbids may come to be allowed. */
		if (!s.of_union &&
		    (!a->facts.jurisdiction || strcmp(a->refusal.reason, "bad-date") != 0))
			return TW_OK;
	}
	s.j = a->facts.jurisdiction;
	s.range = lines_of(a);
	add_grains(&s, tables);
	add_periods(&s);
	add_seasons(&s);
	add_line(&s);
	add_deposits(&s);
	sort(a);
	return s.failed ? error_memory(error) : TW_OK;
}

int tw_instants(const tw_time **out, size_t *count, tw_assessor *a, const struct tw_line *line,
		tw_time after, tw_time until, struct tw_error *error)
{
	if (!out || !count)
		return error_null(error, out ? "count" : "out");
	*out = NULL;
	*count = 0;
	if (!a)
		return error_null(error, "assessor");
	int code = given_line(line, error);
	if (code)
		return code;
	if (after < -SPAN * 100 || after > SPAN * 100 || until > after + SPAN)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the time is of more than %d years: ask for parts of it",
				 (int)YEARS);
	if (line->size < sizeof *line) {
		static const struct tw_line fresh = TW_LINE_INIT;
		a->line = fresh;
		memcpy(&a->line, line, line->size);
		a->line.size = sizeof a->line;
		line = &a->line;
	}
	a->instant_count = 0;
	if (until <= after)
		return TW_OK;
	if ((code = find(a, line, after, until, error)))
		return code;
	*out = a->instants;
	*count = a->instant_count;
	return TW_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seasonal tariff lines: does a line take goods entered on this day of the
 * year, and which one does? The day of entry counts, whatever day's rates the
 * goods take. Knows no rates.
 */
#include "assess/season.h"

#include "assess/answer.h"
#include "assess/codes.h"
#include "assess/condition.h"
#include "common/fit.h"

#include <stdio.h>
#include <string.h>

/* What a test turns on, read once. */
struct season_day {
	const struct rb *rb;
	struct rb_span all; /* of the jurisdiction */
	struct reading reading;
	struct settled settled;    /* nothing but what was filed */
	int64_t entered, imported; /* local days */
	int month_day;             /* of the entry */
};

static int month_day_of(int64_t day)
{
	int year, month, date;
	time_date(day, &year, &month, &date);
	return month * 100 + date;
}

static void read_day(struct season_day *out, const tw_assessor *a)
{
	const struct facts *f = &a->facts;
	enum time_zone zone = (enum time_zone)f->jurisdiction->zone;
	memset(out, 0, sizeof *out);
	out->rb = a->rb;
	out->all = f->jurisdiction->seasons;
	out->settled = (struct settled){.entry_type = a->filed, .type = a->filed_type};
	out->reading = (struct reading){.rb = a->rb,
					.words = &a->words,
					.facts = f,
					.settled = &out->settled,
					.record = a->record,
					.frozen = true};
	out->entered = time_local_day(zone, f->entered);
	out->imported = f->has_imported ? time_local_day(zone, f->imported) : out->entered;
	out->month_day = month_day_of(out->entered);
}

/* The last of February is 229 in every year: no other day lies between 228 and 301. */
static bool within(const struct rb_season *s, int month_day)
{
	return s->from <= s->through ? s->from <= month_day && month_day <= s->through
				     : month_day >= s->from || month_day <= s->through;
}

/* Was the import in the same run of days as the entry, which lies in s? */
static bool imported_within(const struct season_day *d, const struct rb_season *s)
{
	int year, month, date;
	time_date(d->entered, &year, &month, &date);
	if (s->from > d->month_day)
		year--;
	return d->imported >= time_days(year, s->from / 100, s->from % 100);
}

/* Goods imported before the days of the line that asks for it fall into the product's others. */
static bool imported_early(const struct season_day *d, const struct rb_season *s)
{
	for (uint32_t i = 0; i < d->all.count; i++) {
		const struct rb_season *x = &d->rb->seasons[d->all.first + i];
		if (x->product == s->product && x->code != s->code &&
		    (x->flags & RB_SEASON_IMPORTED) != 0 && within(x, d->month_day) &&
		    !imported_within(d, x))
			return true;
	}
	return false;
}

static bool takes(struct season_day *d, const struct rb_season *s)
{
	if (!condition_holds(&d->reading, s->when))
		return false;
	if ((s->flags & RB_SEASON_IMPORTED) != 0)
		return within(s, d->month_day) && imported_within(d, s);
	return within(s, d->month_day) || imported_early(d, s);
}

/* The first season of a code, or the end. */
static uint32_t first_season(const struct season_day *d, uint32_t code)
{
	uint32_t low = d->all.first, high = d->all.first + d->all.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (d->rb->seasons[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Needs no day. */
static bool has_season(const struct season_day *d, uint32_t code)
{
	uint32_t first = first_season(d, code);
	return first < d->all.first + d->all.count && d->rb->seasons[first].code == code;
}

static bool is_open(struct season_day *d, uint32_t code)
{
	uint32_t end = d->all.first + d->all.count, i = first_season(d, code);
	bool named = false;
	for (; i < end && d->rb->seasons[i].code == code; i++) {
		if ((d->rb->seasons[i].flags & RB_SEASON_OPEN) != 0 || takes(d, &d->rb->seasons[i]))
			return true;
		named = true;
	}
	return !named;
}

bool season_has(const tw_assessor *a, const struct rb_jurisdiction *j, const struct rb_leaf *leaf)
{
	struct season_day day = {.rb = a->rb, .all = j->seasons};
	size_t index = (size_t)(j - a->rb->jurisdictions);
	return tables_seasonal(&a->tables, index, leaf->eight / 10000) &&
	       has_season(&day, leaf->eight);
}

bool season_open(const tw_assessor *a, const struct rb_leaf *leaf)
{
	struct season_day day;
	if (!season_has(a, a->facts.jurisdiction, leaf))
		return true;
	read_day(&day, a);
	return is_open(&day, leaf->eight);
}

/* "March 1 to July 14, September 1 to November 14" */
static void say_days(char *out, size_t size, const struct season_day *d, uint32_t code)
{
	static const char *const months[] = {"January",   "February", "March",    "April",
					     "May",       "June",     "July",     "August",
					     "September", "October",  "November", "December"};
	uint32_t end = d->all.first + d->all.count, first = first_season(d, code);
	out[0] = '\0';
	for (uint32_t i = first; i < end && d->rb->seasons[i].code == code; i++) {
		const struct rb_season *s = &d->rb->seasons[i];
		bool said = false;
		for (uint32_t k = first; k < i; k++) /* one line may stand in several products */
			said |= d->rb->seasons[k].from == s->from &&
				d->rb->seasons[k].through == s->through;
		if (said)
			continue;
		fit_add(out, size, "%s%s %d to %s ", out[0] != '\0' ? ", " : "",
			months[s->from / 100 - 1], s->from % 100, months[s->through / 100 - 1]);
		fit_add(out, size, s->through == 229 ? "28 or 29" : "%d", s->through % 100);
		if (s->when != RB_NONE) /* the days alone do not say why */
			fit_add(out, size, " (%s)", rb_text(d->rb, s->name));
	}
}

/* Is one of the codes whose seasons begin there of this product? */
static bool any_of(const struct season_day *d, const uint32_t *first, size_t count,
		   uint32_t product)
{
	const struct rb_season *s = d->rb->seasons;
	uint32_t end = d->all.first + d->all.count;
	for (size_t n = 0; n < count; n++)
		for (uint32_t i = first[n]; i < end && s[i].code == s[first[n]].code; i++)
			if (s[i].product == product)
				return true;
	return false;
}

#define SEASON_CODES 100 /* lines of eight digits under a code of six or more */

/* The lines of the same products that take these goods on this day, with their days. closed: where
   the seasons of the codes that do not begin. */
static void say_open(tw_assessor *a, struct season_day *d, char *out, size_t size,
		     const uint32_t *closed, size_t count)
{
	uint32_t last = 0;
	out[0] = '\0';
	for (uint32_t i = 0; i < d->all.count; i++) {
		const struct rb_season *s = &d->rb->seasons[d->all.first + i];
		char days[1200];
		if (s->code == last || !any_of(d, closed, count, s->product) ||
		    !is_open(d, s->code))
			continue;
		last = s->code;
		say_days(days, sizeof days, d, s->code);
		if ((s->flags & RB_SEASON_OPEN) != 0)
			fit_print(days, sizeof days, "all year");
		answer_list(
		    out, size, "; ",
		    answer_keep(a, "%s (%s)", answer_code(a, (uint64_t)s->code * 100, 8), days));
	}
}

void season_refuse(tw_assessor *a, struct leaf_range range)
{
	const struct facts *f = &a->facts;
	struct season_day d;
	uint32_t closed[SEASON_CODES] = {0};
	size_t count = 0;
	char days[1200], open[3000];
	int year, month, date;
	read_day(&d, a);
	for (uint32_t i = range.first; i < range.last && count < SEASON_CODES; i++) {
		uint32_t code = a->rb->leaves[i].eight, first = first_season(&d, code);
		if (has_season(&d, code) && (count == 0 || closed[count - 1] != first))
			closed[count++] = first;
	}
	say_days(days, sizeof days, &d, a->rb->seasons[closed[0]].code);
	say_open(a, &d, open, sizeof open, closed, count);
	time_date(d.entered, &year, &month, &date);
	codes_refuse(a, "out-of-season", "hts",
		     answer_keep(a,
				 "out of season: %s takes goods entered from %s; on %04d-%02d-%02d "
				 "the line in season is %s",
				 answer_code(a, f->code_low, f->digits), days, year, month, date,
				 open[0] != '\0' ? open : "another"));
}

/* The first day after this one on which other lines of the range are open; none: later. */
tw_time season_change(const tw_assessor *a, struct leaf_range range, tw_time before)
{
	enum time_zone zone = (enum time_zone)a->facts.jurisdiction->zone;
	struct season_day d = {.rb = a->rb, .all = a->facts.jurisdiction->seasons};
	bool any = false;
	for (uint32_t i = range.first; !any && i < range.last; i++)
		any = has_season(&d, a->rb->leaves[i].eight);
	if (!any)
		return before;
	read_day(&d, a);
	for (uint32_t i = range.first; i < range.last; i++) {
		uint32_t code = a->rb->leaves[i].eight;
		uint32_t s = first_season(&d, code), end = d.all.first + d.all.count;
		if (s == end || d.rb->seasons[s].code != code ||
		    (i > range.first && a->rb->leaves[i - 1].eight == code))
			continue;
		struct season_day then = d;
		bool now = is_open(&d, code);
		for (int64_t day = d.entered + 1; day <= d.entered + 366; day++) {
			tw_time at = time_from_local(zone, day * 86400);
			then.entered = day;
			then.imported = a->facts.has_imported ? d.imported : day;
			then.month_day = month_day_of(day);
			if (at >= before)
				break;
			if (is_open(&then, code) != now) {
				before = at;
				break;
			}
		}
	}
	return before;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* When lines with plans change, see coming.h. */
#include "assess/coming.h"

#include "common/ahead.h"

static uint64_t key_of(const struct ask *ask, uint32_t epoch, bool mail)
{
	const struct rb_jurisdiction *j = ask->jurisdiction;
	uint64_t row = j->rows + (uint64_t)epoch * j->goods_count + ask->goods;
	return row << 17 | (uint64_t)ask->column << 2 | (uint64_t)mail << 1 | 1;
}

static struct known_change *place_of(const tw_assessor *a, uint64_t key)
{
	uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15);
	return &a->plans.coming->change[hash >> 48 & (KNOWN_CHANGES - 1)];
}

/*
 * When the duties of the tariff line are others than in an epoch. Within an epoch that is the same
 * at every instant, and for every tariff line of the goods: its own rates do not count.
 */
static tw_time duties_change(tw_assessor *a, const struct ask *ask, uint32_t epoch, bool mail)
{
	const struct rb_jurisdiction *j = ask->jurisdiction;
	uint64_t key = key_of(ask, epoch, mail);
	struct known_change *known = place_of(a, key);
	if (known->key != key)
		*known = (struct known_change){key, lookup_duties_change(a->rb, j, epoch,
									 ask->goods, ask->origin,
									 mail, TW_TIME_MAX)};
	return known->on;
}

static const struct known_day *find_day(tw_assessor *a, const struct ask *ask)
{
	uint64_t hash = ((uint64_t)ask->entered + ask->index) * UINT64_C(0x9e3779b97f4a7c15);
	struct known_day *known = &a->plans.coming->day[hash >> 56 & (KNOWN_DAYS - 1)];
	if (known->is_known && known->noon == ask->entered && known->jurisdiction == ask->index)
		return known;
	tw_time dawn = change_dawn(ask->jurisdiction, ask->entered);
	*known = (struct known_day){.noon = ask->entered,
				    .dawn = dawn,
				    .jurisdiction = ask->index,
				    .epoch = lookup_epoch(a->rb, ask->jurisdiction, dawn),
				    .is_known = true};
	return known;
}

/* Does the law for the tariff line change on the day of a line without a time of entry? */
static bool day_moves(tw_assessor *a, const struct ask *ask, bool mail)
{
	const struct known_day *day = find_day(a, ask);
	tw_time duties = duties_change(a, ask, day->epoch, mail);
	tw_time rates = lookup_base_change(a->rb, &a->rb->leaves[ask->leaf], day->dawn);
	return (duties < rates ? duties : rates) < change_dusk(day->dawn);
}

/* The end of the type of entry that was filed. */
static tw_time filed_change(tw_assessor *a, uint32_t filed)
{
	struct coming *known = a->plans.coming;
	if (filed == RB_NONE)
		return TW_TIME_MAX;
	if (!known->has_filed || known->filed != filed) {
		known->filed = filed;
		known->filed_until = change_filed_until(a, filed);
		known->has_filed = true;
	}
	return known->filed_until;
}

void coming_soon(const tw_assessor *a, const struct ask *ask, const struct plan *plan)
{
	if (!a->options.no_changes)
		ahead_of(place_of(a, key_of(ask, ask->epoch, plan->flags & PLAN_BY_MAIL)), 0);
}

tw_time coming_next(tw_assessor *a, const struct plan_tables *tables, const struct ask *ask,
		    const struct plan *plan, const struct tw_typed_line *line, bool *moves)
{
	bool mail = plan->flags & PLAN_BY_MAIL;
	/* Several tariff lines, or one of a season. The column is one of 2^15. */
	if (ask->leaves != 1 || ask->not_current || ask->seasonal || ask->column >> 15) {
		ask_facts(a, ask, line);
		return change_next(a, ask->range, mail, plan->filed, moves);
	}
	*moves = ask->is_date && day_moves(a, ask, mail);
	if (a->options.no_changes)
		return TW_TIME_MAX;
	const struct period *period = &tables->period[ask->base];
	tw_time next = duties_change(a, ask, ask->epoch, mail);
	tw_time filed = filed_change(a, plan->filed);
	next = period->rates < next ? period->rates : next;
	if (period->code < next && ask->jurisdiction->has_schedule &&
	    (ask->digits == 10 || ask->jurisdiction->open_numbers))
		next = period->code;
	return filed < next ? filed : next;
}

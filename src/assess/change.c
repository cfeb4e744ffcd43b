/* SPDX-License-Identifier: Apache-2.0 */
/* When an answer changes, see change.h. Changes nothing of it. */
#include "assess/change.h"

#include "assess/answer.h"
#include "assess/no_code.h"
#include "assess/season.h"

#include <string.h>

tw_time change_filed_until(const tw_assessor *a, uint32_t type)
{
	tw_time until = type != RB_NONE ? a->rb->measures[type].until : TW_TIME_MAX;
	for (uint32_t i = 0; until != TW_TIME_MAX && i < a->rb->measure_count; i++) {
		const struct rb_measure *m = &a->rb->measures[i], *was = &a->rb->measures[type];
		if (m->from == until && m->program == was->program && m->effect == was->effect &&
		    m->word == was->word && m->pays == was->pays && m->when == was->when) {
			until = m->until; /* it goes on */
			i = UINT32_MAX;   /* look again from the first */
		}
	}
	return until;
}

/* Is a preference claimed under this symbol? */
static bool claims_symbol(const tw_assessor *a, uint32_t symbol)
{
	const struct facts *f = &a->facts;
	if (facts_said(f, a->words.spi))
		return text_same(f->claim[a->words.spi].word, rb_text(a->rb, symbol));
	for (uint32_t i = 0; i < a->rb->claim_count; i++) {
		const struct rb_claim *claim = &a->rb->claims[i];
		for (uint32_t k = 0; k < claim->spi.count; k++)
			if (a->rb->indexes[claim->spi.first + k] == symbol && facts_said(f, i) &&
			    f->claim[i].yes)
				return true;
	}
	return false;
}

static bool claims_anything(const struct facts *f)
{
	uint64_t any = 0;
	for (size_t i = 0; i < sizeof f->said / sizeof f->said[0]; i++)
		any |= f->said[i];
	return any != 0;
}

/* The day on which a preference that is claimed begins or ends for the origin. */
static tw_time preference_change(const tw_assessor *a)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	uint32_t origin = a->facts.origin;
	tw_time at = a->facts.entered, next = TW_TIME_MAX;
	if (!claims_anything(&a->facts))
		return next;
	for (uint32_t i = 0; i < j->preferences.count; i++) {
		const struct rb_preference *p = &a->rb->preferences[j->preferences.first + i];
		if ((!p->all && (p->origins[origin / 64] >> origin % 64 & 1) == 0) ||
		    !claims_symbol(a, p->symbol))
			continue;
		if (p->from > at && p->from < next)
			next = p->from;
		if (p->from <= at && at < p->until && p->until < next)
			next = p->until;
	}
	return next;
}

tw_time change_of_code(const struct rb *rb, const struct rb_leaf *leaf, tw_time at)
{
	tw_time next = TW_TIME_MAX;
	for (uint32_t k = 0; k < leaf->base_count; k++) {
		const struct rb_base *base = &rb->bases[leaf->base_first + k];
		bool first = k == 0 || base[-1].until != base->from;
		bool last = k + 1 == leaf->base_count || base[1].from != base->until;
		if (first && base->from > at && base->from < next)
			next = base->from;
		if (last && base->until > at && base->until < next)
			next = base->until;
	}
	return next;
}

/* The day on which a code of ten digits, or any item, becomes a tariff line or ceases to be one. */
static tw_time code_change(const tw_assessor *a)
{
	const struct facts *f = &a->facts;
	tw_time next = TW_TIME_MAX;
	if (!f->jurisdiction->has_schedule || (f->digits != 10 && !f->jurisdiction->open_numbers))
		return next;
	struct leaf_range own =
	    lookup_leaves(&a->tables, a->rb, f->jurisdiction, f->code_low, f->code_high);
	for (uint32_t i = own.first; i < own.last; i++) {
		tw_time here = change_of_code(a->rb, &a->rb->leaves[i], f->entered);
		next = here < next ? here : next;
	}
	return next;
}

/* What changes beside the duties and the schedule. */
static tw_time change_sooner(tw_assessor *a, struct leaf_range range, uint32_t filed, tw_time next)
{
	if (!no_code(a))
		next = season_change(a, range, next);
	const tw_time more[] = {change_filed_until(a, filed), preference_change(a), code_change(a)};
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		next = more[i] < next ? more[i] : next;
	return next;
}

/* The next change of a leaf. follows: the leaf before it is of the same goods, and duties of the
   same goods change together; rates of the schedule do not. */
static tw_time leaf_change(const tw_assessor *a, const struct rb_leaf *leaf, bool follows,
			   uint32_t epoch, bool mail, tw_time at)
{
	return follows ? lookup_base_change(a->rb, leaf, at)
		       : lookup_change(a->rb, a->facts.jurisdiction, epoch, leaf, a->facts.origin,
				       mail, at);
}

tw_time change_dawn(const struct rb_jurisdiction *jurisdiction, tw_time entered)
{
	enum time_zone zone = (enum time_zone)jurisdiction->zone;
	return time_from_local(zone, time_local_day(zone, entered) * 86400) + 60;
}

tw_time change_dusk(tw_time dawn)
{
	return dawn + 86400 - 60;
}

tw_time change_next(tw_assessor *a, struct leaf_range range, bool mail, uint32_t filed, bool *moves)
{
	const struct facts *f = &a->facts;
	bool asked = !a->options.no_changes;
	*moves = false;
	if (!asked && !f->entered_is_date)
		return TW_TIME_MAX;
	uint32_t epoch = lookup_epoch(a->rb, f->jurisdiction, f->entered);
	tw_time dawn = change_dawn(f->jurisdiction, f->entered), next = TW_TIME_MAX;
	uint32_t first = lookup_epoch(a->rb, f->jurisdiction, dawn);
	no_code_begin(a);
	for (uint32_t i = range.first; i < range.last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (no_code_met(a, leaf))
			continue;
		bool follows = i > range.first && leaf[-1].goods == leaf->goods;
		tw_time at =
		    asked ? leaf_change(a, leaf, follows, epoch, mail, f->entered) : TW_TIME_MAX;
		next = at < next ? at : next;
		if (f->entered_is_date)
			*moves |=
			    leaf_change(a, leaf, follows, first, mail, dawn) < change_dusk(dawn);
	}
	return asked ? change_sooner(a, range, filed, next) : next;
}

uint32_t change_filed(const struct relief *relief)
{
	return relief->filed ? relief->type : RB_NONE;
}

bool change_by_mail(const struct relief *relief)
{
	return relief->considered && strcmp(relief->reason, "over-limit") != 0;
}

void change_find(tw_assessor *a, struct leaf_range range)
{
	bool moves;
	a->out.changes_on =
	    change_next(a, range, change_by_mail(&a->relief), change_filed(&a->relief), &moves);
	if (a->out.changes_on != TW_TIME_MAX)
		a->out.changes_offset =
		    time_offset((enum time_zone)a->facts.jurisdiction->zone, a->out.changes_on);
	if (moves)
		answer_say(&a->warnings, "date-ambiguous: the law changes during this day; noon is "
					 "taken; give the time of entry");
}

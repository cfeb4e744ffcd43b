/* SPDX-License-Identifier: Apache-2.0 */
/* The day and the code of a line: what is covered, which tariff lines are meant. */
#include "parts.h"

#include <stdio.h>
#include <string.h>

void codes_refuse(tw_assessor *a, const char *reason, const char *column, const char *text)
{
	a->out.status = TW_STATUS_REFUSED;
	a->out.lane = TW_LANE_NONE;
	a->out.refusal = (struct tw_refusal){reason, column, text};
}

/* The day whose rates are asked for may be before that of the entry. */
static bool rates_covered(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	uint32_t zone = a->words.ftz_admitted;
	bool admitted = facts_said(f, zone);
	tw_time at = admitted ? f->claim[zone].number : f->has_it_date ? f->it_date : f->entered;
	int year, month, date;
	if (time_local_day((enum tw_zone)f->jurisdiction->zone, at) >= a->rb->law->coverage_first)
		return true;
	time_date(a->rb->law->coverage_first, &year, &month, &date);
	codes_refuse(a, "out-of-coverage", admitted ? "claims" : "it_date",
		     answer_keep(a, "%s are needed, and the law at hand begins on %04d-%02d-%02d",
				 admitted ? "ftz_admitted: the rates of the admission"
					  : "it_date: the rates of that day",
				 year, month, date));
	return false;
}

/* No day before those covered is answered; a later one is, as the law is known, with a warning. */
bool codes_covered(tw_assessor *a)
{
	const struct rb_law *law = a->rb->law;
	const char *edition = rb_text(a->rb, law->edition);
	int64_t day = time_local_day((enum tw_zone)a->facts.jurisdiction->zone, a->facts.entered);
	int year, month, date;
	if (day < law->coverage_first) {
		time_date(law->coverage_first, &year, &month, &date);
		codes_refuse(
		    a, "out-of-coverage", "entered",
		    answer_keep(a, "the law at hand begins on %04d-%02d-%02d", year, month, date));
		return false;
	}
	if (!rates_covered(a))
		return false;
	if (day <= law->coverage_last)
		return true;
	time_date(law->coverage_last, &year, &month, &date);
	if (a->options.strict_coverage) {
		codes_refuse(
		    a, "out-of-coverage", "entered",
		    answer_keep(a,
				"the law at hand is known to %04d-%02d-%02d (edition %s), and "
				"--strict-coverage refuses later days",
				year, month, date, edition));
		return false;
	}
	a->yellow = true;
	answer_say(&a->warnings,
		   answer_keep(a,
			       "beyond-coverage: the law at hand is known to "
			       "%04d-%02d-%02d; acts made since are not in this answer",
			       year, month, date));
	return true;
}

/* A code that the schedule does not print, with some that it prints nearby. */
static void say_unknown_code(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	uint64_t six = f->code_low / 10000 * 10000, last = 0;
	struct leaf_range near = lookup_leaves(a->rb, f->jurisdiction, six, six + 10000);
	char list[120] = "";
	size_t count = 0;
	for (uint32_t i = near.first; i < near.last && count < 5; i++) {
		uint64_t eight = a->rb->leaves[i].low / 100 * 100;
		if (eight == last)
			continue;
		last = eight;
		size_t at = strlen(list);
		snprintf(list + at, sizeof list - at, "%s%s", count != 0 ? ", " : "",
			 answer_code(a, eight, 8));
		count++;
	}
	codes_refuse(a, "unknown-code", "hts",
		     answer_keep(a, "%s is not in the tariff schedule: %s%s",
				 answer_code(a, f->code_low, f->digits),
				 count != 0 ? "under the same six digits it prints "
					    : "it prints "
					      "nothing under the same six digits",
				 list));
}

/* Tariff lines under the code; a ten-digit code that is not current is read by its parent. */
bool codes_find(tw_assessor *a, struct leaf_range *range)
{
	const struct facts *f = &a->facts;
	const struct rb_jurisdiction *j = f->jurisdiction;
	*range = lookup_leaves(a->rb, j, f->code_low, f->code_high);
	if (!j->has_schedule)
		return true;
	if (f->code_low >= UINT64_C(9900000000)) {
		codes_refuse(
		    a, "not-goods", "hts",
		    "a chapter 99 number says which duties apply: give the code of the goods, "
		    "chapters 1 to 98");
		return false;
	}
	bool current = false;
	for (uint32_t i = range->first; i < range->last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (lookup_base(a->rb, leaf, f->entered) == NULL)
			continue;
		if (season_open(a, leaf))
			return true;
		current = true;
	}
	if (current) {
		season_refuse(a, *range);
		return false;
	}
	uint64_t parent = f->code_low / 100 * 100;
	struct leaf_range wider = lookup_leaves(a->rb, j, parent, parent + 100);
	if (f->digits == 10 && wider.first != wider.last) {
		bool known = range->first != range->last;
		*range = wider;
		if (!season_open(a, &a->rb->leaves[wider.first])) {
			season_refuse(a, wider);
			return false;
		}
		answer_say(
		    &a->warnings,
		    answer_keep(a, "code-not-current: %s %s; the answer is that of %s",
				answer_code(a, f->code_low, 10),
				known ? "was not in force on this day" : "is not in the schedule",
				answer_code(a, parent, 8)));
		return true;
	}
	say_unknown_code(a);
	return false;
}

const struct rb_base *codes_base(tw_assessor *a, const struct rb_leaf *leaf)
{
	const struct rb_base *base = lookup_base(a->rb, leaf, moment_of(a, leaf));
	if (base == NULL)
		base = lookup_base(a->rb, leaf, a->facts.entered);
	if (base == NULL && leaf->bases.count != 0)
		base = &a->rb->bases[leaf->bases.first + leaf->bases.count - 1];
	return base;
}

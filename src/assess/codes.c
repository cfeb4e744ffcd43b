/* SPDX-License-Identifier: Apache-2.0 */
/* The day and the code of a line: what is covered, which tariff lines are meant. */
#include "assess/codes.h"

#include "assess/answer.h"
#include "assess/moment.h"
#include "assess/season.h"
#include "common/fit.h"

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
	if (at >= a->tables.covered[f->jurisdiction_index].from)
		return true;
	time_date(a->rb->law->coverage_first, &year, &month, &date);
	codes_refuse(a, "out-of-coverage", admitted ? "claims" : "it_date",
		     answer_keep(a, "%s are needed, and the law covers days from %04d-%02d-%02d",
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
	const struct covered *covered = &a->tables.covered[a->facts.jurisdiction_index];
	int year, month, date;
	if (a->facts.entered < covered->from) {
		time_date(law->coverage_first, &year, &month, &date);
		codes_refuse(
		    a, "out-of-coverage", "entered",
		    answer_keep(a, "the law covers days from %04d-%02d-%02d", year, month, date));
		return false;
	}
	if (!rates_covered(a))
		return false;
	if (a->facts.entered < covered->until)
		return true;
	time_date(law->coverage_last, &year, &month, &date);
	if (a->options.strict_coverage) {
		codes_refuse(a, "out-of-coverage", "entered",
			     answer_keep(a,
					 "the law covers days to %04d-%02d-%02d (edition %s), and "
					 "--strict-coverage refuses later days",
					 year, month, date, edition));
		return false;
	}
	a->yellow = true;
	answer_say(&a->warnings,
		   answer_keep(a,
			       "beyond-coverage: the law covers days to %04d-%02d-%02d; later acts "
			       "are not reflected in this answer",
			       year, month, date));
	return true;
}

/* A code that the schedule does not print, with some that it prints nearby. */
static void say_unknown_code(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	uint64_t six = f->code_low / 10000 * 10000, last = 0;
	struct leaf_range near =
	    lookup_leaves(&a->tables, a->rb, f->jurisdiction, six, six + 10000);
	char list[120] = "";
	size_t count = 0;
	for (uint32_t i = near.first; i < near.last && count < 5; i++) {
		uint64_t eight = UINT64_C(100) * a->rb->leaves[i].eight;
		if (eight == last || (f->jurisdiction->open_numbers &&
				      !lookup_base(a->rb, &a->rb->leaves[i], f->entered)))
			continue;
		last = eight;
		fit_add(list, sizeof list, "%s%s", count != 0 ? ", " : "",
			answer_code(a, eight, 8));
		count++;
	}
	codes_refuse(a, "unknown-code", "hts",
		     answer_keep(a, "%s is not in the tariff schedule: %s%s",
				 answer_code(a, f->code_low, f->digits),
				 count != 0 ? "the schedule's lines under the same six digits are "
					    : "the schedule has no line under the same six digits",
				 list));
}

/* Tariff lines under the code; a ten-digit code that is not current is read by its parent. */
bool codes_find(tw_assessor *a, struct leaf_range *range)
{
	const struct facts *f = &a->facts;
	const struct rb_jurisdiction *j = f->jurisdiction;
	*range = f->way.has_range ? f->way.range
				  : lookup_leaves(&a->tables, a->rb, j, f->code_low, f->code_high);
	if (f->zero_restored)
		answer_say(&a->warnings, answer_keep(a,
						     "zero-restored: the code is read as %s, with "
						     "the leading zero that a spreadsheet removed",
						     answer_code(a, f->code_low, f->digits)));
	if (!j->has_schedule)
		return true;
	if (f->code_low >= LOOKUP_GOODS_END && !j->open_numbers) {
		codes_refuse(a, "not-goods", "hts",
			     "a chapter 99 heading states which duties apply: give the tariff code "
			     "of the goods, chapters 1 to 98");
		return false;
	}
	bool current = false;
	for (uint32_t i = range->first; i < range->last; i++) {
		const struct rb_leaf *leaf = &a->rb->leaves[i];
		if (!lookup_base(a->rb, leaf, f->entered))
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
	struct leaf_range wider = lookup_leaves(&a->tables, a->rb, j, parent, parent + 100);
	if (f->digits == 10 && !j->open_numbers && wider.first != wider.last) {
		bool known = range->first != range->last;
		*range = wider;
		if (!season_open(a, &a->rb->leaves[wider.first])) {
			season_refuse(a, wider);
			return false;
		}
		answer_say(&a->warnings,
			   JOIN(a, "code-not-current: ", answer_code(a, f->code_low, 10), " ",
				known ? "was not in force on this day" : "is not in the schedule",
				"; the answer is that for ", answer_code(a, parent, 8)));
		return true;
	}
	say_unknown_code(a);
	return false;
}

const struct rb_base *codes_base(tw_assessor *a, const struct rb_leaf *leaf)
{
	if (a->based == leaf)
		return a->based_on;
	const struct rb_base *base = lookup_base(a->rb, leaf, moment_of(a, leaf));
	if (!base)
		base = lookup_base(a->rb, leaf, a->facts.entered);
	if (!base && leaf->base_count != 0)
		base = &a->rb->bases[leaf->base_first + leaf->base_count - 1];
	a->based = leaf;
	a->based_on = base;
	return base;
}

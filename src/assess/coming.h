/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When the answer of a line with a plan changes next: what change_next finds, from what was found
 * for lines before it. Decides nothing.
 */
#ifndef TW_ASSESS_COMING_H
#define TW_ASSESS_COMING_H

#include "assess/ask.h"
#include "assess/change.h"
#include "assess/plan.h"

/* Duties of goods and a column of origins, in an epoch: when there are others. */
struct known_change {
	uint64_t key; /* 0: none yet */
	tw_time on;
};
/* A day of the calendar of a country, by its noon. */
struct known_day {
	tw_time noon, dawn; /* a minute after it begins */
	uint32_t jurisdiction, epoch;
	bool is_known;
};
enum { KNOWN_CHANGES = 1 << 16, KNOWN_DAYS = 1 << 8 };

/* What one assessor knows. */
struct coming {
	struct known_change change[KNOWN_CHANGES];
	struct known_day day[KNOWN_DAYS];
	uint32_t filed; /* the measure of a type of entry asked for last, and its end */
	bool has_filed;
	tw_time filed_until;
};

/* Ask for the place where coming_next will look. */
void coming_soon(const tw_assessor *a, const struct ask *ask, const struct plan *plan);
/* As change_next. */
tw_time coming_next(tw_assessor *a, const struct plan_tables *tables, const struct ask *ask,
		    const struct plan *plan, const struct tw_typed_line *line, bool *moves);

#endif

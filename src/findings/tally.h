/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting lines by their plans: which totals the amounts of a charge belong
 * to is found once, from the first answer of the plan, and by its texts no more.
 * Counts what totals_count counts.
 */
#ifndef TW_FINDINGS_TALLY_H
#define TW_FINDINGS_TALLY_H

#include "findings/totals.h"

struct tally_plan;    /* the amounts of a plan */
struct tally_remarks; /* what is missing, and what the warnings say */

/* One block of memory each: free(*out). The totals must be those that are counted in. */
bool tally_plan_make(struct tally_plan **out, struct totals *totals,
		     const struct tw_assessment *answer);
bool tally_remarks_make(struct tally_remarks **out, struct totals *totals,
			const struct tw_assessment *answer);

/* Whether two count the same alike, in the same totals. NULL is like NULL. */
bool tally_plan_same(const struct tally_plan *a, const struct tally_plan *b);
bool tally_remarks_same(const struct tally_remarks *a, const struct tally_remarks *b);

/* One line of both. */
void tally_count(struct totals *totals, struct tally_plan *plan,
		 const struct tally_remarks *remarks, const struct tw_charge *charge);

#endif

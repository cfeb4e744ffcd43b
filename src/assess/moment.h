/* SPDX-License-Identifier: Apache-2.0 */
/* The moment whose law a line takes and the items that follow from it, see moment.c. */
#ifndef TW_ASSESS_MOMENT_H
#define TW_ASSESS_MOMENT_H

#include "assess/lookup.h"
#include "tidewaiter.h"

/* The items of a line; goods from a foreign-trade zone take most law from their admission. */
struct items {
	uint32_t list[2 * RB_DOCKET + RB_SLACK];
	size_t count;
	bool parted;     /* some may fall on one part of the value, or bound one */
	uint32_t docket; /* of the day of entry */
};

/* The time whose law the goods take; the measure that gives it other than a zone's, or NULL; the
   items of a line; what there is to say about it. */
tw_time moment_of(tw_assessor *a, const struct rb_leaf *leaf);
const struct rb_measure *moment_bond(tw_assessor *a, const struct rb_leaf *leaf);
void moment_items(tw_assessor *a, struct items *out, const struct rb_leaf *leaf);
void moment_warn(tw_assessor *a, const struct rb_leaf *leaf);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The day and the code of a line: what is covered, which tariff lines are meant. */
#ifndef TW_ASSESS_CODES_H
#define TW_ASSESS_CODES_H

#include "assess/lookup.h"
#include "tidewaiter.h"

/* Is the day covered, which tariff lines does the code touch? False: refused. */
bool codes_covered(tw_assessor *a);
bool codes_find(tw_assessor *a, struct leaf_range *range);
/* The schedule period that counts for a leaf: of the admission, the entry, or the last one. */
const struct rb_base *codes_base(tw_assessor *a, const struct rb_leaf *leaf);
void codes_refuse(tw_assessor *a, const char *reason, const char *column, const char *text);

#endif

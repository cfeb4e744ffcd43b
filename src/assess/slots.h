/* SPDX-License-Identifier: Apache-2.0 */
/* An answer as a charge and its slots, in the order that tidewaiter.h gives. */
#ifndef TW_ASSESS_SLOTS_H
#define TW_ASSESS_SLOTS_H

#include "assess/assessor.h"

size_t slots_count(const struct tw_assessment *answer);
/* The amounts of an answer, slots_count of them. */
void slots_fill(tw_money *to, const struct tw_assessment *answer);
/* What the assessor's last answer comes to, but for its slots. */
struct tw_charge slots_charge(const tw_assessor *a, const struct tw_assessment *answer);

/* What is unlike in a charge by plan, with its slots, and one by itself; NULL: nothing. */
const char *slots_unlike(const struct tw_charge *plan, const tw_money *slot,
			 const struct tw_charge *own, const struct tw_assessment *answer);
/* The warnings of an answer and what is missing, as a number. */
uint64_t slots_texts(const struct tw_assessment *answer);

#endif

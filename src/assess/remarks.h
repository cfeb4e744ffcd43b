/* SPDX-License-Identifier: Apache-2.0 */
/* What is missing and what to mind. */
#ifndef TW_ASSESS_REMARKS_H
#define TW_ASSESS_REMARKS_H

#include "assess/readings.h"

void remarks_missing(tw_assessor *a, const struct bounds *bounds);
void remarks_warnings(tw_assessor *a, const struct rb_leaf *leaf);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* An origin that is a union of countries, see union.c. */
#ifndef TW_ASSESS_UNION_H
#define TW_ASSESS_UNION_H

#include "tidewaiter.h"

/* The answer anew, if it was refused because its origin is a union whose members are treated
   alike. */
void union_answer(tw_assessor *a, const struct tw_line *line);

#endif

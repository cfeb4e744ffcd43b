/* SPDX-License-Identifier: Apache-2.0 */
/* The main line of an assessment, see assess.c. */
#ifndef TW_ASSESS_ASSESS_H
#define TW_ASSESS_ASSESS_H

#include "tidewaiter.h"

/* An answer begun anew, and of one line as it stands. */
void assess_begin(tw_assessor *a);
void assess_line(tw_assessor *a, const struct tw_line *line);
/* The answer of a line whose facts are in a->facts already. */
const struct tw_assessment *assess_known(tw_assessor *a, const struct tw_line *line);

#endif

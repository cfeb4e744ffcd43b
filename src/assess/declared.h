/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid under each heading, and what of it a court struck down. */
#ifndef TW_ASSESS_DECLARED_H
#define TW_ASSESS_DECLARED_H

#include "tidewaiter.h"

bool declared_find_voids(tw_assessor *a);
void declared_fill(tw_assessor *a, const struct tw_line *line);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The column of the schedule: general, a special one that is claimed, or column 2. */
#ifndef TW_ASSESS_COLUMN_H
#define TW_ASSESS_COLUMN_H

#include "assess/base.h"

/* The rate of the column that applies, and in *out why not a claimed one. */
uint32_t column_choose(struct base_duty *out, const struct vocabulary *words,
		       const struct facts *facts, const struct rb_base *base, tw_time at);

#endif

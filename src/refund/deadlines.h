/* SPDX-License-Identifier: Apache-2.0 */
/* Who must protest within 90 days, the first deadline first; sorted on disk. */
#ifndef TW_REFUND_DEADLINES_H
#define TW_REFUND_DEADLINES_H

#include "refund/totals.h"

struct refund_deadlines;

/* The law must outlive it. */
int refund_deadlines_new(struct refund_deadlines **out, const struct refunds *law,
			 struct tw_error *error);
void refund_deadlines_free(struct refund_deadlines *deadlines);
/* An answer that asks for no protest is left out. */
int refund_deadlines_add(struct refund_deadlines *deadlines, const struct refund_answer *answer,
			 struct tw_error *error);
/* protest_deadline,days_left,within,entry,importer,status,reason,removable: rows, in order. safe:
   see buffer_end_cell. */
int refund_deadlines_csv(struct refund_deadlines *deadlines, int fd, bool safe,
			 struct tw_error *error);

#endif

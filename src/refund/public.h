/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The run of tidewaiter_refund.h, for other forms of rows and of answers than
 * text: rows go into the reading that is open, answers come one by one.
 */
#ifndef TW_REFUND_PUBLIC_H
#define TW_REFUND_PUBLIC_H

#include "refund/refund.h"
#include "refund/rows.h"
#include "tidewaiter_refund.h"

/* Rows of a source are to be read: where they go. The source is lent until refund_public_close. */
int refund_public_open(struct refund_rows *out, tw_refund *refund,
		       const struct tw_refund_source *source, struct tw_error *error);
void refund_public_close(tw_refund *refund);
/* Nothing is read any more. */
void refund_public_begin_answers(tw_refund *refund);
/* Whether what customs answered is among what was read. */
bool refund_public_is_compared(const tw_refund *refund);
const tw_rulebook *refund_public_rulebook(const tw_refund *refund);
const struct refunds *refund_public_law(const tw_refund *refund);
/* The next answer, lent until the next call; TW_NOT_FOUND behind the last. */
int refund_public_next(const struct refund_answer **out, tw_refund *refund, struct tw_error *error);

#endif

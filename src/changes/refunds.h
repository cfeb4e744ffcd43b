/* SPDX-License-Identifier: Apache-2.0 */
/* The law of refunds in `tidewaiter law diff`. */
#ifndef TW_CHANGES_REFUNDS_H
#define TW_CHANGES_REFUNDS_H

#include "law/json.h"
#include "law/words.h"

/*
 * Appends what of the law of refunds begins and ends from the first to the last day, both counted
 * (local days since 1970; of publication with `announced`); in JSON as ,"refunds":[…], in rows as
 * more of them. What has no day of its own begins when its act became public. Nothing when the
 * question is about programs, codes or origins. enum tw_code.
 */
int law_refund_changes(struct buffer *out, const struct law_query *query, int first, int last,
		       bool announced);

#endif

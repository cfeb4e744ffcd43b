/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked, from texts: days, and facts that hold where the files do not say. */
#ifndef TW_REFUND_QUESTION_H
#define TW_REFUND_QUESTION_H

#include "refund/refund.h"

/* No facts, no day to which interest runs. */
void refund_question_begin(struct refund_options *options);
/* "2026-05-18"; TW_BAD_ARGUMENT. */
int refund_question_day(int32_t *out, const char *text, struct tw_error *error);
/* "drawback=no"; TW_BAD_ARGUMENT, and what would be right. */
int refund_question_fact(struct refund_options *options, const struct refunds *law,
			 const char *text, struct tw_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter refund`: its pages for people. */
#ifndef TW_CLI_REFUND_REFUND_H
#define TW_CLI_REFUND_REFUND_H

#include "cli/cli.h"
#include "refund/totals.h"

/* The names of the columns, and one entry with its note. */
void refund_page_header(struct buffer *out);
void refund_page_entry(struct buffer *out, const struct refunds *law,
		       const struct refund_answer *answer);
/* Sums by status, reason, heading and month, and who must protest. */
void refund_page_totals(struct buffer *out, const struct refund_totals *totals);
/* The law of refunds as it is known on a day: tests in order, rates, what is disputed. */
void refund_page_known(struct buffer *out, const tw_rulebook *rulebook, const struct refunds *law,
		       int32_t day);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as CSV and NDJSON; amounts as decimal texts, what is not known empty or null. */
#ifndef TW_REFUND_WRITE_H
#define TW_REFUND_WRITE_H

#include "refund/refund.h"

/* `compared`: with what customs answered. */
void refund_csv_header(struct buffer *out, bool compared);
void refund_csv(struct buffer *out, const struct refunds *law, const struct refund_answer *answer);
void refund_ndjson(struct buffer *out, const struct refunds *law,
		   const struct refund_answer *answer);
/* "1234.56" of cents. */
void refund_cents(struct buffer *out, int64_t cents);

#endif

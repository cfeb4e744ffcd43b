/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sums over all answers: by status, reason, heading, month of entry, and who
 * must protest within 30, 60 and 90 days. Room does not grow with the entries.
 */
#ifndef TW_REFUND_TOTALS_H
#define TW_REFUND_TOTALS_H

#include "refund/refund.h"

struct refund_sum {
	uint64_t entries;
	int64_t removable, principal, interest; /* cents, of what is known */
};

#define REFUND_SUM_LIMIT (INT64_C(10000000000000000)) /* cents; a total of two stays printable */

/* Adds what is known of an answer; an error where a sum leaves its range. */
int refund_sum_add(struct refund_sum *sum, const struct refund_answer *answer,
		   struct tw_error *error);

enum { REFUND_MONTHS = 1200, REFUND_WITHIN = 3 }; /* months from 2000-01 */
extern const int refund_within[REFUND_WITHIN];    /* days: 30, 60, 90 */

struct refund_totals {
	const struct refunds *law;
	struct refund_sum status[3], month[REFUND_MONTHS], no_month;
	struct refund_sum within[REFUND_WITHIN]; /* each with those before it */
	uint64_t agreement[6];
	uint64_t unknown;                    /* accepted, and an amount or interest is not known */
	struct refund_sum *reason, *heading; /* by index in the law */
};

/* The law must outlive it. */
int refund_totals_begin(struct refund_totals *totals, const struct refunds *law);
void refund_totals_end(struct refund_totals *totals);
int refund_totals_add(struct refund_totals *totals, const struct refund_answer *answer,
		      struct tw_error *error);
/* Whether a protest is what remains to be done, and by when (index in refund_within); -1: no. */
int refund_must_protest(const struct refund_answer *answer);
/* kind,name,entries,removable,principal,interest,total: rows under a header. */
void refund_totals_csv(struct buffer *out, const struct refund_totals *totals);

#endif

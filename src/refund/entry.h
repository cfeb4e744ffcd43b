/* SPDX-License-Identifier: Apache-2.0 */
/* One entry as its rows say it: facts, days, amounts. Private to src/refund. */
#ifndef TW_REFUND_ENTRY_H
#define TW_REFUND_ENTRY_H

#include "refund/refund.h"

struct refund_entry {
	struct refund_row *rows; /* those of the files of entries */
	size_t count;
	const struct refund_row *result; /* what customs answered, or NULL */
	struct refund_entry_number number;
	int fact[REFUND_FACTS]; /* values; below 0: not known */
	int32_t entry_date, liquidation_date, deposit_date;
	int32_t days; /* from liquidation to filing */
	bool has_days, has_tariff, is_dutiable, is_doubtful;
	bool amount_unknown, is_too_large;
	tw_money removable;
};

struct refunder {
	const struct refund_options *options;
	struct refunds law;
	struct interest *interest;
	tw_assessor *assessor;
	struct refund_entry entry;
	struct refund_answer answer;
	uint32_t *touched; /* headings of the answer */
	bool *is_touched;  /* by heading */
	tw_money *paid;    /* by heading, 1/10000 */
};

/* A sentence of the note; "; " between. */
void refund_note(struct refunder *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "FILE:12" of a row, in room of 300 bytes. */
const char *refund_place_text(char out[300], const struct refunder *r,
			      const struct refund_row *row);

/* entry.c: what the rows say together; the facts that are found out come later. */
void refund_gather(struct refunder *r, struct refund_row *rows, size_t count);
/* amounts.c: what is at stake. Also finds out whether a heading with duty is there. */
void refund_amounts(struct refunder *r);
/* decide.c: status and reasons; *asked gets a bit for each fact that is missing. */
void refund_decide(struct refunder *r, uint32_t *asked);
/* base.c: the column 1 duty of a row of goods; false: not known, and `why` says why. */
bool refund_base(tw_money *out, char why[240], struct refunder *r, const struct refund_row *goods,
		 const struct refunds_heading *heading);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run comes to: lines by status and lane, duty by program, the facts
 * most often missing. Each thread counts for itself; sums do not depend on
 * who counted what.
 */
#ifndef TW_LINES_TOTALS_H
#define TW_LINES_TOTALS_H

#include "buffer.h"
#include "finding.h"

enum { TOTALS_NAMES = 512, TOTALS_NAME = 64 };

struct totals_entry {
	char name[TOTALS_NAME], currency[4];
	tw_money amount;
	uint64_t lines;
};

struct totals_table {
	struct totals_entry entry[TOTALS_NAMES];
	size_t count;
	uint64_t dropped;
};

struct totals {
	uint64_t lines, status[3], lane[4], differing;
	uint64_t beyond;             /* lines of days after the last one covered */
	char beyond_text[96];        /* what their warning says */
	struct totals_table duty;    /* by program */
	struct totals_table sums;    /* duty, refundable, relieved, fees by currency */
	struct totals_table missing; /* by the code before the colon */
	struct totals_table reasons; /* of refusals */
};

void totals_count(struct totals *totals, const struct finding *finding);
void totals_merge(struct totals *into, const struct totals *from);
/* A text for people, at most 80 columns. */
void totals_print(struct buffer *out, struct totals *totals, bool color);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run comes to: lines by status and lane, duty by program, the facts
 * most often missing. Each thread counts for itself; sums do not depend on
 * who counted what.
 */
#ifndef TW_FINDINGS_TOTALS_H
#define TW_FINDINGS_TOTALS_H

#include "common/buffer.h"
#include "findings/finding.h"

enum { TOTALS_NAME = 64 };
#define TOTALS_NONE SIZE_MAX

struct totals_entry {
	char name[TOTALS_NAME], currency[4];
	tw_money amount;
	uint64_t lines;
};

/* As many names as there are: which of them were kept would depend on who counted what. */
struct totals_table {
	struct totals_entry *entry;
	size_t count, room;
	bool failed; /* no memory: it is not whole */
};

struct totals {
	uint64_t lines, status[3], lane[4], differing;
	uint64_t parties, identifiers;     /* lines with a name that resembles, an equal number */
	uint64_t left_out;                 /* counted, and not written */
	uint64_t replaced, replaced_lines; /* characters that could not stand in a cell */
	uint64_t beyond;                   /* lines of days after the last one covered */
	bool is_refundable;                /* of some line */
	char beyond_text[200];             /* what their warning says */
	struct totals_table duty;          /* by program */
	struct totals_table sums;          /* duty, refundable, relieved, fees by currency */
	struct totals_table missing;       /* by the code before the colon */
	struct totals_table reasons;       /* of refusals */
};

/* The sums, by their names. */
#define TOTALS_DUTY "duty"
#define TOTALS_REFUNDABLE "of which refundable"
#define TOTALS_RELIEVED "relieved (de minimis)"
#define TOTALS_NOT_PAYABLE "not payable at entry"
#define TOTALS_FEES "fees"
#define TOTALS_TAXES "taxes"

/* Begins with zeros. */
void totals_free(struct totals *totals);
/* Whether memory wanted for some of it. */
bool totals_failed(const struct totals *totals);

void totals_count(struct totals *totals, const struct finding *finding);
/* The index of the entry of a name, which is made where there is none; TOTALS_NONE: no memory. An
   entry without lines is not merged. */
size_t totals_entry_of(struct totals_table *table, const char *name, size_t length,
		       const char *currency);
/* What is said of a day after the last one covered, or NULL; and as it is kept. */
const char *totals_beyond(const struct tw_assessment *answer);
void totals_beyond_text(char out[200], const char *said);
/* Counts the characters that were replaced on a line. */
void totals_replaced(struct totals *totals, size_t characters);
void totals_merge(struct totals *into, const struct totals *from);
/* A text for people, at most 80 columns. */
void totals_print(struct buffer *out, struct totals *totals, bool color);

#endif

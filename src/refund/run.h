/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole run: files in, one answer an entry out, in the order in which the
 * entries first stand in the files. Rows of an entry may stand anywhere in any
 * of them; they are brought together on temporary files, so that memory does
 * not grow with the input.
 */
#ifndef TW_REFUND_RUN_H
#define TW_REFUND_RUN_H

#include "refund/reader.h"
#include "refund/refund.h"

/* The rows of the entry that is read, in memory that is used again. */
struct refund_group {
	struct refund_row *row;
	size_t count, room;
	bool is_full;
};

struct refund_run {
	struct refunder *refunder;
	struct refund_reading reading;
	struct refund_options *options;
	struct sort *rows, *sorted; /* as they come; by the place of their entries */
	size_t memory;
	struct refund_group group;
	struct refund_row next; /* read already, of the entry to come */
	bool has_next;
};

/* `memory`: bytes of a sort; 0: as it decides. The options' facts may be set until it answers. */
int refund_run_begin(struct refund_run *run, const tw_rulebook *rulebook,
		     struct refund_options *options, size_t memory, struct tw_error *error);
void refund_run_end(struct refund_run *run);
/* One file of entries, or of results; all of them come before refund_run_answers. */
int refund_run_read(struct refund_run *run, const struct refund_text *text, enum row_kind kind,
		    struct tw_error *error);
/* The same of rows that others put into `reading`: of what they are. */
void refund_run_expect(struct refund_run *run, enum row_kind kind);
/* The answer to the next entry, which lives until the next call; NULL behind the last. */
int refund_run_next(const struct refund_answer **out, struct refund_run *run,
		    struct tw_error *error);
/* Another code than TW_OK of `each` ends the run. */
typedef int refund_each(void *context, const struct refund_answer *answer, struct tw_error *error);
int refund_run_answers(struct refund_run *run, refund_each *each, void *context,
		       struct tw_error *error);

#endif

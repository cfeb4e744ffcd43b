/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The work on the lines of a batch: each is read, assessed, counted and
 * written. For the pass of a run; a thread has a worker of its own.
 */
#ifndef TW_LINES_WORK_H
#define TW_LINES_WORK_H

#include "lines/kept.h"
#include "lines/run.h"
#include "lines/scan.h"

/* What all workers of a run share. */
struct work {
	const struct run_options *options;
	gather_assess *assess;
	bool gathers_shipments;
	struct finding_style style;
	const struct carried *carried; /* the columns of the input in the answers; NULL: none */
	tw_plans *plans;               /* of all workers; NULL: each line is assessed by itself */
	struct laws *laws;             /* lines are handed over, see laws.h; NULL: answered */
};

struct planned;
struct laws;

struct worker {
	const struct work *work;
	unsigned index; /* of the worker */
	struct item *item;
	struct kept *kept; /* of the lines; NULL: nothing is kept */
	struct scan scan;
	tw_assessor *assessor;
	struct planned *planned; /* NULL: each row goes the ordinary way */
	struct totals totals;
};

/* For struct pass: the answers go to slot->out, refused lines to slot->notes. */
int work_batch(void *worker, struct pass_slot *slot, struct tw_error *error);

/* For planned.c: one row of a batch of rows the ordinary way, from its text on. */
int work_row(struct worker *worker, struct pass_slot *slot, char *text, struct batch_record *record,
	     struct tw_error *error);
/* Counts and writes a finding, and notes it where it is refused. */
void work_finding(struct worker *worker, struct pass_slot *slot, const struct finding *finding);
/* Writes it; returns the characters that had to be replaced. */
size_t work_write(struct buffer *out, const struct finding *finding, const struct work *work);
/* A line was written: for options->sink its number is noted. */
void work_wrote(const struct work *work, struct pass_slot *slot, uint64_t number);
/* Whether --only asks for a line that is no entry that was filed. */
bool work_asks(const struct work *work, unsigned lane, unsigned status);

#endif

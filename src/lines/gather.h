/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line does not show itself: the value of its whole shipment, whether
 * it is the shipment's first line, what was let in free before for the same
 * person on the same day, and what stands before it in the person's month. It reads the whole input
 * ahead of the answers and sorts on temporary files, so memory does not grow with the input. It
 * knows no limits: it asks the assessor what would still be let in.
 */
#ifndef TW_LINES_GATHER_H
#define TW_LINES_GATHER_H

#include "lines/item.h"
#include "lines/pass.h"

typedef int gather_assess(const struct tw_assessment **out, tw_assessor *assessor,
			  const struct tw_line *line, struct tw_error *error);

struct gather;
struct gather_options;
struct gather_worker;
struct sort;

/* The work on one line; what it has to say is a record appended to slot->out. */
typedef int gather_work(struct gather_worker *worker, struct pass_slot *slot,
			struct tw_error *error);
/*
 * Reads all lines through once, each with its context (gather_context), and adds what the work says
 * of those that are not refused, records of a size, to the sort.
 */
typedef int gather_read(struct gather *gather, const struct gather_options *options,
			gather_work *work, struct sort *into, size_t record,
			struct tw_error *error);

struct gather_options {
	gather_read *read; /* gather_files, of the inputs; or another way to have lines */
	void *read_context;
	struct input *inputs; /* seekable, at their first records */
	size_t input_count;
	unsigned jobs;
	const struct columns_options *columns;
	tw_assessor **assessors; /* one a job */
	gather_assess *assess;   /* tw_assess */
	bool shipments, daily_sum, monthly_sum;
	void (*progress)(void *context, uint64_t lines); /* or NULL; lines read ahead so far */
	void *progress_context;
	size_t memory; /* bytes of a run of the sorts; 0: 1 MiB */
};

/* Reads the inputs through, once or twice, and rewinds them. */
int gather_new(struct gather **out, const struct gather_options *options, struct tw_error *error);
void gather_free(struct gather *gather);
/* Fills the contexts of a batch; batches come in input order. */
int gather_fill(struct gather *gather, struct batch *batch, struct tw_error *error);
/* The context of one line, by its place from 0; places come in order. */
int gather_context(struct batch_context *context, struct gather *gather, uint64_t ordinal,
		   struct tw_error *error);
/* gather_files.c: reads the inputs by several threads. */
gather_read gather_files;

#endif

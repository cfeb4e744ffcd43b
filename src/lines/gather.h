/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line does not show itself: the value of its whole shipment, whether
 * it is the shipment's first line, and what was let in free before for the
 * same person on the same day. It reads the whole input ahead of the answers
 * and sorts on temporary files, so memory does not grow with the input. It
 * knows no limits: it asks the assessor what would still be let in.
 */
#ifndef TW_LINES_GATHER_H
#define TW_LINES_GATHER_H

#include "item.h"
#include "pass.h"

typedef int gather_assess(const struct tw_assessment **out, tw_assessor *assessor,
			  const struct tw_line *line, struct tw_error *error);

struct gather_options {
	struct input *inputs; /* seekable, at their first records */
	size_t input_count;
	unsigned jobs;
	const struct columns_options *columns;
	tw_assessor **assessors; /* one a job */
	gather_assess *assess;   /* tw_assess */
	bool shipments, daily_sum;
	void (*progress)(void *context, uint64_t lines); /* or NULL; lines read ahead so far */
	void *progress_context;
	size_t memory; /* bytes of a run of the sorts; 0: 1 MiB */
};

struct gather;

/* Reads the inputs through, once or twice, and rewinds them. */
int gather_new(struct gather **out, const struct gather_options *options, struct tw_error *error);
void gather_free(struct gather *gather);
/* Fills the contexts of a batch; batches come in input order. */
int gather_fill(struct gather *gather, struct batch *batch, struct tw_error *error);

#endif

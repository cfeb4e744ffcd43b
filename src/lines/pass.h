/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over all input files: batches are read in order, worked on by
 * several threads, and handed over in input order. A ring of batches bounds
 * the memory. It knows nothing of what the work is.
 */
#ifndef TW_LINES_PASS_H
#define TW_LINES_PASS_H

#include "buffer.h"
#include "input.h"

/* A batch on its way, with what the work made of it. */
struct pass_slot {
	struct batch batch;
	struct buffer out;   /* for the output */
	struct buffer notes; /* for standard error */
	struct tw_error error;
	int result, state;
};

struct pass {
	struct input *inputs;
	size_t input_count;
	unsigned jobs;  /* threads; 1 works in the caller's */
	void **workers; /* one a thread */
	void *context;
	/* In the caller's thread, in order: before the work, and after it. Either may be NULL. */
	int (*prepare)(void *context, struct batch *batch, struct tw_error *error);
	int (*done)(void *context, struct pass_slot *slot, struct tw_error *error);
	/* In a worker's thread. */
	int (*work)(void *worker, struct pass_slot *slot, struct tw_error *error);
};

int pass_run(struct pass *pass, struct tw_error *error);

#endif

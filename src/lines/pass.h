/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over all input files by several threads. Each takes the next batch,
 * works on it, and hands it over; a batch that is done before its turn waits in
 * a ring, and whoever does the one whose turn it is hands over all that follow
 * it too. The ring bounds the memory. It knows nothing of what the work is.
 */
#ifndef TW_LINES_PASS_H
#define TW_LINES_PASS_H

#include "common/buffer.h"
#include "lines/input.h"

/* A batch on its way, with what the work made of it. */
struct pass_slot {
	struct batch batch;
	struct buffer out;     /* for the output */
	struct buffer notes;   /* for standard error */
	struct buffer numbers; /* of the lines in `out`, for who asks */
	void *gathered;        /* beside `out`, by the work's sink; freed by pass.drop */
	uint64_t lines;        /* set by the work */
	struct tw_error error;
	int code;
	bool is_done;
};

struct pass {
	struct input *inputs;
	size_t input_count;
	unsigned jobs;   /* threads, that of the caller among them */
	bool takes_rows; /* the work takes rows too, of inputs that have them; see input_rows */
	void **workers;  /* one a thread */
	void *context;
	/* In order, by one thread at a time: before the work, and after it. Either may be NULL. */
	int (*prepare)(void *context, struct batch *batch, struct tw_error *error);
	int (*done)(void *context, struct pass_slot *slot, struct tw_error *error);
	/* In a worker's thread. */
	int (*work)(void *worker, struct pass_slot *slot, struct tw_error *error);
	void (*drop)(void *gathered); /* NULL: nothing is gathered */
};

/* What goes wrong with a batch is said after those before it were handed over. */
int pass_run(struct pass *pass, struct tw_error *error);

#endif

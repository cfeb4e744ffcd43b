/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first 64 KiB of a file's lines, looked at once before any is answered:
 * what is decided from a file is decided by them, the same however often the
 * file is read and by however many threads. A later line that contradicts what
 * was decided ends the run (item_stop).
 *
 * A decider is one thing that is decided so. It keeps what it finds in the
 * input (struct input), where the readers of lines look it up. The items that
 * it is shown are as written: item->is_sample is set, and the readers of cells
 * change nothing in them. Of a CSV file item->row holds all cells of the row.
 *
 * Of a pipe that is what has come by then: the program must answer a line
 * before it is sent the next.
 */
#ifndef TW_LINES_SAMPLE_H
#define TW_LINES_SAMPLE_H

#include "lines/item.h"

#define SAMPLE ((size_t)64 << 10)

struct sample_decider {
	/*
	 * Shown each line of the sample, also those that are refused (item->reason). An error
	 * ends the run, before anything is written.
	 */
	int (*look)(struct input *input, const struct item *item, struct tw_error *error);
	/* After the last line; may be NULL. */
	int (*decide)(struct input *input, struct tw_error *error);
};

/* deciders.c: shows a line to all of them, in their order; and asks them after the last. */
int sample_show(struct input *input, const struct item *item, struct tw_error *error);
int sample_conclude(struct input *input, struct tw_error *error);

/* Shows the sample to all deciders. */
int sample_decide(struct input *input, const struct columns_options *options,
		  struct tw_error *error);

#endif

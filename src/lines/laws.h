/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run under several laws: for each an assessor a thread, plans, and what is
 * gathered of shipments. The lines are read once and handed over (findings/taken.h).
 */
#ifndef TW_LINES_LAWS_H
#define TW_LINES_LAWS_H

#include "findings/taken.h"
#include "lines/gather.h"
#include "lines/work.h"

struct laws {
	const struct run_options *options;
	size_t count; /* of laws */
	tw_plans **plans;
	tw_assessor **assessor; /* [job * count + law] */
	struct gather **gather; /* NULL: there are no shipments */
};

/* NULL where the run has one law and writes its answers. */
int laws_new(struct laws **out, const struct run_options *options,
	     const struct tw_options *assessor, struct tw_error *error);
void laws_free(struct laws *laws);
/* What is known of shipments under each law; `ask` as for the first. */
int laws_gather(struct laws *laws, const struct gather_options *ask, struct tw_error *error);
/* Fills the contexts of a batch under each law. */
int laws_fill(struct laws *laws, struct batch *batch, struct tw_error *error);

/* Hands a line over that was read as texts. */
int laws_take_item(struct worker *worker, struct pass_slot *slot, struct tw_error *error);
/* Hands values over. */
int laws_take(struct worker *worker, struct pass_slot *slot, const struct tw_typed_line *line,
	      const struct taken_line *about, size_t count, struct tw_error *error);
/* The end, for each worker. */
int laws_end(struct laws *laws, struct tw_error *error);

#endif

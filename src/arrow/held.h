/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lines do not show themselves: their shipments and their persons' days.
 * The batches of a stream are held back in a temporary file, read through by
 * the passes of lines/gather.h, and given again with what came of them; or one
 * batch that is whole is read through where it stands.
 */
#ifndef TW_ARROW_HELD_H
#define TW_ARROW_HELD_H

#include "arrow/reader.h"
#include "lines/gather.h"

struct held;

struct held_options {
	struct reader *reader; /* lent */
	tw_assessor *assessor; /* lent */
	const bool *is_kept;   /* of each column: it is held back though no line is read from it */
	bool whole_batches;    /* held_alone is used, and no file */
	bool shipments, daily_sum;
	size_t memory;
};

int held_new(struct held **out, const struct held_options *options, struct tw_error *error);
void held_free(struct held *held);

/* Holds a checked batch back, behind those before it. It stays the caller's. */
int held_put(struct held *held, const struct ArrowArray *batch, struct tw_error *error);
/* After the last: reads all through, and begins to give them. */
int held_end(struct held *held, struct tw_error *error);
/* The next batch, of its used and kept columns; out->release is NULL at the end. */
int held_get(struct ArrowArray *out, struct held *held, struct tw_error *error);
/* In place of these: one batch by itself. It is lent until the next. */
int held_alone(struct held *held, const struct ArrowArray *batch, struct tw_error *error);

/* The context of the next line of the batches that are given, in their order. */
int held_context(struct batch_context *context, struct held *held, struct tw_error *error);

#endif

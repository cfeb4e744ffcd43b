/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers of one line after the other at many instants each. Of a line of plain values most
 * are charged by a plan, and what its answer says is kept from line to line; any other line is
 * assessed at each instant. The answers are those of tw_assess, to the letter.
 */
#ifndef TW_TIMELINE_SPAN_H
#define TW_TIMELINE_SPAN_H

#include "common/instant.h"
#include "timeline/pad.h"

enum { SPAN_BLOCK = 64 /* instants at a time */ };

struct span;
int span_new(struct span **out, const tw_rulebook *rulebook, tw_assessor *assessor,
	     struct tw_error *error);
void span_free(struct span *span);

/* The next line, which stands as it is until the one behind it. */
void span_begin(struct span *span, const struct tw_line *line, enum time_zone zone);
/* The line as it is at an instant, with another code of ten digits; 0: as it is written. */
struct span_at {
	tw_time at;
	uint64_t code;
};
/* Asks for a block of instants. */
int span_ask(struct span *span, const struct span_at *at, size_t count, struct tw_error *error);
/* Whether one of the block is surely the same step as the one that was told last. */
bool span_is_same(const struct span *span, size_t index);
/* One of the block. is_kept: it lies in the pad, else it lives until the next call. */
int span_tell(const struct tw_assessment **out, bool *is_kept, struct span *span, size_t index,
	      struct pad *pad, struct tw_error *error);

#endif

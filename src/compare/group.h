/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that are alike in everything that any law could ask: they are assessed
 * once and counted. A table of bounded size, one a thread.
 */
#ifndef TW_COMPARE_GROUP_H
#define TW_COMPARE_GROUP_H

#include "tidewaiter.h"

struct group_line {
	struct tw_typed_line line; /* its claims are kept here; it has no description */
	int offset;
	uint64_t count;
};

struct groups;
int groups_new(struct groups **out);
void groups_free(struct groups *groups);

enum group_taken {
	GROUP_TAKEN,
	GROUP_FULL,  /* see to what is here, and take it again */
	GROUP_ALONE, /* it cannot be kept, or it is not worth it: assess it now */
	GROUP_MEMORY
};
enum group_taken groups_take(struct groups *groups, const struct tw_typed_line *line, int offset);

/* The lines that are here, from *at (0) on, at most `most`; 0: no more. */
size_t groups_next(struct group_line *out, size_t *at, const struct groups *groups, size_t most);
/* Begins anew; whether lines repeat is remembered. */
void groups_clear(struct groups *groups);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the lines of shipments and of consignees' days owe together, of lines in
 * memory: the numbers of struct tw_line that a line does not show by itself.
 * Knows no law: it asks the assessor.
 */
#ifndef TW_ASSESS_JOIN_H
#define TW_ASSESS_JOIN_H

#include "tidewaiter.h"

struct join;

/* flags: TW_MANY_JOIN, TW_MANY_DAYS. The same lines with these numbers found, in the same order;
 * they live until join_free. */
int join_new(struct join **out, tw_assessor *assessor, const struct tw_typed_line *lines,
	     size_t count, unsigned flags, struct tw_error *error);
const struct tw_typed_line *join_lines(const struct join *join);
void join_free(struct join *join);

#endif

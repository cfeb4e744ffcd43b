/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows by their plans, where the flat columns alone are asked for and lines
 * are by themselves: blocks of them go to the library as values, and what one
 * of a plan says is made of what its first one said (lines/parts.h). A row that
 * is written in an unusual way, or has no plan, goes the ordinary way, in its
 * turn. The answers are the same.
 */
#ifndef TW_ARROW_BLOCKS_H
#define TW_ARROW_BLOCKS_H

#include "arrow/answers.h"
#include "arrow/reader.h"

struct blocks;

/* The ordinary way: reads the cells of a row and adds its answer. */
typedef int blocks_row(void *context, const struct ArrowArray *batch, int64_t row,
		       struct tw_error *error);

/* Reader, assessor and answers are lent. */
int blocks_new(struct blocks **out, struct reader *reader, tw_assessor *assessor,
	       struct answers *answers, struct tw_error *error);
void blocks_free(struct blocks *blocks);
/*
 * After reader_decide: the rows of a checked batch, all of them. False in *usual: its columns
 * cannot be read so, and nothing was done.
 */
int blocks_batch(bool *usual, struct blocks *blocks, const struct ArrowArray *batch,
		 blocks_row *ordinary, void *context, struct tw_error *error);

#endif

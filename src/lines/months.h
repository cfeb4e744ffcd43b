/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Handing out the sums of a month: what stands before each line of a batch in the sums of its
 * person. The pass that finds them is gather_months.c.
 */
#ifndef TW_LINES_MONTHS_H
#define TW_LINES_MONTHS_H

#include "lines/gather.h"

struct months;

/* Reads the inputs once. Free with months_free. */
int months_new(struct months **out, struct gather *gather, const struct gather_options *options,
	       struct tw_error *error);
void months_free(struct months *months);
/* Fills the contexts of a batch; batches come in input order. */
int months_fill(struct months *months, struct batch *batch, struct tw_error *error);

#endif

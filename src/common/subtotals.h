/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Subtotals of sorted records, one of each group that agrees on its first bytes, and then the
 * records once more, each with the total of its group. The totals stand in a temporary file, so
 * memory is fixed, whatever the number of groups.
 */
#ifndef TW_COMMON_SUBTOTALS_H
#define TW_COMMON_SUBTOTALS_H

#include <stddef.h>

#include "common/sort.h"

struct subtotals;

struct subtotals_form {
	size_t record, total; /* their sizes */
	size_t key;           /* bytes of a record on which those of a group agree */
	/* `total` is zero at the first record of a group, where `last` is NULL; else `last` is the
	 * record before. */
	void (*add)(void *total, const void *record, const void *last, void *context);
};

/* Adds up the groups of `records`, after sort_finish, from where they are. `records` and `form`
 * must live as long as `out`. Free with subtotals_free. */
int subtotals_new(struct subtotals **out, struct sort *records, const struct subtotals_form *form,
		  void *context, struct tw_error *error);
void subtotals_free(struct subtotals *subtotals);
/* The next record and the total of its group, which holds until the next call: 1, or 0 at the
 * end. */
int subtotals_next(struct subtotals *subtotals, void *record, const void **total,
		   struct tw_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* From a code, an origin and an instant to tariff lines and stacks. */
#ifndef TW_LOOKUP_H
#define TW_LOOKUP_H

#include "layout.h"

/* The leaves that a range of codes touches: [first, last). */
struct leaf_range {
	uint32_t first, last;
};
struct leaf_range lookup_leaves(const struct rb *rb, const struct rb_jurisdiction *j, uint64_t low,
				uint64_t high);
/* The schedule period of a leaf at an instant, or NULL. */
const struct rb_base *lookup_base(const struct rb *rb, const struct rb_leaf *leaf, int64_t at);
/* Index of the epoch (within the jurisdiction) of an instant. */
uint32_t lookup_epoch(const struct rb *rb, const struct rb_jurisdiction *j, int64_t at);
/* The stack of a class of codes and an origin (RB_NONE: no country) in an epoch. */
const struct rb_stack *lookup_stack(const struct rb *rb, const struct rb_jurisdiction *j,
				    uint32_t epoch, uint32_t class_, uint32_t origin);
/*
 * The next instant after at, which lies in epoch, at which the duties of the leaf and origin
 * differ, INT64_MAX if none. mail: count changes of the duty on mail too.
 */
int64_t lookup_change(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		      const struct rb_leaf *leaf, uint32_t origin, bool mail, int64_t at);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A generation of plans: the memory that a table of plans fills and drops as a
 * whole. What is in it is found in plan_table.c; nobody else looks into it.
 */
#ifndef TW_ASSESS_PLAN_GENERATION_H
#define TW_ASSESS_PLAN_GENERATION_H

#include "assess/plan.h"

#include <stdatomic.h>

enum { GENERATION_PLANS = 1 << 16, GENERATION_NUMBERS = 1 << 17 }; /* at the most */

/* A key and its plan, which is there last: NULL, and there is no entry yet. */
struct entry {
	_Alignas(64) struct plan_key key;
	uint64_t hash;
	_Atomic(const struct plan *) plan;
};
_Static_assert(sizeof(struct entry) == 64, "an entry is a line of the cache");
/* Bytes that have a number. */
struct numbered {
	uint64_t hash;
	uint32_t number, kind;
	size_t size;
	const unsigned char *bytes;
};

struct chunk;
struct generation {
	uint32_t holders; /* under the lock */
	uint32_t plans, numbers;
	uint32_t most_plans, most_numbers;
	size_t mask, number_mask;
	size_t bytes;
	_Atomic bool full;
	struct chunk *chunk;
	struct entry *slot;
	_Atomic(const struct numbered *) *number;
	void *slots, *numbers_at; /* the memory in which they lie */
};

/* `most` plans, 0: as many as there may be. NULL: no memory. */
struct generation *generation_new(uint32_t most);
void generation_free(struct generation *g);
/* Memory that lives as long as the generation; NULL: it is full, or there is none. */
void *generation_take(struct generation *g, size_t size);

#endif

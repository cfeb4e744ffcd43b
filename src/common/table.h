/* SPDX-License-Identifier: Apache-2.0 */
/* Names to indexes, and arrays that grow; both live in an arena. */
#ifndef TW_COMMON_TABLE_H
#define TW_COMMON_TABLE_H

#include "common/arena.h"

#include <stdint.h>

struct table_slot {
	const char *name; /* not copied */
	uint32_t index;
};
struct table {
	struct table_slot *slot;
	uint32_t capacity, count;
};

/* The index, or UINT32_MAX. */
uint32_t table_find(const struct table *table, const char *name);
/* Add a name that is not in it. TW_NO_MEMORY when memory is short. */
int table_add(struct table *table, struct arena *arena, const char *name, uint32_t index);

struct vector {
	void *item;
	uint32_t count, capacity;
};

/* A zeroed new last item of size bytes, or NULL. Earlier pointers into it become stale. */
void *vector_add(struct vector *vector, struct arena *arena, size_t size);

#define NEAREST_TOLD 12 /* where none is near, so many words are told at most */

/* The nearest of several words to one that was misspelt. */
struct nearest {
	const char *word;
	const char *best; /* NULL: none is near */
	size_t distance;
	const char *tried[NEAREST_TOLD]; /* the first of those tried */
	size_t tried_count;
};
void nearest_try(struct nearest *nearest, const char *candidate);
void nearest_try_all(struct nearest *nearest, const struct table *table);
/* ": did you mean \"x\"?", or where none is near "; choose from a, b" if they are few, or "". */
const char *nearest_hint(const struct nearest *nearest, char out[160]);

#endif

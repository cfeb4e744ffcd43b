/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bounded memory of one thread: bytes kept under bytes. Keys are compared
 * whole. When it is full it forgets everything and begins anew, so nothing in
 * it is ever wrong or grows. Knows nothing of what it keeps.
 */
#ifndef TW_SCREEN_MEMORY_H
#define TW_SCREEN_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory {
	struct memory_slot *slot;
	uint8_t *bytes; /* of all entries, one behind the other */
	size_t slots, entries, most, used, room;
};

/* Room for so many entries of so many bytes together; none with 0. False: memory is short. */
bool memory_open(struct memory *memory, size_t entries, size_t bytes);
void memory_close(struct memory *memory);

/* What is kept under a key, aligned as any record; NULL nothing. Valid until the next memory_keep.
 */
const void *memory_find(const struct memory *memory, const void *key, size_t length);

/* Keep a value under a key that is not there; where it stands, or NULL: it is too large to keep. */
void *memory_keep(struct memory *memory, const void *key, size_t length, const void *value,
		  size_t size);

#endif

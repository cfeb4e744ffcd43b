/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the chunks of memory that the law reader fills and frees at once.
 * Never shrinks, never hands memory back piece by piece.
 */
#include "common/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)256 << 10)

struct chunk {
	struct chunk *next;
	size_t used, size;
	alignas(max_align_t) unsigned char at[];
};
struct arena {
	struct chunk *head;
};

struct arena *arena_new(void)
{
	return calloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	struct chunk *chunk = arena->head;
	while (chunk) {
		struct chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	free(arena);
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size != 0 && count > (SIZE_MAX / 2 - sizeof(struct chunk) - align) / size)
		return NULL;
	size_t need = (count * size + align - 1) / align * align;
	struct chunk *head = arena->head;
	if (!head || head->size - head->used < need) {
		size_t room = need > CHUNK / 4 ? need : CHUNK;
		struct chunk *chunk = calloc(1, sizeof *chunk + room);
		if (!chunk)
			return NULL;
		chunk->size = room;
		if (head && room == need) {
			/* A large piece gets its own chunk behind the one that is being filled. */
			chunk->next = head->next;
			head->next = chunk;
		} else {
			chunk->next = head;
			arena->head = chunk;
		}
		head = chunk;
	}
	void *at = head->at + head->used;
	head->used += need;
	return at;
}

char *arena_text(struct arena *arena, const char *at, size_t length)
{
	if (length == SIZE_MAX)
		return NULL;
	char *copy = arena_alloc(arena, length + 1, 1);
	if (copy && length)
		memcpy(copy, at, length);
	return copy;
}

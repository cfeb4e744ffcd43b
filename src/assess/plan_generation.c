/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of plans, see plan_generation.h. */
#include "assess/plan_generation.h"

#include "common/wide.h"

#include <stdlib.h>

/* What is never held on to beyond: bytes of a generation beside its 8 MiB of entries, and of one
   chunk of them. */
enum { GENERATION_BYTES = 24 << 20, CHUNK_BYTES = 2 << 20 };

struct chunk {
	struct chunk *next;
	void *memory; /* in which it lies */
	size_t used;
	_Alignas(64) unsigned char bytes[];
};

static size_t power_over(size_t count)
{
	size_t power = 16;
	while (power < count)
		power *= 2;
	return power;
}

void generation_free(struct generation *g)
{
	if (!g)
		return;
	while (g->chunk) {
		struct chunk *next = g->chunk->next;
		free(g->chunk->memory);
		g->chunk = next;
	}
	free(g->slots);
	free(g->numbers_at);
	free(g);
}

struct generation *generation_new(uint32_t most)
{
	struct generation *g = calloc(1, sizeof *g);
	if (!g)
		return NULL;
	g->most_plans = most ? most : GENERATION_PLANS;
	g->most_numbers = most ? 8 * most + 64 : GENERATION_NUMBERS;
	size_t slots = power_over(2 * (size_t)g->most_plans);
	size_t numbers = power_over(2 * (size_t)g->most_numbers);
	g->mask = slots - 1;
	g->number_mask = numbers - 1;
	g->slot = wide_new(&g->slots, slots * sizeof *g->slot);
	g->number = wide_new(&g->numbers_at, numbers * sizeof *g->number);
	if (g->slot && g->number)
		return g;
	generation_free(g);
	return NULL;
}

void *generation_take(struct generation *g, size_t size)
{
	size = (size + 63) & ~(size_t)63;
	const size_t room = CHUNK_BYTES - sizeof(struct chunk);
	if (!g->chunk || g->chunk->used + size > room) {
		void *memory;
		if (g->bytes + CHUNK_BYTES > GENERATION_BYTES || size > room)
			return NULL;
		struct chunk *chunk = wide_new(&memory, CHUNK_BYTES);
		if (!chunk)
			return NULL;
		chunk->next = g->chunk;
		chunk->memory = memory;
		chunk->used = 0;
		g->chunk = chunk;
		g->bytes += CHUNK_BYTES;
	}
	void *at = g->chunk->bytes + g->chunk->used;
	g->chunk->used += size;
	return at;
}

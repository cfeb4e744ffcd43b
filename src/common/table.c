/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns hash tables of names, growing arrays and the search for the nearest
 * word. Knows no law.
 */
#include "common/table.h"

#include "common/spelling.h"
#include "tidewaiter.h"

#include <stdio.h>
#include <string.h>

static uint32_t hash(const char *name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
	return (uint32_t)(h ^ h >> 32);
}

static struct table_slot *probe(const struct table *table, const char *name)
{
	uint32_t mask = table->capacity - 1;
	uint32_t i = hash(name) & mask;
	while (table->slot[i].name && strcmp(table->slot[i].name, name) != 0)
		i = (i + 1) & mask;
	return &table->slot[i];
}

uint32_t table_find(const struct table *table, const char *name)
{
	if (!table->count)
		return UINT32_MAX;
	const struct table_slot *slot = probe(table, name);
	return slot->name ? slot->index : UINT32_MAX;
}

int table_add(struct table *table, struct arena *arena, const char *name, uint32_t index)
{
	if (table->count >= table->capacity / 2) {
		struct table old = *table;
		if (old.capacity > UINT32_MAX / 4)
			return TW_NO_MEMORY;
		table->capacity = old.capacity ? old.capacity * 2 : 64;
		table->slot = arena_alloc(arena, table->capacity, sizeof *table->slot);
		if (!table->slot) {
			*table = old;
			return TW_NO_MEMORY;
		}
		for (uint32_t i = 0; i < old.capacity; i++)
			if (old.slot[i].name)
				*probe(table, old.slot[i].name) = old.slot[i];
	}
	*probe(table, name) = (struct table_slot){name, index};
	table->count++;
	return TW_OK;
}

void *vector_add(struct vector *vector, struct arena *arena, size_t size)
{
	if (vector->count == vector->capacity) {
		if (vector->capacity > UINT32_MAX / 4)
			return NULL;
		uint32_t capacity = vector->capacity ? vector->capacity * 2 : 8;
		void *item = arena_alloc(arena, capacity, size);
		if (!item)
			return NULL;
		if (vector->count)
			memcpy(item, vector->item, vector->count * size);
		vector->item = item;
		vector->capacity = capacity;
	}
	return (char *)vector->item + size * vector->count++;
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
	size_t length = strlen(nearest->word), most = length / 3 + 1;
	if (nearest->tried_count < NEAREST_TOLD)
		nearest->tried[nearest->tried_count] = candidate;
	nearest->tried_count++;
	size_t d = spelling_distance((struct tw_text){nearest->word, length},
				     (struct tw_text){candidate, strlen(candidate)}, most);
	if (length < 3 || d > most || d >= length)
		return;
	if (!nearest->best || d < nearest->distance ||
	    (d == nearest->distance && strcmp(candidate, nearest->best) < 0)) {
		nearest->best = candidate;
		nearest->distance = d;
	}
}

void nearest_try_all(struct nearest *nearest, const struct table *table)
{
	for (uint32_t i = 0; i < table->capacity; i++)
		if (table->slot[i].name)
			nearest_try(nearest, table->slot[i].name);
}

/* All that were tried; nothing where they are many or long. */
static void choose_from(const struct nearest *nearest, char out[160])
{
	size_t used = 0;
	if (nearest->tried_count > NEAREST_TOLD)
		return;
	for (size_t i = 0; i < nearest->tried_count; i++) {
		int length = snprintf(out + used, 160 - used, "%s%s", i ? ", " : "; choose from ",
				      nearest->tried[i]);
		if (length < 0 || (used += (size_t)length) >= 160) {
			out[0] = 0;
			return;
		}
	}
}

const char *nearest_hint(const struct nearest *nearest, char out[160])
{
	out[0] = 0;
	if (nearest->best)
		(void)snprintf(out, 160, ": did you mean \"%s\"?", nearest->best);
	else
		choose_from(nearest, out);
	return out;
}

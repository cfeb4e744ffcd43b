/* SPDX-License-Identifier: Apache-2.0 */
/* Growing arrays and interning, see pool.h. Knows nothing of what it holds. */
#include "common/pool.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_bytes(const void *data, size_t size)
{
	const unsigned char *at = data;
	uint64_t hash = UINT64_C(0xcbf29ce484222325), word;
	for (; size >= sizeof word; at += sizeof word, size -= sizeof word) {
		memcpy(&word, at, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 29;
}

void pool_begin(struct pool *pool, size_t record)
{
	memset(pool, 0, sizeof *pool);
	pool->record = record;
}

void pool_free(struct pool *pool)
{
	free(pool->data);
	free(pool->slot);
	memset(pool, 0, sizeof *pool);
}

static bool reserve(struct pool *pool, size_t more)
{
	if (pool->count + more <= pool->capacity)
		return true;
	size_t capacity = pool->capacity * 2 + more + 64;
	unsigned char *data = realloc(pool->data, capacity * pool->record);
	if (!data) {
		pool->failed = true;
		return false;
	}
	pool->data = data;
	pool->capacity = capacity;
	return true;
}

uint32_t pool_add_many(struct pool *pool, const void *records, size_t count)
{
	uint32_t first = (uint32_t)pool->count;
	if (count == 0 || !reserve(pool, count))
		return count == 0 ? first : 0;
	memcpy(pool->data + pool->count * pool->record, records, count * pool->record);
	pool->count += count;
	return first;
}

void *pool_take(struct pool *pool, const void *records, size_t count)
{
	if (!reserve(pool, count))
		return NULL;
	void *to = pool->data + pool->count * pool->record;
	if (records)
		memcpy(to, records, count * pool->record);
	else
		memset(to, 0, count * pool->record);
	pool->count += count;
	return to;
}

uint32_t pool_add(struct pool *pool, const void *record)
{
	return pool_add_many(pool, record, 1);
}

/* Double a slot table until at most half full; slots hold index + 1. */
static bool grow_slots(uint32_t **slot, size_t *slot_count, size_t used)
{
	if (used * 2 < *slot_count)
		return false;
	size_t wanted = *slot_count == 0 ? 256 : *slot_count * 2;
	uint32_t *fresh = calloc(wanted, sizeof *fresh);
	if (!fresh)
		return false;
	free(*slot);
	*slot = fresh;
	*slot_count = wanted;
	return true;
}

static void place(uint32_t *slot, size_t slot_count, uint64_t hash, uint32_t value)
{
	size_t at = hash & (slot_count - 1);
	while (slot[at] != 0)
		at = (at + 1) & (slot_count - 1);
	slot[at] = value;
}

uint32_t pool_intern(struct pool *pool, const void *record)
{
	if (grow_slots(&pool->slot, &pool->slot_count, pool->count))
		for (size_t i = 0; i < pool->count; i++)
			place(pool->slot, pool->slot_count,
			      hash_bytes(pool_at(pool, i), pool->record), (uint32_t)i + 1);
	if (!pool->slot) {
		pool->failed = true;
		return 0;
	}
	uint64_t hash = hash_bytes(record, pool->record);
	for (size_t at = hash & (pool->slot_count - 1); pool->slot[at] != 0;
	     at = (at + 1) & (pool->slot_count - 1))
		if (memcmp(pool_at(pool, pool->slot[at] - 1), record, pool->record) == 0)
			return pool->slot[at] - 1;
	uint32_t index = pool_add(pool, record);
	if (!pool->failed)
		place(pool->slot, pool->slot_count, hash, index + 1);
	return index;
}

void run_begin(struct run_pool *pool)
{
	memset(pool, 0, sizeof *pool);
	pool_begin(&pool->numbers, sizeof(uint32_t));
	pool_begin(&pool->runs, sizeof(struct run));
}

void run_free(struct run_pool *pool)
{
	pool_free(&pool->numbers);
	pool_free(&pool->runs);
	free(pool->slot);
	memset(pool, 0, sizeof *pool);
}

static const uint32_t *run_numbers(const struct run_pool *pool, const struct run *run)
{
	return (const uint32_t *)(const void *)pool->numbers.data + run->first;
}

uint32_t run_intern(struct run_pool *pool, const uint32_t *numbers, size_t count)
{
	if (grow_slots(&pool->slot, &pool->slot_count, pool->runs.count))
		for (size_t i = 0; i < pool->runs.count; i++) {
			const struct run *run = pool_at(&pool->runs, i);
			place(pool->slot, pool->slot_count,
			      hash_bytes(run_numbers(pool, run), run->count * sizeof *numbers),
			      (uint32_t)i + 1);
		}
	if (!pool->slot) {
		pool->runs.failed = true;
		return 0;
	}
	uint64_t hash = hash_bytes(numbers, count * sizeof *numbers);
	for (size_t at = hash & (pool->slot_count - 1); pool->slot[at] != 0;
	     at = (at + 1) & (pool->slot_count - 1)) {
		const struct run *run = pool_at(&pool->runs, pool->slot[at] - 1);
		if (run->count == count && (count == 0 || memcmp(run_numbers(pool, run), numbers,
								 count * sizeof *numbers) == 0))
			return pool->slot[at] - 1;
	}
	struct run fresh = {pool_add_many(&pool->numbers, numbers, count), (uint32_t)count};
	if (pool->numbers.failed) { /* a run of numbers that are not there must not be compared */
		pool->runs.failed = true;
		return 0;
	}
	uint32_t index = pool_add(&pool->runs, &fresh);
	if (!pool->runs.failed)
		place(pool->slot, pool->slot_count, hash, index + 1);
	return index;
}

void texts_begin(struct text_pool *pool)
{
	memset(pool, 0, sizeof *pool);
	texts_intern(pool, "");
}

void texts_free(struct text_pool *pool)
{
	free(pool->data);
	free(pool->slot);
	memset(pool, 0, sizeof *pool);
}

static void rehash_texts(struct text_pool *pool)
{
	for (size_t at = 0; at < pool->size;) {
		size_t length = strlen(pool->data + at);
		place(pool->slot, pool->slot_count, hash_bytes(pool->data + at, length),
		      (uint32_t)at + 1);
		at += length + 1;
	}
}

uint32_t texts_intern(struct text_pool *pool, const char *text)
{
	size_t length = text ? strlen(text) : 0;
	text = text ? text : "";
	if (grow_slots(&pool->slot, &pool->slot_count, pool->text_count))
		rehash_texts(pool);
	if (!pool->slot) {
		pool->failed = true;
		return 0;
	}
	uint64_t hash = hash_bytes(text, length);
	for (size_t at = hash & (pool->slot_count - 1); pool->slot[at] != 0;
	     at = (at + 1) & (pool->slot_count - 1))
		if (strcmp(pool->data + pool->slot[at] - 1, text) == 0)
			return pool->slot[at] - 1;
	if (pool->size + length + 1 > pool->capacity) {
		size_t capacity = (pool->size + length + 1) * 2;
		char *data = realloc(pool->data, capacity);
		if (!data) {
			pool->failed = true;
			return 0;
		}
		pool->data = data;
		pool->capacity = capacity;
	}
	memcpy(pool->data + pool->size, text, length + 1);
	uint32_t offset = (uint32_t)pool->size;
	pool->size += length + 1;
	pool->text_count++;
	place(pool->slot, pool->slot_count, hash, offset + 1);
	return offset;
}

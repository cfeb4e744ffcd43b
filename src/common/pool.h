/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Growing arrays of fixed-size records, with or without duplicates, and the
 * pool of texts. Memory shortage is remembered and asked for once, at the end.
 */
#ifndef TW_COMMON_POOL_H
#define TW_COMMON_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pool {
	unsigned char *data;
	size_t record; /* bytes of one record */
	size_t count, capacity;
	uint32_t *slot; /* open-addressed hash of record indexes, for pool_intern */
	size_t slot_count;
	bool failed;
};

void pool_begin(struct pool *pool, size_t record);
void pool_free(struct pool *pool);
/* Append; the index. */
uint32_t pool_add(struct pool *pool, const void *record);
/* Append count records from an array; the first's index. */
uint32_t pool_add_many(struct pool *pool, const void *records, size_t count);
/* Append count records, copied, or zero where none are given; where they stand until the next one
   is added, or NULL. */
void *pool_take(struct pool *pool, const void *records, size_t count);
/* The index of an equal record, appended when there is none. Do not mix with pool_add. */
uint32_t pool_intern(struct pool *pool, const void *record);
/* The text that begins at a place of a pool of bytes. */
static inline const char *pool_text(const struct pool *pool, size_t at)
{
	return (const char *)pool->data + at;
}
static inline void *pool_at(const struct pool *pool, size_t index)
{
	return pool->data + index * pool->record;
}

/* Runs of 32-bit numbers: an equal run is found again. */
struct run_pool {
	struct pool numbers; /* uint32_t */
	struct pool runs;    /* struct run */
	uint32_t *slot;
	size_t slot_count;
};
struct run {
	uint32_t first, count;
};
void run_begin(struct run_pool *pool);
void run_free(struct run_pool *pool);
/* The index of the run in runs. */
uint32_t run_intern(struct run_pool *pool, const uint32_t *numbers, size_t count);

/* Terminated texts, each once; offset 0 is "". */
struct text_pool {
	char *data;
	size_t size, capacity;
	uint32_t *slot;
	size_t slot_count, text_count;
	bool failed;
};
void texts_begin(struct text_pool *pool);
void texts_free(struct text_pool *pool);
/* NULL counts as "". */
uint32_t texts_intern(struct text_pool *pool, const char *text);

#endif

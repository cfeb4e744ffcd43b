/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An open table of places in a stretch of bytes. A key that finds no free slot
 * within a few steps takes that of another: looking up costs the same however
 * the keys were chosen.
 */
#include "screen/memory.h"

#include <stdlib.h>
#include <string.h>

#define STEPS 8 /* slots that are looked at */

struct memory_slot {
	uint32_t hash;
	uint32_t at; /* of the entry, in units of ALIGN, one more; 0 free */
};
/* Before each entry's value, then its key. */
struct entry {
	uint32_t key, value; /* bytes */
};
#define ALIGN 16u

static size_t rounded(size_t bytes)
{
	return (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

bool memory_open(struct memory *memory, size_t entries, size_t bytes)
{
	*memory = (struct memory){.most = entries, .room = bytes};
	if (entries == 0 || bytes == 0)
		return true;
	memory->slots = 1;
	while (memory->slots < entries * 2)
		memory->slots *= 2;
	memory->slot = calloc(memory->slots, sizeof *memory->slot);
	memory->bytes = malloc(bytes);
	return memory->slot && memory->bytes;
}

void memory_close(struct memory *memory)
{
	free(memory->slot);
	free(memory->bytes);
	*memory = (struct memory){0};
}

static uint64_t eight(const uint8_t *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
	return word;
}

/* Up to eight bytes as a number: unlike ones of one length are unlike numbers. */
static uint64_t few(const uint8_t *at, size_t length)
{
	uint32_t first, last;
	if (length < sizeof first)
		return length
			   ? at[0] | (uint32_t)at[length / 2] << 8 | (uint32_t)at[length - 1] << 16
			   : 0;
	memcpy(&first, at, sizeof first);
	memcpy(&last, at + length - sizeof last, sizeof last);
	return first | (uint64_t)last << 32;
}

static uint32_t hash_of(const uint8_t *key, size_t length)
{
	uint64_t hash = length * UINT64_C(0x9e3779b97f4a7c15);
	for (; length > 8; key += 8, length -= 8) {
		hash = (hash ^ eight(key)) * UINT64_C(0xd6e8feb86659fd93);
		hash ^= hash >> 32;
	}
	hash = (hash ^ few(key, length)) * UINT64_C(0xd6e8feb86659fd93);
	return (uint32_t)(hash >> 32);
}

/* Descriptions are short: eight bytes at a time, the last of them once more. */
static bool is_same(const uint8_t *a, const uint8_t *b, size_t length)
{
	if (length <= 8)
		return few(a, length) == few(b, length);
	for (size_t i = 0; i + 8 < length; i += 8)
		if (eight(a + i) != eight(b + i))
			return false;
	return eight(a + length - 8) == eight(b + length - 8);
}

static const uint8_t *entry_at(const struct memory *memory, uint32_t at)
{
	return memory->bytes + (size_t)(at - 1) * ALIGN;
}

const void *memory_find(const struct memory *memory, const void *key, size_t length)
{
	if (!memory->slots)
		return NULL;
	uint32_t hash = hash_of(key, length);
	for (size_t i = 0; i < STEPS; i++) {
		const struct memory_slot *slot = &memory->slot[(hash + i) & (memory->slots - 1)];
		struct entry entry;
		if (!slot->at)
			return NULL;
		if (slot->hash != hash)
			continue;
		const uint8_t *at = entry_at(memory, slot->at);
		memcpy(&entry, at, sizeof entry);
		if (entry.key == length && is_same(at + ALIGN + rounded(entry.value), key, length))
			return at + ALIGN;
	}
	return NULL;
}

static void forget(struct memory *memory)
{
	memset(memory->slot, 0, memory->slots * sizeof *memory->slot);
	memory->entries = memory->used = 0;
}

void *memory_keep(struct memory *memory, const void *key, size_t length, const void *value,
		  size_t size)
{
	size_t need = ALIGN + rounded(size) + rounded(length);
	struct memory_slot *slot = NULL;
	if (!memory->slots || need > memory->room)
		return NULL;
	if (memory->entries == memory->most || memory->room - memory->used < need)
		forget(memory);
	uint32_t hash = hash_of(key, length);
	for (size_t i = 0; i < STEPS && (!slot || slot->at); i++)
		slot = &memory->slot[(hash + i) & (memory->slots - 1)];
	if (slot->at) /* what stood there is forgotten */
		slot = &memory->slot[hash & (memory->slots - 1)];
	struct entry entry = {(uint32_t)length, (uint32_t)size};
	uint8_t *at = memory->bytes + memory->used;
	*slot = (struct memory_slot){hash, (uint32_t)(memory->used / ALIGN) + 1};
	memcpy(at, &entry, sizeof entry);
	memcpy(at + ALIGN, value, size);
	memcpy(at + ALIGN + rounded(size), key, length);
	memory->used += need;
	memory->entries++;
	return at + ALIGN;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Building a double-array trie: nodes are placed first-fit, level by level. */
#include "trie.h"

#include <stdlib.h>
#include <string.h>

#define FREE UINT32_MAX /* parent of a cell that is nobody's */
#define SEARCH 1024     /* cells from the end on that families of children are tried in */

struct builder {
	struct trie_cell *cell;
	uint32_t count, capacity, first_free;
	const struct trie_key *keys;
};

/* The keys [low, high) share depth bytes and stand at node. */
struct job {
	size_t low, high;
	uint32_t depth, node;
};

static bool grow(struct builder *b, uint32_t least)
{
	if (least <= b->capacity)
		return true;
	uint32_t capacity = b->capacity ? b->capacity : 4096;
	while (capacity < least)
		capacity *= 2;
	struct trie_cell *cell = realloc(b->cell, capacity * sizeof *cell);
	if (!cell)
		return false;
	for (uint32_t i = b->capacity; i < capacity; i++)
		cell[i] = (struct trie_cell){.parent = FREE, .value = TRIE_NONE};
	b->cell = cell;
	b->capacity = capacity;
	return true;
}

/* The lowest base at which all codes are free, or FREE when memory is short. */
static uint32_t place(struct builder *b, const uint8_t *codes, size_t code_count)
{
	while (b->first_free < b->capacity && b->cell[b->first_free].parent != FREE)
		b->first_free++;
	uint32_t from = b->first_free;
	if (code_count > 1 && b->count > from + SEARCH)
		from = b->count - SEARCH;
	uint32_t base = from > codes[0] ? from - codes[0] : 1;
	for (;; base++) {
		if (base + 256 > b->capacity && !grow(b, base + 256))
			return FREE;
		size_t i = 0;
		while (i < code_count && b->cell[base + codes[i]].parent == FREE)
			i++;
		if (i == code_count)
			return base;
	}
}

/* Children of one job as jobs of their own; returns how many, or -1. */
static int expand(struct builder *b, struct job job, struct job *out)
{
	uint8_t codes[256];
	size_t count = 0;
	size_t low = job.low;
	if (b->keys[low].length == job.depth) {
		b->cell[job.node].value = b->keys[low].value;
		low++;
	}
	for (size_t i = low; i < job.high;) {
		uint8_t code = b->keys[i].at[job.depth];
		size_t from = i;
		while (i < job.high && b->keys[i].at[job.depth] == code)
			i++;
		out[count] = (struct job){.low = from, .high = i, .depth = job.depth + 1};
		codes[count++] = code;
	}
	if (count == 0)
		return 0;
	uint32_t base = place(b, codes, count);
	if (base == FREE)
		return -1;
	b->cell[job.node].base = base;
	for (size_t i = 0; i < count; i++) {
		uint32_t child = base + codes[i];
		b->cell[child].parent = job.node;
		out[i].node = child;
		if (child >= b->count)
			b->count = child + 1;
		if (codes[i] >= 'a' && codes[i] <= 'z')
			b->cell[job.node].letters |= 1u << (codes[i] - 'a');
	}
	return (int)count;
}

/* Mark the nodes on the way to each marked key. */
static void mark(struct builder *b, size_t key_count)
{
	struct trie_view trie = {b->cell, b->count};
	for (size_t i = 0; i < key_count; i++) {
		uint32_t node = TRIE_ROOT;
		for (uint32_t k = 0; b->keys[i].mark && k < b->keys[i].length; k++) {
			node = trie_step(trie, node, b->keys[i].at[k]);
			b->cell[node].letters |= TRIE_MARK;
		}
	}
}

struct trie_cell *trie_build(uint32_t *count, const struct trie_key *keys, size_t key_count)
{
	struct builder b = {.keys = keys, .first_free = 256};
	struct job *queue = NULL, next[256];
	size_t head = 0, tail = 0, capacity = 0, total = 1;
	bool ok = false;
	for (size_t i = 0; i < key_count; i++)
		total += keys[i].length;
	if (!grow(&b, 512))
		goto done;
	capacity = total + 1;
	queue = malloc(capacity * sizeof *queue);
	if (!queue)
		goto done;
	b.cell[TRIE_ROOT].parent = TRIE_ROOT;
	b.cell[TRIE_ROOT].base = 1;
	b.count = 1;
	if (key_count > 0)
		queue[tail++] = (struct job){.high = key_count, .node = TRIE_ROOT};
	while (head < tail) {
		int made = expand(&b, queue[head++], next);
		if (made < 0)
			goto done;
		memcpy(queue + tail, next, (size_t)made * sizeof *next);
		tail += (size_t)made;
	}
	/* A leaf keeps base 0: its children would be the root's neighbours, whose parent differs.
	 */
	if (!grow(&b, b.count + 256))
		goto done;
	b.count += 256;
	for (uint32_t i = 1; i < b.count; i++)
		if (b.cell[i].parent == FREE)
			b.cell[i].parent = TRIE_DEAD - 1;
	mark(&b, key_count);
	ok = true;
done:
	free(queue);
	if (!ok) {
		free(b.cell);
		return NULL;
	}
	*count = b.count;
	return b.cell;
}

bool trie_check(struct trie_view trie, uint32_t value_limit)
{
	if (trie.count < 257)
		return false;
	for (uint32_t i = 0; i < trie.count; i++) {
		const struct trie_cell *cell = &trie.cell[i];
		if (cell->base > trie.count - 256 || (cell->letters & ~TRIE_MARK) >> 26)
			return false;
		if (cell->value != TRIE_NONE && cell->value >= value_limit)
			return false;
	}
	return true;
}

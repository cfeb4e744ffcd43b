/* SPDX-License-Identifier: Apache-2.0 */
/* Building a double-array trie: nodes are placed first-fit, level by level. */
#include "compiler/trie.h"

#include <stdlib.h>
#include <string.h>

#define FREE UINT32_MAX
#define SEARCH 1024 /* cells from the end on that families of children are tried in */

struct builder {
	struct trie_built out;
	bool *based; /* some node has this base */
	uint32_t capacity, first_free;
	const struct trie_key *keys;
};

/* The keys [low, high) share depth bytes and stand at node. */
struct job {
	size_t low, high;
	uint32_t depth, node;
};

static bool is_free(const struct builder *b, uint32_t at)
{
	return b->out.cell[at] & TRIE_FREE;
}

static bool widen(uint32_t **numbers, uint32_t from, uint32_t to, uint32_t fill)
{
	uint32_t *wider = realloc(*numbers, to * sizeof *wider);
	if (!wider)
		return false;
	for (uint32_t i = from; i < to; i++)
		wider[i] = fill;
	*numbers = wider;
	return true;
}

static bool grow(struct builder *b, uint32_t least)
{
	uint32_t capacity = b->capacity ? b->capacity : 4096;
	if (least <= b->capacity)
		return true;
	while (capacity < least)
		capacity *= 2;
	b->out.full = least > TRIE_CELLS;
	bool *based = b->out.full ? NULL : realloc(b->based, capacity);
	if (!based)
		return false;
	memset(based + b->capacity, 0, capacity - b->capacity);
	b->based = based;
	if (!widen(&b->out.cell, b->capacity, capacity, TRIE_FREE) ||
	    !widen(&b->out.value, b->capacity, capacity, 0) ||
	    !widen(&b->out.letters, b->capacity, capacity, 0))
		return false;
	b->capacity = capacity;
	return true;
}

/* The lowest base that no node has, and at which all codes are free, or FREE if it cannot grow. */
static uint32_t place(struct builder *b, const uint8_t *codes, size_t code_count)
{
	while (b->first_free < b->capacity && !is_free(b, b->first_free))
		b->first_free++;
	/* A hole may be of no use for long, as its base is taken: old ones are given up. */
	uint32_t from = b->first_free, back = code_count > 1 ? SEARCH : 2 * SEARCH;
	if (b->out.count > from + back)
		from = b->out.count - back;
	uint32_t base = from > codes[0] ? from - codes[0] : 1;
	for (;; base++) {
		if (base + 256 > b->capacity && !grow(b, base + 256))
			return FREE;
		size_t i = 0;
		while (i < code_count && is_free(b, base + codes[i]))
			i++;
		if (i == code_count && !b->based[base])
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
		b->out.value[job.node] = b->keys[low].value;
		b->out.cell[job.node] |= TRIE_VALUE;
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
	b->out.cell[job.node] |= base << TRIE_BASE;
	b->based[base] = true;
	for (size_t i = 0; i < count; i++) {
		uint32_t child = base + codes[i];
		b->out.cell[child] = codes[i];
		out[i].node = child;
		if (child >= b->out.count)
			b->out.count = child + 1;
		if (codes[i] >= 'a' && codes[i] <= 'z')
			b->out.letters[job.node] |= 1u << (codes[i] - 'a');
	}
	return (int)count;
}

/* Mark the nodes on the way to each marked key. */
static void mark(struct builder *b, size_t key_count)
{
	struct trie_view trie = {.cell = b->out.cell, .count = b->out.count};
	for (size_t i = 0; i < key_count; i++) {
		uint32_t node = TRIE_ROOT;
		for (uint32_t k = 0; b->keys[i].mark && k < b->keys[i].length; k++) {
			node = trie_step(trie, node, b->keys[i].at[k]);
			b->out.cell[node] |= TRIE_MARK;
		}
	}
}

void trie_built_free(struct trie_built *built)
{
	free(built->cell);
	free(built->value);
	free(built->letters);
	*built = (struct trie_built){0};
}

/* Level by level: the jobs of the next one stand behind those of this one. */
static bool lay(struct builder *b, size_t key_count)
{
	struct job *queue = NULL, next[256];
	size_t head = 0, tail = 0, total = 2;
	bool laid = true;
	for (size_t i = 0; i < key_count; i++)
		total += b->keys[i].length;
	queue = malloc(total * sizeof *queue);
	if (!queue)
		return false;
	if (key_count > 0)
		queue[tail++] = (struct job){.high = key_count, .node = TRIE_ROOT};
	while (laid && head < tail) {
		int made = expand(b, queue[head++], next);
		laid = made >= 0;
		for (int i = 0; i < made; i++)
			queue[tail++] = next[i];
	}
	free(queue);
	return laid;
}

bool trie_build(struct trie_built *out, const struct trie_key *keys, size_t key_count)
{
	struct builder b = {.keys = keys, .first_free = 256};
	/* Nobody stands in the first 256 cells but the root: a leaf has base 0. */
	bool built = grow(&b, 512);
	if (built)
		b.based[0] = true;
	b.out.count = 1;
	built = built && lay(&b, key_count) && grow(&b, b.out.count + 256);
	free(b.based);
	if (!built) {
		bool full = b.out.full;
		trie_built_free(&b.out);
		out->full = full;
		return false;
	}
	b.out.count += 256;
	mark(&b, key_count);
	*out = b.out;
	return true;
}

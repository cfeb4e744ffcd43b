/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A double-array trie over byte keys, position-free. Walks a byte a step and
 * can name the letters that go on from a node, which is what looking for a
 * typing error needs. Knows nothing of names.
 */
#ifndef TW_TRIE_H
#define TW_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRIE_ROOT 0u
#define TRIE_DEAD UINT32_MAX
#define TRIE_NONE UINT32_MAX /* a node without a value */

/* base + code is the cell of the child by that code; there it is ours when parent says so. */
struct trie_cell {
	uint32_t base;
	uint32_t parent;
	uint32_t value;   /* or TRIE_NONE */
	uint32_t letters; /* bit c - 'a': children by ASCII letters; TRIE_MARK */
};
#define TRIE_MARK (UINT32_C(1) << 31) /* a marked key goes through this node */
struct trie_view {
	const struct trie_cell *cell;
	uint32_t count;
};

struct trie_key {
	const uint8_t *at;
	uint32_t length;
	uint32_t value;
	bool mark;
};

/* Keys sorted by bytes (shorter first), all different, none empty. malloc'ed cells or NULL. */
struct trie_cell *trie_build(uint32_t *count, const struct trie_key *keys, size_t key_count);

/* Every base leaves room for all 256 codes; values are below limit or TRIE_NONE. */
bool trie_check(struct trie_view trie, uint32_t value_limit);

static inline uint32_t trie_step(struct trie_view trie, uint32_t node, uint8_t byte)
{
	uint32_t child = trie.cell[node].base + byte;
	return trie.cell[child].parent == node ? child : TRIE_DEAD;
}

#endif

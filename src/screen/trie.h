/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking a trie, a byte a step; it can name the letters that go on from a
 * node, which is what looking for a typing error needs.
 */
#ifndef TW_SCREEN_TRIE_H
#define TW_SCREEN_TRIE_H

#include "rulebook/trie.h"

static inline uint32_t trie_step(struct trie_view trie, uint32_t node, uint8_t byte)
{
	uint32_t child = (trie.cell[node] >> TRIE_BASE) + byte;
	return (trie.cell[child] & TRIE_BYTE) == byte ? child : TRIE_DEAD;
}

/* The value of a node, or TRIE_NONE. */
static inline uint32_t trie_value(struct trie_view trie, uint32_t node)
{
	return trie.cell[node] & TRIE_VALUE ? trie.note[node] >> TRIE_LETTERS : TRIE_NONE;
}

static inline bool trie_marked(struct trie_view trie, uint32_t node)
{
	return trie.cell[node] & TRIE_MARK;
}

static inline uint32_t trie_letters(struct trie_view trie, uint32_t node)
{
	return trie.letters[trie.note[node] % (1u << TRIE_LETTERS)];
}

#endif

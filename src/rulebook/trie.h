/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A double-array trie over byte keys, position-free: its cells in the file and
 * the check of them. Knows nothing of names.
 */
#ifndef TW_RULEBOOK_TRIE_H
#define TW_RULEBOOK_TRIE_H

#include <stdbool.h>
#include <stdint.h>

#define TRIE_ROOT 0u
#define TRIE_DEAD UINT32_MAX
#define TRIE_NONE UINT32_MAX /* a node without a value */

/*
 * A cell is one number: from its base the places of its children count, base + byte is that of
 * the child by the byte, and it is one when the cell there bears that byte. No two cells with
 * children have one base; one without has base 0.
 */
#define TRIE_BYTE 0x1ffu  /* that leads to the cell; TRIE_FREE: nobody's, or the root */
#define TRIE_FREE 0x100u  /* no byte */
#define TRIE_MARK 0x200u  /* a marked key goes through this node */
#define TRIE_VALUE 0x400u /* it has a value */
#define TRIE_BASE 11      /* bits before the base */
#define TRIE_CELLS (UINT32_C(1) << (32 - TRIE_BASE))

/* What else there is to a cell is one number too: the number of its letters, then its value. */
#define TRIE_LETTERS 12 /* bits */
#define TRIE_VALUES (UINT32_C(1) << (32 - TRIE_LETTERS))

struct trie_view {
	const uint32_t *cell, *note;
	const uint32_t *letters; /* sets, bit c - 'a': it may have children by ASCII letters */
	uint32_t count;
};

/* Every base leaves room for all 256 codes; values and sets of letters are below their limits. */
bool trie_check(const struct trie_view *trie, uint32_t value_limit, uint32_t set_limit);

#endif

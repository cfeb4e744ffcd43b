/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a trie on opening; trusted after. */
#include "rulebook/trie.h"

bool trie_check(const struct trie_view *trie, uint32_t value_limit, uint32_t set_limit)
{
	if (trie->count < 257)
		return false;
	for (uint32_t i = 0; i < set_limit; i++)
		if (trie->letters[i] >> 26)
			return false;
	for (uint32_t i = 0; i < trie->count; i++) {
		uint32_t cell = trie->cell[i], note = trie->note[i];
		if (cell >> TRIE_BASE > trie->count - 256 ||
		    ((cell & TRIE_VALUE) && note >> TRIE_LETTERS >= value_limit) ||
		    note % (1u << TRIE_LETTERS) >= set_limit)
			return false;
	}
	return true;
}

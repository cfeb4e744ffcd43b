/* SPDX-License-Identifier: Apache-2.0 */
/* Building a trie, once, while the law is compiled. */
#ifndef TW_COMPILER_TRIE_H
#define TW_COMPILER_TRIE_H

#include "screen/trie.h"

#include <stddef.h>

struct trie_key {
	const uint8_t *at;
	uint32_t length;
	uint32_t value;
	bool mark;
};

/* What a trie is made of, of as many cells each; all are the caller's to free. */
struct trie_built {
	uint32_t *cell, *value;
	uint32_t *letters; /* bit c - 'a' */
	uint32_t count;
	bool full; /* it would have more cells than can be numbered */
};

/* Keys sorted by bytes (shorter first), all different, none empty. False: out of memory, or full.
 */
bool trie_build(struct trie_built *out, const struct trie_key *keys, size_t key_count);
void trie_built_free(struct trie_built *built);

#endif

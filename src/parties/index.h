/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Listed names by their words: which names a word stands in, also with a typing error, written
 * apart or together, or by its sound. It also weighs words by how few entries have them.
 */
#ifndef TW_PARTIES_INDEX_H
#define TW_PARTIES_INDEX_H

#include "parties/entries.h"

struct posting {
	uint32_t name, weight;
};
struct index_form { /* a word, or what it is written together or sounds like */
	uint64_t hash;
	uint32_t first, count; /* postings */
	uint32_t entries;      /* that have it as a word of its own; 0: none */
	uint32_t rarity;
	uint32_t heaviest;         /* of its postings */
	const struct token *token; /* NULL: not a word of its own */
};
struct index_variant { /* of a word with one or two letters left out */
	uint32_t check, form;
};

struct index {
	struct index_form *form;
	uint32_t *form_slot; /* by hash; 0: none, else form + 1 */
	size_t forms, slot_mask;
	struct posting *posting;
	size_t postings;
	struct index_variant *variant; /* of a bucket behind one another */
	uint32_t *variant_start;
	uint64_t *variant_seen; /* a bit a hash: most variants are none */
	size_t variants, variant_bits;
	uint32_t *strong; /* of each name: the weight of its own words */
	uint32_t population;
};

int index_make(struct index *index, struct entries *entries, struct tw_error *error);
void index_free(struct index *index);

/* Weighs a token by the entries that have it. Its form; NULL: no name has it, or it weighs nothing.
 */
const struct index_form *index_weigh(struct token *token, const struct index *index);
/* What a text hashes to, which may come in parts: by its characters from the front. */
struct index_text {
	uint64_t hash;
	size_t count;
};
void index_add_text(struct index_text *to, const char *text, size_t length);
uint64_t index_hash_text(const struct index_text *text);
const struct index_form *index_find(const struct index *index, uint64_t hash);
/* Names of shared words alone: by all of them. */
uint64_t index_hash_whole(const struct token *token, size_t count);

/* Each word that differs from this one by a typing error; `each` is told the likeness. */
typedef void index_near(void *context, const struct index_form *form, uint32_t score);
void index_each_near(const struct index *index, const struct token *token, index_near *each,
		     void *context);

#endif

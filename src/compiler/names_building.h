/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names and words on their way into the matcher's section: what names.c,
 * name_keys.c and name_words.c share while the law is compiled. Internal to
 * these.
 */
#ifndef TW_COMPILER_NAMES_BUILDING_H
#define TW_COMPILER_NAMES_BUILDING_H

#include "common/pool.h"
#include "compiler/names.h"
#include "law/file.h"
#include "rulebook/names.h"
#include "screen/fold.h"

#define NAME_LENGTH 512

/* A key on its way into the trie. */
struct draft {
	uint32_t text, length; /* in keys_text */
	uint64_t kinds;
	uint32_t substance, name, near;
	bool tight;
};
struct building {
	struct pool texts, drafts, names, keys, owners, cas, un, inchikeys;
	struct pool prefix_endings, suffix_endings, derivative_endings, pairs, families, values,
	    entries;
	struct fold fold;
	struct tw_error *error;
};

/* A text of the section: its offset. */
uint32_t building_text(struct building *b, const void *text, size_t length);
int building_fail(struct building *b, int code, const char *message, const char *name);

/* name_keys.c: a word as it stands; all names and numbers of a source. */
int building_key(struct building *b, const char *text, uint64_t kinds, uint32_t substance,
		 uint32_t name);
int building_names(struct building *b, const struct match_source *source);

/* name_words.c: the law folder's words.tsv and not-names.tsv. */
int building_words(struct building *b, struct arena *arena, const char *folder, const char *path);
int building_not_names(struct building *b, struct arena *arena, const char *folder,
		       const char *path);

#endif

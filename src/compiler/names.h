/* SPDX-License-Identifier: Apache-2.0 */
/* Names and numbers of chemicals, from law text to the section of names that rulebook/names.h
 * reads. */
#ifndef TW_COMPILER_NAMES_H
#define TW_COMPILER_NAMES_H

#include "rulebook/names.h"

struct match_name {
	const char *text;
	uint32_t substance;
	enum match_kind kind;
};

/*
 * Compile names to a position-free section (malloc'ed). Words that are no
 * names of ours (law/substances/not-names.tsv) and words that change the
 * sense of a name (law/substances/words.tsv) are read from the law folder.
 * The same number or name may stand for several substances: all are found.
 */
struct match_source {
	const struct match_name *names;
	size_t count;
	const char *law_folder;
};
int match_build(void **section, size_t *size, const struct match_source *source,
		struct tw_error *error);

/* A name of up to four letters ("4-AP", "GBL", "Ac2O") is an abbreviation; helps to fill .kind. */
bool match_is_short(const char *name);

#endif

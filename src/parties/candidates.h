/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which listed names are compared with a given one: those that share a word with it and could reach
 * the cut. What they could reach is reckoned from above, so that none is missed.
 */
#ifndef TW_PARTIES_CANDIDATES_H
#define TW_PARTIES_CANDIDATES_H

#include "parties/parties.h"

/* What was found of a listed name so far. */
struct touch {
	uint64_t likeness; /* weights times scores */
	uint32_t weight, mask;
};

/* A word of the given name, as far as the lists are concerned. */
struct given_word {
	const struct index_form *form; /* NULL: no listed name has it */
	uint32_t most;                 /* that its pair may come to */
	uint32_t free;                 /* the same of what the index is not asked about */
	uint32_t off;                  /* the most that the listed words of that pair weigh */
	uint32_t loss; /* its weight, where it is lost if the index finds it nowhere */
};

struct candidates {
	const struct parties *parties;
	struct name given;
	struct given_word word[NAME_TOKENS];
	uint64_t most, free, off, fixed; /* sums of most, free, off and loss */
	uint64_t rest;                   /* most, without the word that is looked up */
	uint32_t must;                   /* bits of the words that are looked up */
	uint32_t mask;                   /* of those that are looked up now */
	uint32_t cut;
	bool is_closed;      /* no further names are touched */
	struct touch *touch; /* a name each */
	uint32_t *name;      /* those that are touched; in the end, those that are compared */
	size_t count;
};

/* false: no memory. What was opened in part is closed as well. */
bool candidates_open(struct candidates *candidates, const struct parties *parties);
void candidates_close(struct candidates *candidates);
/* Reads a name, and finds the names to compare with it, in the order of the lists. */
void candidates_find(struct candidates *candidates, struct tw_text name, uint32_t cut);

#endif

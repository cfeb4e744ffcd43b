/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tariff lines under a code that is not one of its day: as which of them a
 * line of values is read, where nothing tells them apart. What was found is
 * kept. Knows no duty.
 */
#ifndef TW_ASSESS_SEVERAL_H
#define TW_ASSESS_SEVERAL_H

#include "assess/ask.h"

enum {
	SEVERAL_CODES = 1 << 12, /* a power of two */
	SEVERAL_REACH = 4,       /* places, one behind the other, of which one has it */
	SEVERAL_GOODS = 5
};

/* What is printed under a code from one instant on, until another. */
struct known_several {
	uint64_t key; /* of the code; 0: none yet */
	tw_time from, until;
	struct leaf_range range;
	uint32_t leaf, base;           /* the first; leaf RB_NONE: there is none, or they differ */
	uint32_t goods[SEVERAL_GOODS]; /* of which they are, each once; the first is the leaf's */
	uint32_t count;
};
_Static_assert(sizeof(struct known_several) == 64, "each is a line of the cache");

/* What one assessor knows. */
struct several {
	struct known_several code[SEVERAL_CODES + SEVERAL_REACH];
};

/* Does the tariff line take the goods on their day? */
bool several_is_open(const struct ask *ask, tw_assessor *a, const struct tw_typed_line *line,
		     const struct rb_leaf *leaf);
/*
 * The lines under a short code, or under the parent of a code of ten digits that is not current:
 * those which are current and in season, where nothing tells them apart. False: not so.
 * key: not 0, the code, its digits and the jurisdiction.
 */
bool several_find(struct ask *ask, tw_assessor *a, const struct tw_typed_line *line, uint64_t key);

#endif

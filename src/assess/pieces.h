/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the value of a line is made of. Parts of one group (the metals) lie
 * side by side; parts of another group (content by country) divide the same
 * value a second time. The value is laid out once: the parts of the first
 * group from its start, those of the second from its end, each in the order
 * of law/claims.yaml, so that they lie apart as far as they fit. Cut at all
 * their ends it falls into pieces, each with the parts that cover it.
 */
#ifndef TW_ASSESS_PIECES_H
#define TW_ASSESS_PIECES_H

#include "assess/facts.h"

struct piece {
	tw_money value;
	uint8_t parts; /* that cover it */
};

struct pieces {
	struct piece piece[RB_PARTS];
	unsigned count;
	uint8_t all;  /* mask of the pieces */
	uint8_t open; /* parts of which one may be the whole value: their group is not declared */
	uint8_t nothing; /* of these the ones that are not there in this reading */
	uint8_t zero;    /* parts in play taken as 0 because another of the group is declared */
	uint8_t divided; /* groups (1 << group) with a part that is neither nothing nor all */
};

/*
 * Cut a rounded value. `most`: what each part may be at the most. `play`: parts
 * on which a duty would fall. Of those whose group is not declared and that the
 * law assumes to be the whole, n of them, the `which`-th is the whole value; n:
 * none is there; n + 1 and on: of the first and on there is a trace, worth
 * nothing; 2n + 1 and on: the first and on is the whole value, and 3n + 1 none,
 * beside a trace of the others.
 */
void pieces_cut(struct pieces *out, const struct facts *facts, const struct vocabulary *words,
		tw_money value, const tw_money most[RB_REST], uint8_t play, uint8_t which);

/* The part that a measure's mask names, directly or by its complement; RB_PARTS: none. */
unsigned pieces_named(uint8_t parts);
/* The pieces on which a measure with that mask falls. */
uint8_t pieces_on(const struct pieces *cut, uint8_t parts);
/* The part that these pieces make up; RB_REST: none by itself. */
unsigned pieces_part(const struct pieces *cut, uint8_t pieces);
tw_money pieces_value(const struct pieces *cut, uint8_t pieces);

/* Can the declared parts be parts of the declared value? False: *refusal is filled. */
bool pieces_sound(struct refusal *refusal, const struct facts *facts,
		  const struct vocabulary *words);

#endif

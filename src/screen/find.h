/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a hit in words, numbers or structures says of a substance, in the same
 * words on a line and in a question. Its texts are constant or lent by what was
 * given; the field, and the substance's id and name, are the caller's.
 */
#ifndef TW_SCREEN_FIND_H
#define TW_SCREEN_FIND_H

#include "rulebook/ledger.h"
#include "screen/match.h"
#include "screen/structure.h"

/* The sections that names and structures are looked up in, of a rulebook with chemistry. */
void find_sections(const void **names, const void **classes, const tw_rulebook *rulebook);
/* The substances that have a structure; `out` has room for all of the ledger. How many. */
size_t find_shapes(struct structure_substance *out, const struct ledger *ledger);

/* Of a name or a number in `text`; false: it names nothing of the ledger. */
bool find_name(struct tw_substance_hit *out, const struct ledger *ledger,
	       const struct match_hit *hit, struct tw_text text);
/* Of a structure that is a substance. `matched`: the text that was read as the structure. */
void find_shape(struct tw_substance_hit *out, const struct structure_match *match,
		struct tw_text matched);
/* Of a structure that belongs to a class. */
void find_class(struct tw_substance_hit *out, const struct structure_class_hit *hit,
		struct tw_text matched);
/*
 * Whether class `index` of a result counts: of a substance that the ledger knows,
 * its own row says which open classes may hold it.
 */
bool find_class_counts(const struct structure_result *result, size_t index);

#endif

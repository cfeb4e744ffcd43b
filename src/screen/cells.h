/* SPDX-License-Identifier: Apache-2.0 */
/* What people write into one cell: a structure with its name behind, an amount among words. */
#ifndef TW_SCREEN_CELLS_H
#define TW_SCREEN_CELLS_H

#include "screen/match.h"

/*
 * "CC(C)=O |extension| acetone": a structure, what CXSMILES says of it, and a
 * name. The extension is empty where there is none. False when it changes what
 * the structure means: polymers, atoms without a place, link nodes.
 */
struct cell_structure {
	struct tw_text smiles, extension, name;
};
bool cell_structure(struct cell_structure *out, struct tw_text cell);

/* The first mass or volume in a text ("2,200 lbs", "5 加仑"); length 0 when there is none. */
struct tw_text cell_amount(struct tw_text text);

/* "cas-date: …": why a hit is no identifier, with the words. */
void cell_warning(char out[240], const struct match_hit *hit, struct tw_text text);

/* Of a systematic name where no structures are read, with why. */
void cell_unexamined(char out[240], const char *why, struct tw_text name);

#endif

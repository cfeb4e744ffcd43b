/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Systematic names to structures, for the skeletons that the law cares about:
 * piperidines, anilines and amides on them, phenyl ketones, nitriles and
 * acids, glycidates. Reads "1-(2-phenylethyl)piperidin-4-one" and the turned
 * round "4-Piperidinone, 1-(2-phenylethyl)-". Knows the grammar of names, no
 * substances.
 */
#ifndef TW_SCREEN_NOMEN_H
#define TW_SCREEN_NOMEN_H

#include "tidewaiter.h"

#define NOMEN_SMILES 600
#define NOMEN_TEXT 512 /* bytes of a text that are read for names */

struct nomen_name {
	char smiles[NOMEN_SMILES];
	size_t from, length; /* bytes of the text */
};

/* Cheap: does the text have the look of a systematic name anywhere? */
bool nomen_looks(struct tw_text text);

/* Is a hyphen one of those that such names have: with a place before it, or nothing behind it? */
bool nomen_hyphen(struct tw_text text, size_t at);

/* The next systematic name at or after a byte of the text; false when there is none. */
bool nomen_next(struct nomen_name *out, struct tw_text text, size_t from);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * InChI strings without a chemistry library: cut into their components, each
 * as the InChIKey that it has standing alone, so that a salt shows its parent.
 * Knows no substances.
 */
#ifndef TW_SCREEN_INCHI_H
#define TW_SCREEN_INCHI_H

#include "tidewaiter.h"

#define INCHI_PARTS 8 /* different components that are looked at */

struct inchi_part {
	char key[28]; /* of this component standing alone, neutral */
	unsigned heavy;
	bool organic;
};
struct inchi {
	struct inchi_part part[INCHI_PARTS]; /* the last one is the whole */
	size_t count;
	size_t length;     /* bytes of text that the string takes */
	bool labelled;     /* it has isotopes */
	const char *wrong; /* what is wrong with it, or NULL */
};

/* False when text does not begin with "InChI=". */
bool inchi_read(struct inchi *out, struct tw_text text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Structures of chemicals as pictures: a C face over RDKit's drawing, within the program or in a
 * module that is loaded when the first is drawn. A picture is SVG without style, script or
 * reference, in the one colour of the text around it. It decides nothing about a substance.
 */
#ifndef TW_DRAWING_DRAWING_H
#define TW_DRAWING_DRAWING_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DRAWING_TEXT = 2000, DRAWING_ATOMS = 200, DRAWING_RINGS = 40, DRAWING_PARTS = 20 };

/* Why nothing is drawn; NULL: it is. The first call may load what draws, once for all threads. */
const char *drawing_absent(void);
/* The picture of a SMILES, for free(). TW_UNSUPPORTED: drawing_absent(); TW_BAD_ARGUMENT: the error
 * says what is wrong with the text. */
int drawing_svg(char **out, size_t *length, struct tw_text smiles, struct tw_error *error);

#ifdef __cplusplus
}
#endif

#endif

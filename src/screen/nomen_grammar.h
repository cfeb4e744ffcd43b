/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of substitutive names. Internal to the reader of names. */
#ifndef TW_SCREEN_NOMEN_GRAMMAR_H
#define TW_SCREEN_NOMEN_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The SMILES of one name in lower case with round brackets; ester is the group
 * of an ester's first word, or NULL. False when it is no such name, says
 * nothing beyond its parent, or leaves a place open.
 */
bool nomen_structure(char *smiles, size_t size, const char *name, const char *ester);

#endif

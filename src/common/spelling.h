/* SPDX-License-Identifier: Apache-2.0 */
/* How far two words are from each other, for "did you mean". */
#ifndef TW_COMMON_SPELLING_H
#define TW_COMMON_SPELLING_H

#include "tidewaiter.h"

enum { SPELLING_LONGEST = 128 /* bytes of a word; of longer ones none is near */ };

/*
 * Edits that make one word of the other: a letter put in, left out or exchanged, or two
 * neighbours swapped. More than `most`: most + 1. Case counts.
 */
size_t spelling_distance(struct tw_text a, struct tw_text b, size_t most);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text cut into words: runs of letters and digits, small. It is how a
 * person's text becomes a question to the index, of which nothing else reaches
 * the parser of that question. Allocates nothing.
 */
#ifndef TW_CODES_WORDS_H
#define TW_CODES_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#define WORDS_BYTES 64 /* of one word; longer ones are cut */

struct words {
	const char *at, *end;
};

/* The next word, small where it is ASCII, terminated; false: there is none. */
bool words_next(struct words *words, char out[WORDS_BYTES + 1]);
/* Words that stand in half of all texts and tell nothing: of, the, other. */
bool words_empty(const char *word);

#endif

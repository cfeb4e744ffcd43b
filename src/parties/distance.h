/* SPDX-License-Identifier: Apache-2.0 */
/* Typing errors between two words: letters put in, left out, changed, and neighbours turned. */
#ifndef TW_PARTIES_DISTANCE_H
#define TW_PARTIES_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

enum { DISTANCE_MOST = 2, DISTANCE_LETTERS = 64 };

/* The errors that a word of so many letters may have: a quarter of them, at most DISTANCE_MOST. */
size_t distance_allowed(size_t letters);
/* Up to `most` errors between two words of code points; more: most + 1. */
size_t distance_of(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
		   size_t most);
/* The same of ASCII. */
size_t distance_text(const char *a, size_t a_length, const char *b, size_t b_length, size_t most);

#endif

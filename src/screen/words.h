/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A short text as the filter sees it: the folded key, and as bits where its
 * tokens begin and which bytes are digits. The separators are left out, so
 * this is less than a fold, and much faster to make.
 */
#ifndef TW_SCREEN_WORDS_H
#define TW_SCREEN_WORDS_H

#include "screen/fold.h"

#define WORDS_KEY 1024u /* bytes of a key; of a text in ASCII, too */

struct words {
	size_t length;                      /* of key */
	bool marked;                        /* a hyphen with a place before it or nothing behind it,
					       or a blank behind -yl: of systematic names */
	uint64_t start[WORDS_KEY / 64 + 2]; /* a token begins here; also at length */
	uint64_t digit[WORDS_KEY / 64 + 2]; /* the byte is a digit */
	uint8_t *key;                       /* zeros before and behind it */
	uint8_t room[16 + WORDS_KEY + 64 + 16];
};

/* How 64 bytes are read. All give the same words; the wide one asks for AVX-512 VBMI2 and BMI2. */
enum words_way { WORDS_PLAIN, WORDS_WIDE };
enum words_way words_best(void);

/* False when the text is not ASCII throughout, or longer than WORDS_KEY. */
bool words_read(struct words *words, struct tw_text text, enum words_way way);

/* The same of a folded text; false when its key is longer. */
bool words_fold(struct words *words, const struct fold *fold);

/* Bits [at, at + 64) of start or digit. */
static inline uint64_t words_bits(const uint64_t *bits, size_t at)
{
	uint64_t low = bits[at / 64] >> at % 64;
	return at % 64 ? low | bits[at / 64 + 1] << (64 - at % 64) : low;
}

#endif

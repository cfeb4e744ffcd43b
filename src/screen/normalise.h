/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Goods text folded to what names are compared by: a key of lower-case
 * letters and digits without separators, cut into tokens, each with the
 * separators before it. NFKC, case, width, marks, Greek letters in full
 * (α-methyl: alphamethyl), look-alike letters of other scripts inside Latin
 * words. Knows no names.
 */
#ifndef TW_NORMALISE_H
#define TW_NORMALISE_H

#include "tidewaiter.h"

#define FOLD_TEXT 16384u /* bytes of a text that are read */
#define FOLD_KEY 32768u  /* bytes of a key */

enum fold_kind { FOLD_NONE, FOLD_LETTER, FOLD_DIGIT, FOLD_HAN, FOLD_KANA };

/* What stands between two tokens: bits. */
enum {
	GAP_SPACE = 1,
	GAP_HYPHEN = 2,
	GAP_COMMA = 4,
	GAP_OPEN = 8,
	GAP_CLOSE = 16,
	GAP_SLASH = 32,
	GAP_PRIME = 64,
	GAP_DOT = 128,
	GAP_PERCENT = 256,
	GAP_PLUS = 512,
	GAP_OTHER = 1024
};

struct fold_token {
	uint32_t start; /* in key; the token ends where the next one starts */
	uint16_t gap;   /* before it */
	uint8_t kind;   /* enum fold_kind */
};

struct fold {
	size_t length; /* of key */
	size_t count;  /* tokens; token[count] stands at the end */
	bool plain;    /* ASCII: at only, a character is one byte */
	bool greek;    /* a Greek letter touches Latin ones: the other reading is worth a look */
	uint8_t *key;  /* FOLD_KEY + 16 */
	uint32_t *at, *to;        /* original bytes [at, to) behind each key byte */
	struct fold_token *token; /* FOLD_KEY + 1 */
};

/* False when memory is short; free in any case. */
bool fold_new(struct fold *fold);
void fold_free(struct fold *fold);

enum fold_reading {
	FOLD_GREEK_SPELLED, /* α at the start of a Latin word is alpha */
	FOLD_GREEK_LATIN    /* it is an a in disguise */
};
void fold_text(struct fold *fold, struct tw_text text, enum fold_reading reading);

/* Where key byte position end (exclusive) ends in the original. */
static inline size_t fold_end(const struct fold *fold, size_t end)
{
	return end == 0 ? 0 : fold->plain ? (size_t)fold->at[end - 1] + 1 : fold->to[end - 1];
}

#endif

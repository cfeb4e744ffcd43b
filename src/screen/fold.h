/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Goods text folded to what names are compared by: a key of lower-case
 * letters and digits without separators, cut into tokens, each with the
 * separators before it. NFKC, case, width, marks, Greek letters in full
 * (α-methyl: alphamethyl), look-alike letters of other scripts inside Latin
 * words. Knows no names.
 */
#ifndef TW_SCREEN_FOLD_H
#define TW_SCREEN_FOLD_H

#include "tidewaiter.h"

#define FOLD_TEXT 16384u /* bytes of a text that are read */
#define FOLD_KEY 32768u  /* bytes of a key */

/* FOLD_HAN: Chinese characters, and letters of the other scripts without blanks. */
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
	uint32_t start;    /* in key; the token ends where the next one starts */
	uint32_t from, to; /* bytes of the original text */
	uint16_t gap;      /* before it */
	uint8_t kind;      /* enum fold_kind */
};

struct fold {
	size_t length; /* of key */
	size_t count;  /* tokens; token[count] stands at the end */
	bool greek;    /* a Greek letter touches Latin ones: the other reading is worth a look */
	bool cut;      /* the text was longer than is read */
	uint8_t *key;  /* FOLD_KEY + 80 */
	struct fold_token *token; /* FOLD_KEY + 2 */
};

/* False when memory is short; free in any case. */
bool fold_new(struct fold *fold);
void fold_free(struct fold *fold);

enum fold_reading {
	FOLD_GREEK_SPELLED, /* α at the start of a Latin word is alpha */
	FOLD_GREEK_LATIN    /* it is an a in disguise */
};
void fold_text(struct fold *fold, struct tw_text text, enum fold_reading reading);

#endif

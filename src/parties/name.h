/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name as it is compared: folded (NFKC, case, marks, simplified characters), cut into tokens,
 * each of a kind: a word of its own, a number, or one of the tables' words. It knows no list and
 * weighs nothing.
 */
#ifndef TW_PARTIES_NAME_H
#define TW_PARTIES_NAME_H

#include "parties/lexicon.h"

enum {
	NAME_TEXT = 1024,   /* bytes of a name that are read */
	NAME_TOKENS = 24,   /* tokens that are kept */
	NAME_FOLDED = 8192, /* bytes of all tokens and sounds */
	NAME_LETTERS = 64,  /* letters of a token; what is longer is cut */
	NAME_JOIN = 3       /* tokens that are also read as one */
};

struct token {
	const char *text;         /* of a word of the tables its name */
	const char *sound;        /* of Chinese characters, in pinyin; else NULL */
	const struct word *word;  /* of the tables; NULL: its own */
	const uint16_t *surnames; /* of which it is a spelling; or NULL */
	uint16_t length, sound_length, letters;
	uint8_t kind;         /* enum word_kind */
	bool is_han, is_near; /* near: of a word of the tables, spelt with a typing error */
	uint32_t bag;         /* the letters it has: a bit each, by their last five bits */
	uint32_t weight;      /* in ten-thousandths; set by who knows the list */
};

struct name {
	struct token token[NAME_TOKENS];
	size_t count;
	bool is_cut; /* some of it was not read */
	size_t used;
	char text[NAME_FOLDED];
};

void name_read(struct name *name, const struct lexicon *lexicon, struct tw_text text);
/* A text as identifiers are compared: its letters and digits, small; terminated. Its length. */
size_t name_key(char *out, size_t room, struct tw_text text);
/* Plain words, of which one must pair before anything resembles. */
static inline bool token_is_strong(const struct token *token)
{
	return token->kind == WORD_PLAIN;
}

#endif

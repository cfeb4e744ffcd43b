/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two names token by token: which pair, how, and what it comes to. All numbers are whole
 * ten-thousandths. It decides nothing.
 */
#ifndef TW_PARTIES_PAIR_H
#define TW_PARTIES_PAIR_H

#include "parties/distance.h"
#include "parties/name.h"

enum { PAIR_ONE = 10000 };

enum pair_how {
	PAIR_EQUAL,
	PAIR_TYPING,     /* letters changed, left out, put in or turned */
	PAIR_JOINED,     /* written apart on one side, together on the other */
	PAIR_SOUND,      /* the same pinyin; one or both are written in characters */
	PAIR_SPELLING,   /* two spellings of a Chinese surname */
	PAIR_CHARACTERS, /* one character of four or more differs */
	PAIR_HOWS
};

struct pair {
	uint8_t given, given_count, listed, listed_count; /* tokens, neighbours */
	enum pair_how how;
	uint32_t score, weight;
};

struct pairing {
	struct pair pair[NAME_TOKENS];
	size_t count;
	uint32_t given_left, listed_left; /* bits of tokens without a pair */
	bool numbers_differ;
	bool is_sound; /* a word of its own, of three letters or more, has a pair */
	uint32_t score;
};

/* "equal", "typing error", "written together", ... */
const char *pair_how_name(enum pair_how how);
/* A weight times its kind: descriptors count 0.3, places 0.5, legal forms and links nothing. */
uint32_t pair_weight(enum word_kind kind, uint32_t rarity);
/* Whether so many errors may lie between two words: one changes a letter of each at most. */
static inline bool pair_may_err(const struct token *given, const struct token *listed, size_t most)
{
	uint32_t only_given = given->bag & ~listed->bag, only_listed = listed->bag & ~given->bag;
	for (; most; most--) {
		only_given &= only_given - 1;
		only_listed &= only_listed - 1;
	}
	return !(only_given | only_listed);
}
/* Quickly, whether two tokens may pair at all. */
static inline bool pair_may(const struct token *given, const struct token *listed)
{
	if (given->word != listed->word || given->kind != listed->kind)
		return false;
	return given->word || given->is_han || listed->is_han ||
	       (given->surnames && listed->surnames) || pair_may_err(given, listed, DISTANCE_MOST);
}
/* How alike two tokens are. */
uint32_t pair_tokens(enum pair_how *how, const struct token *given, const struct token *listed);
/* Whether both are spellings of one surname. */
bool pair_surnames(const struct token *given, const struct token *listed);
/* The tokens are weighed already. */
void pair_names(struct pairing *pairing, const struct token *given, size_t given_count,
		const struct token *listed, size_t listed_count);

#endif

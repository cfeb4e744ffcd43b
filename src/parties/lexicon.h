/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of words before any list is read: legal forms, descriptors, places, surnames and
 * their spellings, the sounds of Chinese characters, how lists name identifiers, which programs
 * mark drugs. All of it is read from law/parties, which is inside the program.
 */
#ifndef TW_PARTIES_LEXICON_H
#define TW_PARTIES_LEXICON_H

#include "parties/kinds.h"

/* Of a token: what counts of it is decided by its kind. */
enum word_kind { WORD_PLAIN, WORD_NUMBER, WORD_DESCRIPTOR, WORD_PLACE, WORD_LINK, WORD_FORM };

enum { LEXICON_FIRST = 0x4E00, LEXICON_LAST = 0x9FFF, LEXICON_SURNAMES = 6, LEXICON_PHRASE = 8 };

/* What a spelling stands for. */
struct word {
	const char *name; /* "biotechnology" */
	enum word_kind kind;
};
struct spelling {
	const char *text; /* tokens with one blank between them, or Chinese characters */
	uint32_t length;
	uint8_t longest;         /* tokens of the longest spelling that begins with this token */
	const struct word *word; /* NULL: only the beginning of others */
	uint16_t surname[LEXICON_SURNAMES]; /* of which it is a spelling, from 1 on; then 0 */
};

struct lexicon;

int lexicon_new(struct lexicon **out, struct tw_error *error);
void lexicon_free(struct lexicon *lexicon);

/* NULL: no spelling, nor the beginning of one. */
const struct spelling *lexicon_spelling(const struct lexicon *lexicon, const char *text,
					size_t length);
/* A spelling of one word of at least seven letters from which this is one typing error away;
 * of what could be pinyin none. */
const struct word *lexicon_near(const struct lexicon *lexicon, const char *text, size_t length);
/* The most characters of a Chinese spelling. */
size_t lexicon_longest(const struct lexicon *lexicon);
/* The simplified form of a character, or itself. */
uint32_t lexicon_simplified(const struct lexicon *lexicon, uint32_t point);
/* The sound of a simplified character, or NULL; `surname`: as a surname is read. */
const char *lexicon_sound(const struct lexicon *lexicon, uint32_t point, bool surname);
/* How many characters at the front (1 or 2) are a surname, or 0. */
size_t lexicon_surname_characters(const struct lexicon *lexicon, const uint32_t *point,
				  size_t count);
/* The surnames of which this is a spelling, in Latin letters; NULL: none. */
const uint16_t *lexicon_surnames(const struct lexicon *lexicon, const char *text, size_t length);
/* Whether the text can be cut into syllables of pinyin. */
bool lexicon_is_pinyin(const struct lexicon *lexicon, const char *text, size_t length);
const struct kinds *lexicon_kinds(const struct lexicon *lexicon);
/* Whether two texts name one country: by any of its names or codes, or written alike. */
bool lexicon_same_country(const struct lexicon *lexicon, struct tw_text one, struct tw_text other);
/* Whether a program marks drugs. */
bool lexicon_is_drugs(const struct lexicon *lexicon, const char *program, size_t length);

#endif

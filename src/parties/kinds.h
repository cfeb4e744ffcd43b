/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds of identifiers as lists write them, and the identifiers that a text names. The phrases are
 * those of law/parties/identifiers.tsv.
 */
#ifndef TW_PARTIES_KINDS_H
#define TW_PARTIES_KINDS_H

#include "common/arena.h"
#include "tidewaiter.h"

enum { KINDS_PHRASES = 320 };

/* What a phrase is for. */
enum phrase_role {
	PHRASE_KIND,    /* names a kind */
	PHRASE_BEFORE,  /* stands before one, and is passed over */
	PHRASE_OTHER,   /* ends a kind that is none of those known: a number follows */
	PHRASE_NONE,    /* names what identifies nobody */
	PHRASE_LETTERS, /* a kind whose numbers may be letters alone */
	PHRASE_ALIAS    /* a name in quotes follows */
};

struct phrase {
	const char *text, *kind;
	size_t length;
	enum phrase_role role;
};

struct kinds {
	struct phrase phrase[KINDS_PHRASES];
	size_t count;
};

struct identifier {
	const char *kind; /* "": none of those known */
	struct tw_text number, country;
};

/* Takes a line of the table; false: no room, or no memory. */
bool kinds_add(struct kinds *kinds, struct arena *arena, struct tw_text kind,
	       struct tw_text phrases);

/* The kind that a text names, and nothing besides; NULL: none. */
const char *kinds_whole(const struct kinds *kinds, struct tw_text text);
/* The kind that a text begins with; NULL: none. */
const char *kinds_begin(const struct kinds *kinds, struct tw_text text);
/* Whether a text begins with what identifies nobody. */
bool kinds_is_none(const struct kinds *kinds, struct tw_text text);
/* "Passport A1234567 (Iran) expires 2027". */
bool kinds_prose(struct identifier *out, const struct kinds *kinds, struct tw_text part);
/* "Passport, A1234567, IR", in any order. */
bool kinds_cells(struct identifier *out, const struct kinds *kinds, struct tw_text text);
/* A name in quotes, as OFAC writes weak aliases: a.k.a. "THE EXAMPLE". */
bool kinds_alias(struct tw_text *name, const struct kinds *kinds, struct tw_text part);
/* Whether a number has a digit, or may do without. */
bool kinds_fit(const struct kinds *kinds, const char *kind, struct tw_text number);
/* The next kind after the i-th phrase, each once; NULL after the last. */
const char *kinds_next(const struct kinds *kinds, size_t *i);

#endif

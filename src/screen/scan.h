/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One reading of one text: the folded tokens, the section, and the questions
 * that the matcher's parts ask each other. Internal to the matcher.
 */
#ifndef TW_SCREEN_SCAN_H
#define TW_SCREEN_SCAN_H

#include "rulebook/names.h"
#include "screen/fold.h"
#include "screen/match.h"
#include "screen/trie.h"

#include <string.h>

/* Separators over which no name reaches. */
#define GAP_BREAKS (GAP_OTHER | GAP_SLASH | GAP_PERCENT)

struct scan {
	const struct section *section;
	const struct fold *fold;
	struct trie_view forward, backward;
	const struct section_value *values;
	const struct match_query *query;
	struct match_hit *hits;
	size_t count, capacity;
	size_t taken;     /* tokens before this one belong to hits */
	size_t absent;    /* a hit that is said not to be there ends before this token */
	size_t about;     /* a hit that other goods are about ends before this token */
	size_t cas_label; /* a CAS label ends before this token; 0 none */
	size_t un_label;
	bool read;     /* an identifier, or what should be one, was read */
	bool cas_seen; /* a sound CAS number, of the ledger or not */
};

/* Tokens [first, end) read as the key of a value. */
struct candidate {
	size_t first, end;
	uint32_t value;
	bool near;
};
struct sense {
	enum match_sense kind;
	const char *note;
};

static inline size_t token_length(const struct fold *fold, size_t token)
{
	return fold->token[token + 1].start - fold->token[token].start;
}
static inline bool gap_breaks(unsigned gap)
{
	/* A full stop and a blank; but a comma before a dot is that of ", .alpha.-". */
	return (gap & GAP_BREAKS) ||
	       (gap & (GAP_DOT | GAP_SPACE | GAP_COMMA)) == (GAP_DOT | GAP_SPACE);
}
static inline uint32_t load_four(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}
static inline bool tight(unsigned gap)
{
	return !(gap & GAP_SPACE);
}

/* match.c: the folded text that a scratch holds. */
struct fold *match_scratch_fold(struct match_scratch *scratch);

/* scan.c: the longest key from a token whose value has one of kinds; its end, 0 none. */
size_t scan_longest(const struct scan *scan, size_t from, uint64_t kinds, uint32_t *value);
/* The kinds of the key that is exactly tokens [from, end); 0 none. */
uint64_t scan_exact(const struct scan *scan, size_t from, size_t end);
/* All kinds of the words of at most four tokens that end before this token. */
uint64_t scan_before(const struct scan *scan, size_t end);
/* The token that starts (or the end that lies) at a key position, or SIZE_MAX. */
size_t scan_token_at(const struct fold *fold, size_t position);
/* One hit for each substance of a value. */
void scan_emit(struct scan *scan, const struct candidate *candidate, struct sense sense);
/* The same, weak whatever the sense. */
void scan_emit_weak(struct scan *scan, const struct candidate *candidate, struct sense sense);
void scan_emit_number(struct scan *scan, const struct match_hit *hit, size_t first, size_t end);

/* context.c: may a name stand here? */
bool context_allows(const struct scan *scan, const struct candidate *candidate);
/* The token ends in one of the endings. */
bool context_ends_with(const struct scan *scan, size_t token,
		       const struct section_endings *endings);
/* The word at this token is a chemical one by its ending, and no hit. */
bool context_other_chemical(const struct scan *scan, size_t token);

/* sense.c: what do the words around a name make of it? */
/* The token after salts and hydrates that follow a name. */
size_t context_after_salt(const struct scan *scan, size_t end);
struct sense context_sense(const struct scan *scan, const struct candidate *candidate);
/* The text speaks of chemicals elsewhere: abbreviations count. */
bool context_has_sign(const struct scan *scan);
/* Beside the name in tokens [first, end) stand only quantities, packings and grades. */
bool context_says_no_more(const struct scan *scan, size_t first, size_t end);
bool context_percent_after(const struct scan *scan, size_t end);
bool context_mass_after(const struct scan *scan, size_t end);
/* "4-aminopyridine (4-AP)": the abbreviation tokens [first, end) is another chemical's. */
bool context_is_explained_otherwise(const struct scan *scan, size_t first, size_t end);

/* compound.c: a name that the word at this token begins with; the token after it, or 0. */
size_t compound_take(struct scan *scan, size_t first);

/* machines.c: the same of names of equipment, which chemistry's rules do not concern. */
bool machines_allow(const struct scan *scan, const struct candidate *candidate);
struct sense machines_sense(const struct scan *scan, const struct candidate *candidate);
/* May a hit by an ambiguous name stand? */
bool machines_keep(const struct scan *scan, const struct match_hit *hit);

/* near.c: one typing error, looked for from a token's start on, or back from a token's end. */
bool near_forward(const struct scan *scan, size_t first, struct candidate *out);
bool near_backward(const struct scan *scan, size_t end, struct candidate *out);

/* numbers.c: the token after a number or key that starts at this token, 0 when none does. */
size_t numbers_cas(struct scan *scan, size_t first);
size_t numbers_un(struct scan *scan, size_t first);
size_t numbers_inchikey(struct scan *scan, size_t first);
size_t numbers_inchi(struct scan *scan, size_t first);
/* What a column of identifiers holds when no identifier was found in it. */
void numbers_unread(struct scan *scan);

#endif

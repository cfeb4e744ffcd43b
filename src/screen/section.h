/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of the matcher's section of the rulebook: two tries (names
 * forwards, long names backwards), what their values stand for, the numbers,
 * and the words about words. Offsets from the section's start, never
 * pointers. Internal to the matcher.
 */
#ifndef TW_SECTION_H
#define TW_SECTION_H

#include "match.h"
#include "normalise.h"
#include "trie.h"

#define SECTION_MAGIC UINT32_C(0x3148544d) /* "MTH1" */
#define SECTION_FILTER_BITS 15             /* filters hold 2^15 bits */
#define SECTION_FILTER_WORDS ((1u << SECTION_FILTER_BITS) / 64)
#define SECTION_NEAR_LETTERS 8 /* names of so many letters are found with one typing error */
#define SECTION_LOOSE_KEY 8    /* names of so long a key are found with blanks inside */

/* What a key is: bits. The words of law/substances/words.tsv after the first three. */
enum word_kind {
	WORD_NAME = 1 << 0,
	WORD_ABBREVIATION = 1 << 1,
	WORD_OTHER = 1 << 2, /* no name of ours, and no name inside it counts */
	WORD_ABSENT_BEFORE = 1 << 3,
	WORD_ABSENT_AFTER = 1 << 4,
	WORD_ABOUT = 1 << 5,
	WORD_PREFIX = 1 << 6, /* before a name it makes another compound */
	WORD_SUFFIX = 1 << 7, /* after a name it makes another compound */
	WORD_SALT = 1 << 8,
	WORD_PLAIN = 1 << 9, /* may be joined to a name and changes nothing */
	WORD_ISOMER = 1 << 10,
	WORD_SIGN = 1 << 11, /* speaks of chemicals */
	WORD_POWDER = 1 << 12,
	WORD_UNIT = 1 << 13, /* of mass */
	WORD_CAS = 1 << 14,  /* "CAS No" */
	WORD_UN = 1 << 15,
	WORD_LABELLED = 1 << 16, /* isotope marks */
	WORD_PREFIX_ENDING =
	    (1 << 17) + 3, /* kept as endings, not in the trie: no bits of their own */
	WORD_SUFFIX_ENDING = (1 << 17) + 1,
	WORD_DERIVATIVE_ENDING = (1 << 17) + 4,
	WORD_FAMILY = 1 << 20,       /* inside a longer name it shows a derivative */
	WORD_JOIN = 1 << 21,         /* "and": goes on with a list */
	WORD_EITHER = 1 << 22,       /* "or": the same, and what turned the first turns the rest */
	WORD_ABOUT_BEFORE = 1 << 23, /* "resistant to": also turns a whole list after it */
	WORD_GEAR = 1 << 24,         /* a hose, a bottle: not the substance it is for */
	WORD_FOR = 1 << 25,
	WORD_EMPTY = 1 << 26,
	WORD_ALONE = 1 << 17,      /* an abbreviation that counts when the text says no more */
	WORD_ACID = 1 << 27,       /* an acid whose salts and esters no list names */
	WORD_COMPOUND = 1 << 28,   /* "salt", "ester": after such an acid */
	WORD_METAL = 1 << 29,      /* may stand between the two */
	WORD_PAIR = (1 << 17) + 2, /* "ine|one": both spellings are chemicals; not in the trie */
	/* law/equipment */
	WORD_MACHINE = 1 << 18,      /* a name of equipment, beside NAME or ABBREVIATION */
	WORD_MACHINE_SIGN = 1 << 19, /* beside it an ambiguous name counts */
	WORD_MACHINE_OTHER = 1 << 30 /* makes other goods of it */
};
/* A packing, or what is said of its content: "drum", "in", "with". Beyond the range of an enum. */
#define WORD_HOLDS (UINT32_C(1) << 31)
#define WORD_START (WORD_NAME | WORD_ABBREVIATION | WORD_OTHER | WORD_CAS | WORD_UN)

#define SECTION_NESTED 32 /* names on the way to a longer one; the compiler holds it */

/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct section_span {
	uint32_t at, count; /* bytes from the section's start; elements */
};
/* What a trie value stands for. */
struct section_value {
	uint32_t kinds;
	uint32_t first, count; /* entries */
	uint32_t tight;        /* the name is written without blanks and too short to allow one */
	uint32_t near; /* may be found with a typing error; one more than the name's blanks */
};
struct section_entry {
	uint32_t substance, name; /* index in names */
};
struct section_number {
	uint64_t number; /* CAS number, UN number */
	uint32_t substance, pad;
};
struct section_key {
	char text[28]; /* InChIKey, upper case, terminated */
	uint32_t substance;
};
struct section {
	uint32_t magic, size;
	struct section_span forward, backward; /* struct trie_cell */
	struct section_span values, entries;
	struct section_span names;     /* uint32_t: offset into texts, terminated */
	struct section_span keys;      /* uint32_t: folded names likewise */
	struct section_span owners;    /* uint32_t: substance of each name */
	struct section_span texts;     /* bytes; the last one is 0 */
	struct section_span cas, un;   /* struct section_number, sorted */
	struct section_span inchikeys; /* struct section_key, sorted */
	struct section_span prefix_endings, suffix_endings, derivative_endings, pairs,
	    families;                          /* uint32_t: offsets into texts */
	uint64_t shorts[SECTION_FILTER_WORDS]; /* first three bytes of what a token of up to three
						 bytes can begin */
	uint64_t starts[SECTION_FILTER_WORDS]; /* first four bytes of what a longer one can begin */
	uint64_t ends[SECTION_FILTER_WORDS];   /* last four bytes of long names */
};

#pragma GCC diagnostic pop

static inline const void *section_at(const struct section *section, struct section_span span)
{
	return (const char *)section + span.at;
}
static inline struct trie_view section_trie(const struct section *section, struct section_span span)
{
	return (struct trie_view){section_at(section, span), span.count};
}
static inline const char *section_text(const struct section *section, uint32_t offset)
{
	return (const char *)section_at(section, section->texts) + offset;
}
static inline uint32_t section_filter(uint32_t bytes)
{
	return bytes * UINT32_C(0x9e3779b1) >> (32 - SECTION_FILTER_BITS);
}
static inline bool section_filter_has(const uint64_t *filter, uint32_t bytes)
{
	uint32_t bit = section_filter(bytes);
	return filter[bit / 64] >> bit % 64 & 1;
}

#endif

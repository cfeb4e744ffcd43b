/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of the matcher's section of the rulebook: two tries (names
 * forwards, long names backwards), what their values stand for, the numbers,
 * and the words about words. Offsets from the section's start, never
 * pointers. Read by screen/match.h.
 */
#ifndef TW_RULEBOOK_NAMES_H
#define TW_RULEBOOK_NAMES_H

#include "rulebook/trie.h"
#include "tidewaiter.h"

enum match_kind {
	MATCH_NAME,         /* counts wherever it stands as a word */
	MATCH_STRICT,       /* the same, never with a typing error */
	MATCH_ABBREVIATION, /* counts beside a second chemical sign only */
	MATCH_ALONE,        /* also where nothing but quantities and packings stand beside it */
	MATCH_EVERYDAY, /* an everyday word too: beside a percentage, a CAS number or a chemical */
	MATCH_CAS,      /* "41661-47-6" */
	MATCH_UN,       /* "UN1715" */
	MATCH_INCHIKEY, /* 27 characters */
	MATCH_MACHINE,  /* of equipment: counts wherever it stands; a hit is MATCH_NAME */
	MATCH_MACHINE_WORD, /* an ambiguous one; a hit is MATCH_ABBREVIATION */
	MATCH_INCHI,        /* hits only: a string that begins "InChI=" */
	/* Hits only, on no substance: what should be an identifier and is none; note says why. */
	MATCH_BAD_CAS,      /* the text calls it a CAS number, the check digit is wrong */
	MATCH_DATE,         /* a date where a CAS number should stand */
	MATCH_BAD_INCHIKEY, /* "the column" or the word before calls it a key */
	MATCH_BAD_INCHI
};

#define SECTION_MAGIC UINT32_C(0x3648544d) /* "MTH6" */
#define SECTION_FILTER_BITS 15             /* filters hold 2^15 bits */
#define SECTION_FILTER_WORDS ((1u << SECTION_FILTER_BITS) / 64)
#define SECTION_BEGIN_BITS 17 /* what can begin a hit: 2^17 bits */
#define SECTION_BEGIN_WORDS ((1u << SECTION_BEGIN_BITS) / 64)
#define SECTION_BRIEF_WORDS (1024 / 64)
#define SECTION_PREFIX_BITS 18
#define SECTION_PREFIX_WORDS ((1u << SECTION_PREFIX_BITS) / 64)
#define SECTION_MISSPELT_BITS 19
#define SECTION_MISSPELT_WORDS ((1u << SECTION_MISSPELT_BITS) / 64)
#define SECTION_NEAR_LETTERS 8 /* names of so many letters are found with one typing error */
#define SECTION_LOOSE_KEY 8    /* names of so long a key are found with blanks inside */

/* What a key is: bits of 64. The words of law/substances/words.tsv after the first three. */
#define WORD_BIT(n) (UINT64_C(1) << (n))
#define WORD_NAME WORD_BIT(0)
#define WORD_ABBREVIATION WORD_BIT(1)
#define WORD_OTHER WORD_BIT(2) /* no name of ours, and no name inside it counts */
#define WORD_ABSENT_BEFORE WORD_BIT(3)
#define WORD_ABSENT_AFTER WORD_BIT(4)
#define WORD_ABOUT WORD_BIT(5)
#define WORD_PREFIX WORD_BIT(6) /* before a name it makes another compound */
#define WORD_SUFFIX WORD_BIT(7) /* after a name it makes another compound */
#define WORD_SALT WORD_BIT(8)
#define WORD_PLAIN WORD_BIT(9) /* may be joined to a name and changes nothing */
#define WORD_ISOMER WORD_BIT(10)
#define WORD_SIGN WORD_BIT(11) /* speaks of chemicals */
#define WORD_POWDER WORD_BIT(12)
#define WORD_UNIT WORD_BIT(13) /* of mass */
#define WORD_CAS WORD_BIT(14)  /* "CAS No" */
#define WORD_UN WORD_BIT(15)
#define WORD_LABELLED WORD_BIT(16)     /* isotope marks */
#define WORD_ALONE WORD_BIT(17)        /* an abbreviation that counts when the text says no more */
#define WORD_FAMILY WORD_BIT(20)       /* inside a longer name it shows a derivative */
#define WORD_JOIN WORD_BIT(21)         /* "and": goes on with a list */
#define WORD_EITHER WORD_BIT(22)       /* "or": the same; what turned the first turns the rest */
#define WORD_ABOUT_BEFORE WORD_BIT(23) /* "resistant to": also turns a whole list after it */
#define WORD_GEAR WORD_BIT(24)         /* a hose, a bottle: not the substance it is for */
#define WORD_FOR WORD_BIT(25)
#define WORD_EMPTY WORD_BIT(26)
#define WORD_ACID WORD_BIT(27)     /* an acid whose salts and esters no list names */
#define WORD_COMPOUND WORD_BIT(28) /* "salt", "ester": after such an acid */
#define WORD_METAL WORD_BIT(29)    /* may stand between the two */
#define WORD_HOLDS WORD_BIT(31)    /* a packing, or what is said of its content: "drum", "with" */
#define WORD_PARTICLE WORD_BIT(32) /* an ending of grammar joined to a name: 을, の */
#define WORD_TESTED WORD_BIT(33)   /* after a name, of gloves or hoses: tried against it */
#define WORD_ARTICLE WORD_BIT(34)  /* goods that hold an acid to work: a battery */
#define WORD_ARTICLE_NOT WORD_BIT(35) /* behind such a word: "battery acid", "battery grade" */
#define WORD_EVERYDAY WORD_BIT(36)    /* a name and an everyday word: only beside chemistry */
#define WORD_FILLED WORD_BIT(37)      /* behind the acid of such goods: "filled" */
#define WORD_KIT WORD_BIT(38)         /* "drug test": names anywhere after it are what it finds */
/* law/equipment */
#define WORD_MACHINE WORD_BIT(18)       /* a name of equipment, beside NAME or ABBREVIATION */
#define WORD_MACHINE_SIGN WORD_BIT(19)  /* beside it an ambiguous name counts */
#define WORD_MACHINE_OTHER WORD_BIT(30) /* makes other goods of it */
/* On the way into the section alone: no typing error; and what is kept as endings or pairs. */
#define WORD_STRICT WORD_BIT(59)
#define WORD_PREFIX_ENDING WORD_BIT(60)
#define WORD_SUFFIX_ENDING WORD_BIT(61)
#define WORD_DERIVATIVE_ENDING WORD_BIT(62)
#define WORD_PAIR WORD_BIT(63) /* "ine|one": both spellings are chemicals */
#define WORD_START (WORD_NAME | WORD_ABBREVIATION | WORD_OTHER | WORD_CAS | WORD_UN)

/* What can be, or begin, a hit; the other words forbid one or tell of it. */
#define WORD_HIT (WORD_NAME | WORD_ABBREVIATION | WORD_CAS | WORD_UN)

#define SECTION_NESTED 32 /* names on the way to a longer one; the compiler holds it */

/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct section_span {
	uint32_t at, count; /* bytes from the section's start; elements */
};
struct section_trie {
	struct section_span cells, notes; /* uint32_t, see trie.h */
};
/* Endings of words. */
struct section_endings {
	struct section_span list; /* uint32_t: offsets into texts */
	uint64_t
	    lasts[SECTION_BRIEF_WORDS]; /* section_brief of their last byte and the one before */
};
/* What a trie value stands for. */
struct section_value {
	uint64_t kinds;
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
	struct section_trie forward, backward;
	struct section_span letters; /* uint32_t: sets of letters of both tries */
	struct section_span values, entries;
	struct section_span names;     /* uint32_t: offset into texts, terminated */
	struct section_span keys;      /* uint32_t: folded names likewise */
	struct section_span owners;    /* uint32_t: substance of each name */
	struct section_span texts;     /* bytes; the last one is 0 */
	struct section_span cas, un;   /* struct section_number, sorted */
	struct section_span inchikeys; /* struct section_key, sorted */
	struct section_endings prefix_endings, suffix_endings, derivative_endings;
	struct section_span pairs, families;   /* uint32_t: offsets into texts */
	uint64_t shorts[SECTION_FILTER_WORDS]; /* first three bytes of what a token of up to three
						 bytes can begin */
	uint64_t starts[SECTION_FILTER_WORDS]; /* first four bytes of what a longer one can begin */
	uint64_t ends[SECTION_FILTER_WORDS];   /* last four bytes of long names */
	/* What screen/filter.c asks before anything is matched; never less than can be a hit. */
	uint64_t begins[SECTION_BEGIN_WORDS]; /* first four bytes of keys of kind WORD_HIT; of those
						 found with a typing error also with the fourth and
						 the fifth exchanged */
	uint64_t briefs[SECTION_BRIEF_WORDS]; /* section_brief of the keys of up to three bytes */
	uint64_t prefixes[SECTION_PREFIX_WORDS]; /* first eight bytes of keys of kind WORD_HIT, all
						    of a shorter one */
	uint64_t misspelt[SECTION_MISSPELT_WORDS]; /* section_spelling of what is found with a
						      typing error, from either end */
};

#pragma GCC diagnostic pop

static inline const void *section_at(const struct section *section, struct section_span span)
{
	return (const char *)section + span.at;
}
static inline struct trie_view section_trie(const struct section *section,
					    const struct section_trie *trie)
{
	return (struct trie_view){.cell = section_at(section, trie->cells),
				  .note = section_at(section, trie->notes),
				  .letters = section_at(section, section->letters),
				  .count = trie->cells.count};
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

static inline uint32_t section_hash(uint64_t bytes, unsigned bits)
{
	return (uint32_t)(bytes * UINT64_C(0x9e3779b97f4a7c15) >> (64 - bits));
}
/* What the first two bytes of a key of three say of it; of a key of one, whatever follows. */
static inline uint32_t section_brief(uint32_t bytes)
{
	return (bytes & 31) << 5 | (bytes >> 8 & 31);
}
static inline bool section_bit(const uint64_t *filter, uint32_t bit)
{
	return filter[bit / 64] >> bit % 64 & 1;
}

/*
 * What a typing error leaves of the first bytes, from one end, of a key or a
 * text: those of a window without one of them, or without the last. A name and
 * a misspelt text of it, alike to the third byte and not exchanged before the
 * fourth, share one: of the name without its fifth byte or a later one, of the
 * text without its fourth or a later one. A text may be a byte shorter than the
 * window. All names are kept by the short window, and once more, as SECTION_FULL,
 * by the longest that they fill. Two bits of one word stand for each. Bytes are loaded
 * little-endian, the first one read is the lowest, and zeros lie behind the last.
 */
#define SECTION_WINDOW 8
#define SECTION_LONG_WINDOW 12
#define SECTION_LEFT_OUT 4 /* the first byte of a name that may be left out */
enum section_spelling { SECTION_SOME, SECTION_FULL };
struct section_bits {
	uint32_t word;
	uint64_t bits;
};
static inline struct section_bits section_spelling(unsigned __int128 bytes, unsigned window,
						   unsigned left_out, bool back,
						   enum section_spelling kept)
{
	const unsigned __int128 one = 1;
	uint64_t mixed = (uint64_t)back << 63 ^ (uint64_t)window << 57 ^ (uint64_t)kept << 62;
	if (window <= 8) { /* the same in half the width */
		uint64_t low = (UINT64_C(1) << 8 * left_out) - 1;
		uint64_t all = (UINT64_C(1) << 8 * (window - 1)) - 1, eight = (uint64_t)bytes;
		mixed ^= ((eight & low) | (eight >> 8 & ~low)) & all;
	} else {
		unsigned __int128 low = (one << 8 * left_out) - 1;
		unsigned __int128 all = (one << 8 * (window - 1)) - 1;
		unsigned __int128 left = ((bytes & low) | (bytes >> 8 & ~low)) & all;
		mixed ^= (uint64_t)left ^ (uint64_t)(left >> 64) * UINT64_C(0xd6e8feb86659fd93);
	}
	uint32_t hash = section_hash(mixed, SECTION_MISSPELT_BITS + 6);
	return (struct section_bits){hash >> 12, UINT64_C(1) << hash % 64 | UINT64_C(1)
										<< hash / 64 % 64};
}

/* Bounds of everything in a section, once; no other function checks again. */
bool match_check(const void *section, size_t size);

#endif

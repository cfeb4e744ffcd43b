/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The duty sections of a rulebook: fixed-width records, indexes in place of
 * pointers, texts as offsets into the section of strings (offset 0 is "").
 * Written by src/compiler, read by src/assess. Opening checks every
 * index once (layout.c); after that all are trusted.
 *
 * Time is cut into epochs at all instants at which anything changes. In an
 * epoch, codes that the same measures touch are the same goods, origins that the
 * same measures touch share a column: epoch x goods gives a row, row x column
 * gives a docket, a short list of items in the order in which they are heard.
 * What repeats stands once: a row is made of strips of eight columns, a docket
 * of two chains, a chain of links, each the items of one program. Their tables
 * hold narrow numbers (narrow.h).
 */
#ifndef TW_RULEBOOK_LAYOUT_H
#define TW_RULEBOOK_LAYOUT_H

#include "rulebook/narrow.h"
#include "rulebook/rulebook.h"

#define RB_NONE UINT32_MAX
#define RB_PARTS 8 /* parts of a value, the last is what remains */
#define RB_REST (RB_PARTS - 1)
#define RB_ALL ((uint8_t)0xff)
#define RB_CLAIMS 192 /* upper bound of claims */
#define RB_DOCKET 256 /* upper bound of items in one docket */
#define RB_SLACK 8u   /* items copied at a time; as many stand behind the last */
#define RB_STRIP 8u   /* columns of one strip */

/* Upper bounds of numerators and denominators, so that no product of a rate, a unit and an
   amount leaves 128 bits. */
#define RB_RATE_LIMIT (INT64_C(1) << 32)
#define RB_UNIT_LIMIT (INT64_C(1) << 40)

#define RB_TAG_STRINGS RULEBOOK_TAG('S', 'T', 'R', 'S')
#define RB_TAG_LAW RULEBOOK_TAG('L', 'A', 'W', ' ')
#define RB_TAG_INSTRUMENTS RULEBOOK_TAG('I', 'N', 'S', 'T')
#define RB_TAG_PROGRAMS RULEBOOK_TAG('P', 'R', 'O', 'G')
#define RB_TAG_MEASURES RULEBOOK_TAG('M', 'E', 'A', 'S')
#define RB_TAG_YIELDS RULEBOOK_TAG('Y', 'I', 'E', 'L')
#define RB_TAG_NODES RULEBOOK_TAG('N', 'O', 'D', 'E')
#define RB_TAG_ATOMS RULEBOOK_TAG('A', 'T', 'O', 'M')
#define RB_TAG_INDEXES                                                                             \
	RULEBOOK_TAG('I', 'N', 'D', 'X') /* u32 lists referred to by first, count                  \
					  */
#define RB_TAG_RATES RULEBOOK_TAG('R', 'A', 'T', 'E')
#define RB_TAG_TERMS RULEBOOK_TAG('T', 'E', 'R', 'M')
#define RB_TAG_SPECIALS RULEBOOK_TAG('S', 'P', 'E', 'C')
#define RB_TAG_UNITS RULEBOOK_TAG('U', 'N', 'I', 'T')
#define RB_TAG_SPELLINGS RULEBOOK_TAG('U', 'S', 'P', 'L')
#define RB_TAG_COUNTRIES RULEBOOK_TAG('C', 'T', 'R', 'Y')
#define RB_TAG_COUNTRY_NAMES RULEBOOK_TAG('C', 'N', 'A', 'M')
#define RB_TAG_CLAIMS RULEBOOK_TAG('C', 'L', 'A', 'M')
#define RB_TAG_JURISDICTIONS RULEBOOK_TAG('J', 'U', 'R', 'I')
#define RB_TAG_PREFERENCES RULEBOOK_TAG('P', 'R', 'E', 'F')
#define RB_TAG_LEAVES RULEBOOK_TAG('L', 'E', 'A', 'F')
#define RB_TAG_BASES RULEBOOK_TAG('B', 'A', 'S', 'E')
#define RB_TAG_SEASONS RULEBOOK_TAG('S', 'E', 'A', 'S')
#define RB_TAG_EPOCHS RULEBOOK_TAG('E', 'P', 'O', 'C')
#define RB_TAG_ROWS RULEBOOK_TAG('R', 'O', 'W', 'S')
#define RB_TAG_CELLS RULEBOOK_TAG('C', 'E', 'L', 'L')
#define RB_TAG_STRIPS RULEBOOK_TAG('S', 'T', 'R', 'P')
#define RB_TAG_DOCKETS RULEBOOK_TAG('D', 'O', 'C', 'K')
#define RB_TAG_CHAINS RULEBOOK_TAG('C', 'H', 'A', 'I')
#define RB_TAG_CHAIN_LINKS RULEBOOK_TAG('C', 'L', 'N', 'K')
#define RB_TAG_LINKS RULEBOOK_TAG('L', 'I', 'N', 'K')
#define RB_TAG_CLAIM_SETS RULEBOOK_TAG('C', 'S', 'E', 'T')
#define RB_TAG_ITEMS RULEBOOK_TAG('I', 'T', 'E', 'M')
/* Of these a rulebook may know nothing. */
#define RB_TAG_MOVES RULEBOOK_TAG('M', 'O', 'V', 'E')
#define RB_TAG_RENUMBERED RULEBOOK_TAG('R', 'E', 'N', 'U')
#define RB_TAG_ADCVD RULEBOOK_TAG('A', 'D', 'C', 'V')
#define RB_TAG_ADCVD_ORDERS RULEBOOK_TAG('A', 'D', 'O', 'R')
#define RB_TAG_ADCVD_CODES RULEBOOK_TAG('A', 'D', 'C', 'O')
#define RB_TAG_ADCVD_SETS RULEBOOK_TAG('A', 'D', 'S', 'E')

/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
/* A run of indexes in the section of indexes. */
struct rb_span {
	uint32_t first, count;
};

struct rb_law {
	uint32_t edition;
	int32_t coverage_first, coverage_last; /* days since 1970, local, inclusive */
	char into[4]; /* two letters: where goods are imported of which nothing is said */
};

struct rb_instrument {
	uint32_t id, title, kind, cite, url, reserved;
	int64_t known;
};

struct rb_program {
	uint32_t id, title;
	uint32_t jurisdiction;
	uint32_t void_by; /* instrument or RB_NONE */
	int64_t void_until;
	uint32_t whole; /* node or RB_NONE */
	int32_t order;
	uint8_t kind;  /* enum law_kind */
	uint8_t color; /* enum law_color */
	uint8_t reserved[6];
};

struct rb_measure {
	uint32_t id, title, heading, heading_reached, note;
	uint32_t program;
	uint32_t when; /* node or RB_NONE */
	uint32_t by;   /* instrument */
	uint32_t rate; /* rate or RB_NONE */
	uint32_t rate_text;
	uint32_t choice_claim, choice_is; /* claim or RB_NONE; text */
	uint32_t word;
	uint32_t confidence_text;
	int64_t from, until;
	int64_t most_num, most_den; /* the part is at most this share of the value; 0: any */
	int64_t limit, fee_min, fee_max;
	uint8_t effect;   /* enum law_effect */
	uint8_t instead;  /* enum law_instead */
	uint8_t per;      /* enum law_per */
	uint8_t limit_of; /* enum law_fact: an amount, or the time of RATES_OF */
	uint8_t parts;    /* mask of the parts it falls on */
	uint8_t confidence;
	uint8_t drawback;
	uint8_t flags;          /* RB_FTZ_ENTRY … */
	uint32_t unknown_scope; /* text or 0 */
	struct rb_span settled; /* RATES_OF: programs; its confidence does not touch them */
	uint32_t say;           /* FILED: text or 0 */
	uint8_t pays;           /* FILED: enum law_pays */
	uint8_t reserved[7];
};
#define RB_FTZ_ENTRY 1
#define RB_OVER_COLUMN1 2
#define RB_ROUND_EXACT 4
#define RB_OF_DUTIABLE 8
#define RB_OF_DUTY_PAID 16

struct rb_yield {
	uint32_t program;
	uint32_t when;
	uint32_t heading;
	uint32_t by;
	struct rb_span programs, measures, of;
	uint8_t for_part;
	uint8_t reserved[7];
};

/* A condition: ALL and ANY have a span of nodes, NOT one, ATOM an atom's index. */
struct rb_node {
	uint32_t kind; /* enum law_node_kind */
	struct rb_span child;
	uint32_t reserved;
};
struct rb_atom {
	uint8_t fact, op, operand, other; /* enum law_fact, law_operator, law_operand, law_fact */
	uint32_t claim, other_claim;
	struct rb_span words; /* texts, lower case */
	uint32_t reserved;
	int64_t num, den;
};

struct rb_rate {
	uint32_t kind; /* enum law_rate_kind */
	struct rb_span terms;
	uint32_t text, reason, reserved;
};
struct rb_term {
	uint32_t kind;  /* enum law_term_kind */
	uint32_t unit;  /* unit of a specific rate; RB_NONE: a flat amount */
	uint32_t basis; /* claim or RB_NONE */
	uint32_t join;  /* enum law_join */
	int64_t num, den, above;
};
struct rb_special {
	uint32_t symbol, rate;
};
struct rb_unit {
	uint32_t name, dimension;
	int64_t num, den;
};
struct rb_spelling { /* sorted by text */
	uint32_t text, unit;
};
struct rb_country { /* sorted by code as in the law; index = country */
	char iso2[4], iso3[4];
	uint32_t name;
};

struct rb_country_name {        /* sorted by text, which is folded by country_fold */
	uint32_t text, country; /* RB_NONE: a union of several */
	struct rb_span members; /* of a union: countries in the section of indexes */
};

/* Claims are sorted by name. */
struct rb_claim {
	uint32_t name, title, assume;
	struct rb_span words, spi;
	struct rb_span remind_low, remind_high; /* code ranges / 10^6; count 0: all codes */
	uint8_t type;                           /* enum law_claim_type */
	uint8_t part;                           /* part, or 0xff */
	uint8_t group;                          /* of the part: 1 or 2 */
	uint8_t unknown;
	uint8_t remind;
	uint8_t whole; /* the part is the whole value when its group is not declared */
	uint8_t reserved[2];
};

struct rb_preference {
	uint32_t symbol, title, by;
	uint8_t confidence, all, reserved[2];
	int64_t from, until;
	uint64_t origins[5];
};

struct rb_jurisdiction {
	char code[4];
	uint32_t title, currency, base_program, base_order; /* title: as a sentence says it */
	uint32_t zone;                                      /* enum time_zone */
	uint32_t conversion;  /* instrument by which another currency is converted, or RB_NONE */
	uint32_t no_schedule; /* text: of what a base schedule would be, and who has it */
	int64_t round_value, round_duty;
	uint64_t column2[5];
	uint64_t members[5];     /* countries of a union: goods into one go into it */
	struct rb_span editions; /* in the section of indexes: pairs of an hour since 1970 and the
				    instrument from then on */
	struct rb_span preferences; /* in the section of preferences */
	int64_t schedule_from;      /* the schedule says which numbers there are, from then on */
	/* Texts in the section of indexes; what is not covered before the schedule, and from then
	 * on. */
	struct rb_span before_covered, not_covered, missing;
	struct rb_span leaves;  /* in the section of leaves, sorted */
	struct rb_span seasons; /* in the section of seasons, sorted by code */
	struct rb_span epochs;  /* in the section of epochs */
	struct rb_span
	    columns; /* in the section of indexes: column of each country, then of no country */
	uint32_t goods_count, column_count;
	uint32_t rows;         /* first row entry: epoch x goods_count + goods */
	uint32_t strips;       /* first strip entry: row x strips of a row + column / RB_STRIP */
	uint32_t has_schedule; /* or RB_ESTIMATE */
	uint32_t open_numbers; /* of the schedule: it prints no statistical numbers */
	uint32_t adcvd, reserved2;     /* in the section of that name, or RB_NONE */
	uint32_t part_names[RB_PARTS]; /* texts */
};

#define RB_ESTIMATE 2 /* what the schedule says is an estimate: of another year */

/* A run of codes of the same goods: with a schedule one tariff line, else an interval, of which
   with open numbers several may lie in a line. Ten-digit numbers, see rb_low and rb_high. Behind
   those of a jurisdiction stands one more, where the codes end. */
struct rb_leaf {
	uint32_t eight; /* the lowest, without its last two digits */
	uint32_t goods;
	uint32_t base_first;                    /* periods, in the section of bases */
	uint8_t base_count, two, digits, width; /* width: codes, 0: up to the next leaf. digits: 8
						   or 10; without schedule those of the longest code
						   that the law names around it, 0: none */
};
#define RB_PERIODS UINT8_MAX /* upper bound of periods of a leaf */
/* What the schedule prints for a leaf in a period. */
struct rb_base {
	int64_t from, until;
	uint32_t general, column2; /* rates */
	struct rb_span specials;   /* in the section of specials */
	uint32_t unit1, unit2;     /* units or RB_NONE */
	uint32_t unit1_text, unit2_text;
	uint32_t flags, reserved;
};
#define RB_EXCISE 1
#define RB_UNSURE 2 /* of the print */
#define RB_BASE_FLAGS 3

/* Days of the year on which a line takes a product, sorted by code. */
struct rb_season {
	uint32_t code;          /* 8 digits */
	uint32_t product;       /* numbers the products of the jurisdiction */
	uint32_t name;          /* of the product */
	uint32_t when;          /* node or RB_NONE */
	uint16_t from, through; /* month * 100 + day, both counted; 229: the last of February */
	uint32_t flags;
};
#define RB_SEASON_IMPORTED 1 /* takes only what was imported in these days too */
#define RB_SEASON_OPEN 2     /* the rest of the year, and itself open all year */

/* An act by which something of a program begins or ends, sorted by the instant. */
struct rb_move {
	int64_t at;
	uint32_t program;
	uint32_t measure; /* RB_NONE: a row of a list, a rule of precedence, the collection */
	uint32_t by;      /* instrument */
	uint32_t reserved;
};

/* A number of ten digits that was given up for others, sorted by jurisdiction, number and day. */
struct rb_renumbered {
	int64_t on;
	uint64_t code;
	uint32_t jurisdiction, reserved;
	struct rb_span to; /* in the section of indexes, pairs: the number without its last two
			      digits, and these */
};

/* The antidumping and countervailing orders that a jurisdiction looks for. */
struct rb_adcvd {
	struct rb_span orders;          /* in the section of orders, by case number */
	struct rb_span codes;           /* in the section of codes; the last is where they end */
	uint32_t claim, rate, exporter; /* claims */
	uint32_t by;                    /* instrument */
	uint32_t meets, incomplete, unread, reserved; /* texts */
	uint64_t whole[5];                            /* origins of which the list is whole */
};
struct rb_adcvd_order {
	uint32_t id, product, cite;
	uint32_t origin;    /* country */
	uint8_t state;      /* enum law_adcvd_state */
	uint8_t confidence; /* enum law_confidence */
	uint8_t reserved[6];
	int64_t from, until;
};
/* From this code on to the next of these: which orders name it. */
struct rb_adcvd_code {
	uint32_t eight, two;   /* of ten digits */
	struct rb_span orders; /* in the section of sets: indexes of orders, ascending */
};

/* Claims that any condition of a chain names. */
struct rb_claim_set {
	uint64_t claims[RB_CLAIMS / 64];
};
#pragma GCC diagnostic pop

/* An item: a measure or a yield, with RB_ITEM_YIELD set. A link has the items of one program, at
   least one. */
#define RB_ITEM_YIELD UINT32_C(0x80000000)

/* Fields of the tables. Signatures say when two dockets lay the same duties. */
enum {
	RB_DOCKET_ITEMS, /* chain: prohibitions and duties */
	RB_DOCKET_TAIL,  /* chain: exemptions, entry types, fees */
	RB_DOCKET_ALL,   /* equal when duties, mail and exemptions are equal */
	RB_DOCKET_FIELDS
};
enum {
	RB_CHAIN_LINKS,  /* its first link */
	RB_CHAIN_DUTIES, /* equal when duty and prohibition items are equal, mail apart */
	RB_CHAIN_CLAIMS, /* set of the claims that any condition of it names */
	RB_CHAIN_FIELDS
};

/* The open rulebook: the sections as arrays. */
struct rb {
	const char *strings;
	const struct rb_law *law;
	const struct rb_instrument *instruments;
	const struct rb_program *programs;
	const struct rb_measure *measures;
	const struct rb_yield *yields;
	const struct rb_node *nodes;
	const struct rb_atom *atoms;
	const uint32_t *indexes;
	const struct rb_rate *rates;
	const struct rb_term *terms;
	const struct rb_special *specials;
	const struct rb_unit *units;
	const struct rb_spelling *spellings;
	const struct rb_country *countries;
	const struct rb_country_name *country_names;
	const struct rb_claim *claims;
	const struct rb_jurisdiction *jurisdictions;
	const struct rb_preference *preferences;
	const struct rb_leaf *leaves;
	const struct rb_base *bases;
	const struct rb_season *seasons;
	const int64_t *epochs;
	struct narrow row;   /* of an epoch and goods: its row */
	struct narrow strip; /* of a row and eight columns: its strip */
	struct narrow cell;  /* of a strip and a column: the docket */
	struct narrow docket[RB_DOCKET_FIELDS];
	struct narrow chain[RB_CHAIN_FIELDS]; /* one more than there are, where links end */
	struct narrow chain_link;             /* of a chain: its links, one after the other */
	struct narrow link;                   /* the first item; one more than there are */
	const uint32_t *items;
	const struct rb_claim_set *claim_sets;
	const struct rb_move *moves;
	const struct rb_renumbered *renumbered;
	const struct rb_adcvd *adcvd;
	const struct rb_adcvd_order *adcvd_orders;
	const struct rb_adcvd_code *adcvd_codes;
	const uint32_t *adcvd_sets;
	size_t string_bytes;
	uint32_t instrument_count, program_count, measure_count, yield_count, node_count,
	    atom_count, index_count, rate_count, term_count, special_count, unit_count,
	    spelling_count, country_count, country_name_count, claim_count, jurisdiction_count,
	    preference_count, leaf_count, base_count, season_count, epoch_count, row_count,
	    strip_count, cell_count, docket_count, chain_count, chain_link_count, link_count,
	    item_count, claim_set_count, move_count, renumbered_count, adcvd_count,
	    adcvd_order_count, adcvd_code_count, adcvd_set_count;
};

/* Fill from the sections; checks every index, offset and span. */
int layout_open(struct rb *out, const tw_rulebook *rulebook, struct tw_error *error);
/* The same without the checks, for the rulebook that this build made itself. */
int layout_trust(struct rb *out, const tw_rulebook *rulebook, struct tw_error *error);
/* The layout of an open rulebook; tw_rulebook_open filled it. */
const struct rb *rulebook_layout(const tw_rulebook *rulebook);

/* The codes of a leaf: [low, high). */
static inline uint64_t rb_low(const struct rb_leaf *leaf)
{
	return UINT64_C(100) * leaf->eight + leaf->two;
}
static inline uint64_t rb_high(const struct rb_leaf *leaf)
{
	return leaf->width == 0 ? rb_low(leaf + 1) : rb_low(leaf) + leaf->width;
}

static inline uint64_t rb_adcvd_low(const struct rb_adcvd_code *code)
{
	return UINT64_C(100) * code->eight + code->two;
}

/* The jurisdiction into which goods go: of that code, in any case, or a union of which it is a
   member; NULL: the law has none. */
const struct rb_jurisdiction *rb_jurisdiction_into(const struct rb *rb, const char code[2]);

static inline const char *rb_text(const struct rb *rb, uint32_t offset)
{
	return rb->strings + offset;
}

#endif

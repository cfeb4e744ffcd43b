/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from a rulebook alone and is asked for every line: made once
 * with an assessor. Holds no fact of any line.
 */
#ifndef TW_ASSESS_TABLES_H
#define TW_ASSESS_TABLES_H

#include "assess/steps.h"
#include "common/instant.h"
#include "rulebook/docket.h"

enum { TABLES_CHANNELS = 3, TABLES_TRANSPORTS = 4 };
extern const char *const tables_channels[TABLES_CHANNELS + 1];
extern const char *const tables_transports[TABLES_TRANSPORTS + 1];

#define TABLES_HEADINGS 10001 /* and the end */
#define CLAIM_WORDS (RB_CLAIMS / 64)

struct claim_set {
	uint64_t word[CLAIM_WORDS];
};

/*
 * Whether a condition may hold at all where none of its claims is declared: a bit for each
 * channel. claims: its claims, that of number n as bit n modulo 64.
 */
struct chance {
	uint64_t claims;
	uint8_t may;   /* bits of tables_channels */
	uint8_t could; /* the same, where those to be reminded of may be declared yet */
	uint8_t reserved[6];
};

/* What is asked of a measure for every line, each in half a cache line. */
struct brief {
	uint32_t when; /* node or RB_NONE */
	uint32_t type; /* of FILED and ENTRY: its number, see steps_type; else RB_NONE */
	uint32_t program;
	uint8_t kind;   /* of the program: enum law_kind */
	uint8_t effect; /* enum law_effect */
	uint8_t parts;  /* as of the measure */
	uint8_t flags;  /* BRIEF_ALONE … */
	struct chance chance;
};
#define BRIEF_ALONE 1   /* it lays a duty on one named part */
#define BRIEF_BOUNDED 2 /* its part is at most a share of the value */

/* What the items of a link have in common. */
struct link {
	uint64_t named;       /* all that they name, as `node` in struct tables */
	struct chance chance; /* that any of its measures applies */
	uint32_t first, end;  /* its items */
	bool made;            /* this was asked for before */
	bool parted;          /* one is of BRIEF_ALONE or BRIEF_BOUNDED */
};

/* What is found once of the tail of a docket, to pass over most of it. */
struct agenda {
	uint32_t first, count; /* of the tail in the section of items; count 0: none */
	uint32_t filed, end;   /* the measures from here to there say what types of entry are */
	/* Of the first 64 types of entry: where the first measure is that says what it is; the end.
	 */
	uint16_t type[64];
	bool scattered; /* others do, too */
	/* Places of those that may apply where no claim is declared, by channel; but for types. */
	uint64_t may[TABLES_CHANNELS][RB_DOCKET / 64];
	uint64_t could[TABLES_CHANNELS][RB_DOCKET / 64]; /* of those in `named`, likewise */
	uint64_t named[RB_DOCKET / 64]; /* places of those that name claims to remind of */
};
#define TABLES_AGENDAS 1024 /* kept; another of the same place takes it */

/* A rule by which a program steps back. */
struct before {
	uint64_t programs, measures; /* before which: that of number n as bit n modulo 64 */
	struct chance chance;        /* that its condition holds */
};

/* A spelling of a unit as a line had it before. */
struct spelled {
	uint64_t text;   /* of up to eight bytes */
	uint32_t length; /* 0: none */
	uint32_t unit;   /* or RB_NONE */
};
#define TABLES_SPELLED 64

struct tables {
	struct brief *brief;   /* by measure */
	struct before *before; /* by rule of precedence */
	struct link *link;     /* by link, see tables_link */
	struct agenda *agenda;
	uint32_t *program[2]; /* by measure, and by rule of precedence */
	uint64_t *set;        /* by set of claims of the rulebook: what they are in `node` */
	uint64_t *named[2];   /* by measure, and by rule of precedence: as `node` below, of its
				 condition and choice */
	/*
	 * Claims to be reminded of that a condition names, folded into one word: the bit of a claim
	 * is that of its place among them, modulo 64. No common bit: it names none of those; a
	 * common bit: it may.
	 */
	uint64_t claim_bit[RB_CLAIMS];
	uint64_t *node;              /* of each condition */
	struct claim_set remind;     /* claims to be reminded of */
	struct claim_set spi;        /* of these the ones that stand for a preference */
	struct claim_set symbols;    /* claims, to be reminded of or not, that stand for one */
	struct claim_set *preferred; /* by jurisdiction and country: preferences of any day */
	struct steps steps;          /* the conditions */
	struct spelled *spelled;     /* by a hash of the text */
	uint32_t *unit_claim;        /* by unit: see claims_by_unit; 0: not asked yet */
	struct covered {
		int64_t from, until;
	} * covered;        /* by jurisdiction: the instants of the days covered */
	uint64_t *seasonal; /* by jurisdiction: bits of the headings that have seasons */
	struct offset {
		int32_t day; /* since 1970, of UTC; 0: none */
		int32_t seconds;
	} * offset; /* by zone and day, see tables_offset */
	uint32_t
	    *heading; /* by jurisdiction and four digits: see lookup_leaves; 0: not asked yet */
	const char *reminder[RB_CLAIMS]; /* "could-matter: ...", or NULL */
	char *texts;
};

/* False: out of memory. Freed either way with tables_free. Then condition_assume is called. */
bool tables_make(struct tables *out, const struct rb *rb);
/* Find the chances, once the atoms of claims are prepared. False: out of memory. */
bool tables_look_out(struct tables *tables, const struct rb *rb);
void tables_free(struct tables *tables);

/* time_offset, of days as they were asked for before. */
int tables_offset(const struct tables *tables, enum time_zone zone, int64_t at);

static inline bool tables_seasonal(const struct tables *tables, size_t jurisdiction, uint64_t four)
{
	size_t at = jurisdiction * TABLES_HEADINGS + four;
	return (tables->seasonal[at / 64] >> at % 64 & 1) != 0;
}

/* Holds until the next call. */
const struct agenda *tables_agenda(const struct tables *tables, const struct rb *rb,
				   const uint32_t *tail, uint32_t count);

/* What the item of a docket names. */
static inline uint64_t tables_named(const struct tables *tables, uint32_t item)
{
	return tables->named[item >> 31][item & ~RB_ITEM_YIELD];
}

static inline const struct chance *tables_chance(const struct tables *tables, uint32_t item)
{
	return (item & RB_ITEM_YIELD) != 0 ? &tables->before[item & ~RB_ITEM_YIELD].chance
					   : &tables->brief[item].chance;
}

static inline uint32_t tables_program(const struct tables *tables, uint32_t item)
{
	return tables->program[item >> 31][item & ~RB_ITEM_YIELD];
}

void tables_make_link(const struct tables *tables, const struct rb *rb, uint32_t link);
static inline const struct link *tables_link(const struct tables *tables, const struct rb *rb,
					     uint32_t link)
{
	if (!tables->link[link].made)
		tables_make_link(tables, rb, link);
	return &tables->link[link];
}

/* What a docket names. */
static inline uint64_t tables_docket(const struct tables *tables, const struct rb *rb,
				     uint32_t docket)
{
	const struct narrow *set = &rb->chain[RB_CHAIN_CLAIMS];
	return tables->set[narrow_get(set, rb_items(rb, docket))] |
	       tables->set[narrow_get(set, rb_tail(rb, docket))];
}

static inline uint64_t tables_condition(const struct tables *tables, uint32_t node)
{
	return node != RB_NONE ? tables->node[node] : 0;
}

#endif

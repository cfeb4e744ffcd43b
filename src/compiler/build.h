/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rulebook under construction: the pools of all sections, and the maps
 * from the law's indexes to the rulebook's. Internal to the compiler.
 */
#ifndef TW_COMPILER_BUILD_H
#define TW_COMPILER_BUILD_H

#include "common/pool.h"
#include "law/law.h"
#include "rulebook/layout.h"

struct chain_mark {
	uint32_t duties, claims;
};

struct build {
	const struct law *law;
	struct text_pool texts;
	struct pool instruments, programs, measures, yields, nodes, atoms, indexes, rates, terms,
	    units, spellings, countries, country_names, claims, jurisdictions, preferences, leaves,
	    seasons, epochs, rows, claim_sets, moves, renumbered, adcvd, adcvd_orders, adcvd_codes;
	struct run_pool adcvd_sets;      /* orders that a code names */
	struct run_pool specials, bases; /* runs of these records, as numbers */
	struct run_pool links;           /* items of one program each */
	struct run_pool chains;          /* of links */
	struct pool chain_marks;         /* struct chain_mark: of each chain */
	struct pool docket_keys;         /* chains of items and tail -> docket */
	struct pool dockets;             /* RB_DOCKET_FIELDS numbers each */
	struct pool strips;              /* RB_STRIP dockets each */
	struct pool row_strips;        /* uint32_t: strips of rows, jurisdiction by jurisdiction */
	struct run_pool duties, signs; /* signatures without and with mail and exemptions */
	uint32_t *claim_map;           /* law claim -> sorted claim */
	uint32_t *yield_first;         /* law program -> first yield */
	const char *part[RB_PARTS];
	uint32_t part_count;
	struct pool rate_keys;                      /* kind, text, reason -> rate */
	uint64_t (*measure_claims)[RB_CLAIMS / 64]; /* claims that a measure's condition names */
	uint64_t (*yield_claims)[RB_CLAIMS / 64];
	uint32_t *twin; /* of each measure of the law: the first that says the same */
};

/* emit.c: everything but the tables. */
int emit_law(struct build *build, struct tw_error *error);
uint32_t emit_rate(struct build *build, const struct law_rate *rate);
struct rb_span emit_indexes(struct build *build, const uint32_t *numbers, size_t count);
uint8_t emit_parts(const struct build *build, const struct law_measure *measure);

/* moves.c: which act moves what, and numbers that were given up. */
int moves_emit(struct build *build);

/* adcvd.c: the orders of a jurisdiction, and of each code those that name it. */
int adcvd_emit(struct build *build, struct rb_jurisdiction *out, const struct law_jurisdiction *j);

/* goods.c: the codes of one jurisdiction, cut into goods of one law each. */
struct goods_group {   /* a set of codes that comes and goes as one */
	uint32_t list; /* or LAW_NONE for codes named in a scope */
	struct law_range range;
	tw_time from, until;
};
struct goods {
	struct pool groups;  /* struct goods_group */
	uint64_t *signature; /* goods_count x words */
	size_t words;
	uint32_t goods_count;
	uint64_t *breaks;   /* start of each interval */
	uint32_t *goods_of; /* of each interval */
	uint8_t *digits;    /* of the longest code named that each interval lies in; 0: none */
	size_t interval_count;
};
int goods_make(struct goods *out, const struct law *law, uint32_t jurisdiction);
void goods_free(struct goods *goods);
/* Which interval the code lies in, and the goods of it. */
size_t goods_interval(const struct goods *goods, uint64_t code);
uint32_t goods_find(const struct goods *goods, uint64_t code);
/* Groups that a scope names: to include and to leave out (words each). */
void goods_scope(uint64_t *any, uint64_t *none, const struct goods *goods,
		 const struct law_scope *scope);

/* leaves.c: tariff lines of one jurisdiction. */
int leaves_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
		const struct goods *goods, struct tw_error *error);

/* cells.c: epochs, rows, columns and dockets of one jurisdiction. */
int cells_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
	       const struct goods *goods, struct tw_error *error);

/* dockets.c: the sections of rows, strips, dockets, chains and links. */
int dockets_write(struct rulebook_writer *writer, struct build *build);

/* signature.c: what of a docket can change an answer. */
struct sign_item {
	uint32_t item;                 /* as in the docket */
	uint32_t program;              /* law index */
	const struct law_yield *yield; /* NULL: a measure */
};
uint32_t *signature_twins(const struct law *law); /* NULL: no memory; the caller frees */
/* Into out, a pool of uint32_t, in place of what it holds. */
void signature_make(struct pool *out, const struct build *build, const struct sign_item *item,
		    size_t count);

/* overlap.c: do two charging measures of one program touch the same part? */
bool overlap_clash(const struct law *law, uint32_t one, uint32_t two);

/* implied.c: does a measure never apply, because one before it takes all that it would take? */
bool implied_dead(const struct law_measure *before, const struct law_measure *m);

#endif

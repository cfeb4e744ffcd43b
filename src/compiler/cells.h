/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of one jurisdiction while they are made. Internal to cells.c,
 * players.c, epochs.c, order.c, sums.c and dockets.c.
 */
#ifndef TW_COMPILER_CELLS_H
#define TW_COMPILER_CELLS_H

#include "compiler/build.h"

/* A measure or yield of this jurisdiction. */
struct player {
	uint32_t item;    /* as in a docket */
	uint32_t program; /* law index */
	const struct law_scope *scope;
	const struct law_measure *measure; /* NULL: a yield */
	const struct law_yield *yield;
	tw_time from, until;
	uint64_t *any, *none; /* groups */
	bool everywhere;      /* all goods, none left out */
	uint32_t place, depth,
	    seq; /* in its program: first by place, then depth, then as written */
};

/* The groups of some goods that are in force: its words that are not empty. */
struct here {
	uint64_t *bits;
	uint32_t *word;
	size_t count;
};

/* What an epoch shares with the one before: goods that no change touches keep their rows. */
struct before {
	bool alike;    /* the players of both stand in the same order, and sums are the same */
	size_t *order; /* players of the epoch before, in the order of dockets */
	size_t active;
	uint64_t *groups; /* in force then; after looking: those that changed */
	size_t *place;    /* of each player in it, from 1; 0: it did not play */
	size_t *changed;  /* players that began or ended */
	size_t changed_count;
	uint32_t sums;
};

struct table {
	struct build *build;
	const struct law *law;
	uint32_t jurisdiction;
	const struct goods *goods;
	struct player *player;
	size_t player_count, player_words;
	uint64_t *group_bits;     /* any and none of all players */
	uint64_t *goods_players;  /* of each of them the players that may touch it on some day */
	uint32_t *column_of;      /* of each country and of none */
	uint32_t *column_country; /* a country of each column, LAW_NONE: none */
	uint32_t column_count;
	uint32_t *column_like; /* of each column the first that this epoch's measures name alike */
	tw_time *epoch;
	size_t epoch_count;
	uint32_t *rank; /* of each program, in this epoch */
	size_t *order;  /* active players of this epoch in the order of dockets */
	size_t active;
	uint64_t *active_groups, *active_players;
	struct run_pool row_keys; /* players that touch goods, in order -> row, over all epochs */
	struct pool row_of_key;   /* uint32_t */
	uint32_t sums;            /* what sum_of comes to in this epoch, as a run of row_keys */
	/* Scratch, as large as the law asks for. */
	uint32_t *depth;        /* of each measure, plus 2; 0: not known, 1: being found */
	uint32_t *programs;     /* of this jurisdiction */
	size_t *touch;          /* players that touch the goods at hand */
	uint64_t *touch_bits;   /* the same, as places in the order of this epoch */
	uint64_t *column_bits;  /* of each column those that touch it, player_words each */
	uint32_t *cells;        /* of the row at hand */
	uint32_t *row;          /* its strips */
	struct pool row_strips; /* the strips of each row, as one record */
	struct pool masks; /* of this epoch: who stands in a docket, and its column if sums do */
	struct pool docket_of; /* uint32_t: the docket of each */
	uint64_t *sum_bits;    /* places in the order of this epoch of measures that rest on sums */
	uint64_t *mask;        /* player_words, and one for the column */
	struct here here;
	struct before before;
	struct pool numbers, words; /* uint32_t: a key, a signature */
	struct pool clashes;        /* pairs already reported */
	struct pool derived_keys;   /* uint32_t[3]: sums, a measure that rests on them, a country */
	struct pool derived;        /* uint32_t: its item */
	struct pool flat;           /* size_t: players of this epoch that sum_of may count */
	struct tw_error *error;
	int code;
};

/* players.c: the measures and yields of the jurisdiction, its columns, its epochs. */
int players_make(struct table *table);
/* Does the measure (NULL: a yield, which asks for no origin) name the country? */
bool players_name(const struct law_measure *measure, uint32_t country);
static inline bool in_force(tw_time from, tw_time until, tw_time at)
{
	return from <= at && at < until;
}
/* Does the player touch the goods at hand? */
static inline bool player_takes(const struct player *player, const struct here *here)
{
	const struct law_scope *scope = player->scope;
	bool in = scope->all ||
		  (scope->unknown && scope->any_list_count == 0 && scope->any_code_count == 0);
	for (size_t i = 0; i < here->count; i++) {
		if ((here->bits[i] & player->none[here->word[i]]) != 0)
			return false;
		in = in || (here->bits[i] & player->any[here->word[i]]) != 0;
	}
	return in;
}

/* epochs.c: false: out of memory. */
bool epochs_find(struct table *table);
/* An instant whose law is that of the epoch. */
tw_time epochs_instant(const struct table *table, size_t epoch);
bool epochs_new(struct before *before, const struct table *table);
void epochs_free(struct before *before);
/* Compare with the epoch before, and remember this one for the next. */
void epochs_compare(struct table *table, bool first);
/* Do the goods at hand have the players of the epoch before, in the same order? */
bool epochs_unchanged(const struct table *table, uint32_t goods);

/* order.c: who plays in an epoch, and who comes first. */
int order_begin_epoch(struct table *table, tw_time at);
int order_phase(enum law_kind kind);

/* A docket while it is put together. */
struct draft {
	uint32_t item[RB_DOCKET];
	size_t items;
	const struct player *from[RB_DOCKET];
};

/* dockets.c: the number of the docket of these items, new or known. */
uint32_t dockets_finish(struct table *table, const struct draft *draft);

/* sums.c: measures whose rate is that of others (sum_of, bands). */
/* What they come to in this epoch, into table->sums: rows that turn on it are told apart. */
void sums_note(struct table *table);
/* The measure with the rate that it has for a country, as an item of a docket. */
uint32_t sums_derive(struct table *table, uint32_t item, uint32_t country);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of one jurisdiction while they are made. Internal to cells.c,
 * cells_ground.c and cells_sums.c.
 */
#ifndef TW_CELLS_H
#define TW_CELLS_H

#include "build.h"

/* A measure or yield of this jurisdiction. */
struct player {
	uint32_t item;    /* as in a stack */
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

/* The groups of a class that are in force: its words that are not empty. */
struct here {
	uint64_t *bits;
	uint32_t *word;
	size_t count;
};

struct table {
	struct build *build;
	const struct law *law;
	uint32_t jurisdiction;
	const struct classes *classes;
	struct player *player;
	size_t player_count, player_words;
	uint64_t *group_bits;     /* any and none of all players */
	uint32_t *column_of;      /* of each country and of none */
	uint32_t *column_country; /* a country of each column, LAW_NONE: none */
	uint32_t column_count;
	uint32_t *column_like; /* of each column the first that this epoch's measures name alike */
	tw_time *epoch;
	size_t epoch_count;
	uint32_t *rank; /* of each program, in this epoch */
	size_t *order;  /* active players of this epoch in stack order */
	size_t active;
	uint64_t *active_groups;
	struct run_pool row_keys; /* players that touch a class, in order -> row, over all epochs */
	struct pool row_of_key;   /* uint32_t */
	uint32_t sums;            /* what sum_of comes to in this epoch, as a run of row_keys */
	/* Scratch, as large as the law asks for. */
	uint32_t *depth;       /* of each measure, plus 2; 0: not known, 1: being found */
	uint32_t *programs;    /* of this jurisdiction */
	size_t *touch;         /* players that touch the class at hand */
	uint64_t *touch_bits;  /* the same, as places in the order of this epoch */
	uint64_t *column_bits; /* of each column those that touch it, player_words each */
	uint32_t *cells;       /* of the row at hand */
	struct here here;
	struct pool numbers, words; /* uint32_t: a key, a signature */
	struct pool clashes;        /* pairs already reported */
	struct pool flat;           /* size_t: players of this epoch that sum_of may count */
	struct tw_error *error;
	int code;
};

/* cells_ground.c: who plays, which columns and epochs there are, who comes first in an epoch. */
int ground_make(struct table *table);
int ground_begin_epoch(struct table *table, tw_time at);
int ground_phase(enum law_kind kind);
/* Does the measure (NULL: a yield, which asks for no origin) name the country? */
bool ground_names(const struct law_measure *measure, uint32_t country);

/* cells_sums.c: measures whose rate is that of others (sum_of, bands). */
/* What they come to in this epoch, into table->sums: rows that turn on it are told apart. */
void sums_note(struct table *table);
/* The measure with the rate that it has for a country, as an item of a stack. */
uint32_t sums_derive(struct table *table, uint32_t item, uint32_t country);

#endif

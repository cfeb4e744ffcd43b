/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plans that the assessors of one rulebook share. Plans are added and never
 * taken away: a reader needs no lock. When a table is full a new generation is
 * begun and the old one goes when nobody holds it any more. Decides nothing
 * about a line.
 */
#ifndef TW_ASSESS_PLAN_TABLE_H
#define TW_ASSESS_PLAN_TABLE_H

#include "assess/forms.h"
#include "assess/plan.h"
#include "assess/plan_tables.h"
#include "assess/typed.h"

struct generation;

/* A code as a line says it, of one assessor: what it touches. */
struct known_code {
	uint64_t key; /* code, digits and jurisdiction; 0: none yet */
	uint32_t leaf, leaves, goods;
	uint32_t base;
	uint32_t reach;
	uint8_t bases;
	bool seasonal;
	bool is_chemical; /* chemicals that are looked for travel under it */
	bool has_orders;  /* antidumping orders list it, see struct known_orders */
};
_Static_assert(sizeof(struct known_code) == 32, "two are a line of the cache");
/* A code stands at its place or one of those behind it. */
enum { KNOWN_CODES = 1 << 15, KNOWN_REACH = 16 };

/* The antidumping orders of a code at the same place as it. */
struct known_orders {
	uint64_t origins; /* bits of their classes, see struct calendar */
};
/* Those of one of the origins in a stretch of time. */
struct known_found {
	uint64_t key; /* the code's, its place, the origin's class and the stretch; 0: none yet */
	uint32_t number, reserved;
};
enum { KNOWN_FOUND = 1 << 13 };

/* The number that an answer of the screen for chemicals has here. */
struct known_goods {
	uint32_t id, number;
};
enum { KNOWN_GOODS = 1 << 10 };

/* The number of remarks that one assessor met before. Numbers are never given twice. */
struct known_remarks {
	uint64_t key[4]; /* see struct remark_key */
	uint32_t number; /* 0: none */
	uint32_t reserved[7];
};
_Static_assert(sizeof(struct known_remarks) == 64, "one is a line of the cache");
enum { KNOWN_REMARKS = 1 << 13 };

/* What one assessor holds of a table. */
struct plans_use {
	tw_plans *table;
	tw_plans *own; /* the table, where nobody else shares it */
	struct generation *generation;
	const struct tw_typed_line *lines; /* of the last tw_assess_many */
	size_t count;
	tw_money *slot;
	size_t slots, slot_room;
	tw_money **late; /* memory for slots of lines that were left */
	size_t late_count, late_next, late_used;
	struct tw_charge *charges; /* of the last tw_assess_many */
	struct tw_line goods;      /* what the screen for chemicals reads */
	char hts[16];
	struct known_goods known_goods[KNOWN_GOODS];
	struct typed *typed;
	const struct rb_jurisdiction *into; /* of the line before, and its letters */
	uint16_t into_letters, into_index;
	struct known_code *code;
	struct known_orders *orders; /* behind the codes, at the same places */
	struct known_found *found;   /* behind these */
	void *codes;                 /* the memory in which they lie */
	struct known_remarks *remarks;
	void *remarks_at; /* likewise */
	struct plan_draft *draft;
	struct record *record;
	struct coming *coming;         /* see coming.h */
	void *comings;                 /* the memory in which they lie */
	struct several *several;       /* see several.h */
	void *severals;                /* the memory in which they lie */
	struct block *block;           /* see many.c */
	struct join *join;             /* the lines of the last tw_assess_many, joined; or NULL */
	uint64_t planned, made, alone; /* not yet told to the table */
	uint32_t until_check;
};

/* The table that the options name, or one of its own. Leave it in either case. */
int plans_join(struct plans_use *use, const tw_rulebook *book, const struct tw_options *options,
	       struct tw_error *error);
void plans_leave(struct plans_use *use);

/* What the table made of the rulebook; NULL: no memory. */
const struct plan_tables *plans_tables(tw_plans *table);
/* Hold the newest generation; false: no memory. */
bool plans_hold(struct plans_use *use);
/* Tell the table what was done. */
void plans_tell(struct plans_use *use);

/* The forms of the rulebook's dockets. */
struct forms *plans_forms(tw_plans *table);

/* The plan of a key, or NULL: it is not known yet. Its number is 0 where there is none. */
const struct plan *plans_find(const struct plans_use *use, const struct plan_key *key,
			      uint64_t hash);
/* Ask for the place where plans_find will look. */
void plans_prefetch(const struct plans_use *use, uint64_t hash);
/*
 * The same, where it is not known, by the plan of a line of another value that has all else alike
 * and was not asked for what tells the two apart: it is kept under this key, too.
 */
const struct plan *plans_find_near(struct plans_use *use, const struct plan_key *key, uint64_t hash,
				   uint8_t worth);
/* Keep a plan, or with NULL that there is none; the key has its span. NULL: the generation is full.
 */
const struct plan *plans_keep(struct plans_use *use, const struct plan_key *key, uint64_t hash,
			      struct plan_draft *draft);

/* What remarks or goods turn on, of at most PLAN_SHAPE numbers: equal ones have one number. 0: the
   generation is full. */
uint32_t plans_number(struct plans_use *use, unsigned kind, const void *bytes, size_t size);
/* The same in steps: the hash, and the number. */
uint64_t plans_hash(unsigned kind, const void *bytes, size_t size);
uint32_t plans_number_at(struct plans_use *use, unsigned kind, uint64_t hash, const void *bytes,
			 size_t size);
enum {
	NUMBER_OF_PLAN,
	NUMBER_OF_PLAN_REMARKS,
	NUMBER_OF_REMARKS,
	NUMBER_OF_GOODS,
	NUMBER_OF_REACH,
	NUMBER_OF_ORDERS,
	NUMBER_OF_TERMS, /* see plan_generation.h: none is given */
	NUMBER_KINDS
};

/* Is a plan made anew the one that is kept? */
bool plans_same(struct plans_use *use, const struct plan *kept, struct plan_draft *again);
/* Are the texts of the answer, as slots_texts, those of all others of these numbers? */
bool plans_said(tw_plans *table, const struct tw_charge *charge, uint64_t hash);

/* Every how many lines with a plan one is answered both ways: 1 in tests; and how many plans a
   generation holds. For tests. */
void plans_set_check(tw_plans *table, uint32_t every);
uint32_t plans_check_every(const tw_plans *table);
/* A line was answered both ways; what was unlike, or NULL. */
void plans_checked(tw_plans *table, const char *unlike);

#endif

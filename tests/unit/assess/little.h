/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A little rulebook made by hand and a line under it, so that one step of the
 * assessor can be asked alone. Amounts of the tests are worked out by hand.
 */
#ifndef TW_TESTS_LITTLE_H
#define TW_TESTS_LITTLE_H

#include "assess/stack.h"
#include "common/legal.h"

#define LITTLE 32 /* records of a kind */
#define DOLLARS(n) ((tw_money)(n)*TW_MONEY_UNIT)
#define CENTS(n) ((tw_money)(n)*TW_MONEY_UNIT / 100)

enum { LITTLE_CN, LITTLE_DE, LITTLE_US, LITTLE_COUNTRIES };

struct little {
	struct rb rb;
	char strings[2048];
	struct rb_program program[LITTLE];
	struct rb_measure measure[LITTLE];
	struct rb_yield yield[LITTLE];
	struct rb_node node[LITTLE];
	struct rb_atom atom[LITTLE];
	struct rb_rate rate[LITTLE];
	struct rb_term term[LITTLE];
	struct rb_claim claim[LITTLE];
	struct rb_country country[LITTLE_COUNTRIES];
	uint32_t index[4 * LITTLE];
	/* Dockets, each one chain; a chain has a link a program. */
	uint32_t chain[LITTLE], chain_link[LITTLE], link[LITTLE], item[4 * LITTLE];
	struct rb_jurisdiction into;
	/* The line. */
	struct tables tables;
	struct vocabulary words;
	struct facts facts;
	struct settled settled;
	struct record record;
	struct reading reading;
	struct base_duty base;
	struct tw_line line;
};

/* Into the United States in whole dollars and cents, from China by the channel "entry". */
void little_begin(struct little *l);
uint32_t little_text(struct little *l, const char *text);
/* A share of the value, num/den. */
uint32_t little_rate(struct little *l, int64_t num, int64_t den);
uint32_t little_program(struct little *l, const char *id);
/* It falls on the whole value, always. */
uint32_t little_measure(struct little *l, uint32_t program, enum law_effect effect, uint32_t rate);
/* The program steps back before another. */
uint32_t little_yield(struct little *l, uint32_t program, uint32_t before);
/* Claims are added in the order of their names. */
uint32_t little_claim(struct little *l, const char *name, enum law_claim_type type);
/* A condition of one question; words: separated by blanks. */
uint32_t little_ask(struct little *l, struct rb_atom atom, const char *words);
/* A condition of one (LAW_NODE_NOT) or two. */
uint32_t little_join(struct little *l, enum law_node_kind kind, uint32_t a, uint32_t b);
/* A docket of items, those of a program side by side. */
uint32_t little_docket(struct little *l, const uint32_t *items, size_t count);
/* Makes of it what an assessor has; no more is added then. False: out of memory. */
bool little_end(struct little *l);
/* The claim is declared. */
void little_say(struct little *l, uint32_t claim, struct value value);
void little_free(struct little *l);

#endif

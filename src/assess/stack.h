/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stack of duties of one line under one reading of its facts: which
 * measures apply to which part of the value, who steps back, what it comes
 * to. Pure: the answer lies in the struct stack that the caller owns.
 */
#ifndef TW_ASSESS_STACK_H
#define TW_ASSESS_STACK_H

#include "assess/base.h"
#include "assess/condition.h"
#include "assess/pieces.h"

/*
 * No item of a stack lays more than one of anything, and goods from a foreign-trade zone have the
 * items of two stacks: what an answer holds cannot overflow. The compiler refuses longer stacks.
 */
#define STACK_ITEMS (2 * RB_DOCKET)
#define STACK_LAYERS (STACK_ITEMS + 1) /* and the base duty */
#define STACK_EXCLUSIONS STACK_ITEMS
#define STACK_CHOICES STACK_ITEMS
#define STACK_WARNINGS STACK_ITEMS

struct layer {
	enum tw_layer_kind kind;
	uint32_t measure; /* RB_NONE: the base duty */
	uint32_t heading; /* text */
	uint8_t pieces;   /* of the value, see pieces.h */
	unsigned part;    /* that they make up, or RB_REST */
	bool whole;       /* all of the value */
	bool unknown;
	bool is_void;
	tw_money on, amount, over_base;
	uint32_t by;   /* instrument or RB_NONE */
	bool by_yield; /* the exempting heading of a rule by which the program steps back */
	bool replaces; /* takes the place of the base duty on its pieces */
	bool reached;  /* floor reached: shown as an exemption */
	bool nothing;  /* of the base duty: others stand in its place */
	bool common;   /* every tariff line under the code lays it; see agree.c */
	uint32_t id;   /* its place among the layers of the first line, likewise */
};
/* The base duty beside a floor. */
enum floor { FLOOR_UNKNOWN, FLOOR_REACHED, FLOOR_UNDER };

struct exclusion {
	uint32_t program, to_program, to_measure, by, heading;
	unsigned part; /* or RB_REST */
	bool whole;
};
struct choice {
	uint32_t measure;
	tw_money amount;
	bool unknown, is_void;
};

struct stack {
	struct layer layer[STACK_LAYERS];
	struct exclusion exclusion[STACK_EXCLUSIONS];
	struct choice choice[STACK_CHOICES];
	uint32_t warning[STACK_WARNINGS]; /* measures with effect warn that apply */
	uint32_t unknown_scope[STACK_WARNINGS];
	size_t layer_count, exclusion_count, choice_count, warning_count, unknown_count;
	uint32_t prohibited; /* measure or RB_NONE */
	uint32_t mail;       /* the measure that stands in place of all, or RB_NONE */
	bool known;          /* amount holds */
	tw_money amount, additional, refundable; /* before relief */
	uint8_t metals;        /* parts of a group in play with nothing declared */
	uint8_t assumed_zero;  /* parts taken as 0 because another of the group is declared */
	uint8_t assumed_whole; /* undeclared parts taken as the whole value, in some layer */
	bool apart;            /* declared parts of two groups are taken to lie apart */
	bool choices_alone;    /* choices stand in place of all layers */
	bool overflow;         /* more layers than fit: the law is at fault */
};

struct stack_input {
	struct reading *reading;
	const struct base_duty *base;
	const uint32_t *items;
	size_t item_count;
	bool parted;          /* some item falls on one part of the value, or bounds one */
	tw_money value;       /* dutiable, rounded */
	tw_money whole_value; /* without a chapter 98 reduction, rounded */
	uint8_t metal;        /* which of the metals in play is the whole value, see pieces.h */
};

void stack_make(struct stack *out, const struct stack_input *input);

#endif

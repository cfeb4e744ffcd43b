/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The judge: what the parsed law says about one line, found the slow and
 * obvious way: every program, every measure, every list, one after the other,
 * as docs/law-format.md tells it. It knows nothing of rulebooks and shares
 * no code with the library but money and local time.
 */
#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include "line.h"

#define VERDICT_LAYERS 64
#define VERDICT_FEES 16
#define VERDICT_OPEN 5
#define VERDICT_TAKEN 96

/* The parts of a value are bits; the last is what remains. */
#define PART_REST 7
#define PART_ALL 0xffu

struct judge; /* the law, and its lists in the order of their codes */
int judge_new(struct judge **out, const struct law *law);
void judge_free(struct judge *judge);

struct verdict_layer {
	enum tw_layer_kind kind;
	const struct law_measure *measure; /* NULL: the base duty */
	uint32_t program;
	const char *heading;
	unsigned parts;
	tw_money on, amount, over_base;
	bool whole, replaces, unknown, is_void;
};
/* A program that stepped back, and all before which it may have. */
struct verdict_exclusion {
	uint32_t program;
	uint32_t to[VERDICT_TAKEN];
	size_t to_count;
};
struct verdict_choice {
	const struct law_measure *measure;
	tw_money amount;
};
struct verdict_fee {
	const struct law_measure *measure;
	tw_money amount;
};

/* The duties under one reading of what is open. */
struct stack {
	struct verdict_layer layer[VERDICT_LAYERS];
	struct verdict_exclusion exclusion[VERDICT_LAYERS];
	struct verdict_choice choice[8];
	size_t layer_count, exclusion_count, choice_count, unknown_count;
	const struct law_measure *prohibited;
	const struct law_measure *alone; /* stands in place of all */
	bool choices_alone;              /* so does each of the choices */
	bool known;
	tw_money amount, additional, refundable;
	unsigned in_play; /* how many parts of a group are in play, none declared */
	/* Measures that counted for anything, for the record. */
	const struct law_measure *applied[VERDICT_TAKEN];
	size_t applied_count;
};

/* Exemption, type of entry and fees under one reading. */
struct verdict_relief {
	bool considered, eligible;      /* de minimis */
	const struct law_measure *type; /* what the law says of the type filed */
	bool nothing_due;               /* under the type of entry filed */
	bool no_such_type;
	const char *reason;
	const struct law_measure *relief;
	const char *entry_type;
	const struct law_measure *entry;
	struct verdict_fee fee[VERDICT_FEES];
	size_t fee_count;
	const struct law_measure *tax[VERDICT_FEES]; /* on the value with the duty, in the end */
	size_t tax_count;
	bool taxes_unlike; /* another reading owes others: these are common to all */
	/* Exemptions from fees and refusals that another came before, for the record. */
	const struct law_measure *heard[VERDICT_FEES];
	size_t heard_count;
};

struct verdict {
	const char *refused; /* NULL, or the reason */
	bool single;         /* one tariff line, nothing open: layers can be compared */
	bool has_amount, has_bounds, bounds_sure, relieved_sure;
	bool which_metal; /* several metals are listed and none is declared */
	tw_money amount, relieved, refundable, least, greatest;
	struct stack stack;
	struct verdict_relief relief; /* of the reading shown */
};
void judge_line(struct verdict *out, const struct judge *judge, const struct line *line);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the judge share: the facts of one line while it is heard,
 * scopes, conditions and rates. Nothing here knows how duties stack.
 */
#ifndef JUDGE_HEARING_H
#define JUDGE_HEARING_H

#include "verdict.h"

struct judge {
	const struct law *law;
	const struct law_list_row ***rows; /* of each list, sorted by low, high */
	struct said assumed[LINE_CLAIMS];
	uint32_t spi, base_rate, base_duty, chapter98, dutiable_value, ftz_admitted, final_mode,
	    within_quota, polarization;
	uint32_t part_claim[PART_REST]; /* the claim of each part */
	unsigned part_count;
};

struct hearing {
	const struct judge *judge;
	const struct law *law;
	const struct law_jurisdiction *jurisdiction;
	const struct line *line;
	struct said claim[LINE_CLAIMS]; /* as declared, other spellings joined */
	uint64_t code;                  /* of the tariff line heard */
	const struct law_schedule_row *row;
	tw_time goods_at;            /* the time whose law the goods take */
	bool from_zone, in_bond;     /* why that is not the time of entry */
	tw_money value, whole_value; /* rounded; dutiable, and without chapter 98 */
	const char *entry_type;
	bool exempt;
	tw_money duty, additional;
	/* Comparisons that an undeclared claim leaves open, and how they are read now. */
	const struct law_atom *open[VERDICT_OPEN];
	unsigned open_count, flipped;
	bool open_full;
};

bool scope_holds(const struct judge *judge, const struct law_scope *scope, uint64_t code,
		 tw_time at);
bool origin_in(const struct law_origins *origins, uint32_t country);
bool condition_true(struct hearing *h, const struct law_node *node);
/* The money of a fact or claim, 0 where there is none. */
tw_money fact_money(const struct hearing *h, enum law_fact fact, uint32_t claim);

/* The duty at a rate on an amount; false: a fact is missing. */
bool rate_amount(tw_money *out, const struct hearing *h, const struct law_rate *rate, tw_money on);
/* One ad valorem rate and nothing else (Free is 0 of 1). */
bool rate_plain(const struct law_rate *rate, struct law_fraction *out);

struct base {
	bool known, general_known, plain, general_plain;
	tw_money amount, general;
	struct law_fraction rate, general_rate;
};
void base_duty(struct base *out, const struct hearing *h);

void stack_hear(struct stack *out, struct hearing *h, unsigned which_part);

#endif

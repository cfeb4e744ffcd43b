/* SPDX-License-Identifier: Apache-2.0 */
/* A deposit of antidumping or countervailing duty: a share of the value, or an amount a unit. */
#ifndef TW_ASSESS_DEPOSIT_H
#define TW_ASSESS_DEPOSIT_H

#include "assess/base.h"

#define DEPOSITS 8 /* rates of one line, at the most */
#define CASE_LENGTH 7

struct deposit {
	struct tw_text text; /* as it was given */
	int64_t num, den;    /* of the value; or of 1/10000 of the currency */
	uint32_t unit;       /* a unit of it; RB_NONE: a share of the value */
};

/* "76.46%", "76.46" or "$1.67/kg". False: *right says what would be. */
bool deposit_parse(struct deposit *out, const struct rb *rb, struct tw_text text,
		   const char **right);
/* "A-570-967" or "a570967" as seven letters and digits; false: it is no case number. */
bool deposit_case(char out[CASE_LENGTH + 1], struct tw_text text);
/* What it comes to for the line; false: *missing says for want of what. */
bool deposit_amount(tw_money *out, struct need *missing, const struct deposit *deposit,
		    const struct vocabulary *words, const struct facts *facts);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a condition of the law holds for the facts of a line. A comparison
 * that turns on a claim that the line should have made is answered by the
 * law's assumption and remembered, so that the caller can try the other
 * reading.
 */
#ifndef TW_CONDITION_H
#define TW_CONDITION_H

#include "facts.h"

#define OPEN_ATOMS 5 /* 32 readings at the most */

struct reading {
	const struct rb *rb;
	const struct vocabulary *words;
	const struct facts *facts;
	uint32_t open[OPEN_ATOMS]; /* atoms that an unsaid claim leaves open */
	uint32_t open_count;
	uint32_t flipped; /* bit i: take open[i] the other way */
	uint8_t nothing;  /* parts of the value that nobody declared and that are taken as 0 */
	bool frozen;      /* remember no more atoms */
	bool overflow;    /* more are open than can be tried */
};

/* node RB_NONE holds. */
bool condition_holds(struct reading *reading, uint32_t node);

/* The money of an amount fact or amount claim, 0 when there is none. */
tw_money condition_amount(const struct reading *reading, uint8_t fact, uint32_t claim);

#endif

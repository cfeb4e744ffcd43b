/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every reading of a line: each tariff line under its code, each way to take
 * what is open; and the bounds of what they come to.
 */
#ifndef TW_ASSESS_READINGS_H
#define TW_ASSESS_READINGS_H

#include "assess/lookup.h"
#include "assess/moment.h"
#include "tidewaiter.h"

/* What the readings and tariff lines of one answer come to. */
struct bounds {
	bool any, open; /* open: some reading has no amount */
	tw_money least, greatest;
	uint64_t least_code, greatest_code;
	uint32_t least_digits, greatest_digits;
	bool codes_differ; /* the tariff lines under the code do not say the same */
	bool unlike;       /* the money may be the same, what it is made of is not */
	bool some_free;    /* some reading is let in free */
	bool has_room;     /* some reading is admitted under an exemption */
	tw_money room;     /* the least of theirs, see struct tw_de_minimis */
	bool not_free;     /* some reading is not let in free; of the first of them: */
	const char *reason;
	uint32_t program, by;
	bool prohibited; /* some line, not all, may not be imported */
};

/* One amount, known and made of the same duties, whatever the reading? */
static inline bool bounds_agree(const struct bounds *b)
{
	return b->any && !b->open && !b->unlike && b->least == b->greatest;
}

/* A tariff line, with its period of the schedule or NULL. */
struct readings_line {
	const struct rb_leaf *leaf;
	const struct rb_base *base;
};
/* Is the same printed for both? */
bool readings_same_base(const struct readings_line *x, const struct readings_line *y);
/* Two tariff lines that nothing in the law of the epoch tells apart, for goods of the origin. */
bool readings_alike(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		    uint32_t origin, const struct readings_line *x, const struct readings_line *y);
/* The type of entry that was filed, with the line of a->facts or another of its shipment. */
void readings_take_filed(tw_assessor *a);
/* Nothing is settled but what was filed. */
void readings_begin(tw_assessor *a);
/* Assess every reading of the tariff lines of the range; the first line is what is shown. */
const struct rb_leaf *readings_assess(tw_assessor *a, struct leaf_range range, struct bounds *b,
				      struct items *items);

#endif

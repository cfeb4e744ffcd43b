/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the main line share: the tariff lines under a code, what
 * the readings of a line come to, and what there is to say about it.
 */
#ifndef TW_PARTS_H
#define TW_PARTS_H

#include "answer.h"
#include "lookup.h"

/* What the readings and tariff lines of one answer come to. */
struct bounds {
	bool any, open; /* open: some reading has no amount */
	tw_money least, greatest;
	uint64_t least_code, greatest_code;
	uint32_t least_digits, greatest_digits;
	bool codes_differ; /* the tariff lines under the code do not say the same */
	bool unlike;       /* the money may be the same, what it is made of is not */
	bool some_free;    /* some reading is let in free */
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

/* The items of a line; goods from a foreign-trade zone take most law from their admission. */
struct items {
	uint32_t list[2 * RB_STACK];
	size_t count;
	const struct rb_stack *stack; /* of the day of entry */
};

/* agree.c: what the stacks of other tariff lines have in common with a->stack, the one shown.
   False: they are not made of the same money. At the end: do all lines agree? */
void agree_begin(tw_assessor *a);
/* Warn of what another reading or line warns of, too. */
void agree_warnings(struct stack *shown, const struct stack *other);
bool agree_with(tw_assessor *a, const struct stack *other);
void agree_end(tw_assessor *a, bool agree);

/* rate.c: the rate that is printed. */
void rate_find(tw_assessor *a, tw_money value);
/* The sum of rates on the whole value, in 1/10000 of a percent; -1: there is no such sum. */
int64_t rate_sum(const tw_assessor *a, const struct stack *stack, const struct base_duty *base,
		 tw_money value);

/* zone.c: the items of goods admitted to a foreign-trade zone; out->stack is of the entry. */
void zone_items(struct items *out, const struct rb *rb, const struct rb_stack *admitted,
		tw_time entered);

/* moment.c: the time whose law the goods take; the measure that gives it other than a zone's, or
   NULL; the items of a line; what there is to say about it. */
tw_time moment_of(tw_assessor *a, const struct rb_leaf *leaf);
const struct rb_measure *moment_bond(tw_assessor *a, const struct rb_leaf *leaf);
void moment_items(tw_assessor *a, struct items *out, const struct rb_leaf *leaf);
void moment_warn(tw_assessor *a, const struct rb_leaf *leaf);

/* codes.c: is the day covered, which tariff lines does the code touch? False: refused. */
bool codes_covered(tw_assessor *a);
bool codes_find(tw_assessor *a, struct leaf_range *range);
/* The schedule period that counts for a leaf: of the admission, the entry, or the last one. */
const struct rb_base *codes_base(tw_assessor *a, const struct rb_leaf *leaf);
void codes_refuse(tw_assessor *a, const char *reason, const char *column, const char *text);

/* season.c: does the line take goods entered on this day of the year? */
bool season_open(const tw_assessor *a, const struct rb_leaf *leaf);
/* No line of the range does: refuse, with those that do. */
void season_refuse(tw_assessor *a, struct leaf_range range);
/* The next day on which other lines of the range are open, if it is before another change. */
tw_time season_change(const tw_assessor *a, struct leaf_range range, tw_time before);

/* remarks.c: what is missing, what to mind, when the answer changes. */
void remarks_missing(tw_assessor *a, const struct bounds *bounds);
void remarks_warnings(tw_assessor *a, const struct rb_leaf *leaf, const struct items *items);
void remarks_changes(tw_assessor *a, struct leaf_range range);

/* declared.c: what was paid under each heading, and what of it a court struck down. */
bool declared_find_voids(tw_assessor *a);
void declared_fill(tw_assessor *a, const struct tw_line *line);

/* assessor.c: the line as the screen for chemicals wants it. */
void assessor_screen(tw_assessor *a, const struct tw_line *line);

#endif

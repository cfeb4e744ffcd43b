/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thresholds that run over a calendar month: what a line brings to the sum of one person, and
 * whether the sum reaches the threshold. Which lines stand before it is said by whoever has them
 * all (tw_line.month); whose lines count together is said by the list.
 */
#ifndef TW_SCREEN_MONTH_H
#define TW_SCREEN_MONTH_H

#include "common/person.h"
#include "rulebook/ledger.h"
#include "screen/screen.h"

struct month_total {
	int64_t weight, volume; /* milligrams, microlitres, with this line */
	uint64_t lines, unknown;
	bool reached, before; /* the threshold; without this line already */
};

/* The sum that a row in a direction is of; lines that agree in it are summed together. */
uint32_t month_key(const struct ledger *ledger, const struct ledger_control *row, int direction);
/* Whether the row has a threshold over a month that is summed, and the line says of whom. */
bool month_of(struct person_pair *out, const struct ledger *ledger,
	      const struct ledger_control *row, int direction, const struct screen_facts *facts);
/* counts: the line brings its quantity; before may be NULL: nothing. */
void month_add_up(struct month_total *out, const struct ledger_control *row,
		  const struct screen_facts *facts, const struct tw_sum_before *before,
		  bool counts);
/* What stands before a line of a sum, or NULL. */
const struct tw_sum_before *month_before(const struct screen_facts *facts, uint32_t key);

#endif

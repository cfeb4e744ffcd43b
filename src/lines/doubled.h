/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two headers for one column ("Origin", "Country of Origin"): on every line
 * their cells must say the same, or the run ends and asks for --map.
 */
#ifndef TW_LINES_DOUBLED_H
#define TW_LINES_DOUBLED_H

#include "lines/item.h"

/* Compares the cells of a CSV row; an empty cell gives way to the other. */
void doubled_check(struct item *item, const struct columns *columns);
/* A cell, and the unit or currency that its header says. */
struct doubled_cell {
	struct tw_text text, word;
};
enum doubled { DOUBLED_DIFFER, DOUBLED_FIRST, DOUBLED_SECOND };
/*
 * Whether two cells of a field mean the same, and which of them says more: 54 and 54.00, CN and
 * China, 2025-05-02 and 5/2/2025; the longer of two codes, of two amounts the one with a currency.
 */
enum doubled doubled_compare(int field, struct doubled_cell a, struct doubled_cell b,
			     const struct columns_options *options);
/* The cell is that of the line, and so is what its header says. */
void doubled_take(struct item *item, int field, struct doubled_cell cell);

#endif

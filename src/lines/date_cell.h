/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as they stand in files. A day of three numbers is read by one order in
 * the whole file: month first with slashes and day first with dots, or as
 * --date-format says. A line whose date has no reading in that order, and one
 * in another, ends the run: the lines before it may have been read wrong.
 */
#ifndef TW_LINES_DATE_CELL_H
#define TW_LINES_DATE_CELL_H

#include "common/date.h"
#include "lines/item.h"

/* The dates of a line: those that only --date-format can read become 2025-05-02. */
void date_cells(struct item *item, enum date_order order);
/*
 * The same for one text, into a buffer of `room` bytes (the text's length and 12 more are
 * enough). Returns the text itself where it needs no change.
 */
struct tw_text date_cell(char *out, size_t room, struct tw_text text, enum date_order order);
/* Read --date-format. */
int date_cell_order(enum date_order *out, const char *text, struct tw_error *error);

#endif

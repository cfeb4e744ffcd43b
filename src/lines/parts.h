/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of answers that were written before, by the numbers of their
 * charges: what the plan says, what was found in the goods, what is remarked.
 * Each is made once, by the ordinary writer from a whole answer; a line is
 * then written by joining them. One a thread; the tables are bounded, a new part
 * takes the place of an old one.
 */
#ifndef TW_LINES_PARTS_H
#define TW_LINES_PARTS_H

#include "findings/template.h"
#include "findings/totals.h"
#include "lines/run.h"

struct parts;

int parts_new(struct parts **out, const struct finding_style *style,
	      const struct run_options *options, struct totals *totals);
void parts_free(struct parts *parts);

/* Hints for a line that is written soon, one round after the other. */
enum { PARTS_ROUNDS = 3 };
void parts_expect(const struct parts *parts, const struct tw_charge *charge, unsigned round);

/* The parts of a line, for what follows; false: some are not there, and parts_make must follow. */
bool parts_find(struct parts *parts, const struct tw_charge *charge);
/*
 * Makes those that are not there from the line's whole answer. False: the line is not to be
 * written by parts.
 */
bool parts_make(struct parts *parts, const struct tw_charge *charge, const struct finding *finding);

/* A row of CSV of printable ASCII and tabs, with commas between its fields, whose first fields are
   the columns of the input in their order: what of it stands bare is copied as it stands. */
struct parts_row {
	const char *text; /* NULL: there is no such row, and the cells are given */
	size_t start, length;
	const uint32_t *mark; /* the end of each field */
};

struct parts_line {
	struct template_line values;
	struct tw_text id;
	const struct tw_text *cell; /* of the columns of the input */
	size_t cells;               /* SCAN_BLOCK bytes behind each, and the id, are readable */
	struct parts_row row;
};
/* Whether the cells of the input stand in each answer in their order, so that rows may be given. */
bool parts_take_rows(const struct parts *parts);
/* Appends the line's answer; false: it cannot be written so, and nothing was appended. */
bool parts_write(struct buffer *out, const struct parts *parts, const struct parts_line *line);
/* Whether what was found can be counted: for want of memory it may not. */
bool parts_counts(const struct parts *parts);
/* Counts the line in the totals. */
void parts_count(const struct parts *parts, const struct tw_charge *charge);

#endif

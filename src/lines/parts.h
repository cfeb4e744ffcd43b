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

struct parts_line {
	struct template_line values;
	struct tw_text id;
	const struct tw_text *cell; /* of the columns of the input */
	size_t cells;               /* SCAN_BLOCK bytes behind each, and the id, are readable */
};
/* Appends the line's answer; false: it cannot be written so, and nothing was appended. */
bool parts_write(struct buffer *out, const struct parts *parts, const struct parts_line *line);
/* Whether what was found can be counted: for want of memory it may not. */
bool parts_counts(const struct parts *parts);
/* Counts the line in the totals. */
void parts_count(const struct parts *parts, const struct tw_charge *charge);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The decimal mark of a file: 1,000.50 or 1.000,50. It is what --decimal says,
 * else what the first 64 KiB show; a later number that is written the other way
 * ends the run.
 */
#ifndef TW_LINES_DECIMAL_H
#define TW_LINES_DECIMAL_H

#include "lines/sample.h"

enum decimal_kind {
	DECIMAL_EITHER,      /* 12, or no number */
	DECIMAL_IS_POINT,    /* 12.5 or 1,000,000 */
	DECIMAL_IS_COMMA,    /* 12,5 or 1.000.000 */
	DECIMAL_MAYBE_POINT, /* 1.000 */
	DECIMAL_MAYBE_COMMA  /* 1,000 */
};

/* How a number is written; signs and units around it do not matter. */
enum decimal_kind decimal_look(struct tw_text cell);
/* The number with a decimal point and without groups; `to` has room for cell.length. */
size_t decimal_rewrite(char *to, struct tw_text cell);
/* Read --decimal. */
int decimal_option(struct columns_options *options, const char *text, struct tw_error *error);

/* What decides the mark of a file, see sample.h. */
extern const struct sample_decider decimal_decider;

/*
 * A number of the line as the library reads it. Contradicts it the file, the
 * line stops the run, or with --decimal is refused.
 */
struct tw_text decimal_read(struct item *item, const struct columns *columns, struct tw_text cell,
			    const char *column);
/* The numbers of a row that was taken. */
void decimal_take(struct item *item, const struct columns *columns);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of a file, or of batches, as rows: which columns are read, which are
 * not, and what is wrong with a cell, told with its place. Where the records
 * come from the caller says.
 */
#ifndef TW_REFUND_ROWS_H
#define TW_REFUND_ROWS_H

#include "refund/reader.h"

struct refund_rows {
	struct refund_reading *to;
	const char *name; /* of the file, as messages show it */
	uint64_t line;    /* of the record that is read */
	struct refund_columns columns;
	struct csv_row row; /* the record: the caller fills it */
};

/* The columns that the record names, which begins a file. An error stands at `line`. */
int refund_rows_header(struct refund_rows *rows, uint64_t line, struct tw_error *error);
/* Whether a column of the record that names them is read: known, and the best of its field. */
bool refund_rows_reads(const struct refund_rows *rows, size_t column);
/* The record as a row, sorted in; `bad`: of enum ROW_BAD_*, what is known of it. */
int refund_rows_take(struct refund_rows *rows, uint32_t bad, struct tw_error *error);
/* What is wrong with the record; the reading goes on. */
void refund_rows_tell(struct refund_rows *rows, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

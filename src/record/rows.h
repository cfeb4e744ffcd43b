/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of named cells as CSV, NDJSON or an array of JSON: one kind of row, the
 * same cells in the same order in each. Knows no noun of the record.
 */
#ifndef TW_RECORD_ROWS_H
#define TW_RECORD_ROWS_H

#include "common/buffer.h"

enum record_format { RECORD_PAGE, RECORD_CSV, RECORD_NDJSON, RECORD_JSON };

struct rows {
	struct buffer *out;
	enum record_format format;
	const char *kind; /* "event" */
	size_t count;     /* rows written */
	size_t cell;      /* of the row that is written */
	size_t start;     /* of the cell that is written */
};

/* The names of the columns, ended with NULL, as they are written one row after another. */
void rows_open(struct rows *rows, struct buffer *out, enum record_format format, const char *kind,
	       const char *const *columns);
void rows_close(struct rows *rows);
void rows_begin(struct rows *rows);
void rows_end(struct rows *rows);

void rows_text(struct rows *rows, const char *name, const char *text);
/* Where there is none: null, or an empty cell. */
void rows_maybe(struct rows *rows, const char *name, const char *text);
/* A number as it is written: "1234.5"; NULL: none. */
void rows_figure(struct rows *rows, const char *name, const char *digits);
/* A count of things. */
void rows_count(struct rows *rows, const char *name, uint64_t count);
void rows_flag(struct rows *rows, const char *name, bool flag);
/* What is JSON already; in a table the text. */
void rows_made(struct rows *rows, const char *name, const char *json, const char *text);
/* A list: begun, its texts, ended. */
void rows_list(struct rows *rows, const char *name);
void rows_item(struct rows *rows, const char *text);
void rows_list_end(struct rows *rows);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the columns of a stream are: its schema, read once and checked, and the
 * check of every array that is said to be of it. What was checked may be read
 * without a look at bounds. It reads no values.
 */
#ifndef TW_ARROW_TYPE_H
#define TW_ARROW_TYPE_H

#include "tidewaiter_arrow.h"

enum type_kind {
	TYPE_OTHER, /* none that is known here */
	TYPE_NULL,
	TYPE_BOOL,
	TYPE_INT,
	TYPE_UINT,
	TYPE_FLOAT,
	TYPE_DECIMAL,
	TYPE_TEXT,
	TYPE_LARGE_TEXT,
	TYPE_TEXT_VIEW,
	TYPE_BINARY,
	TYPE_LARGE_BINARY,
	TYPE_BINARY_VIEW,
	TYPE_FIXED_BINARY,
	TYPE_DATE, /* of days, or of milliseconds */
	TYPE_TIMESTAMP,
	TYPE_SPAN, /* times of the day, durations, intervals */
	TYPE_LIST,
	TYPE_LARGE_LIST,
	TYPE_LIST_VIEW,
	TYPE_LARGE_LIST_VIEW,
	TYPE_FIXED_LIST,
	TYPE_STRUCT,
	TYPE_MAP,
	TYPE_RUNS /* run-end encoded */
};

enum { TYPE_DEPTH = 16, TYPE_CHILDREN = 4096 };
/* No array has more slots: sums and products of lengths and widths cannot overflow. */
#define TYPE_SLOTS (INT64_C(1) << 40)

struct type {
	enum type_kind kind; /* of a dictionary: of its indices */
	unsigned bits;       /* of a value of fixed width */
	int scale;           /* of a decimal: digits behind the point; may be negative */
	int64_t unit;        /* a timestamp: so many are a second; a date: so many are a day */
	bool has_zone;
	int64_t width; /* of a list of fixed size: values of one */
	char *name, *format;
	struct type *child, *dictionary;
	size_t count;
};

/* Reads a schema, which stays the caller's. `name`: what it is, for messages. */
int type_read(struct type *out, const struct ArrowSchema *schema, struct tw_error *error);
void type_free(struct type *type);
/* "decimal128", "utf8": as people call it. */
const char *type_name(const struct type *type);
/* Of text or binary: bytes of an offset. */
bool type_is_text(const struct type *type);

/*
 * Whether an array is one of the type, with all that it points to: lengths, buffers, offsets,
 * children, dictionaries. NULL: it is; else what is wrong.
 */
const char *type_check(const struct type *type, const struct ArrowArray *array);
/* The same of a batch of a schema, but for its columns; and of one of them. */
const char *type_check_batch(const struct type *schema, const struct ArrowArray *batch);
const char *type_check_column(const struct type *schema, const struct ArrowArray *batch,
			      size_t column);
/* What is wrong with a batch, as an error of a row (from 1) and a column. */
int type_error_at(struct tw_error *error, uint64_t row, const char *column, const char *why);
/* What a stream says of its own failure. */
const char *type_stream_said(struct ArrowArrayStream *in, int number);
/* Whether a slot is null: an index into the array, its offset not yet added. */
bool type_is_null(const struct type *type, const struct ArrowArray *array, int64_t at);

#endif

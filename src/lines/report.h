/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of each column of a file: one line for standard error, and the
 * page of `assess --columns`.
 */
#ifndef TW_LINES_REPORT_H
#define TW_LINES_REPORT_H

#include "common/buffer.h"
#include "lines/seen.h"

/* "read: hts from "HTS Number", value; not read: "Colour"", without a line end. */
void report_line(struct buffer *out, const struct input *input);
/* Each column with what it was read as, its first values, and why others were left. */
void report_page(struct buffer *out, const struct input *input);
/* The same as an object of docs/schema/columns.schema.json. */
void report_json(struct buffer *out, const struct input *input);
/* The pages, or objects, of all inputs, to a file descriptor. */
int report_write(int to, const struct input *inputs, size_t count, bool json,
		 struct tw_error *error);

#endif

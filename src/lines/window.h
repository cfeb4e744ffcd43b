/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The window over the text of an input: opening what is packed, a workbook or
 * in another encoding, reading on, going back to the first record. It knows
 * lines, not records or columns. For the files of the input alone.
 */
#ifndef TW_LINES_WINDOW_H
#define TW_LINES_WINDOW_H

#include "lines/input.h"

#define WINDOW (2 * CSV_RECORD)   /* SCAN_BLOCK bytes more are there to be read */
#define BLOCK ((size_t)256 << 10) /* read at once */
#define PEEK ((size_t)64 << 10)   /* seen before the header is looked for */

/* Up to the first text of the file, which stands in the window then. */
int window_open(struct input *input, struct tw_error *error);
/* Reads once into the window; moves what is unread to its start. */
int window_fill(struct input *input, struct tw_error *error);
struct tw_text window_unread(const struct input *input);
/* How many lines a record counts for. A row of a sheet is one, whatever breaks are in its cells. */
uint64_t window_lines(const struct input *input, const char *at, size_t length);
void window_advance(struct input *input, size_t length);
/* Lines that end in a carriage return alone get a newline in its place. */
void window_end_in_newlines(char *at, size_t length);

#endif

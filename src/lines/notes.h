/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run says of its files on standard error before it answers: how each
 * is read, which columns are and which are not, and what no column gives.
 */
#ifndef TW_LINES_NOTES_H
#define TW_LINES_NOTES_H

#include "lines/input.h"

struct notes {
	int err; /* file descriptor; -1: nothing is said */
	bool quiet;
	const struct input *inputs;
	size_t count;
	const struct columns_options *columns;
};

/* One line for standard error; `text` ends in no newline and may hold words from outside. */
void note_say(int err, const char *text, size_t length);
/* Which sheet of a workbook, and by which profile. */
void notes_files(const struct notes *note);
/* What was read of each file, and what no file gives and every line needs. */
void notes_columns(const struct notes *note);

#endif

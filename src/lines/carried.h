/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The columns of the input in the answers: what they are called over all files.
 * It reads no cell; kept.h has those of a line.
 *
 * Columns of the same name in several files are one; a name that a file bears
 * twice is two. A name that is also one of the answer's (letter case apart) gets
 * "input_" before it. The members of NDJSON are columns where the beginning of
 * the file has them; what else a line has stands in a last column as JSON.
 */
#ifndef TW_LINES_CARRIED_H
#define TW_LINES_CARRIED_H

#include "lines/input.h"

struct carried {
	struct carried_column *column;
	struct tw_text *name; /* of each column, in the answers */
	size_t count, room;
	bool has_rest; /* the last column is that of members without one */
	int **from;    /* of each file, lent to its columns */
	size_t files;
};

/* One column: its name in the files, and in the answers. */
struct carried_column {
	char *name, *shown;
	size_t length, shown_length;
	char *json; /* the name as JSON writes it, without quotes; NULL: it never is a member */
	size_t json_length;
};

/* All columns of the files, which are open. `taken`: the names of the answer's columns. */
int carried_new(struct carried **out, struct input *inputs, size_t count, const char *const *taken,
		size_t taken_count, struct tw_error *error);
void carried_free(struct carried *carried);
#endif

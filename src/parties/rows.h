/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a list as it is published: cells between separators, quoted where they like. It is
 * lenient where common/csv.h is strict: a stray quote is a character, and a quote that nothing
 * closes ends with its line. Cells point into the text, which is changed in place.
 */
#ifndef TW_PARTIES_ROWS_H
#define TW_PARTIES_ROWS_H

#include "common/buffer.h"

enum { ROWS_CELLS = 160, ROWS_QUOTED = 65536 };

struct rows {
	char *at, *end;
	char separator;
	uint64_t line;   /* of the row that was read, from 1 on */
	uint64_t next;   /* of the one after it */
	uint64_t mended; /* cells with stray quotes */
	char *none;      /* before it no quote closes a cell that is open */
};
struct row {
	struct tw_text cell[ROWS_CELLS]; /* without blanks around */
	size_t count;                    /* cells after the last are left out */
};

/* False at the end. Empty lines are passed over. */
bool rows_next(struct row *row, struct rows *rows);
/* A cell, or an empty text where the row has fewer; `position` from 0 on. */
struct tw_text row_cell(const struct row *row, size_t position);
/* Cells that are not empty, with the text `between` them; it stands until `to` is written again. */
struct tw_text rows_joined(struct buffer *to, const struct row *row, const size_t *of, size_t count,
			   const char *between);
/* A text without blanks around. */
struct tw_text rows_trim(struct tw_text text);
/* The next of several in a text: up to the separator, trimmed; false after the last. */
bool rows_part(struct tw_text *part, struct tw_text *text, const char *separator);
/* Whether they are the same but for case and what is neither letter nor digit. */
bool rows_alike(struct tw_text text, const char *name);
/* The column of a name in a head, or what it is by default. */
size_t rows_column(const struct row *head, const char *name, size_t otherwise);

#endif

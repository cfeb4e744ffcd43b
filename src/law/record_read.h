/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that read the record share. Private to record*.c. */
#ifndef TW_LAW_RECORD_READ_H
#define TW_LAW_RECORD_READ_H

#include "law/reader.h"
#include "law/record.h"

struct record_read {
	struct reader *r;
	struct law_record *out;
	struct table actor, unit, source, event, series, claim;
	bool *source_used;
	struct tsv tsv; /* the table that is read */
	size_t row;
};

/* record_cells.c: a table and its cells. */
int record_table(struct record_read *s, const char *name, const char *const *columns);
const char *record_cell(const struct record_read *s, const char *column);
struct law_pos record_place(const struct record_read *s, const char *column);
/* The text of a cell that may not be empty. */
int record_needed(const struct record_read *s, const char *column, const char **out);
int record_word(const struct record_read *s, const char *column, const char *const *words,
		int *out);
int record_day(const struct record_read *s, const char *column, int32_t *out);
int record_days(const struct record_read *s, const char *column, const char *text, int32_t *out);
/* The words of a cell, between blanks. */
int record_split(const struct record_read *s, const char *column, const char *const **out,
		 uint32_t *count);
/* Their indexes in a table of names. */
int record_names(const struct record_read *s, const char *column, const struct table *table,
		 const char *what, const uint32_t **out, uint32_t *count);
/* Whether the name of a program, or a pattern of several, is one of the law. */
bool record_has_program(const struct record_read *s, const char *name);
/* The source of a row and its confidence; an empty cell: LAW_NONE. */
int record_source(struct record_read *s, uint32_t *source, enum law_confidence *confidence);

/* record_events.c, record_figures.c, record_claims.c: after the tables of names. */
int record_events(struct record_read *s);
int record_series(struct record_read *s);
int record_figures(struct record_read *s);
int record_claims(struct record_read *s);

#endif

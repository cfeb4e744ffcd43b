/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a file's columns are called and which of ours they are: names,
 * aliases, --map and --set. It reads no values.
 */
#ifndef TW_LINES_COLUMNS_H
#define TW_LINES_COLUMNS_H

#include "csv.h"
#include "tidewaiter.h"

/* Fields of a file beside the columns of a line. */
enum {
	FIELD_SPI = TW_COLUMN_COUNT, /* becomes the claim spi=... */
	FIELD_ENTRY_LINE,            /* ES-003: line in the summary */
	FIELD_ORDINAL,               /* ES-003: place of the tariff number in the line */
	FIELD_DECLARED,              /* ES-003: duty on this tariff row */
	FIELD_OTHER,                 /* known, and not for us: dates of orders, rates, ports ... */
	FIELD_COUNT,
	FIELD_UNKNOWN = FIELD_COUNT
};

#define COLUMNS_MAPS 64

/* --map theirs=ours and --set column=value. */
struct columns_options {
	struct {
		struct tw_text theirs;
		int field;
		bool used;
	} map[COLUMNS_MAPS];
	size_t map_count;
	struct tw_text set[TW_COLUMN_COUNT]; /* at == NULL: not set */
};

/* Read "theirs=ours" or "column=value"; the text must outlive the options. */
int columns_map(struct columns_options *options, const char *text, struct tw_error *error);
int columns_set(struct columns_options *options, const char *text, struct tw_error *error);

/* The header of one file. */
struct columns {
	size_t count;
	int field[CSV_FIELDS]; /* of each column: enum tw_column, FIELD_... */
	int at[FIELD_COUNT];   /* the column of each field, or -1 */
	struct tw_text name[CSV_FIELDS];
	int kept_from[CSV_FIELDS]; /* for each kept column of the output: which of the kept values
				      of a line of this file, or -1; set by the owner of all files
				    */
	bool is_es003;
	char *names; /* owned text of the names */
};

/* How many of a row's cells are names we know: tells a header from a preamble. */
size_t columns_score(const struct csv_row *row, const struct columns_options *options);
/* Understand a header row. Copies the names. Free with columns_free. */
int columns_read(struct columns *columns, const struct csv_row *row,
		 struct columns_options *options, struct tw_error *error);
void columns_free(struct columns *columns);

/* The field of one name (NDJSON keys): --map, our names, exact aliases; or FIELD_UNKNOWN. */
int columns_key(struct tw_text name, const struct columns_options *options);
/* Lower is better, where two names of a line mean the same field. */
int columns_rank(struct tw_text name, int field, const struct columns_options *options);
/* The nearest of a list of names to a misspelt one, or NULL if none is near. */
const char *columns_nearest(const char *name, size_t length, const char *const *names,
			    size_t count);
/* All names of columns, for messages and for columns_nearest. */
const char *const *columns_names(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of CSV text made a Parquet file, as they come, by a thread of its own:
 * amounts and instants become values, other cells stay text, and columns may be
 * taken from other Parquet files as they are there. It writes through a
 * descriptor and names no file.
 */
#ifndef TW_PARQUET_TABLE_H
#define TW_PARQUET_TABLE_H

#include "parquet/nested.h"

enum table_kind {
	TABLE_TEXT,
	TABLE_AMOUNT, /* decimal(18, 4) */
	TABLE_INSTANT /* "2026-01-01T05:00:00Z": a timestamp with a zone */
};

struct table_column {
	char *name; /* owned */
	enum table_kind kind;
	duckdb_handle type; /* owned, of a column of other files; NULL: of this kind */
};

/* A file of which columns are taken: a row for each that is given. */
struct table_source {
	int fd;        /* lent; -1: none is */
	char *columns; /* owned: what is read of it, as SQL says it */
	size_t *to;    /* owned: of each column that is read, its place in the table */
	size_t count;
};

struct table_rows {
	struct tw_text text; /* records of CSV with commas; an empty cell is null */
	const uint64_t
	    *number; /* of each record the row in its source, going up; NULL: no sources */
	size_t count, source;
	struct nested_rows *nested; /* as many, and emptied; where table_options.nested says so */
};

struct table;

/*
 * Begins a file with these columns, in order. The texts of `about`, pairs of a name and a value up
 * to a NULL, become its metadata. All that is owned goes over, also on an error; the library and
 * the descriptors are lent until the table is freed.
 */
struct table_options {
	const struct duck *duck;
	int fd;
	struct table_column *columns;
	size_t count;
	struct table_source *sources;
	size_t source_count;
	const char *const *about;
	bool has_nested;
	char *nested; /* owned: the name of one more column, behind the others; NULL: none */
};
int table_new(struct table **out, const struct table_options *options, struct tw_error *error);
int table_put(struct table *table, const struct table_rows *rows, struct tw_error *error);
/* After the last row: the file is whole when it returns TW_OK. */
int table_end(struct table *table, struct tw_error *error);
/* One that was not ended is given up. */
void table_free(struct table *table);

void table_free_columns(struct table_column *columns, size_t count, const struct duck *duck);
void table_free_sources(struct table_source *sources, size_t count);

#endif

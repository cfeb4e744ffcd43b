/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Parquet file read from its first row to its last, some thousand rows at a
 * time. It knows no columns of ours.
 */
#ifndef TW_PARQUET_FILE_H
#define TW_PARQUET_FILE_H

#include "parquet/duck.h"

extern const char file_unreadable[]; /* "cannot be read as Parquet" */

struct file {
	const struct duck *duck;
	duckdb_handle connection, statement, chunk; /* the rows that were read last, or NULL */
	duckdb_result result;
	uint64_t before; /* rows before the chunk */
	size_t rows;     /* in the chunk; 0: the end, or before the first */
	size_t columns;
	bool has_ended;
};

/*
 * Begins to read by a descriptor, which must stay open meanwhile. `columns`: what is read, as SQL
 * says it; "*" is all. The library is lent.
 */
int file_open(struct file *file, const struct duck *duck, int fd, const char *columns,
	      struct tw_error *error);
/* The next rows. */
int file_next(struct file *file, struct tw_error *error);
/* Also of one that was not opened, when it is all zero. */
void file_close(struct file *file);

const char *file_name(struct file *file, size_t column);
/*
 * From here on types that Arrow has not, a UUID, are not told as the texts that they are read as.
 * Rows are not read after it.
 */
int file_tell_types(struct file *file, struct tw_error *error);
/* The types of the columns as Arrow has them, to be released. */
int file_schema(struct ArrowSchema *out, struct file *file, struct tw_error *error);
/* The rows that were read last as Arrow has them, to be released. */
int file_array(struct ArrowArray *out, const struct file *file, struct tw_error *error);

#endif

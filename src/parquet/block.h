/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of CSV text on their way into the vectors of DuckDB. It waits for nobody. */
#ifndef TW_PARQUET_BLOCK_H
#define TW_PARQUET_BLOCK_H

#include "common/buffer.h"
#include "common/csv.h"
#include "parquet/file.h"
#include "parquet/table.h"

/* What the rows are of. */
struct block_table {
	const struct duck *duck;
	struct table_column *columns;
	size_t count;
	struct table_source *sources;
	size_t source_count;
	struct file *file; /* of each source, open from the first row on */
	duckdb_handle chosen;
	struct csv_row *row;
	struct nested nested; /* of the last column, which no record has; or all zero */
};

struct block {
	struct buffer text, numbers;
	size_t source;
	size_t at;               /* of the text, what is read */
	size_t row;              /* of the numbers */
	struct ArrowArray array; /* of the nested column, until it is a chunk */
	duckdb_handle chunk;
};

int block_fill(struct block *block, const struct table_rows *rows, struct tw_error *error);
bool block_is_empty(const struct block *block);
void block_free(struct block *block, const struct duck *duck);

/* The next rows of a block into a chunk of the columns; *rows says how many. */
int block_give(size_t *rows, struct block *block, struct block_table *table, duckdb_handle chunk,
	       struct tw_error *error);

#endif

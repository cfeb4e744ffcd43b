/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parquet for a run of tidewaiter: files of lines in, answers or another table
 * out. DuckDB's library is loaded when the first of them asks for it. It
 * decides nothing about lines.
 */
#ifndef TW_PARQUET_PARQUET_H
#define TW_PARQUET_PARQUET_H

#include "lines/run.h"

struct parquet;

/* `threads`: those of DuckDB. NULL: no memory. */
struct parquet *parquet_new(unsigned threads);
void parquet_free(struct parquet *parquet); /* a file that was not ended is given up */

/* How inputs are read; lent, as long as `parquet`. */
const struct table_opener *parquet_opener(struct parquet *parquet);

/*
 * Where the file goes: a descriptor; `is_new`: of an empty file that nobody else has. It fails
 * where the library is not there.
 */
int parquet_to(struct parquet *parquet, int fd, bool is_new, struct tw_error *error);
/*
 * Who takes the answers by that law; lent. The columns of Parquet inputs are kept as they are.
 * `nested`: with one more column, of all that an answer says (nested.h).
 */
const struct run_sink *parquet_sink(struct parquet *parquet, const tw_rulebook *rulebook,
				    bool nested);
/* In place of answers a table: the names of its columns as a record of CSV, and then its records.
 * Columns of `instants`, names up to a NULL, are such. */
int parquet_names(struct parquet *parquet, struct tw_text names, const char *const *instants,
		  struct tw_error *error);
int parquet_records(struct parquet *parquet, struct tw_text records, struct tw_error *error);
/* After the last: the file is whole. */
int parquet_end(struct parquet *parquet, struct tw_error *error);

#endif

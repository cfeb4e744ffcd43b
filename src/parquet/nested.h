/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The column of answers that is a struct of lists of structs: layers, fees,
 * substances, controls, warnings. It is the `detail` of columns of Arrow
 * (arrow/answers.h), gathered by those who answer and taken over by DuckDB's
 * library as it is.
 */
#ifndef TW_PARQUET_NESTED_H
#define TW_PARQUET_NESTED_H

#include "findings/finding.h"
#include "parquet/duck.h"

/* Rows that are gathered: of one batch of lines, by one thread at a time. */
struct nested_rows;

/* Adds one; *rows is NULL at first. False: no memory. */
bool nested_add(struct nested_rows **rows, const struct finding *finding,
		const tw_rulebook *rulebook);
void nested_rows_free(struct nested_rows *rows);
/* Gives them as an array of a struct with the one column, and begins anew. */
int nested_give(struct ArrowArray *out, struct nested_rows *rows, struct tw_error *error);

/* How arrays become chunks. */
struct nested {
	const struct duck *duck;
	duckdb_handle connection, schema;
	duckdb_handle type; /* of the column */
};

int nested_open(struct nested *out, const struct duck *duck, struct tw_error *error);
void nested_close(struct nested *nested); /* also of one that is all zero */
/* The array, which is the chunk's from here on; also on an error it is gone. */
int nested_chunk(duckdb_handle *out, const struct nested *nested, struct ArrowArray *array,
		 struct tw_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors as the columns of lines. */
#ifndef TW_DUCK_READ_H
#define TW_DUCK_READ_H

#include "duck.h"

enum { DUCK_COLUMNS = 160 };

/* A vector and how its values are read. */
struct duck_cells {
	duckdb_vector vector;
	const void *data;
	uint64_t *validity;
	duckdb_logical_type type; /* owned */
	duckdb_type id, stored;   /* what it is; what its values are stored as */
	unsigned scale;           /* of a decimal */
};

struct duck_column {
	struct sql_column column;
	struct duck_cells cells;
	/* Claims as names with values: a column each of a struct; key and value of a map. */
	struct duck_cells *inner;
	char **inner_name; /* of a struct */
	size_t inner_count;
};

/* What lines are read from. Free with duck_rows_free. */
struct duck_rows {
	const tw_rulebook *rulebook;
	size_t count;
	struct duck_column column[DUCK_COLUMNS];
	const struct duck_column *id; /* the one that is the line's reference, or NULL */
};

/* One column. */
int duck_rows_add(struct duck_rows *rows, duckdb_vector vector, struct tw_text name,
		  struct tw_error *error);
/* A column for each member of a struct. */
int duck_rows_add_struct(struct duck_rows *rows, duckdb_vector vector, struct tw_error *error);
void duck_rows_free(struct duck_rows *rows);
/* The line at a place of the vectors. Texts live in the heap and in the vectors. number: for
 * messages, and as its id where it says none; 0: it has none. */
int duck_rows_read(struct tw_line *line, const struct duck_rows *rows, size_t row, uint64_t number,
		   struct sql_heap *heap, struct tw_error *error);

void duck_cells_open(struct duck_cells *cells, duckdb_vector vector);
void duck_cells_close(struct duck_cells *cells);
bool duck_cells_null(const struct duck_cells *cells, size_t row);
/* A value as text; length 0: none. */
int duck_cells_text(struct tw_text *out, const struct duck_cells *cells, size_t row,
		    struct sql_heap *heap, struct tw_error *error);

#endif

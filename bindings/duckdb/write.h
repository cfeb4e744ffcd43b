/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as the values of a vector: a STRUCT with lists of structs in it. */
#ifndef TW_DUCK_WRITE_H
#define TW_DUCK_WRITE_H

#include "duck.h"

struct duck_node;

/* The vector that is written, of a record; free with duck_node_free. */
int duck_node_new(struct duck_node **out, const struct sql_record *record, duckdb_vector vector,
		  struct tw_error *error);
void duck_node_free(struct duck_node *node);
/* After the vector was moved: a list's child that was given more room. */
void duck_node_refresh(struct duck_node *node);
/* Nothing at the place, of a struct: neither in its members. */
void duck_node_null(struct duck_node *node, size_t row);
int duck_write_finding(struct duck_node *node, size_t row, const struct tw_line *line,
		       const struct tw_assessment *answer, struct tw_error *error);
int duck_write_record(struct duck_node *node, size_t row, const void *record,
		      struct tw_error *error);
void duck_set_null(duckdb_vector vector, size_t row);

#endif

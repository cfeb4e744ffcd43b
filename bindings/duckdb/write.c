/* SPDX-License-Identifier: Apache-2.0 */
#include "write.h"

#include <stdlib.h>
#include <string.h>

/* DECIMAL(18, 4) is what an amount is: 1/10000 of the unit. */
#define MOST_MONEY INT64_C(999999999999999999)

/* A vector with those inside it. */
struct duck_node {
	duckdb_vector vector;
	void *data;
	enum sql_type type;
	const struct sql_record *record; /* of a struct: itself or a list's elements */
	size_t used, room;               /* of a list: elements of all its rows */
	size_t count;                    /* of the children */
	struct duck_node *child;         /* of a struct its members; of a list one */
};

duckdb_logical_type duck_type(duckdb_type type)
{
	return duckdb_create_logical_type(type);
}

static duckdb_logical_type list_of(duckdb_logical_type element)
{
	duckdb_logical_type list = duckdb_create_list_type(element);
	duckdb_destroy_logical_type(&element);
	return list;
}

static duckdb_logical_type field_type(const struct sql_field *field)
{
	switch (sql_field_type(field)) {
	case SQL_MONEY:
		return duckdb_create_decimal_type(18, 4);
	case SQL_FLAG:
		return duck_type(DUCKDB_TYPE_BOOLEAN);
	case SQL_INSTANT:
		return duck_type(DUCKDB_TYPE_TIMESTAMP_TZ);
	case SQL_TEXTS:
		return list_of(duck_type(DUCKDB_TYPE_VARCHAR));
	case SQL_ROWS:
		return list_of(duck_record_type(field->rows));
	default:
		return duck_type(DUCKDB_TYPE_VARCHAR);
	}
}

duckdb_logical_type duck_record_type(const struct sql_record *record)
{
	duckdb_logical_type type[SQL_FIELDS];
	const char *name[SQL_FIELDS];
	for (size_t i = 0; i < record->count; i++) {
		type[i] = field_type(&record->field[i]);
		name[i] = record->field[i].name;
	}
	duckdb_logical_type made = duckdb_create_struct_type(type, name, record->count);
	for (size_t i = 0; i < record->count; i++)
		duckdb_destroy_logical_type(&type[i]);
	return made;
}

static bool is_struct(const struct duck_node *node)
{
	return node->record && node->type != SQL_ROWS;
}

void duck_node_refresh(struct duck_node *node)
{
	node->data = is_struct(node) ? NULL : duckdb_vector_get_data(node->vector);
	for (size_t i = 0; is_struct(node) && i < node->count; i++)
		duck_node_refresh(&node->child[i]);
}

static bool make(struct duck_node *node, enum sql_type type, const struct sql_record *record,
		 duckdb_vector vector);

static bool make_members(struct duck_node *node)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct sql_field *field = &node->record->field[i];
		if (!make(&node->child[i], sql_field_type(field), field->rows,
			  duckdb_struct_vector_get_child(node->vector, i)))
			return false;
	}
	return true;
}

/* type: SQL_TEXT with a record: a struct. */
static bool make(struct duck_node *node, enum sql_type type, const struct sql_record *record,
		 duckdb_vector vector)
{
	*node = (struct duck_node){.vector = vector, .type = type, .record = record};
	bool is_list = type == SQL_TEXTS || type == SQL_ROWS;
	node->count = is_list ? 1 : record ? record->count : 0;
	node->child = node->count ? calloc(node->count, sizeof *node->child) : NULL;
	if (node->count && !node->child)
		return false;
	if (!is_list && record)
		return make_members(node);
	node->data = duckdb_vector_get_data(vector);
	if (is_list)
		node->used = duckdb_list_vector_get_size(vector);
	return !is_list ||
	       make(&node->child[0], SQL_TEXT, record, duckdb_list_vector_get_child(vector));
}

static void clear(struct duck_node *node)
{
	for (size_t i = 0; node->child && i < node->count; i++)
		clear(&node->child[i]);
	free(node->child);
}

int duck_node_new(struct duck_node **out, const struct sql_record *record, duckdb_vector vector,
		  struct tw_error *error)
{
	struct duck_node *node = calloc(1, sizeof *node);
	if (node && make(node, SQL_TEXT, record, vector)) {
		*out = node;
		return TW_OK;
	}
	duck_node_free(node);
	return sql_no_memory(error);
}

void duck_node_free(struct duck_node *node)
{
	if (node)
		clear(node);
	free(node);
}

void duck_set_null(duckdb_vector vector, size_t row)
{
	duckdb_vector_ensure_validity_writable(vector);
	duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
}

void duck_node_null(struct duck_node *node, size_t row)
{
	duck_set_null(node->vector, row);
	if (node->type == SQL_TEXTS || node->type == SQL_ROWS)
		((duckdb_list_entry *)node->data)[row] = (duckdb_list_entry){node->used, 0};
	for (size_t i = 0; is_struct(node) && i < node->count; i++)
		duck_node_null(&node->child[i], row);
}

static int put(struct duck_node *node, size_t row, const struct sql_cell *cell,
	       struct tw_error *error);

/* Room for more elements of a list; the place of the first. */
static bool grow(struct duck_node *node, size_t row, size_t count, size_t *first)
{
	*first = node->used;
	((duckdb_list_entry *)node->data)[row] = (duckdb_list_entry){node->used, count};
	if (node->used + count > node->room) {
		node->room = 2 * (node->used + count) + 64;
		if (duckdb_list_vector_reserve(node->vector, node->room) == DuckDBError)
			return false;
		duck_node_refresh(&node->child[0]);
	}
	node->used += count;
	return duckdb_list_vector_set_size(node->vector, node->used) == DuckDBSuccess;
}

static int put_list(struct duck_node *node, size_t row, const struct sql_cell *cell,
		    struct tw_error *error)
{
	struct duck_node *element = &node->child[0];
	size_t first;
	int code = TW_OK;
	if (!grow(node, row, cell->count, &first))
		return sql_no_memory(error);
	for (size_t i = 0; i < cell->count && !code; i++) {
		if (cell->type == SQL_TEXTS)
			duckdb_vector_assign_string_element(element->vector, first + i,
							    cell->texts[i]);
		else
			code = duck_write_record(element, first + i,
						 (const char *)cell->rows + i * node->record->size,
						 error);
	}
	return code;
}

static int put(struct duck_node *node, size_t row, const struct sql_cell *cell,
	       struct tw_error *error)
{
	if (cell->is_null) {
		duck_node_null(node, row);
		return TW_OK;
	}
	switch (cell->type) {
	case SQL_TEXT:
		duckdb_vector_assign_string_element_len(node->vector, row, cell->text.at,
							cell->text.length);
		return TW_OK;
	case SQL_MONEY:
		if (cell->number > MOST_MONEY)
			return sql_error(error, TW_BAD_ARGUMENT,
					 "an amount of the answer is over 99,999,999,999,999.9999, "
					 "which DECIMAL(18, 4) cannot hold");
		((int64_t *)node->data)[row] = cell->number;
		return TW_OK;
	case SQL_FLAG:
		((bool *)node->data)[row] = cell->number != 0;
		return TW_OK;
	case SQL_INSTANT:
		((int64_t *)node->data)[row] = cell->number * 1000000;
		return TW_OK;
	default:
		return put_list(node, row, cell, error);
	}
}

int duck_write_finding(struct duck_node *node, size_t row, const struct tw_line *line,
		       const struct tw_assessment *answer, struct tw_error *error)
{
	struct sql_cell cell;
	int code = TW_OK;
	for (size_t i = 0; i < node->count && !code; i++) {
		sql_finding_read(&cell, &sql_finding.field[i], line, answer);
		code = put(&node->child[i], row, &cell, error);
	}
	return code;
}

int duck_write_record(struct duck_node *node, size_t row, const void *record,
		      struct tw_error *error)
{
	struct sql_cell cell;
	int code = TW_OK;
	for (size_t i = 0; i < node->count && !code; i++) {
		sql_cell_read(&cell, &node->record->field[i], record);
		code = put(&node->child[i], row, &cell, error);
	}
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	duckdb_type type;
	const char *name;
	enum sql_value kind;
} types[] = {
    {DUCKDB_TYPE_SQLNULL, "NULL", SQL_VALUE_NULL},
    {DUCKDB_TYPE_BOOLEAN, "BOOLEAN", SQL_VALUE_FLAG},
    {DUCKDB_TYPE_TINYINT, "TINYINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_SMALLINT, "SMALLINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_INTEGER, "INTEGER", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_BIGINT, "BIGINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_UTINYINT, "UTINYINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_USMALLINT, "USMALLINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_UINTEGER, "UINTEGER", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_UBIGINT, "UBIGINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_HUGEINT, "HUGEINT", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_DECIMAL, "DECIMAL", SQL_VALUE_NUMBER},
    {DUCKDB_TYPE_FLOAT, "FLOAT", SQL_VALUE_FLOAT},
    {DUCKDB_TYPE_DOUBLE, "DOUBLE", SQL_VALUE_FLOAT},
    {DUCKDB_TYPE_VARCHAR, "VARCHAR", SQL_VALUE_TEXT},
    {DUCKDB_TYPE_ENUM, "ENUM", SQL_VALUE_TEXT},
    {DUCKDB_TYPE_DATE, "DATE", SQL_VALUE_TIME},
    {DUCKDB_TYPE_TIMESTAMP, "TIMESTAMP", SQL_VALUE_TIME},
    {DUCKDB_TYPE_TIMESTAMP_S, "TIMESTAMP_S", SQL_VALUE_TIME},
    {DUCKDB_TYPE_TIMESTAMP_MS, "TIMESTAMP_MS", SQL_VALUE_TIME},
    {DUCKDB_TYPE_TIMESTAMP_NS, "TIMESTAMP_NS", SQL_VALUE_TIME},
    {DUCKDB_TYPE_TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE", SQL_VALUE_TIME},
    {DUCKDB_TYPE_MAP, "MAP", SQL_VALUE_NAMED},
    {DUCKDB_TYPE_STRUCT, "STRUCT", SQL_VALUE_NAMED},
    {DUCKDB_TYPE_LIST, "LIST", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_ARRAY, "ARRAY", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_BLOB, "BLOB", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_UUID, "UUID (cast it to VARCHAR)", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_UHUGEINT, "UHUGEINT", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_TIME, "TIME", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_TIME_TZ, "TIME WITH TIME ZONE", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_BIT, "BIT", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_UNION, "UNION", SQL_VALUE_OTHER},
    {DUCKDB_TYPE_INTERVAL, "INTERVAL", SQL_VALUE_OTHER},
};
enum { TYPES = sizeof types / sizeof *types };

static size_t type_find(duckdb_type type)
{
	size_t i = 0;
	while (i < TYPES && types[i].type != type)
		i++;
	return i;
}

enum sql_value duck_value_kind(duckdb_logical_type type)
{
	size_t i = type_find(duckdb_get_type_id(type));
	return i < TYPES ? types[i].kind : SQL_VALUE_OTHER;
}

const char *duck_type_name(duckdb_logical_type type)
{
	size_t i = type_find(duckdb_get_type_id(type));
	return i < TYPES ? types[i].name : "of no type that a line has";
}

void duck_cells_open(struct duck_cells *cells, duckdb_vector vector)
{
	cells->vector = vector;
	cells->type = duckdb_vector_get_column_type(vector);
	cells->id = cells->stored = duckdb_get_type_id(cells->type);
	cells->scale = 0;
	if (cells->id == DUCKDB_TYPE_DECIMAL) {
		cells->stored = duckdb_decimal_internal_type(cells->type);
		cells->scale = duckdb_decimal_scale(cells->type);
	} else if (cells->id == DUCKDB_TYPE_ENUM) {
		cells->stored = duckdb_enum_internal_type(cells->type);
	}
	cells->data = duckdb_vector_get_data(vector);
	cells->validity = duckdb_vector_get_validity(vector);
}

void duck_cells_close(struct duck_cells *cells)
{
	duckdb_destroy_logical_type(&cells->type);
}

bool duck_cells_null(const struct duck_cells *cells, size_t row)
{
	return cells->id == DUCKDB_TYPE_SQLNULL ||
	       (cells->validity && !(cells->validity[row / 64] >> row % 64 & 1));
}

static __int128 number_at(const struct duck_cells *cells, size_t row)
{
	switch (cells->stored) {
	case DUCKDB_TYPE_TINYINT:
		return ((const int8_t *)cells->data)[row];
	case DUCKDB_TYPE_SMALLINT:
		return ((const int16_t *)cells->data)[row];
	case DUCKDB_TYPE_INTEGER:
		return ((const int32_t *)cells->data)[row];
	case DUCKDB_TYPE_UTINYINT:
		return ((const uint8_t *)cells->data)[row];
	case DUCKDB_TYPE_USMALLINT:
		return ((const uint16_t *)cells->data)[row];
	case DUCKDB_TYPE_UINTEGER:
		return ((const uint32_t *)cells->data)[row];
	case DUCKDB_TYPE_UBIGINT:
		return ((const uint64_t *)cells->data)[row];
	case DUCKDB_TYPE_HUGEINT: {
		duckdb_hugeint value = ((const duckdb_hugeint *)cells->data)[row];
		return (__int128)((unsigned __int128)(uint64_t)value.upper << 64 | value.lower);
	}
	default:
		return ((const int64_t *)cells->data)[row];
	}
}

/* A time as microseconds; false: it is one of the two infinities. */
static bool time_at(int64_t *out, const struct duck_cells *cells, size_t row)
{
	int64_t value = ((const int64_t *)cells->data)[row];
	*out = value;
	if (value == INT64_MAX || value == -INT64_MAX)
		return false;
	if (cells->id == DUCKDB_TYPE_TIMESTAMP_S)
		return !__builtin_mul_overflow(value, 1000000, out);
	if (cells->id == DUCKDB_TYPE_TIMESTAMP_MS)
		return !__builtin_mul_overflow(value, 1000, out);
	if (cells->id == DUCKDB_TYPE_TIMESTAMP_NS)
		*out = value / 1000 - (value % 1000 < 0);
	return true;
}

static int enum_text(struct tw_text *out, const struct duck_cells *cells, size_t row,
		     struct sql_heap *heap, struct tw_error *error)
{
	char *word = duckdb_enum_dictionary_value(cells->type, (idx_t)number_at(cells, row));
	size_t length = word ? strlen(word) : 0;
	char *at = sql_heap_take(heap, length + 1);
	if (at && word)
		memcpy(at, word, length);
	duckdb_free(word);
	*out = (struct tw_text){at, length};
	return at ? TW_OK : sql_no_memory(error);
}

static int printed(struct tw_text *out, const struct duck_cells *cells, size_t row,
		   struct sql_heap *heap, struct tw_error *error)
{
	char *at = sql_heap_take(heap, SQL_PRINT);
	int64_t time;
	if (!at)
		return sql_no_memory(error);
	out->at = at;
	switch (cells->id) {
	case DUCKDB_TYPE_BOOLEAN:
		out->at = ((const bool *)cells->data)[row] ? "yes" : "no";
		out->length = strlen(out->at);
		return TW_OK;
	case DUCKDB_TYPE_DATE: {
		int32_t day = ((const int32_t *)cells->data)[row];
		if (day == INT32_MAX || day == -INT32_MAX)
			break;
		out->length = sql_print_day(at, day);
		return TW_OK;
	}
	case DUCKDB_TYPE_TIMESTAMP:
	case DUCKDB_TYPE_TIMESTAMP_S:
	case DUCKDB_TYPE_TIMESTAMP_MS:
	case DUCKDB_TYPE_TIMESTAMP_NS:
	case DUCKDB_TYPE_TIMESTAMP_TZ:
		if (!time_at(&time, cells, row))
			break;
		out->length = sql_print_time(at, time, cells->id == DUCKDB_TYPE_TIMESTAMP_TZ);
		return TW_OK;
	default:
		out->length = sql_print_number(at, number_at(cells, row), cells->scale);
		return TW_OK;
	}
	return sql_error(error, TW_BAD_ARGUMENT, "is infinite: give a day or a time");
}

int duck_cells_text(struct tw_text *out, const struct duck_cells *cells, size_t row,
		    struct sql_heap *heap, struct tw_error *error)
{
	*out = (struct tw_text){"", 0};
	if (duck_cells_null(cells, row))
		return TW_OK;
	if (cells->id == DUCKDB_TYPE_VARCHAR) {
		duckdb_string_t *text = &((duckdb_string_t *)cells->data)[row];
		*out = (struct tw_text){duckdb_string_t_data(text), duckdb_string_t_length(*text)};
		return TW_OK;
	}
	if (cells->id == DUCKDB_TYPE_ENUM)
		return enum_text(out, cells, row, heap, error);
	return printed(out, cells, row, heap, error);
}

/* The members of a struct, or key and value of a map. */
static int open_inner(struct duck_column *column, duckdb_vector vector, struct tw_error *error)
{
	bool is_map = column->cells.id == DUCKDB_TYPE_MAP;
	duckdb_vector from = is_map ? duckdb_list_vector_get_child(vector) : vector;
	size_t count = is_map ? 2 : duckdb_struct_type_child_count(column->cells.type);
	column->inner = calloc(count, sizeof *column->inner);
	column->inner_name = calloc(count, sizeof *column->inner_name);
	if (!column->inner || !column->inner_name)
		return sql_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		struct duck_cells *cells = &column->inner[column->inner_count++];
		duck_cells_open(cells, duckdb_struct_vector_get_child(from, i));
		if (!is_map)
			column->inner_name[i] =
			    duckdb_struct_type_child_name(column->cells.type, i);
		enum sql_value kind = duck_value_kind(cells->type);
		const char *what = is_map ? i ? "its values" : "its keys" : column->inner_name[i];
		if (kind >= SQL_VALUE_NAMED || (is_map && !i && kind != SQL_VALUE_TEXT))
			return sql_error(
			    error, TW_BAD_ARGUMENT,
			    "column claims: %s: of type %s: give text, flags, whole or "
			    "decimal numbers, or dates",
			    what, duck_type_name(cells->type));
	}
	return TW_OK;
}

static int place(struct duck_column **out, struct duck_rows *rows, const struct sql_column *column,
		 struct tw_error *error)
{
	for (size_t i = 0; i < rows->count; i++)
		if (!strcmp(rows->column[i].column.name, column->name))
			return sql_error(error, TW_BAD_ARGUMENT,
					 "column %s is given twice: omit one", column->name);
	if (rows->count == DUCK_COLUMNS)
		return sql_error(error, TW_BAD_ARGUMENT, "a line has at the most %d columns",
				 (int)DUCK_COLUMNS);
	*out = &rows->column[rows->count];
	**out = (struct duck_column){.column = *column};
	return TW_OK;
}

int duck_rows_add(struct duck_rows *rows, duckdb_vector vector, struct tw_text name,
		  struct tw_error *error)
{
	struct sql_column column;
	struct duck_column *to = NULL;
	int code = sql_column_find(&column, rows->rulebook, name, error);
	if (code || (code = place(&to, rows, &column, error)))
		return code;
	rows->count++;
	duck_cells_open(&to->cells, vector);
	if (column.column == TW_COLUMN_ID)
		rows->id = to;
	code = sql_column_takes(&column, duck_value_kind(to->cells.type),
				duck_type_name(to->cells.type),
				"cast it to a decimal, such as DECIMAL(18, 2)", error);
	if (code)
		return code;
	bool is_named = duck_value_kind(to->cells.type) == SQL_VALUE_NAMED;
	return is_named ? open_inner(to, vector, error) : TW_OK;
}

int duck_rows_add_struct(struct duck_rows *rows, duckdb_vector vector, struct tw_error *error)
{
	duckdb_logical_type type = duckdb_vector_get_column_type(vector);
	size_t count = duckdb_struct_type_child_count(type);
	int code = TW_OK;
	for (size_t i = 0; i < count && !code; i++) {
		char *name = duckdb_struct_type_child_name(type, i);
		struct tw_text text = {name, name ? strlen(name) : 0};
		code = duck_rows_add(rows, duckdb_struct_vector_get_child(vector, i), text, error);
		duckdb_free(name);
	}
	duckdb_destroy_logical_type(&type);
	return code;
}

void duck_rows_free(struct duck_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct duck_column *column = &rows->column[i];
		for (size_t j = 0; j < column->inner_count; j++) {
			duck_cells_close(&column->inner[j]);
			duckdb_free(column->inner_name[j]);
		}
		free(column->inner);
		free(column->inner_name);
		duck_cells_close(&column->cells);
	}
	rows->count = 0;
}

static int read_named(struct tw_text *claims, const struct duck_column *column, size_t row,
		      struct sql_heap *heap, struct tw_error *error)
{
	struct tw_text key, value;
	int code = TW_OK;
	if (duck_cells_null(&column->cells, row))
		return TW_OK;
	if (column->cells.id == DUCKDB_TYPE_MAP) {
		duckdb_list_entry entry = ((const duckdb_list_entry *)column->cells.data)[row];
		for (idx_t i = entry.offset; i < entry.offset + entry.length && !code; i++)
			if (!(code = duck_cells_text(&key, &column->inner[0], i, heap, error)) &&
			    !(code = duck_cells_text(&value, &column->inner[1], i, heap, error)))
				code = sql_claims_add(claims, key, value, heap, error);
		return code;
	}
	for (size_t i = 0; i < column->inner_count && !code; i++) {
		key = (struct tw_text){column->inner_name[i], strlen(column->inner_name[i])};
		if (!(code = duck_cells_text(&value, &column->inner[i], row, heap, error)))
			code = sql_claims_add(claims, key, value, heap, error);
	}
	return code;
}

static int read_cell(struct tw_line *line, const struct duck_column *column, size_t row,
		     struct sql_heap *heap, struct tw_error *error)
{
	struct tw_text *claims = &line->column[TW_COLUMN_CLAIMS], text;
	if (column->inner)
		return read_named(claims, column, row, heap, error);
	int code = duck_cells_text(&text, &column->cells, row, heap, error);
	if (code)
		return code;
	if (column->column.column == TW_COLUMN_COUNT)
		return sql_claims_add(
		    claims, (struct tw_text){column->column.name, strlen(column->column.name)},
		    text, heap, error);
	if (column->column.column == TW_COLUMN_CLAIMS && claims->length)
		return text.length ? sql_claims_more(claims, text, heap, error) : TW_OK;
	line->column[column->column.column] = text;
	return TW_OK;
}

/* The error, with column and row before what it says. */
static int locate(struct tw_error *error, int code, const struct duck_column *column, size_t row,
		  uint64_t number, const struct tw_line *line)
{
	char what[sizeof error->message], which[100];
	struct tw_text id = line->column[TW_COLUMN_ID];
	memcpy(what, error->message, sizeof what);
	if (number)
		snprintf(which, sizeof which, "row %llu", (unsigned long long)number);
	else if (id.length)
		snprintf(which, sizeof which, "line %.*s", sql_shown(id), id.at);
	else
		snprintf(which, sizeof which, "row %zu of its block", row + 1);
	return sql_error(error, code, "%s: column %s: %s", which, column->column.name, what);
}

/* Its number in the answer, where it says no id. */
static int give_id(struct tw_line *line, uint64_t number, struct sql_heap *heap,
		   struct tw_error *error)
{
	if (line->column[TW_COLUMN_ID].length || !number)
		return TW_OK;
	char *at = sql_heap_take(heap, SQL_PRINT);
	if (!at)
		return sql_no_memory(error);
	line->column[TW_COLUMN_ID] =
	    (struct tw_text){at, sql_print_number(at, (__int128)number, 0)};
	return TW_OK;
}

int duck_rows_read(struct tw_line *line, const struct duck_rows *rows, size_t row, uint64_t number,
		   struct sql_heap *heap, struct tw_error *error)
{
	/* The reference first: what is wrong with another column names it. */
	for (size_t i = 0; i <= rows->count; i++) {
		const struct duck_column *column = i ? &rows->column[i - 1] : rows->id;
		int code = column && (!i || column != rows->id)
			       ? read_cell(line, column, row, heap, error)
			       : TW_OK;
		if (code)
			return locate(error, code, column, row, number, line);
	}
	return give_id(line, number, heap, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The law as tables: tw_law(), tw_substances(), tw_changes(first, last). */
#include "duck.h"

#include "../sql/law.h"

#include <stdlib.h>
#include <string.h>

/* What a call asks for; how far it has been read is the scan's. */
struct request {
	struct sql_law law;
	bool is_period;
	int64_t first, last;
	size_t day; /* the column that the period is of */
};

static duckdb_logical_type type_of(enum sql_law_type type)
{
	switch (type) {
	case SQL_LAW_LIST: {
		duckdb_logical_type text = duck_type(DUCKDB_TYPE_VARCHAR);
		duckdb_logical_type list = duckdb_create_list_type(text);
		duckdb_destroy_logical_type(&text);
		return list;
	}
	case SQL_LAW_DAY:
		return duck_type(DUCKDB_TYPE_DATE);
	case SQL_LAW_INSTANT:
		return duck_type(DUCKDB_TYPE_TIMESTAMP_TZ);
	case SQL_LAW_FLAG:
		return duck_type(DUCKDB_TYPE_BOOLEAN);
	default:
		return duck_type(DUCKDB_TYPE_VARCHAR);
	}
}

/* A day of the period, a DATE or a text; false: it is none. */
static bool read_day(int64_t *out, duckdb_bind_info info, idx_t index)
{
	duckdb_value value = duckdb_bind_get_parameter(info, index);
	bool is_null = !value || duckdb_is_null_value(value);
	char *text = is_null ? NULL : duckdb_get_varchar(value);
	bool is_right = text && sql_law_is_day(text);
	if (is_right)
		*out = sql_law_day((struct tw_text){text, strlen(text)});
	duckdb_free(text);
	duckdb_destroy_value(&value);
	return is_right;
}

static void bind(duckdb_bind_info info)
{
	struct request *request = calloc(1, sizeof *request);
	const char *table = duckdb_bind_get_extra_info(info);
	if (!request || !sql_law_open(&request->law, table)) {
		free(request);
		duckdb_bind_set_error(info, "out of memory");
		return;
	}
	request->is_period = duckdb_bind_get_parameter_count(info) == 2;
	request->day = sql_law_column(&request->law, "day");
	if (request->is_period &&
	    (!read_day(&request->first, info, 0) || !read_day(&request->last, info, 1))) {
		free(request);
		duckdb_bind_set_error(info, "tw_changes takes two days, the first and the last: "
					    "tw_changes('2025-04-01', '2025-04-30')");
		return;
	}
	for (size_t i = 0; i < request->law.count; i++) {
		duckdb_logical_type type = type_of(request->law.column[i].type);
		duckdb_bind_add_result_column(info, request->law.column[i].name, type);
		duckdb_destroy_logical_type(&type);
	}
	duckdb_bind_set_bind_data(info, request, free);
}

static void init(duckdb_init_info info)
{
	const struct request *request = duckdb_init_get_bind_data(info);
	struct request *scan = malloc(sizeof *scan);
	if (!scan) {
		duckdb_init_set_error(info, "out of memory");
		return;
	}
	*scan = *request;
	duckdb_init_set_init_data(info, scan, free);
}

/* False: no memory. */
static bool put_list(duckdb_vector vector, idx_t row, struct tw_text list)
{
	duckdb_list_entry *entry = duckdb_vector_get_data(vector);
	idx_t size = duckdb_list_vector_get_size(vector), from = size;
	struct tw_text item;
	while (sql_law_item(&item, &list)) {
		if (duckdb_list_vector_reserve(vector, size + 1) == DuckDBError)
			return false;
		duckdb_vector_assign_string_element_len(duckdb_list_vector_get_child(vector), size,
							item.at, item.length);
		if (duckdb_list_vector_set_size(vector, ++size) == DuckDBError)
			return false;
	}
	entry[row] = (duckdb_list_entry){from, size - from};
	return true;
}

static bool put(duckdb_vector vector, idx_t row, enum sql_law_type type, struct tw_text cell)
{
	void *data = duckdb_vector_get_data(vector);
	if (!cell.length) {
		duckdb_vector_ensure_validity_writable(vector);
		duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
		return type != SQL_LAW_LIST || put_list(vector, row, cell);
	}
	switch (type) {
	case SQL_LAW_LIST:
		return put_list(vector, row, cell);
	case SQL_LAW_DAY:
		((int32_t *)data)[row] = (int32_t)sql_law_day(cell);
		break;
	case SQL_LAW_INSTANT:
		((int64_t *)data)[row] = sql_law_number(cell) * 1000000;
		break;
	case SQL_LAW_FLAG:
		((bool *)data)[row] = *cell.at == '1';
		break;
	default:
		duckdb_vector_assign_string_element_len(vector, row, cell.at, cell.length);
	}
	return true;
}

static bool is_asked(const struct request *scan, const struct tw_text *cell)
{
	int64_t day = scan->is_period ? sql_law_day(cell[scan->day]) : 0;
	return !scan->is_period || (day >= scan->first && day <= scan->last);
}

static void rows(duckdb_function_info info, duckdb_data_chunk output)
{
	struct request *scan = duckdb_function_get_init_data(info);
	struct tw_text cell[SQL_LAW_COLUMNS];
	idx_t count = 0, most = duckdb_vector_size();
	while (count < most && sql_law_next(&scan->law, cell)) {
		if (!is_asked(scan, cell))
			continue;
		for (size_t i = 0; i < scan->law.count; i++)
			if (!put(duckdb_data_chunk_get_vector(output, i), count,
				 scan->law.column[i].type, cell[i])) {
				duckdb_function_set_error(info, "out of memory");
				return;
			}
		count++;
	}
	duckdb_data_chunk_set_size(output, count);
}

bool duck_add_law(duckdb_connection connection)
{
	static const struct {
		const char *name, *table;
		bool is_period;
	} tables[] = {{"tw_law", "law", false},
		      {"tw_substances", "substances", false},
		      {"tw_changes", "changes", true}};
	bool done = true;
	for (size_t i = 0; i < sizeof tables / sizeof *tables && done; i++) {
		duckdb_table_function made = duckdb_create_table_function();
		duckdb_logical_type day = duck_type(DUCKDB_TYPE_ANY);
		duckdb_table_function_set_name(made, tables[i].name);
		for (int j = 0; tables[i].is_period && j < 2; j++)
			duckdb_table_function_add_parameter(made, day);
		duckdb_table_function_set_extra_info(made, (void *)tables[i].table, NULL);
		duckdb_table_function_set_bind(made, bind);
		duckdb_table_function_set_init(made, init);
		duckdb_table_function_set_function(made, rows);
		done = duckdb_register_table_function(connection, made) == DuckDBSuccess;
		duckdb_destroy_logical_type(&day);
		duckdb_destroy_table_function(&made);
	}
	return done;
}

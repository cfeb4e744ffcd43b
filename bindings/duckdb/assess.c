/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that belong together, as a list of structs: tw_assess and tw_assess_json. What one
 * shipment owes is joined within the list, and so is the sum of a consignee's day where that is
 * asked for. A table becomes a list by list(), so that what is read is what the statement sees;
 * the interface has no function that takes a table.
 */
#include "read.h"
#include "write.h"

#include <string.h>

/* A chunk of lists. */
struct lists {
	struct sql_bench *bench;
	duckdb_vector input, output;
	struct duck_cells options; /* where has_options */
	bool has_options;
	size_t count;
	struct duck_node *node; /* of the output's elements; NULL: texts */
	size_t used, room;      /* elements of the output */
};

/* The options of one call. */
static int read_options(struct sql_options *options, const struct lists *lists, size_t row,
			struct sql_heap *heap, struct tw_error *error)
{
	size_t count = lists->has_options && !duck_cells_null(&lists->options, row)
			   ? duckdb_struct_type_child_count(lists->options.type)
			   : 0;
	int code = TW_OK;
	*options = (struct sql_options){.daily_sum = false};
	for (size_t i = 0; i < count && !code; i++) {
		char *name = duckdb_struct_type_child_name(lists->options.type, i);
		struct duck_cells cells;
		struct tw_text text;
		duck_cells_open(&cells, duckdb_struct_vector_get_child(lists->options.vector, i));
		if (duck_value_kind(cells.type) >= SQL_VALUE_NAMED)
			code = sql_error(error, TW_BAD_ARGUMENT,
					 "option %s is of type %s: give true or false, or a path",
					 name, duck_type_name(cells.type));
		else if (!(code = duck_cells_text(&text, &cells, row, heap, error)) && text.length)
			code = sql_option_set(options, (struct tw_text){name, strlen(name)}, text,
					      error);
		duck_cells_close(&cells);
		duckdb_free(name);
	}
	return code;
}

/* Room for the answers of one list in the output; the place of the first. */
static int make_room(struct lists *lists, size_t row, size_t count, struct tw_error *error)
{
	duckdb_list_entry *entry = duckdb_vector_get_data(lists->output);
	entry[row] = (duckdb_list_entry){lists->used, count};
	if (lists->used + count > lists->room) {
		lists->room = 2 * (lists->used + count);
		if (duckdb_list_vector_reserve(lists->output, lists->room) == DuckDBError)
			return sql_no_memory(error);
		if (lists->node)
			duck_node_refresh(lists->node);
	}
	if (duckdb_list_vector_set_size(lists->output, lists->used + count) == DuckDBError)
		return sql_no_memory(error);
	return TW_OK;
}

static int write_answer(struct lists *lists, struct sql_seat *seat, size_t index,
			struct tw_error *error)
{
	const struct tw_assessment *answer;
	size_t place = lists->used + index;
	int code;
	if (lists->node) {
		code = sql_seat_answer(&answer, seat, index, error);
		return code ? code
			    : duck_write_finding(lists->node, place, &seat->line[index], answer,
						 error);
	}
	if (!(code = sql_seat_json(seat, index, index + 1, error)))
		duckdb_vector_assign_string_element_len(duckdb_list_vector_get_child(lists->output),
							place, seat->output.at,
							seat->output.length);
	return code;
}

/* One list, whose lines stand at a place of the input's elements. */
static int assess_list(struct lists *lists, const struct duck_rows *rows, struct sql_seat *seat,
		       const struct sql_options *options, size_t row, duckdb_list_entry entry,
		       struct tw_error *error)
{
	unsigned flags = TW_MANY_JOIN | (options->daily_sum ? TW_MANY_DAYS : 0);
	int code = make_room(lists, row, entry.length, error);
	sql_seat_begin(seat);
	if (!code)
		code = sql_seat_more(seat, entry.length, error);
	for (size_t i = 0; i < entry.length && !code; i++)
		code = duck_rows_read(&seat->line[i], rows, entry.offset + i, i + 1, &seat->heap,
				      error);
	if (!code)
		code = sql_seat_assess(seat, entry.length, flags, error);
	for (size_t i = 0; i < entry.length && !code; i++)
		code = write_answer(lists, seat, i, error);
	lists->used += entry.length;
	return code;
}

static void no_list(struct lists *lists, size_t row)
{
	duckdb_list_entry *entry = duckdb_vector_get_data(lists->output);
	duck_set_null(lists->output, row);
	entry[row] = (duckdb_list_entry){lists->used, 0};
}

static int assess_lists(struct lists *lists, struct duck_rows *rows, struct tw_error *error)
{
	duckdb_vector elements = duckdb_list_vector_get_child(lists->input);
	uint64_t *validity = duckdb_vector_get_validity(lists->input);
	const duckdb_list_entry *entry = duckdb_vector_get_data(lists->input);
	struct sql_heap heap = {NULL, NULL};
	int code = TW_OK;
	for (size_t i = 0; i < lists->count && !code; i++) {
		struct sql_options options;
		struct sql_seat *seat = NULL;
		if (validity && !duckdb_validity_row_is_valid(validity, i)) {
			no_list(lists, i);
			continue;
		}
		code = read_options(&options, lists, i, &heap, error);
		if (!code)
			code = sql_bench_take(&seat, lists->bench, &options, error);
		if (!code && rows->rulebook != seat->rulebook) {
			duck_rows_free(rows); /* another rulebook knows other claims */
			*rows = (struct duck_rows){.rulebook = seat->rulebook};
			code = duck_rows_add_struct(rows, elements, error);
		}
		if (!code)
			code = assess_list(lists, rows, seat, &options, i, entry[i], error);
		sql_bench_give(lists->bench, seat);
	}
	sql_heap_free(&heap);
	return code;
}

/* Whether the arguments are a list of structs, and options. */
static int open_arguments(struct lists *lists, duckdb_data_chunk input, struct tw_error *error)
{
	size_t count = duckdb_data_chunk_get_column_count(input);
	bool is_right = count == 1 || count == 2;
	if (is_right) {
		lists->input = duckdb_data_chunk_get_vector(input, 0);
		duckdb_logical_type type = duckdb_vector_get_column_type(lists->input);
		is_right = duckdb_get_type_id(type) == DUCKDB_TYPE_LIST;
		if (is_right) {
			duckdb_logical_type element = duckdb_list_type_child_type(type);
			is_right = duckdb_get_type_id(element) == DUCKDB_TYPE_STRUCT;
			duckdb_destroy_logical_type(&element);
		}
		duckdb_destroy_logical_type(&type);
	}
	if (is_right && count == 2) {
		duck_cells_open(&lists->options, duckdb_data_chunk_get_vector(input, 1));
		lists->has_options = true;
		is_right = lists->options.id == DUCKDB_TYPE_STRUCT;
	}
	return is_right ? TW_OK
			: sql_error(error, TW_BAD_ARGUMENT,
				    "give a list of structs, such as list(p) of a table p, and, if "
				    "any, options as a struct, such as {daily_sum: true}");
}

static void call(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output,
		 bool is_text)
{
	struct lists lists = {.bench = duckdb_scalar_function_get_extra_info(info),
			      .output = output,
			      .count = duckdb_data_chunk_get_size(input)};
	struct duck_rows rows = {.rulebook = NULL};
	struct tw_error error;
	int code = open_arguments(&lists, input, &error);
	if (!code && !is_text)
		code = duck_node_new(&lists.node, &sql_finding,
				     duckdb_list_vector_get_child(output), &error);
	if (!code)
		code = assess_lists(&lists, &rows, &error);
	if (code)
		duckdb_scalar_function_set_error(info, error.message);
	duck_rows_free(&rows);
	duck_node_free(lists.node);
	if (lists.has_options)
		duck_cells_close(&lists.options);
}

static void assess(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output)
{
	call(info, input, output, false);
}

static void assess_json(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output)
{
	call(info, input, output, true);
}

static duckdb_logical_type list_of(duckdb_logical_type element)
{
	duckdb_logical_type list = duckdb_create_list_type(element);
	duckdb_destroy_logical_type(&element);
	return list;
}

bool duck_add_assess(duckdb_connection connection, struct sql_bench *bench)
{
	return duck_register(connection, "tw_assess", list_of(duck_record_type(&sql_finding)),
			     assess, bench) &&
	       duck_register(connection, "tw_assess_json", list_of(duck_type(DUCKDB_TYPE_VARCHAR)),
			     assess_json, bench);
}

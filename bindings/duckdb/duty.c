/* SPDX-License-Identifier: Apache-2.0 */
/* Lines by themselves: tw_duty, tw_duty_json, tw_amounts. */
#include "read.h"
#include "write.h"

#include <string.h>

/* What the arguments before a struct of columns are. */
static const char *const order[] = {"hts", "origin", "entered", "value"};
enum { ORDER = sizeof order / sizeof *order };

/* A chunk of calls, and where their answers go. */
struct calls {
	struct duck_rows rows;
	struct sql_seat *seat;
	duckdb_vector output;
	duckdb_vector alone; /* the one argument where it is a struct: of NULL, NULL comes */
	size_t count;
};

static int add_arguments(struct calls *calls, duckdb_data_chunk input, struct tw_error *error)
{
	size_t count = duckdb_data_chunk_get_column_count(input);
	int code = TW_OK;
	for (size_t i = 0; i < count && !code; i++) {
		duckdb_vector vector = duckdb_data_chunk_get_vector(input, i);
		duckdb_logical_type type = duckdb_vector_get_column_type(vector);
		bool is_struct = duckdb_get_type_id(type) == DUCKDB_TYPE_STRUCT;
		duckdb_destroy_logical_type(&type);
		if (is_struct)
			code = duck_rows_add_struct(&calls->rows, vector, error);
		else if (i < ORDER)
			code = duck_rows_add(&calls->rows, vector,
					     (struct tw_text){order[i], strlen(order[i])}, error);
		else
			code =
			    sql_error(error, TW_BAD_ARGUMENT,
				      "argument %zu has no name: behind hts, origin, entered and "
				      "value, give further columns as a struct, such as {channel: "
				      "'postal', claims: 'usmca=yes'}",
				      i + 1);
		if (is_struct && count == 1)
			calls->alone = vector;
	}
	if (!code && !count)
		code = sql_error(error, TW_BAD_ARGUMENT,
				 "give hts, origin, entered and value, or a struct of columns");
	return code;
}

static bool is_nothing(const struct calls *calls, size_t row)
{
	uint64_t *validity = calls->alone ? duckdb_vector_get_validity(calls->alone) : NULL;
	return validity && !duckdb_validity_row_is_valid(validity, row);
}

/* All lines of the chunk. */
static int read_lines(struct calls *calls, struct tw_error *error)
{
	sql_seat_begin(calls->seat);
	int code = sql_seat_more(calls->seat, calls->count, error);
	for (size_t i = 0; i < calls->count && !code; i++)
		code = duck_rows_read(&calls->seat->line[i], &calls->rows, i, 0, &calls->seat->heap,
				      error);
	return code;
}

static int write_duties(struct calls *calls, struct tw_error *error)
{
	const struct tw_assessment *answer;
	struct duck_node *node;
	int code = duck_node_new(&node, &sql_finding, calls->output, error);
	if (code)
		return code;
	for (size_t i = 0; i < calls->count && !code; i++) {
		if (is_nothing(calls, i))
			duck_node_null(node, i);
		else if (!(code = sql_seat_answer(&answer, calls->seat, i, error)))
			code = duck_write_finding(node, i, &calls->seat->line[i], answer, error);
	}
	duck_node_free(node);
	return code;
}

static int write_texts(struct calls *calls, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t i = 0; i < calls->count && !code; i++) {
		if (is_nothing(calls, i))
			duck_set_null(calls->output, i);
		else if (!(code = sql_seat_json(calls->seat, i, 0, error)))
			duckdb_vector_assign_string_element_len(
			    calls->output, i, calls->seat->output.at, calls->seat->output.length);
	}
	return code;
}

static int write_amounts(struct calls *calls, struct tw_error *error)
{
	struct duck_node *node;
	int code = sql_seat_assess(calls->seat, calls->count, 0, error);
	if (code)
		return code;
	code = duck_node_new(&node, &sql_figures, calls->output, error);
	if (code)
		return code;
	for (size_t i = 0; i < calls->count && !code; i++) {
		struct sql_figures figures;
		sql_figures_read(&figures, &calls->seat->charge[i]);
		if (is_nothing(calls, i))
			duck_node_null(node, i);
		else
			code = duck_write_record(node, i, &figures, error);
	}
	duck_node_free(node);
	return code;
}

static void call(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output,
		 int (*write)(struct calls *, struct tw_error *))
{
	struct sql_bench *bench = duckdb_scalar_function_get_extra_info(info);
	struct calls calls = {.output = output, .count = duckdb_data_chunk_get_size(input)};
	struct tw_error error;
	int code = sql_bench_take(&calls.seat, bench, NULL, &error);
	if (!code) {
		calls.rows.rulebook = calls.seat->rulebook;
		if (!(code = add_arguments(&calls, input, &error)) &&
		    !(code = read_lines(&calls, &error)))
			code = write(&calls, &error);
	}
	if (code)
		duckdb_scalar_function_set_error(info, error.message);
	duck_rows_free(&calls.rows);
	sql_bench_give(bench, calls.seat);
}

static void duty(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output)
{
	call(info, input, output, write_duties);
}

static void duty_json(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output)
{
	call(info, input, output, write_texts);
}

static void amounts(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output)
{
	call(info, input, output, write_amounts);
}

bool duck_add_duty(duckdb_connection connection, struct sql_bench *bench)
{
	return duck_register(connection, "tw_duty", duck_record_type(&sql_finding), duty, bench) &&
	       duck_register(connection, "tw_duty_json", duck_type(DUCKDB_TYPE_VARCHAR), duty_json,
			     bench) &&
	       duck_register(connection, "tw_amounts", duck_record_type(&sql_figures), amounts,
			     bench);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DuckDB writes the file in a thread, and asks for rows by a table function
 * that is registered here: it waits for text that table_put hands over, and
 * table_put waits for it, so that memory stays that of two blocks and of what
 * DuckDB gathers before it writes.
 */
#include "parquet/table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "parquet/block.h"

struct table {
	struct block_table of;
	duckdb_handle connection;
	char *nested; /* the name of the nested column, or NULL */
	struct buffer statement;
	struct block taken; /* of the thread that is asked for rows */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool has_thread;
	/* Under the lock. */
	struct block waiting;
	bool is_full, has_ended, is_given_up, is_done;
	int code; /* of who gives the rows, else of who writes them */
	struct tw_error error;
};

/* The calls of the library: what it calls must ask it what for. There is one library. */
static const struct duck *calls;

static duckdb_handle type_of(const struct table_column *column)
{
	switch (column->kind) {
	case TABLE_AMOUNT:
		return calls->create_decimal_type(18, 4);
	case TABLE_INSTANT:
		return calls->create_logical_type(DUCK_TIMESTAMP_TZ);
	case TABLE_TEXT:
		break;
	}
	return calls->create_logical_type(DUCK_VARCHAR);
}

static void bind(duckdb_handle info)
{
	const struct table *table = calls->bind_get_extra_info(info);
	for (size_t i = 0; i < table->of.count; i++) {
		const struct table_column *column = &table->of.columns[i];
		duckdb_handle type = column->type ? column->type : type_of(column);
		calls->bind_add_result_column(info, column->name, type);
		if (!column->type)
			calls->destroy_logical_type(&type);
	}
	if (table->nested)
		calls->bind_add_result_column(info, table->nested, table->of.nested.type);
}

static void init(duckdb_handle info)
{
	calls->init_set_max_threads(info, 1);
}

/* Waits until there are rows; false: there are no more. */
static bool take_block(struct table *table, bool *is_given_up)
{
	pthread_mutex_lock(&table->lock);
	while (!table->is_full && !table->has_ended && !table->is_given_up)
		pthread_cond_wait(&table->changed, &table->lock);
	bool is_there = table->is_full && !table->is_given_up;
	*is_given_up = table->is_given_up;
	if (is_there) {
		struct block before = table->taken;
		table->taken = table->waiting;
		table->waiting = before;
		table->is_full = false;
		pthread_cond_broadcast(&table->changed);
	}
	pthread_mutex_unlock(&table->lock);
	return is_there;
}

/* What went wrong first is what is told. */
static void keep_error(struct table *table, int code, const struct tw_error *error)
{
	pthread_mutex_lock(&table->lock);
	if (!table->code) {
		table->code = code;
		table->error = *error;
	}
	pthread_mutex_unlock(&table->lock);
}

static void give_rows(duckdb_handle info, duckdb_handle output)
{
	struct table *table = calls->function_get_extra_info(info);
	struct tw_error error = {0};
	size_t rows = 0;
	bool is_given_up = false;
	int code = TW_OK;
	while (!code && !rows &&
	       (!block_is_empty(&table->taken) || take_block(table, &is_given_up)))
		code = block_give(&rows, &table->taken, &table->of, output, &error);
	if (is_given_up)
		code = error_set(&error, TW_BAD_FILE, "the rows were given up");
	calls->data_chunk_set_size(output, code ? 0 : rows);
	if (code) {
		keep_error(table, code, &error);
		calls->function_set_error(info, error.message);
	}
}

static void *write_file(void *context)
{
	struct table *table = context;
	duckdb_result result = {0};
	struct tw_error error = {0};
	if (calls->query(table->connection, table->statement.at, &result))
		keep_error(table,
			   duck_fail(&error, "the Parquet file cannot be written",
				     calls->result_error(&result)),
			   &error);
	calls->destroy_result(&result);
	pthread_mutex_lock(&table->lock);
	table->is_done = true;
	pthread_cond_broadcast(&table->changed);
	pthread_mutex_unlock(&table->lock);
	return NULL;
}

static int add_function(struct table *table, struct tw_error *error)
{
	duckdb_handle function = calls->create_table_function();
	calls->table_function_set_name(function, "tidewaiter_rows");
	calls->table_function_set_extra_info(function, table, NULL);
	calls->table_function_set_bind(function, bind);
	calls->table_function_set_init(function, init);
	calls->table_function_set_function(function, give_rows);
	int failed = calls->register_table_function(table->connection, function);
	calls->destroy_table_function(&function);
	return failed ? duck_fail(error, "DuckDB's library takes no rows", NULL) : TW_OK;
}

static int make_statement(struct table *table, int fd, const char *const *about,
			  struct tw_error *error)
{
	struct buffer *out = &table->statement;
	buffer_text(out, "COPY (SELECT * FROM tidewaiter_rows()) TO '/proc/self/fd/");
	buffer_number(out, (uint64_t)fd);
	buffer_text(out, "' (FORMAT parquet, USE_TMP_FILE false");
	for (size_t i = 0; about && about[i]; i += 2) {
		buffer_text(out, i ? ", " : ", KV_METADATA {");
		duck_put_text(out, about[i]);
		buffer_text(out, ": ");
		duck_put_text(out, about[i + 1]);
		buffer_text(out, about[i + 2] ? "" : "}");
	}
	buffer_char(out, ')');
	buffer_char(out, '\0');
	return out->failed ? error_memory(error) : TW_OK;
}

static int start(struct table *table, const struct table_options *options, struct tw_error *error)
{
	table->of.file = calloc(options->source_count + 1, sizeof *table->of.file);
	table->of.row = malloc(sizeof *table->of.row);
	table->of.chosen = calls->create_selection_vector(calls->vector_size());
	if (!table->of.file || !table->of.row || !table->of.chosen)
		return error_memory(error);
	int code = duck_connect(&table->connection, options->duck, error);
	if (!code && table->nested)
		code = nested_open(&table->of.nested, options->duck, error);
	if (!code)
		code = add_function(table, error);
	if (!code)
		code = make_statement(table, options->fd, options->about, error);
	if (code)
		return code;
	table->has_thread = !pthread_create(&table->thread, NULL, write_file, table);
	return table->has_thread ? TW_OK
				 : error_set(error, TW_NO_MEMORY, "no thread can be started");
}

int table_new(struct table **out, const struct table_options *options, struct tw_error *error)
{
	struct table *table = calloc(1, sizeof *table);
	if (!table) {
		table_free_columns(options->columns, options->count, options->duck);
		table_free_sources(options->sources, options->source_count);
		free(options->nested);
		return error_memory(error);
	}
	calls = options->duck;
	table->nested = options->nested;
	pthread_mutex_init(&table->lock, NULL);
	pthread_cond_init(&table->changed, NULL);
	table->of = (struct block_table){.duck = options->duck,
					 .columns = options->columns,
					 .count = options->count,
					 .sources = options->sources,
					 .source_count = options->source_count};
	int code = start(table, options, error);
	if (code)
		table_free(table);
	else
		*out = table;
	return code;
}

/* What went wrong in the other thread. */
static int failed(struct table *table, struct tw_error *error)
{
	if (table->code && error)
		*error = table->error;
	return table->code;
}

int table_put(struct table *table, const struct table_rows *rows, struct tw_error *error)
{
	int code = TW_OK;
	if (!rows->text.length)
		return TW_OK;
	pthread_mutex_lock(&table->lock);
	while (table->is_full && !table->is_done)
		pthread_cond_wait(&table->changed, &table->lock);
	if (table->is_done) {
		code = failed(table, error);
		code =
		    code ? code : error_set(error, TW_BAD_FILE, "the file ended before its rows");
	} else {
		code = block_fill(&table->waiting, rows, error);
	}
	table->is_full = !code;
	pthread_cond_broadcast(&table->changed);
	pthread_mutex_unlock(&table->lock);
	return code;
}

/* Lets the other thread end, and waits for it. */
static void finish(struct table *table, bool give_up)
{
	if (!table->has_thread)
		return;
	pthread_mutex_lock(&table->lock);
	table->has_ended = true;
	table->is_given_up = give_up;
	pthread_cond_broadcast(&table->changed);
	pthread_mutex_unlock(&table->lock);
	pthread_join(table->thread, NULL);
	table->has_thread = false;
}

int table_end(struct table *table, struct tw_error *error)
{
	finish(table, false);
	return failed(table, error);
}

void table_free_columns(struct table_column *columns, size_t count, const struct duck *duck)
{
	for (size_t i = 0; columns && i < count; i++) {
		free(columns[i].name);
		if (columns[i].type)
			duck->destroy_logical_type(&columns[i].type);
	}
	free(columns);
}

void table_free_sources(struct table_source *sources, size_t count)
{
	for (size_t i = 0; sources && i < count; i++) {
		free(sources[i].columns);
		free(sources[i].to);
	}
	free(sources);
}

void table_free(struct table *table)
{
	if (!table)
		return;
	finish(table, true);
	for (size_t i = 0; table->of.file && i < table->of.source_count; i++)
		file_close(&table->of.file[i]);
	if (table->connection)
		calls->disconnect(&table->connection);
	if (table->of.chosen)
		calls->destroy_selection_vector(table->of.chosen);
	table_free_columns(table->of.columns, table->of.count, calls);
	table_free_sources(table->of.sources, table->of.source_count);
	block_free(&table->waiting, calls);
	block_free(&table->taken, calls);
	nested_close(&table->of.nested);
	free(table->nested);
	buffer_free(&table->statement);
	free(table->of.file);
	free(table->of.row);
	pthread_cond_destroy(&table->changed);
	pthread_mutex_destroy(&table->lock);
	free(table);
}

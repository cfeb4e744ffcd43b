/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The column `detail` of a Parquet file: the parts of an answer as structs, handed to DuckDB's
 * library as an Arrow array. What the parts are, arrow/answers says.
 */
#include "parquet/nested.h"

#include <stdlib.h>

#include "arrow/answers.h"
#include "common/error.h"

struct nested_rows {
	struct grow root;
	struct answers_acts acts;
	bool failed, full;
};

static const struct grow_field column = {
    .name = "detail", .kind = GROW_STRUCT, .child = answers_details, .count = ANSWERS_DETAILS};
static const struct grow_field row = {
    .name = "", .kind = GROW_STRUCT, .child = &column, .count = 1};

static const char unusable[] = "DuckDB's library takes no structs";

static struct nested_rows *rows_new(void)
{
	struct nested_rows *rows = calloc(1, sizeof *rows);
	if (!rows)
		return NULL;
	cited_begin(&rows->acts.cited);
	if (grow_begin(&rows->root, &row, &rows->failed, &rows->full))
		return rows;
	nested_rows_free(rows);
	return NULL;
}

void nested_rows_free(struct nested_rows *rows)
{
	if (!rows)
		return;
	grow_free(&rows->root);
	cited_free(&rows->acts.cited);
	free(rows);
}

bool nested_add(struct nested_rows **rows, const struct finding *finding,
		const tw_rulebook *rulebook)
{
	if (!*rows)
		*rows = rows_new();
	if (!*rows)
		return false;
	answers_add_detail(&(*rows)->root.child[0], finding, rulebook, &(*rows)->acts);
	grow_end(&(*rows)->root);
	return !(*rows)->failed;
}

int nested_give(struct ArrowArray *out, struct nested_rows *rows, struct tw_error *error)
{
	return rows && grow_give(out, &rows->root) ? TW_OK : error_memory(error);
}

/* What a call says that gives an error of its own. */
static int told(const struct duck *duck, duckdb_handle said, struct tw_error *error)
{
	int code = TW_OK;
	if (said && duck->error_data_has_error(said))
		code = duck_fail(error, unusable, duck->error_data_message(said));
	if (said)
		duck->destroy_error_data(&said);
	return code;
}

int nested_chunk(duckdb_handle *out, const struct nested *nested, struct ArrowArray *array,
		 struct tw_error *error)
{
	*out = NULL;
	int code = told(
	    nested->duck,
	    nested->duck->data_chunk_from_arrow(nested->connection, array, nested->schema, out),
	    error);
	if (code && array->release)
		array->release(array);
	return code;
}

/* The type of the column is that of a row of nothing. */
static int find_type(struct nested *nested, struct tw_error *error)
{
	struct nested_rows *rows = rows_new();
	struct ArrowArray array = {0};
	duckdb_handle chunk = NULL;
	if (!rows)
		return error_memory(error);
	grow_null(&rows->root.child[0]);
	grow_end(&rows->root);
	int code = nested_give(&array, rows, error);
	if (!code)
		code = nested_chunk(&chunk, nested, &array, error);
	if (!code)
		nested->type = nested->duck->vector_get_column_type(
		    nested->duck->data_chunk_get_vector(chunk, 0));
	if (chunk)
		nested->duck->destroy_data_chunk(&chunk);
	nested_rows_free(rows);
	return code;
}

int nested_open(struct nested *out, const struct duck *duck, struct tw_error *error)
{
	struct ArrowSchema schema = {0};
	*out = (struct nested){.duck = duck};
	int code = duck_connect(&out->connection, duck, error);
	if (!code && !grow_schema(&schema, &row))
		code = error_memory(error);
	if (!code)
		code = told(duck, duck->schema_from_arrow(out->connection, &schema, &out->schema),
			    error);
	if (schema.release)
		schema.release(&schema);
	if (!code)
		code = find_type(out, error);
	if (code)
		nested_close(out);
	return code;
}

void nested_close(struct nested *nested)
{
	if (!nested->duck)
		return;
	if (nested->type)
		nested->duck->destroy_logical_type(&nested->type);
	if (nested->schema)
		nested->duck->destroy_arrow_converted_schema(&nested->schema);
	if (nested->connection)
		nested->duck->disconnect(&nested->connection);
	*nested = (struct nested){0};
}

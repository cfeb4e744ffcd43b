/* SPDX-License-Identifier: Apache-2.0 */
#include "parquet/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "arrow/type.h"
#include "common/buffer.h"
#include "common/csv.h"
#include "common/error.h"
#include "findings/finding.h"
#include "lines/carried.h"
#include "lines/fields.h"
#include "parquet/file.h"

/* What is known of an input while the columns are laid out. */
struct known {
	struct file file; /* of a Parquet file, nothing read */
	struct type schema;
	bool is_table;
};

struct laying {
	struct table_options *out;
	const struct run_layout *layout;
	struct known *known; /* of each input */
	struct tw_error *error;
};

/* A name that no column before has, whatever the letter case: so DuckDB tells them apart. */
static char *own_name(const struct table_column *columns, size_t count, struct tw_text name)
{
	char *made = malloc(name.length + 16);
	if (!made)
		return NULL;
	(void)snprintf(made, name.length + 1, "%.*s", (int)name.length, name.at);
	for (unsigned number = 2, i = 0; i < count; i++) {
		if (strcasecmp(columns[i].name, made) != 0)
			continue;
		(void)snprintf(made + name.length, 16, "_%u", number++);
		i = UINT32_MAX; /* from the first again */
	}
	return made;
}

static bool same_type(const struct type *a, const struct type *b)
{
	if (a->kind != b->kind || a->bits != b->bits || a->scale != b->scale ||
	    a->unit != b->unit || a->has_zone != b->has_zone || a->width != b->width ||
	    a->count != b->count || a->dictionary || b->dictionary)
		return false;
	if (a->kind == TYPE_OTHER || a->kind == TYPE_SPAN || !a->format || !b->format ||
	    strcmp(a->format, b->format) != 0)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->child[i].name, b->child[i].name) != 0 ||
		    !same_type(&a->child[i], &b->child[i]))
			return false;
	return true;
}

/* The column of the inputs that an entry of `fields` is, which counts them from -1 down. */
static size_t carried_at(int at)
{
	int index = ~at;
	return (size_t)index;
}

/* The column of the input that is that column of the answers, or -1. */
static int column_of(const struct laying *laying, size_t input, size_t carried)
{
	return laying->layout->carried->from[input][carried];
}

/* The type of a column of the inputs, where all that have it are Parquet files and agree. */
static duckdb_handle kept_type(const struct laying *laying, size_t carried)
{
	const struct run_layout *layout = laying->layout;
	struct known *first = NULL;
	size_t at = 0;
	for (size_t f = 0; f < layout->input_count; f++) {
		struct known *known = &laying->known[f];
		int column = column_of(laying, f, carried);
		if (layout->inputs[f].is_ndjson && layout->carried->column[carried].json)
			return NULL;
		if (column < 0)
			continue;
		if (!known->is_table ||
		    (first && !same_type(&first->schema.child[at], &known->schema.child[column])))
			return NULL;
		if (!first) {
			first = known;
			at = (size_t)column;
		}
	}
	return first ? first->file.duck->column_logical_type(&first->file.result, at) : NULL;
}

static int add_columns(struct laying *laying)
{
	const struct run_layout *layout = laying->layout;
	const struct fields *fields = layout->fields;
	struct table_options *out = laying->out;
	out->columns = calloc(fields->count + 1, sizeof *out->columns);
	if (!out->columns)
		return error_memory(laying->error);
	for (size_t i = 0; i < fields->count; i++) {
		struct table_column *column = &out->columns[i];
		int field = fields->at[i];
		struct tw_text name = {0};
		if (field >= 0) {
			const char *ours = finding_csv_name((size_t)field);
			name = (struct tw_text){ours, strlen(ours)};
			column->kind =
			    finding_csv_is_amount((size_t)field) ? TABLE_AMOUNT : TABLE_TEXT;
		} else {
			name = csv_value(layout->carried->name[~field]);
			column->type = kept_type(laying, carried_at(field));
		}
		column->name = own_name(out->columns, i, name);
		out->count = i + 1;
		if (!column->name)
			return error_memory(laying->error);
	}
	if (!out->has_nested)
		return TW_OK;
	out->nested = own_name(out->columns, out->count, (struct tw_text){"detail", 6});
	return out->nested ? TW_OK : error_memory(laying->error);
}

/* What is taken from an input, a Parquet file. */
static int add_source(struct laying *laying, size_t input, int fd)
{
	const struct fields *fields = laying->layout->fields;
	struct table_source *source = &laying->out->sources[input];
	struct buffer names = {0};
	source->fd = fd;
	source->to = calloc(fields->count + 1, sizeof *source->to);
	for (size_t i = 0; source->to && i < fields->count; i++) {
		int field = fields->at[i];
		int column = field < 0 ? column_of(laying, input, carried_at(field)) : -1;
		if (column < 0 || !laying->out->columns[i].type)
			continue;
		buffer_text(&names, names.length ? ", " : "");
		duck_put_name(&names, file_name(&laying->known[input].file, (size_t)column));
		source->to[source->count++] = i;
	}
	buffer_char(&names, '\0');
	source->columns = names.failed ? NULL : strdup(names.at);
	buffer_free(&names);
	return source->to && source->columns ? TW_OK : error_memory(laying->error);
}

/* Opens the inputs that are Parquet files again, for their types. */
static int know(struct laying *laying, const struct layout_files *files)
{
	const struct run_layout *layout = laying->layout;
	size_t table = 0;
	int code = TW_OK;
	for (size_t f = 0; f < layout->input_count && !code && layout->carried; f++) {
		struct known *known = &laying->known[f];
		struct ArrowSchema schema = {0};
		known->is_table = layout->inputs[f].is_table && table < files->count;
		if (!known->is_table)
			continue;
		code = file_open(&known->file, laying->out->duck, files->fd[table++], "*",
				 laying->error);
		if (!code)
			code = file_tell_types(&known->file, laying->error);
		if (!code)
			code = file_schema(&schema, &known->file, laying->error);
		if (!code)
			code = type_read(&known->schema, &schema, laying->error);
		if (schema.release)
			schema.release(&schema);
	}
	return code;
}

int layout_answers(struct table_options *out, const struct run_layout *layout,
		   const struct layout_files *files, struct tw_error *error)
{
	struct laying laying = {.out = out, .layout = layout, .error = error};
	size_t table = 0;
	laying.known = calloc(layout->input_count, sizeof *laying.known);
	out->sources = calloc(layout->input_count, sizeof *out->sources);
	int code = laying.known && out->sources ? TW_OK : error_memory(error);
	if (!code)
		code = know(&laying, files);
	if (!code)
		code = add_columns(&laying);
	out->source_count = layout->input_count;
	for (size_t f = 0; f < layout->input_count && !code; f++)
		if (laying.known[f].is_table)
			code = add_source(&laying, f, files->fd[table++]);
	for (size_t f = 0; laying.known && f < layout->input_count; f++) {
		file_close(&laying.known[f].file);
		type_free(&laying.known[f].schema);
	}
	free(laying.known);
	if (code) {
		free(out->nested);
		table_free_columns(out->columns, out->count, out->duck);
		table_free_sources(out->sources, out->sources ? out->source_count : 0);
	}
	return code;
}

static bool is_among(const char *name, const char *const *names)
{
	for (; names && *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

int layout_names(struct table_options *out, struct tw_text names, const char *const *instants,
		 struct tw_error *error)
{
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(names.length + 1);
	int code = TW_NO_MEMORY;
	if (!row || !copy)
		goto done;
	memcpy(copy, names.at, names.length);
	(void)csv_split(row, copy, names.length, ',');
	out->columns = calloc(row->count + 1, sizeof *out->columns);
	if (!out->columns)
		goto done;
	for (size_t i = 0; i < row->count; i++) {
		struct table_column *column = &out->columns[i];
		column->name = own_name(out->columns, i, row->field[i]);
		if (!column->name)
			goto done;
		out->count = i + 1;
		column->kind = is_among(column->name, instants) ? TABLE_INSTANT : TABLE_TEXT;
	}
	code = TW_OK;
done:
	free(row);
	free(copy);
	if (code) {
		table_free_columns(out->columns, out->count, out->duck);
		return error_memory(error);
	}
	return TW_OK;
}

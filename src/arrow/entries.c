/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of entries, or of a claim's details, from batches of columns into a run
 * of refunds. Which column is which, and what a cell says, is read by the
 * readers of files (refund/rows.h); here is what a batch adds: types, nulls,
 * arrays that are not sound.
 */
#include <stdlib.h>
#include <string.h>

#include "arrow/cell.h"
#include "common/error.h"
#include "refund/public.h"

struct entries_column {
	bool is_used;
	char room[CELL_ROOM];
};

struct entries {
	struct type schema;
	struct refund_rows rows; /* the line: the row that was read last, from 1 */
	struct entries_column *column;
};

static void entries_free(struct entries *entries)
{
	if (!entries)
		return;
	free(entries->column);
	type_free(&entries->schema);
	free(entries);
}

/* The field that a column is read as. */
static int field_of(const struct entries *entries, size_t column)
{
	for (int i = 0; i < REFUND_FIELDS; i++)
		if (entries->rows.columns.at[i] == (int)column)
			return i;
	return -1;
}

static bool is_day(int field)
{
	return field == REFUND_FIELD_ENTRY_DATE || field == REFUND_FIELD_LIQUIDATION_DATE ||
	       field == REFUND_FIELD_DEPOSIT_DATE;
}

/* Why the values of a column cannot be what it is read as; NULL: they can. */
static const char *unreadable(const struct type *type, int field)
{
	const struct type *value = cell_type(type);
	const char *why = cell_unreadable(type);
	if (why)
		return why;
	if (value->kind == TYPE_BOOL && field >= REFUND_SAID)
		return "the column does not take true or false";
	if (value->kind == TYPE_TIMESTAMP && value->has_zone && is_day(field))
		return "the day of an instant depends on the place: cast it to a date";
	if (value->kind == TYPE_FLOAT && value->bits < 64 &&
	    (field == REFUND_FIELD_VALUE || field == REFUND_FIELD_DUTY))
		return "float32 holds seven digits, too few for money: cast it to a decimal, or "
		       "where it was made to float64";
	return NULL;
}

static int bind_columns(struct entries *entries, struct tw_error *error)
{
	for (size_t i = 0; i < entries->schema.count; i++) {
		const struct type *type = &entries->schema.child[i];
		int field = field_of(entries, i);
		entries->column[i].is_used = field >= 0 && refund_rows_reads(&entries->rows, i);
		const char *why = entries->column[i].is_used ? unreadable(type, field) : NULL;
		if (why)
			return error_set(error, TW_BAD_ARGUMENT,
					 "column \"%.80s\", read as %s, is of type %s: %s",
					 type->name, refund_field_name(field), type_name(type),
					 why);
	}
	return TW_OK;
}

/* The names of the schema as the row that names the columns. */
static int read_header(struct entries *entries, struct tw_error *error)
{
	struct csv_row *row = &entries->rows.row;
	size_t count = entries->schema.count;
	if (count > CSV_FIELDS)
		return error_set(error, TW_BAD_ARGUMENT, "%zu columns are more than %d", count,
				 CSV_FIELDS);
	entries->column = calloc(count + 1, sizeof *entries->column);
	if (!entries->column)
		return error_memory(error);
	row->count = count;
	for (size_t i = 0; i < count; i++)
		row->field[i] = (struct tw_text){entries->schema.child[i].name,
						 strlen(entries->schema.child[i].name)};
	int code = refund_rows_header(&entries->rows, 0, error);
	if (!code && entries->rows.columns.at[REFUND_FIELD_ENTRY] < 0)
		code = error_set(error, TW_BAD_ARGUMENT,
				 "no column has the numbers of the entries: name it entry, or "
				 "Entry Summary Number");
	return code ? code : bind_columns(entries, error);
}

static int begin(struct entries *entries, tw_refund *refund, const struct ArrowSchema *schema,
		 const struct tw_refund_source *source, struct tw_error *error)
{
	int code = type_read(&entries->schema, schema, error);
	if (code)
		return code;
	if (entries->schema.kind != TYPE_STRUCT)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the stream is of %s, not of record batches: give a table",
				 type_name(&entries->schema));
	code = refund_public_open(&entries->rows, refund, source, error);
	return code ? code : read_header(entries, error);
}

static int read_row(struct entries *entries, const struct ArrowArray *batch, int64_t row,
		    struct tw_error *error)
{
	struct refund_rows *rows = &entries->rows;
	uint32_t bad = 0;
	rows->line++;
	for (size_t i = 0; i < entries->schema.count; i++) {
		const struct type *type = &entries->schema.child[i];
		struct cell cell = {0};
		rows->row.field[i] = (struct tw_text){"", 0};
		if (!entries->column[i].is_used)
			continue;
		enum cell_is is = cell_read(&cell, entries->column[i].room, type,
					    batch->children[i], batch->offset + row);
		if (is == CELL_BROKEN)
			return type_error_at(error, rows->line, type->name, cell.why);
		if (is == CELL_UNFIT) { /* what it says is not known, and it says something */
			refund_rows_tell(rows, "column \"%.80s\": %s", type->name, cell.why);
			bad |= ROW_BAD_ROW;
		}
		if (is == CELL_TEXT && cell.text.at)
			rows->row.field[i] = cell.text;
	}
	return refund_rows_take(rows, bad, error);
}

static int read_batch(struct entries *entries, const struct ArrowArray *batch,
		      struct tw_error *error)
{
	const struct type *schema = &entries->schema;
	uint64_t first = entries->rows.line + 1;
	const char *wrong = type_check_batch(schema, batch);
	if (wrong)
		return type_error_at(error, first, "", wrong);
	for (size_t i = 0; i < schema->count; i++) {
		wrong = entries->column[i].is_used ? type_check_column(schema, batch, i) : NULL;
		if (wrong)
			return type_error_at(error, first, schema->child[i].name, wrong);
	}
	int code = TW_OK;
	for (int64_t i = 0; i < batch->length && !code; i++)
		code = read_row(entries, batch, i, error);
	return code;
}

static int fail_in(struct ArrowArrayStream *in, int number, struct tw_error *error)
{
	return error_set(error, TW_BAD_FILE, "the input: %.400s", type_stream_said(in, number));
}

static int read_all(struct entries *entries, struct ArrowArrayStream *in, struct tw_error *error)
{
	struct ArrowArray batch;
	int number, code = TW_OK;
	do {
		batch = (struct ArrowArray){0};
		number = in->get_next(in, &batch);
		if (number)
			return fail_in(in, number, error);
		if (!batch.release)
			return TW_OK;
		code = read_batch(entries, &batch, error);
		batch.release(&batch);
	} while (!code);
	return code;
}

static int read_stream(struct entries *entries, tw_refund *refund, struct ArrowArrayStream *in,
		       const struct tw_refund_source *source, struct tw_error *error)
{
	struct ArrowSchema schema = {0};
	int number = in->get_schema(in, &schema);
	if (number)
		return fail_in(in, number, error);
	int code = begin(entries, refund, &schema, source, error);
	if (schema.release)
		schema.release(&schema);
	if (!code)
		code = read_all(entries, in, error);
	if (entries->rows.to)
		refund_public_close(refund);
	return code;
}

int tw_refund_read_arrow(tw_refund *refund, struct ArrowArrayStream *in,
			 const struct tw_refund_source *source, struct tw_error *error)
{
	struct tw_error own = {0};
	error = error ? error : &own;
	if (!in || !in->release)
		return error_set(error, TW_BAD_ARGUMENT,
				 "there is no stream to read, or it was released");
	struct entries *entries = calloc(1, sizeof *entries);
	int code = !entries ? error_memory(error)
		   : !refund || !source
		       ? error_set(error, TW_BAD_ARGUMENT, "the run, or what is read, is NULL")
		       : read_stream(entries, refund, in, source, error);
	entries_free(entries);
	in->release(in);
	return code;
}

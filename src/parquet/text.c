/* SPDX-License-Identifier: Apache-2.0 */
#include "parquet/text.h"

#include <stdlib.h>
#include <string.h>

#include "arrow/reader.h"
#include "common/error.h"
#include "common/words.h"
#include "parquet/file.h"

#define READY ((size_t)64 << 10) /* text that is made before it is given */

struct text {
	struct source source;
	struct file file;
	struct type schema;
	struct ArrowArray array; /* the rows of the file's chunk */
	struct reader_use *use;
	bool *is_number;
	int64_t row; /* of the array, that comes next */
	struct buffer ready, record, many;
	size_t given;
};

static void put_cell(struct buffer *record, struct tw_text text)
{
	bool quote = false;
	for (size_t i = 0; i < text.length && !quote; i++)
		quote = (unsigned char)text.at[i] <= ' ' || text.at[i] == ',' || text.at[i] == '"';
	if (!quote) {
		buffer_put(record, text.at, text.length);
		return;
	}
	buffer_char(record, '"');
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] == '"')
			buffer_char(record, '"');
		buffer_char(record, text.at[i]);
	}
	buffer_char(record, '"');
}

/* A record that is too long stays one, for the reader of records to refuse. */
static void end_record(struct text *text)
{
	struct buffer *record = &text->record;
	if (record->length > CSV_RECORD) {
		record->length = CSV_RECORD + 1;
		for (size_t i = 0; i < record->length; i++)
			if (record->at[i] == '\n' || record->at[i] == '\r' || record->at[i] == '"')
				record->at[i] = ' ';
	}
	if (!record->length)
		buffer_text(record, "\"\""); /* a row, not a blank line */
	buffer_put(&text->ready, record->at, record->length);
	buffer_char(&text->ready, '\n');
	record->length = 0;
}

/* Of what cannot be said in a cell is told why, in a form that no text has (lines/source.h). */
static int put_value(struct text *text, size_t at, struct tw_error *error)
{
	char room[CELL_ROOM];
	struct cell cell;
	const struct type *type = &text->schema.child[at];
	const struct ArrowArray *array = text->array.children[at];
	char mark = text->use[at].mark;
	int64_t slot = text->array.offset + text->row;
	enum cell_is is = mark ? cell_read_many(&cell, &text->many, type, array, slot, mark)
			       : cell_read(&cell, room, type, array, slot);
	if (is == CELL_BROKEN) {
		unsigned long long row = text->file.before + (uint64_t)text->row + 1;
		return error_set(error, TW_BAD_FILE, "row %llu, column \"%.80s\": %s", row,
				 type->name, cell.why);
	}
	if (is == CELL_UNFIT)
		buffer_print(&text->record, "\"%c%s\"", SOURCE_UNFIT, cell.why);
	else if (is != CELL_NULL && cell.text.at)
		put_cell(&text->record, cell.text);
	return TW_OK;
}

static int put_row(struct text *text, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t i = 0; i < text->schema.count && !code; i++) {
		if (i)
			buffer_char(&text->record, ',');
		code = put_value(text, i, error);
	}
	end_record(text);
	text->row++;
	return code;
}

/* The next rows of the file; none at its end. */
static int take_rows(struct text *text, struct tw_error *error)
{
	if (text->array.release)
		text->array.release(&text->array);
	text->array = (struct ArrowArray){0};
	text->row = 0;
	int code = file_next(&text->file, error);
	if (!code && text->file.rows)
		code = file_array(&text->array, &text->file, error);
	const char *wrong =
	    !code && text->array.release ? type_check(&text->schema, &text->array) : NULL;
	return wrong ? error_set(error, TW_BAD_FILE, "%s: %s", file_unreadable, wrong) : code;
}

static ssize_t text_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct text *text = (struct text *)source;
	int code = TW_OK;
	if (text->given == text->ready.length)
		text->given = text->ready.length = 0;
	while (!text->given && text->ready.length < READY && !code) {
		if (text->row == text->array.length && (code = take_rows(text, error)))
			break;
		if (!text->array.release)
			break; /* the end */
		code = put_row(text, error);
	}
	if (!code && (text->ready.failed || text->record.failed || text->many.failed))
		code = error_memory(error);
	if (code)
		return -1;
	size_t size = text->ready.length - text->given;
	size = size < room ? size : room;
	if (size)
		memcpy(to, text->ready.at + text->given, size);
	text->given += size;
	return (ssize_t)size;
}

static void text_close(struct source *source)
{
	struct text *text = (struct text *)source;
	if (text->array.release)
		text->array.release(&text->array);
	type_free(&text->schema);
	file_close(&text->file);
	buffer_free(&text->ready);
	buffer_free(&text->record);
	buffer_free(&text->many);
	free(text->use);
	free(text->is_number);
	free(text);
}

static int read_schema(struct text *text, struct tw_error *error)
{
	struct ArrowSchema schema;
	int code = file_schema(&schema, &text->file, error);
	if (!code)
		code = type_read(&text->schema, &schema, error);
	if (schema.release)
		schema.release(&schema);
	return code;
}

/* Which columns are read as what, by their names; whether their types allow it. */
static int find_uses(struct text *text, const struct columns_options *options,
		     struct tw_error *error)
{
	struct columns_options own = *options; /* the reader of the header tells what it found */
	struct columns *columns = calloc(1, sizeof *columns);
	struct csv_row *row = calloc(1, sizeof *row);
	size_t count = text->schema.count, used = 0;
	int code = columns && row ? TW_OK : error_memory(error);
	if (!code && count > CSV_FIELDS)
		code = error_set(error, TW_BAD_FILE,
				 "has %zu columns, more than %d: leave those "
				 "not needed out of the file",
				 count, CSV_FIELDS);
	for (size_t i = 0; i < count && !code; i++) {
		const char *name = text->schema.child[i].name;
		row->field[row->count++] = (struct tw_text){name, strlen(name)};
	}
	if (!code)
		code = columns_read(columns, row, &own, error);
	for (size_t i = 0; i < count && !code; i++) {
		enum type_kind kind = cell_type(&text->schema.child[i])->kind;
		code =
		    reader_use(&text->use[i], columns, &text->schema.child[i], i, "--map", error);
		text->is_number[i] = kind == TYPE_DECIMAL || kind == TYPE_FLOAT;
		used += text->use[i].is_used;
	}
	if (!code && !used)
		code = error_set(error, TW_BAD_FILE,
				 "has no column with a name that a line of goods has, such as hts, "
				 "origin, entered and value: say which is which with --map "
				 "THEIRS=OURS");
	if (columns)
		columns_free(columns);
	free(columns);
	free(row);
	return code;
}

/* Columns that are no text and are not read are as DuckDB shows them. */
static int read_as_text(struct text *text, int fd, struct tw_error *error)
{
	const struct duck *duck = text->file.duck;
	struct buffer names = {0};
	bool casts = false;
	for (size_t i = 0; i < text->schema.count; i++) {
		const struct type *type = cell_type(&text->schema.child[i]);
		bool cast = !text->use[i].is_used && !type_is_text(type) && type->kind != TYPE_INT;
		buffer_text(&names, i ? ", " : "");
		buffer_text(&names, cast ? "CAST(" : "");
		duck_put_name(&names, text->schema.child[i].name);
		buffer_text(&names, cast ? " AS VARCHAR)" : "");
		casts = casts || cast;
	}
	buffer_char(&names, '\0');
	int code = names.failed ? error_memory(error) : TW_OK;
	if (!code && casts) {
		file_close(&text->file);
		code = file_open(&text->file, duck, fd, names.at, error);
	}
	buffer_free(&names);
	return code;
}

/* The names, before they are those of a cast; then what is read. */
static int begin(struct text *text, int fd, const struct columns_options *options,
		 struct tw_error *error)
{
	int code = read_schema(text, error);
	if (code)
		return code;
	text->use = calloc(text->schema.count + 1, sizeof *text->use);
	text->is_number = calloc(text->schema.count + 1, sizeof *text->is_number);
	if (!text->use || !text->is_number)
		return error_memory(error);
	text->source.is_number = text->is_number;
	if ((code = find_uses(text, options, error)))
		return code;
	for (size_t i = 0; i < text->schema.count; i++) {
		const char *name = text->schema.child[i].name;
		if (i)
			buffer_char(&text->record, ',');
		put_cell(&text->record, (struct tw_text){name, strlen(name)});
	}
	end_record(text);
	if ((code = read_as_text(text, fd, error)))
		return code;
	type_free(&text->schema);
	text->schema = (struct type){0};
	return read_schema(text, error);
}

int text_open(struct source **out, int fd, const struct columns_options *options,
	      const struct duck *duck, struct tw_error *error)
{
	struct text *text = calloc(1, sizeof *text);
	if (!text)
		return error_memory(error);
	text->source = (struct source){.read = text_read, .close = text_close};
	int code = file_open(&text->file, duck, fd, "*", error);
	if (!code)
		code = begin(text, fd, options, error);
	if (code)
		text_close(&text->source);
	else
		*out = &text->source;
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Values of SQLite as columns of a line, and cells of an answer as values. */
#include "lite.h"

#include <stdio.h>
#include <string.h>

const enum tw_column lite_first[LITE_FIRST] = {TW_COLUMN_HTS, TW_COLUMN_ORIGIN, TW_COLUMN_ENTERED,
					       TW_COLUMN_VALUE};

int lite_column_find(struct sql_column *out, const tw_rulebook *rulebook, const char *name,
		     struct tw_error *error)
{
	if (!name)
		return sql_error(error, TW_NOT_FOUND,
				 "the name of a column or claim is NULL: give it as text");
	const struct tw_text text = {name, strlen(name)};
	return sql_column_find(out, rulebook, text, error);
}

static int check_type(const struct sql_column *column, int type, struct tw_error *error)
{
	static const struct {
		int type;
		enum sql_value kind;
		const char *name;
	} types[] = {{SQLITE_NULL, SQL_VALUE_NULL, "NULL"},
		     {SQLITE_INTEGER, SQL_VALUE_NUMBER, "INTEGER"},
		     {SQLITE_FLOAT, SQL_VALUE_FLOAT, "REAL"},
		     {SQLITE_TEXT, SQL_VALUE_TEXT, "TEXT"},
		     {SQLITE_BLOB, SQL_VALUE_OTHER, "BLOB"}};
	size_t i = 0;
	while (types[i].type != type && types[i].type != SQLITE_BLOB)
		i++;
	return sql_column_takes(column, types[i].kind, types[i].name,
				"keep it as text or as a whole number, or give "
				"printf('%.2f', …)",
				error);
}

int lite_read(struct tw_line *line, const struct sql_column *column, sqlite3_value *value,
	      bool is_kept, struct sql_heap *heap, struct tw_error *error)
{
	struct tw_text *claims = &line->column[TW_COLUMN_CLAIMS];
	int type = sqlite3_value_type(value), code = check_type(column, type, error);
	if (code || type == SQLITE_NULL)
		return code;
	struct tw_text text = {(const char *)sqlite3_value_text(value),
			       (size_t)sqlite3_value_bytes(value)};
	if (!text.at)
		return sql_no_memory(error);
	if (column->column == TW_COLUMN_COUNT)
		return sql_claims_add(claims, (struct tw_text){column->name, strlen(column->name)},
				      text, heap, error);
	if (column->column == TW_COLUMN_CLAIMS)
		return sql_claims_more(claims, text, heap, error);
	if (!is_kept) {
		char *at = sql_heap_take(heap, text.length + 1);
		if (!at)
			return sql_no_memory(error);
		memcpy(at, text.at, text.length);
		text.at = at;
	}
	line->column[column->column] = text;
	return TW_OK;
}

int lite_locate(struct tw_error *error, int code, uint64_t row, const struct tw_line *line)
{
	char what[sizeof error->message];
	struct tw_text id = line->column[TW_COLUMN_ID];
	memcpy(what, error->message, sizeof what);
	if (row)
		return sql_error(error, code, "row %llu: %s", (unsigned long long)row, what);
	if (id.length)
		return sql_error(error, code, "line %.*s: %s", sql_shown(id), id.at, what);
	return code;
}

int lite_fail(sqlite3_vtab *table, const struct tw_error *error)
{
	sqlite3_free(table->zErrMsg);
	table->zErrMsg = sqlite3_mprintf("%s", error->message);
	return error->code == TW_NO_MEMORY ? SQLITE_NOMEM : SQLITE_ERROR;
}

void lite_declare(sqlite3_str *out, const struct sql_record *record)
{
	for (size_t i = 0; i < record->count; i++)
		sqlite3_str_appendf(out, "\"%w\" %s, ", record->field[i].name,
				    sql_field_type(&record->field[i]) == SQL_FLAG ? "INTEGER"
										  : "TEXT");
}

int lite_declare_table(sqlite3 *db, sqlite3_str *text)
{
	sqlite3_str_appendall(text, ")");
	char *made = sqlite3_str_finish(text);
	int code = made ? sqlite3_declare_vtab(db, made) : SQLITE_NOMEM;
	sqlite3_free(made);
	return code;
}

static void put_string(sqlite3_str *out, const char *at, size_t length)
{
	sqlite3_str_appendchar(out, 1, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)at[i];
		if (c == '"' || c == '\\')
			sqlite3_str_appendchar(out, 1, '\\');
		if (c < ' ')
			sqlite3_str_appendf(out, "\\u%04x", c);
		else
			sqlite3_str_append(out, at + i, 1);
	}
	sqlite3_str_appendchar(out, 1, '"');
}

static void put_record(sqlite3_str *out, const struct sql_record *record, const void *row);

static void put_list(sqlite3_str *out, const struct sql_cell *cell)
{
	sqlite3_str_appendchar(out, 1, '[');
	for (size_t i = 0; i < cell->count; i++) {
		if (i)
			sqlite3_str_appendchar(out, 1, ',');
		if (cell->type == SQL_TEXTS)
			put_string(out, cell->texts[i], strlen(cell->texts[i]));
		else
			put_record(out, cell->record,
				   (const char *)cell->rows + i * cell->record->size);
	}
	sqlite3_str_appendchar(out, 1, ']');
}

static void put_cell(sqlite3_str *out, const struct sql_cell *cell)
{
	char printed[SQL_PRINT];
	if (cell->is_null)
		sqlite3_str_appendall(out, "null");
	else if (cell->type == SQL_TEXT)
		put_string(out, cell->text.at, cell->text.length);
	else if (cell->type == SQL_FLAG)
		sqlite3_str_appendall(out, cell->number ? "true" : "false");
	else if (cell->type == SQL_MONEY)
		put_string(out, printed, sql_print_money(printed, cell->number));
	else if (cell->type == SQL_INSTANT)
		put_string(out, printed, sql_print_time(printed, cell->number * 1000000, true));
	else
		put_list(out, cell);
}

static void put_record(sqlite3_str *out, const struct sql_record *record, const void *row)
{
	struct sql_cell cell;
	for (size_t i = 0; i < record->count; i++) {
		sqlite3_str_appendf(out, "%s\"%s\":", i ? "," : "{", record->field[i].name);
		sql_cell_read(&cell, &record->field[i], row);
		put_cell(out, &cell);
	}
	sqlite3_str_appendchar(out, 1, '}');
}

static void result_list(sqlite3_context *context, const struct sql_cell *cell)
{
	sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
	put_list(out, cell);
	int length = sqlite3_str_length(out), code = sqlite3_str_errcode(out);
	char *text = sqlite3_str_finish(out);
	if (code || !text)
		sqlite3_result_error_code(context, code ? code : SQLITE_NOMEM);
	else
		sqlite3_result_text(context, text, length, sqlite3_free);
}

void lite_result(sqlite3_context *context, const struct sql_cell *cell)
{
	char printed[SQL_PRINT];
	size_t length;
	if (cell->is_null) {
		sqlite3_result_null(context);
	} else if (cell->type == SQL_TEXT) {
		sqlite3_result_text(context, cell->text.at, (int)cell->text.length,
				    SQLITE_TRANSIENT);
	} else if (cell->type == SQL_FLAG) {
		sqlite3_result_int(context, cell->number != 0);
	} else if (cell->type == SQL_MONEY || cell->type == SQL_INSTANT) {
		length = cell->type == SQL_MONEY
			     ? sql_print_money(printed, cell->number)
			     : sql_print_time(printed, cell->number * 1000000, true);
		sqlite3_result_text(context, printed, (int)length, SQLITE_TRANSIENT);
	} else {
		result_list(context, cell);
	}
}

void lite_arguments_forget(struct lite_arguments *arguments)
{
	for (size_t i = 0; i < TW_COLUMN_COUNT; i++)
		sqlite3_value_free(arguments->at[i]);
	memset(arguments, 0, sizeof *arguments);
}

int lite_arguments_keep(struct lite_arguments *arguments, int place, const sqlite3_value *value)
{
	sqlite3_value_free(arguments->at[place]);
	arguments->at[place] = sqlite3_value_dup(value);
	return arguments->at[place] ? SQLITE_OK : SQLITE_NOMEM;
}

void lite_arguments_result(sqlite3_context *context, const struct lite_arguments *arguments,
			   int place)
{
	if (arguments->at[place])
		sqlite3_result_value(context, arguments->at[place]);
}

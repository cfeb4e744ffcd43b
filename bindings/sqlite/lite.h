/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the SQLite extension share. */
#ifndef TW_LITE_H
#define TW_LITE_H

#include <sqlite3ext.h>

#include "../sql/bench.h"
#include "../sql/fields.h"

SQLITE_EXTENSION_INIT3

/* Functions of one line; the layers of one; the findings of a query. An SQLite code. */
int lite_add_duty(sqlite3 *db, struct sql_bench *bench);
int lite_add_layers(sqlite3 *db, struct sql_bench *bench);
int lite_add_assess(sqlite3 *db, struct sql_bench *bench);
/* The law. */
int lite_add_law(sqlite3 *db);
/* What SQLite calls when it forgets a function or a module, each of which is an owner. */
void lite_forget(void *bench);

/* What the first arguments of a line are, which have no names. */
enum { LITE_FIRST = 4 };
extern const enum tw_column lite_first[LITE_FIRST];

int lite_column_find(struct sql_column *out, const tw_rulebook *rulebook, const char *name,
		     struct tw_error *error);
/* The value of a column. is_kept: it lasts as long as the line; else its text is copied. */
int lite_read(struct tw_line *line, const struct sql_column *column, sqlite3_value *value,
	      bool is_kept, struct sql_heap *heap, struct tw_error *error);
/* An error with the line before it: its row, or its id. */
int lite_locate(struct tw_error *error, int code, uint64_t row, const struct tw_line *line);

/* A cell as a value: text, amounts as text, instants as text in UTC, lists as JSON. */
void lite_result(sqlite3_context *context, const struct sql_cell *cell);
/* The columns of a record in the declaration of a table, each with a comma behind it. */
void lite_declare(sqlite3_str *out, const struct sql_record *record);
/* Declares a table by its text, which lacks the last bracket, and frees the text. A code. */
int lite_declare_table(sqlite3 *db, sqlite3_str *text);

/*
 * The arguments of a table, by their places behind its columns, while a cursor stands in it: what a
 * statement asks of one a second time is held against them. Begun with zeros.
 */
struct lite_arguments {
	sqlite3_value *at[TW_COLUMN_COUNT];
};
void lite_arguments_forget(struct lite_arguments *arguments);
/* A code. */
int lite_arguments_keep(struct lite_arguments *arguments, int place, const sqlite3_value *value);
void lite_arguments_result(sqlite3_context *context, const struct lite_arguments *arguments,
			   int place);

/* An error of a table: the text is the table's. */
int lite_fail(sqlite3_vtab *table, const struct tw_error *error);

#endif

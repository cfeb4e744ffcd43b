/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tw_layers: the duty stack of one line as a table. The columns of the line are its arguments:
 * tw_layers(hts, origin, entered, value), and any other by its name: WHERE claims = 'usmca'.
 */
#include "lite.h"

#include <string.h>

struct table {
	sqlite3_vtab base;
	struct sql_bench *bench;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct sql_seat *seat;
	const struct tw_assessment *answer;
	size_t at, count;
	struct lite_arguments arguments;
};

/* Columns behind those of a layer: the first four as arguments, then all others. */
static enum tw_column argument_column(int place)
{
	if (place < LITE_FIRST)
		return lite_first[place];
	int left = place - LITE_FIRST;
	for (int i = 0; i < TW_COLUMN_COUNT; i++) {
		bool is_first = false;
		for (int j = 0; j < LITE_FIRST; j++)
			is_first = is_first || (int)lite_first[j] == i;
		if (!is_first && left-- == 0)
			return (enum tw_column)i;
	}
	return TW_COLUMN_COUNT;
}

static int connect(sqlite3 *db, void *bench, int argc, const char *const *argv, sqlite3_vtab **out,
		   char **message)
{
	(void)argc, (void)argv, (void)message;
	sqlite3_str *text = sqlite3_str_new(db);
	sqlite3_str_appendall(text, "CREATE TABLE x(");
	lite_declare(text, &sql_layer);
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		sqlite3_str_appendf(text, "%s\"%w\" HIDDEN", i ? ", " : "",
				    tw_column_name(argument_column(i)));
	int code = lite_declare_table(db, text);
	struct table *table = code ? NULL : sqlite3_malloc(sizeof *table);
	if (!table)
		return code ? code : SQLITE_NOMEM;
	memset(table, 0, sizeof *table);
	table->bench = bench;
	*out = &table->base;
	return sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
}

static int disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

/* What is given of the line, a character each; all of it is wanted before the rows are. */
static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	int first = (int)sql_layer.count, given = 0;
	char *plan = sqlite3_malloc(TW_COLUMN_COUNT + 1);
	(void)table;
	if (!plan)
		return SQLITE_NOMEM;
	for (int i = 0; i < info->nConstraint; i++) {
		int place = info->aConstraint[i].iColumn - first;
		if (place < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable) {
			sqlite3_free(plan);
			return SQLITE_CONSTRAINT;
		}
		if (memchr(plan, 'A' + place, (size_t)given))
			continue; /* asked a second time: SQLite holds it against the first */
		plan[given++] = (char)('A' + place);
		info->aConstraintUsage[i].argvIndex = given;
		info->aConstraintUsage[i].omit = 1;
	}
	plan[given] = '\0';
	info->idxStr = plan;
	info->needToFreeIdxStr = 1;
	info->estimatedCost = 10;
	info->estimatedRows = 4;
	return SQLITE_OK;
}

static int open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = sqlite3_malloc(sizeof *cursor);
	struct tw_error error;
	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof *cursor);
	if (sql_bench_take(&cursor->seat, ((struct table *)table)->bench, NULL, &error)) {
		sqlite3_free(cursor);
		return lite_fail(table, &error);
	}
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)base;
	sql_bench_give(((struct table *)base->pVtab)->bench, cursor->seat);
	lite_arguments_forget(&cursor->arguments);
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *plan, int count,
		  sqlite3_value **value)
{
	struct cursor *cursor = (struct cursor *)base;
	struct sql_seat *seat = cursor->seat;
	struct tw_error error;
	(void)number;
	cursor->at = cursor->count = 0;
	lite_arguments_forget(&cursor->arguments);
	if (!count)
		return SQLITE_OK; /* of no line */
	sql_seat_begin(seat);
	int code = sql_seat_more(seat, 1, &error);
	for (int i = 0; i < count && !code; i++) {
		if (lite_arguments_keep(&cursor->arguments, plan[i] - 'A', value[i]))
			return SQLITE_NOMEM;
		enum tw_column at = argument_column(plan[i] - 'A');
		const struct sql_column column = {.column = (int)at, .name = tw_column_name(at)};
		/* Values of a statement last as long as this call. */
		code = lite_read(&seat->line[0], &column, value[i], false, &seat->heap, &error);
	}
	if (code)
		lite_locate(&error, code, 0, &seat->line[0]);
	else
		code = sql_seat_answer(&cursor->answer, seat, 0, &error);
	if (code)
		return lite_fail(base->pVtab, &error);
	bool is_answered = cursor->answer->status != TW_STATUS_REFUSED;
	cursor->count = is_answered ? cursor->answer->layer_count : 0;
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
	((struct cursor *)cursor)->at++;
	return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *cursor)
{
	return ((struct cursor *)cursor)->at >= ((struct cursor *)cursor)->count;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index)
{
	const struct cursor *cursor = (struct cursor *)base;
	struct sql_cell cell;
	if (index >= (int)sql_layer.count) {
		lite_arguments_result(context, &cursor->arguments, index - (int)sql_layer.count);
		return SQLITE_OK;
	}
	sql_cell_read(&cell, &sql_layer.field[index], &cursor->answer->layers[cursor->at]);
	lite_result(context, &cell);
	return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((struct cursor *)cursor)->at + 1;
	return SQLITE_OK;
}

int lite_add_layers(sqlite3 *db, struct sql_bench *bench)
{
	static const sqlite3_module module = {.xConnect = connect,
					      .xBestIndex = best_index,
					      .xDisconnect = disconnect,
					      .xOpen = open,
					      .xClose = close,
					      .xFilter = filter,
					      .xNext = next,
					      .xEof = eof,
					      .xColumn = column,
					      .xRowid = rowid};
	sql_bench_hold(bench);
	return sqlite3_create_module_v2(db, "tw_layers", &module, bench, lite_forget);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tw_assess: the findings of all rows of a query as a table, shipments joined. The query is run by
 * the same connection; it must be one that only reads. Its rows are read when the first finding is
 * asked for, and held.
 */
#include "lite.h"

#include <string.h>

/* Behind the columns of a finding: the whole as text, then the arguments. */
enum { FINDING = 0, QUERY, DAILY_SUM, STRICT_COVERAGE, NO_SCREEN, RESTORE_ZEROS, RULEBOOK, HIDDEN };
static const char *const hidden[HIDDEN] = {[QUERY] = "query",
					   [DAILY_SUM] = "daily_sum",
					   [STRICT_COVERAGE] = "strict_coverage",
					   [NO_SCREEN] = "no_screen",
					   [RESTORE_ZEROS] = "restore_zeros",
					   [RULEBOOK] = "rulebook"};

struct table {
	sqlite3_vtab base;
	sqlite3 *db;
	struct sql_bench *bench;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct sql_seat *seat;
	const struct tw_assessment *answer; /* of the row at hand, or NULL */
	size_t at, count;
	struct lite_arguments arguments;
};

static int connect(sqlite3 *db, void *bench, int argc, const char *const *argv, sqlite3_vtab **out,
		   char **message)
{
	(void)argc, (void)argv, (void)message;
	sqlite3_str *text = sqlite3_str_new(db);
	sqlite3_str_appendall(text, "CREATE TABLE x(");
	lite_declare(text, &sql_finding);
	sqlite3_str_appendall(text, "finding TEXT");
	for (int i = QUERY; i < HIDDEN; i++)
		sqlite3_str_appendf(text, ", %s HIDDEN", hidden[i]);
	int code = lite_declare_table(db, text);
	struct table *table = code ? NULL : sqlite3_malloc(sizeof *table);
	if (!table)
		return code ? code : SQLITE_NOMEM;
	memset(table, 0, sizeof *table);
	table->bench = bench;
	table->db = db;
	*out = &table->base;
	/* It runs what it is given, so a view or a trigger of a strange file may not use it. */
	return sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
}

static int disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	int first = (int)sql_finding.count, given = 0;
	char plan[HIDDEN + 1];
	(void)table;
	for (int i = 0; i < info->nConstraint; i++) {
		int place = info->aConstraint[i].iColumn - first;
		if (place < QUERY || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable)
			return SQLITE_CONSTRAINT;
		if (memchr(plan, 'A' + place, (size_t)given))
			continue; /* asked a second time: SQLite holds it against the first */
		plan[given++] = (char)('A' + place);
		info->aConstraintUsage[i].argvIndex = given;
		info->aConstraintUsage[i].omit = 1;
	}
	plan[given] = '\0';
	info->idxStr = sqlite3_mprintf("%s", plan);
	info->needToFreeIdxStr = 1;
	info->estimatedCost = 1e6;
	info->estimatedRows = 100000;
	return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = sqlite3_malloc(sizeof *cursor);
	(void)table;
	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof *cursor);
	*out = &cursor->base;
	return SQLITE_OK;
}

static void give_back(struct cursor *cursor)
{
	sql_bench_give(((struct table *)cursor->base.pVtab)->bench, cursor->seat);
	lite_arguments_forget(&cursor->arguments);
	cursor->seat = NULL;
	cursor->answer = NULL;
	cursor->at = cursor->count = 0;
}

static int close(sqlite3_vtab_cursor *cursor)
{
	give_back((struct cursor *)cursor);
	sqlite3_free(cursor);
	return SQLITE_OK;
}

/* What SQLite says of the query. */
static int database_error(struct tw_error *error, sqlite3 *db)
{
	return sql_error(error,
			 sqlite3_errcode(db) == SQLITE_NOMEM ? TW_NO_MEMORY : TW_BAD_ARGUMENT,
			 "the query: %s", sqlite3_errmsg(db));
}

static int prepare(sqlite3_stmt **out, sqlite3 *db, const char *query, struct tw_error *error)
{
	const char *rest = "";
	if (sqlite3_prepare_v2(db, query, -1, out, &rest))
		return database_error(error, db);
	if (!*out || !sqlite3_column_count(*out) || !sqlite3_stmt_readonly(*out) ||
	    rest[strspn(rest, " \t\r\n;")])
		return sql_error(error, TW_BAD_ARGUMENT,
				 "tw_assess takes one query that reads: SELECT or VALUES");
	return TW_OK;
}

/* The columns of the query. */
static int find_columns(struct sql_column *column, const struct sql_seat *seat, sqlite3_stmt *rows,
			struct tw_error *error)
{
	int count = sqlite3_column_count(rows), code = TW_OK;
	for (int i = 0; i < count && !code; i++) {
		code = lite_column_find(&column[i], seat->rulebook, sqlite3_column_name(rows, i),
					error);
		for (int j = 0; j < i && !code; j++)
			if (!strcmp(column[j].name, column[i].name))
				code =
				    sql_error(error, TW_BAD_ARGUMENT,
					      "column %s is given twice: omit one", column[i].name);
	}
	return code;
}

static int read_row(struct sql_seat *seat, const struct sql_column *column, sqlite3_stmt *rows,
		    size_t row, struct tw_error *error)
{
	int count = sqlite3_column_count(rows), code = sql_seat_more(seat, row, error);
	struct tw_line *line = code ? NULL : &seat->line[row - 1];
	for (int i = 0; i < count && !code; i++)
		code = lite_read(line, &column[i], sqlite3_column_value(rows, i), false,
				 &seat->heap, error);
	if (!line)
		return code;
	if (code)
		return lite_locate(error, code, row, line);
	if (line->column[TW_COLUMN_ID].length)
		return TW_OK;
	char *at = sql_heap_take(&seat->heap, SQL_PRINT);
	if (!at)
		return sql_no_memory(error);
	line->column[TW_COLUMN_ID] = (struct tw_text){at, sql_print_number(at, (__int128)row, 0)};
	return TW_OK;
}

static int read_rows(struct cursor *cursor, sqlite3_stmt *rows, struct tw_error *error)
{
	sqlite3 *db = ((struct table *)cursor->base.pVtab)->db;
	struct sql_column *column =
	    sqlite3_malloc64((sqlite3_uint64)sqlite3_column_count(rows) * sizeof *column);
	if (!column)
		return sql_no_memory(error);
	int code = find_columns(column, cursor->seat, rows, error), step = SQLITE_DONE;
	sql_seat_begin(cursor->seat);
	while (!code && (step = sqlite3_step(rows)) == SQLITE_ROW)
		code = read_row(cursor->seat, column, rows, ++cursor->count, error);
	if (!code && step != SQLITE_DONE)
		code = database_error(error, db);
	sqlite3_free(column);
	return code;
}

static int assess(struct cursor *cursor, const struct sql_options *options, const char *query,
		  struct tw_error *error)
{
	struct table *table = (struct table *)cursor->base.pVtab;
	unsigned flags = TW_MANY_JOIN | (options->daily_sum ? TW_MANY_DAYS : 0);
	sqlite3_stmt *rows = NULL;
	int code = sql_bench_take(&cursor->seat, table->bench, options, error);
	if (!code && !(code = prepare(&rows, table->db, query, error)) &&
	    !(code = read_rows(cursor, rows, error)))
		code = sql_seat_assess(cursor->seat, cursor->count, flags, error);
	sqlite3_finalize(rows);
	return code;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *plan, int count,
		  sqlite3_value **value)
{
	struct cursor *cursor = (struct cursor *)base;
	struct sql_options options = {.daily_sum = false};
	const char *query = NULL;
	struct tw_error error;
	int code = TW_OK;
	(void)number;
	give_back(cursor);
	for (int i = 0; i < count && !code; i++) {
		int place = plan[i] - 'A';
		if (lite_arguments_keep(&cursor->arguments, place, value[i]))
			return SQLITE_NOMEM;
		const char *text = (const char *)sqlite3_value_text(value[i]);
		if (place == QUERY)
			query = text;
		else if (text)
			code = sql_option_set(
			    &options, (struct tw_text){hidden[place], strlen(hidden[place])},
			    (struct tw_text){text, strlen(text)}, &error);
	}
	if (!code && !query)
		code = sql_error(&error, TW_BAD_ARGUMENT,
				 "tw_assess takes a query: tw_assess('SELECT * FROM parcels')");
	if (!code)
		code = assess(cursor, &options, query, &error);
	if (!code)
		return SQLITE_OK;
	give_back(cursor);
	return lite_fail(base->pVtab, &error);
}

static int next(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)base;
	cursor->at++;
	cursor->answer = NULL;
	return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *cursor)
{
	return ((struct cursor *)cursor)->at >= ((struct cursor *)cursor)->count;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index)
{
	struct cursor *cursor = (struct cursor *)base;
	struct tw_error error;
	struct sql_cell cell;
	int code = TW_OK;
	int place = index - (int)sql_finding.count;
	if (place >= QUERY) {
		lite_arguments_result(context, &cursor->arguments, place);
		return SQLITE_OK;
	}
	if (index == (int)sql_finding.count) {
		/* It asks the assessor anew, so the answer at hand is one no more. */
		cursor->answer = NULL;
		code = sql_seat_json(cursor->seat, cursor->at, cursor->at + 1, &error);
		if (code)
			return lite_fail(base->pVtab, &error);
		sqlite3_result_text64(context, cursor->seat->output.at, cursor->seat->output.length,
				      SQLITE_TRANSIENT, SQLITE_UTF8);
		return SQLITE_OK;
	}
	if (!cursor->answer)
		code = sql_seat_answer(&cursor->answer, cursor->seat, cursor->at, &error);
	if (code)
		return lite_fail(base->pVtab, &error);
	sql_finding_read(&cell, &sql_finding.field[index], &cursor->seat->line[cursor->at],
			 cursor->answer);
	lite_result(context, &cell);
	return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((struct cursor *)cursor)->at + 1;
	return SQLITE_OK;
}

int lite_add_assess(sqlite3 *db, struct sql_bench *bench)
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
	return sqlite3_create_module_v2(db, "tw_assess", &module, bench, lite_forget);
}

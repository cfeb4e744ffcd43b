/* SPDX-License-Identifier: Apache-2.0 */
/* The law as tables: tw_law, tw_substances, tw_changes(first, last). */
#include "lite.h"

#include "../sql/law.h"

#include <string.h>

struct table {
	sqlite3_vtab base;
	struct sql_law law;
	size_t day; /* of tw_changes: the column that the period is of */
	bool is_period;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct sql_law law; /* how far it has been read */
	struct tw_text cell[SQL_LAW_COLUMNS], first, last;
	char day[2][10]; /* where these stand */
	sqlite3_int64 row;
	bool is_there;
	struct lite_arguments arguments;
};

/* What a module is of: the name of its table among those of the law. */
static int connect(sqlite3 *db, void *name, int argc, const char *const *argv, sqlite3_vtab **out,
		   char **message)
{
	struct table *table = sqlite3_malloc(sizeof *table);
	(void)argc, (void)argv, (void)message;
	if (!table)
		return SQLITE_NOMEM;
	memset(table, 0, sizeof *table);
	if (!sql_law_open(&table->law, name)) {
		sqlite3_free(table);
		return SQLITE_ERROR;
	}
	table->is_period = !strcmp(name, "changes");
	table->day = sql_law_column(&table->law, "day");
	sqlite3_str *text = sqlite3_str_new(db);
	sqlite3_str_appendall(text, "CREATE TABLE x(");
	for (size_t i = 0; i < table->law.count; i++)
		sqlite3_str_appendf(text, "%s\"%w\" %s", i ? ", " : "", table->law.column[i].name,
				    table->law.column[i].type == SQL_LAW_FLAG ? "INTEGER" : "TEXT");
	if (table->is_period)
		sqlite3_str_appendall(text, ", \"first\" HIDDEN, \"last\" HIDDEN");
	int code = lite_declare_table(db, text);
	if (code) {
		sqlite3_free(table);
		return code;
	}
	*out = &table->base;
	return sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
}

static int disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

/* Which of first and last are given: a bit each; both are needed of tw_changes. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
	const struct table *table = (struct table *)base;
	int given = 0, columns = (int)table->law.count;
	for (int place = 0; table->is_period && place < 2; place++)
		for (int i = 0; i < info->nConstraint; i++) {
			if (info->aConstraint[i].iColumn != columns + place ||
			    info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
				continue;
			if (!info->aConstraint[i].usable)
				return SQLITE_CONSTRAINT;
			if (info->idxNum >> place & 1)
				continue;
			info->idxNum |= 1 << place;
			info->aConstraintUsage[i].argvIndex = ++given;
			info->aConstraintUsage[i].omit = 1;
		}
	info->estimatedCost = 2000;
	info->estimatedRows = 2000;
	return SQLITE_OK;
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

static int close(sqlite3_vtab_cursor *cursor)
{
	lite_arguments_forget(&((struct cursor *)cursor)->arguments);
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int compare(struct tw_text a, struct tw_text b)
{
	return memcmp(a.at, b.at, 10);
}

static int next(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)base;
	const struct table *table = (struct table *)base->pVtab;
	do
		cursor->is_there = sql_law_next(&cursor->law, cursor->cell);
	while (cursor->is_there && table->is_period &&
	       (compare(cursor->cell[table->day], cursor->first) < 0 ||
		compare(cursor->cell[table->day], cursor->last) > 0));
	cursor->row++;
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int given, const char *plan, int count,
		  sqlite3_value **value)
{
	struct cursor *cursor = (struct cursor *)base;
	struct table *table = (struct table *)base->pVtab;
	struct tw_error error;
	(void)plan;
	cursor->law = table->law;
	cursor->row = 0;
	lite_arguments_forget(&cursor->arguments);
	for (int i = 0; i < count && given == 3; i++) {
		if (lite_arguments_keep(&cursor->arguments, i, value[i]))
			return SQLITE_NOMEM;
		const char *text = (const char *)sqlite3_value_text(value[i]);
		if (!text || !sql_law_is_day(text))
			given = 0;
		else
			memcpy(i ? cursor->day[1] : cursor->day[0], text, 10);
	}
	if (table->is_period && given != 3) {
		sql_error(&error, TW_BAD_ARGUMENT,
			  "tw_changes takes two days, the first and the last: "
			  "tw_changes('2025-04-01', '2025-04-30')");
		return lite_fail(base->pVtab, &error);
	}
	cursor->first = (struct tw_text){cursor->day[0], 10};
	cursor->last = (struct tw_text){cursor->day[1], 10};
	return next(base);
}

static int eof(sqlite3_vtab_cursor *cursor)
{
	return !((struct cursor *)cursor)->is_there;
}

/* A list as JSON; its texts hold neither quotes nor backslashes (tables.py). */
static void result_list(sqlite3_context *context, struct tw_text list)
{
	sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
	struct tw_text item;
	while (sql_law_item(&item, &list))
		sqlite3_str_appendf(out, "%s\"%.*s\"", sqlite3_str_length(out) ? "," : "[",
				    (int)item.length, item.at);
	sqlite3_str_appendall(out, "]");
	char *text = sqlite3_str_finish(out);
	if (text)
		sqlite3_result_text(context, text, -1, sqlite3_free);
	else
		sqlite3_result_error_nomem(context);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index)
{
	const struct cursor *cursor = (struct cursor *)base;
	char printed[SQL_PRINT];
	if ((size_t)index >= cursor->law.count)
		lite_arguments_result(context, &cursor->arguments, index - (int)cursor->law.count);
	if ((size_t)index >= cursor->law.count || !cursor->cell[index].length)
		return SQLITE_OK;
	struct tw_text cell = cursor->cell[index];
	switch (cursor->law.column[index].type) {
	case SQL_LAW_FLAG:
		sqlite3_result_int(context, *cell.at == '1');
		break;
	case SQL_LAW_LIST:
		result_list(context, cell);
		break;
	case SQL_LAW_INSTANT:
		cell.length = sql_print_time(printed, sql_law_number(cell) * 1000000, true);
		sqlite3_result_text(context, printed, (int)cell.length, SQLITE_TRANSIENT);
		break;
	default:
		sqlite3_result_text(context, cell.at, (int)cell.length, SQLITE_STATIC);
	}
	return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	*out = ((struct cursor *)cursor)->row;
	return SQLITE_OK;
}

int lite_add_law(sqlite3 *db)
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
	int code = sqlite3_create_module(db, "tw_law", &module, (void *)"law");
	if (!code)
		code = sqlite3_create_module(db, "tw_substances", &module, (void *)"substances");
	return code ? code : sqlite3_create_module(db, "tw_changes", &module, (void *)"changes");
}

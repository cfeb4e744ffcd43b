/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions of one line: tw_duty, tw_duty_json; and amounts as whole numbers and back, so that
 * sums are exact: tw_units, tw_money.
 */
#include "lite.h"

#include <string.h>

static void fail(sqlite3_context *context, const struct tw_error *error)
{
	sqlite3_result_error(context, error->message, -1);
	if (error->code == TW_NO_MEMORY)
		sqlite3_result_error_nomem(context);
}

/* hts, origin, entered, value and then pairs of a name and a value. */
static int read_line(struct sql_seat *seat, int count, sqlite3_value **argument,
		     struct tw_error *error)
{
	bool given[TW_COLUMN_COUNT] = {false};
	struct tw_line *line = &seat->line[0];
	int code = TW_OK;
	if (count < LITE_FIRST || (count - LITE_FIRST) % 2)
		return sql_error(
		    error, TW_BAD_ARGUMENT,
		    "give hts, origin, entered and value, and then names and values of "
		    "further columns: 'channel', 'postal'");
	for (int i = 0; i < count && !code; i += i < LITE_FIRST ? 1 : 2) {
		bool is_first = i < LITE_FIRST;
		const char *name = is_first ? tw_column_name(lite_first[i])
					    : (const char *)sqlite3_value_text(argument[i]);
		struct sql_column column;
		if ((code = lite_column_find(&column, seat->rulebook, name, error)))
			break;
		if (column.column < TW_COLUMN_COUNT && given[column.column])
			code = sql_error(error, TW_BAD_ARGUMENT,
					 "column %s is given twice: omit one", column.name);
		else
			code = lite_read(line, &column, argument[i + !is_first], true, &seat->heap,
					 error);
		if (column.column < TW_COLUMN_COUNT)
			given[column.column] = true;
	}
	return code ? lite_locate(error, code, 0, line) : TW_OK;
}

static int take_line(struct sql_seat **out, struct sql_bench *bench, int count,
		     sqlite3_value **argument, struct tw_error *error)
{
	int code = sql_bench_take(out, bench, NULL, error);
	if (code)
		return code;
	sql_seat_begin(*out);
	code = sql_seat_more(*out, 1, error);
	return code ? code : read_line(*out, count, argument, error);
}

/* What is due, as text; NULL: it is not known. */
static void duty(sqlite3_context *context, int count, sqlite3_value **argument)
{
	struct sql_bench *bench = sqlite3_user_data(context);
	struct sql_seat *seat = NULL;
	struct sql_figures figures;
	struct tw_error error;
	if (take_line(&seat, bench, count, argument, &error) ||
	    sql_seat_assess(seat, 1, 0, &error)) {
		fail(context, &error);
	} else {
		struct sql_cell cell = {.type = SQL_MONEY};
		sql_figures_read(&figures, &seat->charge[0]);
		cell.is_null = !figures.has_amount;
		cell.number = figures.duty;
		lite_result(context, &cell);
	}
	sql_bench_give(bench, seat);
}

static void duty_json(sqlite3_context *context, int count, sqlite3_value **argument)
{
	struct sql_bench *bench = sqlite3_user_data(context);
	struct sql_seat *seat = NULL;
	struct tw_error error;
	if (take_line(&seat, bench, count, argument, &error) || sql_seat_json(seat, 0, 0, &error))
		fail(context, &error);
	else
		sqlite3_result_text64(context, seat->output.at, seat->output.length,
				      SQLITE_TRANSIENT, SQLITE_UTF8);
	sql_bench_give(bench, seat);
}

/* "-12.3456" in 1/10000; false: it is no such amount. */
static bool read_units(sqlite3_int64 *out, const char *text)
{
	bool minus = *text == '-';
	int decimals = -1;
	sqlite3_int64 units = 0;
	text += minus;
	if (*text < '0' || *text > '9')
		return false;
	for (; *text; text++) {
		if (*text == '.' && decimals < 0 && text[1]) {
			decimals = 0;
			continue;
		}
		if (*text < '0' || *text > '9' || decimals == 4 ||
		    __builtin_mul_overflow(units, 10, &units) ||
		    __builtin_add_overflow(units, *text - '0', &units))
			return false;
		decimals += decimals >= 0;
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < 4; decimals++)
		if (__builtin_mul_overflow(units, 10, &units))
			return false;
	*out = minus ? -units : units;
	return true;
}

static void to_units(sqlite3_context *context, int count, sqlite3_value **argument)
{
	int type = sqlite3_value_type(argument[0]);
	sqlite3_int64 units;
	(void)count;
	if (type == SQLITE_NULL)
		return;
	const char *text = (const char *)sqlite3_value_text(argument[0]);
	if (type != SQLITE_FLOAT && type != SQLITE_BLOB && text && read_units(&units, text))
		sqlite3_result_int64(context, units);
	else
		sqlite3_result_error(
		    context,
		    "tw_units takes an amount as text, such as '91.26', with up to "
		    "four decimals",
		    -1);
}

static void to_money(sqlite3_context *context, int count, sqlite3_value **argument)
{
	struct sql_cell cell = {.type = SQL_MONEY};
	(void)count;
	cell.is_null = sqlite3_value_type(argument[0]) == SQLITE_NULL;
	if (!cell.is_null && sqlite3_value_type(argument[0]) != SQLITE_INTEGER) {
		sqlite3_result_error(context, "tw_money takes a whole number of 1/10000", -1);
		return;
	}
	cell.number = sqlite3_value_int64(argument[0]);
	lite_result(context, &cell);
}

int lite_add_duty(sqlite3 *db, struct sql_bench *bench)
{
	static const struct {
		const char *name;
		int count;
		void (*call)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {{"tw_duty", -1, duty},
			 {"tw_duty_json", -1, duty_json},
			 {"tw_units", 1, to_units},
			 {"tw_money", 1, to_money}};
	int code = SQLITE_OK;
	for (size_t i = 0; i < sizeof functions / sizeof *functions && !code; i++) {
		sql_bench_hold(bench);
		code = sqlite3_create_function_v2(
		    db, functions[i].name, functions[i].count,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, bench, functions[i].call,
		    NULL, NULL, lite_forget);
	}
	return code;
}

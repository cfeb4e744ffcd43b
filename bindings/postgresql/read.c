/* SPDX-License-Identifier: Apache-2.0 */
/* Values of PostgreSQL as the columns of a line. */
#include "pg.h"

#include <catalog/pg_type.h>
#include <mb/pg_wchar.h>
#include <utils/builtins.h>
#include <utils/date.h>
#include <utils/jsonb.h>
#include <utils/lsyscache.h>
#include <utils/numeric.h>
#include <utils/timestamp.h>
#include <utils/uuid.h>

#include "../sql/print.h"

/* From 1970-01-01, from where the library counts, to 2000-01-01, from where PostgreSQL does. */
#define EPOCH_DAYS (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)

static enum sql_value kind_of(Oid type)
{
	char category;
	bool is_preferred;
	switch (type) {
	case BOOLOID:
		return SQL_VALUE_FLAG;
	case INT2OID:
	case INT4OID:
	case INT8OID:
	case NUMERICOID:
		return SQL_VALUE_NUMBER;
	case FLOAT4OID:
	case FLOAT8OID:
		return SQL_VALUE_FLOAT;
	case DATEOID:
	case TIMESTAMPOID:
	case TIMESTAMPTZOID:
		return SQL_VALUE_TIME;
	case JSONBOID:
		return SQL_VALUE_NAMED;
	case UUIDOID:
	case UNKNOWNOID:
		return SQL_VALUE_TEXT;
	default:
		break;
	}
	get_type_category_preferred(type, &category, &is_preferred);
	return category == TYPCATEGORY_STRING || category == TYPCATEGORY_ENUM ? SQL_VALUE_TEXT
									      : SQL_VALUE_OTHER;
}

struct pg_rows *pg_rows_new(int count)
{
	struct pg_rows *rows =
	    palloc0(offsetof(struct pg_rows, column) + (size_t)count * sizeof rows->column[0]);
	rows->id = -1;
	return rows;
}

void pg_rows_add(struct pg_rows *rows, const tw_rulebook *rulebook, const char *name, Oid type)
{
	struct pg_column *column = &rows->column[rows->count];
	const struct tw_text text = {name, strlen(name)};
	struct tw_error error;
	Oid function;
	bool is_varlena;
	column->type = getBaseType(type);
	column->kind = kind_of(column->type);
	if (sql_column_find(&column->column, rulebook, text, &error))
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_COLUMN), errmsg("%s", error.message));
	if (sql_column_takes(&column->column, column->kind, format_type_be(type),
			     "cast it to numeric, such as numeric(18, 2)", &error))
		ereport(ERROR, errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("%s", error.message));
	for (int i = 0; i < rows->count; i++)
		if (!strcmp(rows->column[i].column.name, column->column.name))
			ereport(ERROR, errcode(ERRCODE_DUPLICATE_COLUMN),
				errmsg("column %s is given twice: omit one", column->column.name));
	getTypeOutputInfo(column->type, &function, &is_varlena);
	fmgr_info(function, &column->print);
	if (column->column.column == TW_COLUMN_ID)
		rows->id = rows->count;
	rows->count++;
}

/* Which line an error is about. */
struct place {
	struct sql_heap *heap;
	const struct pg_column *column;
	struct tw_text id;
	uint64 number;
};

static void refuse(const struct place *place, const char *what) __attribute__((noreturn));
static void refuse(const struct place *place, const char *what)
{
	int length = sql_shown(place->id);
	if (place->number)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("row %llu: column %s: %s", (unsigned long long)place->number,
			       place->column->column.name, what));
	if (length)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("line %.*s: column %s: %s", length, place->id.at,
			       place->column->column.name, what));
	ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		errmsg("column %s: %s", place->column->column.name, what),
		errhint("Give each line an id, and the message names it."));
}

static struct tw_text in_utf8(const char *at, size_t length)
{
	char *text = pg_server_to_any(at, (int)length, PG_UTF8);
	return (struct tw_text){text, text == at ? length : strlen(text)};
}

static struct tw_text time_text(const struct place *place, Datum value)
{
	char *at = palloc(SQL_PRINT);
	size_t length;
	if (place->column->type == DATEOID) {
		DateADT day = DatumGetDateADT(value);
		if (DATE_NOT_FINITE(day))
			refuse(place, "is infinite: give a day or a time");
		length = sql_print_day(at, (int64)day + EPOCH_DAYS);
	} else {
		Timestamp time = DatumGetTimestamp(value);
		if (TIMESTAMP_NOT_FINITE(time))
			refuse(place, "is infinite: give a day or a time");
		length = sql_print_time(at, time + EPOCH_DAYS * USECS_PER_DAY,
					place->column->type == TIMESTAMPTZOID);
	}
	return (struct tw_text){at, length};
}

static struct tw_text value_text(const struct place *place, Datum value)
{
	const struct pg_column *column = place->column;
	if (column->kind == SQL_VALUE_TIME)
		return time_text(place, value);
	if (column->kind == SQL_VALUE_FLAG)
		return DatumGetBool(value) ? (struct tw_text){"yes", 3} : (struct tw_text){"no", 2};
	if (column->type == TEXTOID || column->type == VARCHAROID) {
		text *from = DatumGetTextPP(value);
		return in_utf8(VARDATA_ANY(from), VARSIZE_ANY_EXHDR(from));
	}
	char *printed = OutputFunctionCall((FmgrInfo *)&column->print, value);
	return in_utf8(printed, strlen(printed));
}

static void add_claim(struct tw_text *claims, const struct place *place, struct tw_text key,
		      struct tw_text value)
{
	struct tw_error error;
	if (sql_claims_add(claims, key, value, place->heap, &error))
		refuse(place, error.message);
}

static struct tw_text json_text(const struct place *place, struct tw_text key,
				const JsonbValue *value)
{
	char *printed;
	switch (value->type) {
	case jbvNull:
		return (struct tw_text){"", 0};
	case jbvBool:
		return value->val.boolean ? (struct tw_text){"yes", 3} : (struct tw_text){"no", 2};
	case jbvString:
		return in_utf8(value->val.string.val, (size_t)value->val.string.len);
	case jbvNumeric:
		printed = DatumGetCString(
		    DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
		return (struct tw_text){printed, strlen(printed)};
	default:
		break;
	}
	refuse(place, psprintf("claim `%.*s` is neither text nor a number nor a flag",
			       sql_shown(key), key.at));
}

/* {"usmca": true, "steel_value": 4000}. */
static void read_json(struct tw_text *claims, const struct place *place, Datum value)
{
	JsonbIterator *at = JsonbIteratorInit(&DatumGetJsonbP(value)->root);
	JsonbIteratorToken token;
	JsonbValue key, one;
	if (JsonbIteratorNext(&at, &key, false) != WJB_BEGIN_OBJECT)
		refuse(place, "is not a JSON object: give {\"usmca\": true}");
	while ((token = JsonbIteratorNext(&at, &key, true)) == WJB_KEY) {
		struct tw_text name = in_utf8(key.val.string.val, (size_t)key.val.string.len);
		if (JsonbIteratorNext(&at, &one, true) != WJB_VALUE)
			refuse(place, "is not a JSON object of values");
		add_claim(claims, place, name, json_text(place, name, &one));
	}
}

static void read_cell(struct tw_line *line, const struct place *place, Datum value)
{
	const struct sql_column *column = &place->column->column;
	struct tw_text *claims = &line->column[TW_COLUMN_CLAIMS];
	struct tw_error error;
	if (place->column->kind == SQL_VALUE_NAMED) {
		read_json(claims, place, value);
		return;
	}
	struct tw_text text = value_text(place, value);
	if (column->column == TW_COLUMN_COUNT)
		add_claim(claims, place, (struct tw_text){column->name, strlen(column->name)},
			  text);
	else if (column->column == TW_COLUMN_CLAIMS &&
		 sql_claims_more(claims, text, place->heap, &error))
		refuse(place, error.message);
	else if (column->column != TW_COLUMN_CLAIMS)
		line->column[column->column] = text;
}

void pg_rows_read(struct tw_line *line, const struct pg_rows *rows, const Datum *value,
		  const bool *is_null, uint64 number, struct sql_heap *heap)
{
	struct place place = {.heap = heap, .number = number};
	/* The reference first: what is wrong with another column names it. */
	for (int i = -1; i < rows->count; i++) {
		int column = i < 0 ? rows->id : i;
		if (column < 0 || (i >= 0 && i == rows->id) || is_null[column])
			continue;
		place.column = &rows->column[column];
		read_cell(line, &place, value[column]);
		place.id = line->column[TW_COLUMN_ID];
	}
	if (number && !line->column[TW_COLUMN_ID].length) {
		char *at = palloc(SQL_PRINT);
		line->column[TW_COLUMN_ID] = (struct tw_text){at, sql_print_number(at, number, 0)};
	}
}

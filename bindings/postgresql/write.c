/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as composite values. */
#include "pg.h"

#include <access/htup_details.h>
#include <catalog/pg_type.h>
#include <mb/pg_wchar.h>
#include <utils/array.h>
#include <utils/builtins.h>
#include <utils/jsonb.h>
#include <utils/lsyscache.h>
#include <utils/numeric.h>
#include <utils/timestamp.h>
#include <utils/typcache.h>

struct pg_form *pg_form_new(const struct sql_record *record, TupleDesc row)
{
	struct pg_form *form = palloc0(sizeof *form);
	if (row->natts != (int)record->count)
		ereport(ERROR, errcode(ERRCODE_DATATYPE_MISMATCH),
			errmsg("the type tw_%s of the database has %d columns and the library's "
			       "%zu: say ALTER EXTENSION tidewaiter UPDATE",
			       record->name, row->natts, record->count));
	form->record = record;
	form->row = BlessTupleDesc(row);
	for (int i = 0; i < row->natts; i++) {
		const struct sql_record *rows = record->field[i].rows;
		Oid element = get_element_type(TupleDescAttr(row, i)->atttypid);
		form->inner[i].element = element;
		if (!rows)
			continue;
		TupleDesc shared = lookup_rowtype_tupdesc(element, -1);
		form->inner[i].form = pg_form_new(rows, CreateTupleDescCopy(shared));
		ReleaseTupleDesc(shared);
	}
	return form;
}

Datum pg_text(const char *at, size_t length)
{
	char *text = pg_any_to_server(at, (int)length, PG_UTF8);
	return PointerGetDatum(
	    cstring_to_text_with_len(text, text == at ? (int)length : (int)strlen(text)));
}

Datum pg_json(const struct tw_output *finding)
{
	char *printed = pg_any_to_server(finding->at, (int)finding->length, PG_UTF8);
	/* The finding is not ended where its line end was. */
	if (printed == finding->at)
		printed = pnstrdup(finding->at, finding->length);
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(printed));
}

static Datum texts(const struct sql_cell *cell)
{
	Datum *value = palloc(Max(cell->count, 1) * sizeof *value);
	for (size_t i = 0; i < cell->count; i++)
		value[i] = pg_text(cell->texts[i], strlen(cell->texts[i]));
	return PointerGetDatum(
	    construct_array(value, (int)cell->count, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum rows(const struct sql_cell *cell, const struct pg_inner *inner)
{
	Datum *value = palloc(Max(cell->count, 1) * sizeof *value);
	for (size_t i = 0; i < cell->count; i++)
		value[i] = pg_record(inner->form,
				     (const char *)cell->rows + i * inner->form->record->size);
	return PointerGetDatum(
	    construct_array(value, (int)cell->count, inner->element, -1, false, TYPALIGN_DOUBLE));
}

static Datum value_of(const struct sql_cell *cell, const struct pg_inner *inner)
{
	switch (cell->type) {
	case SQL_TEXT:
		return pg_text(cell->text.at, cell->text.length);
	case SQL_MONEY:
		return NumericGetDatum(int64_div_fast_to_numeric(cell->number, 4));
	case SQL_FLAG:
		return BoolGetDatum(cell->number != 0);
	case SQL_INSTANT:
		return TimestampTzGetDatum(
		    (cell->number -
		     (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * (int64)SECS_PER_DAY) *
		    USECS_PER_SEC);
	case SQL_TEXTS:
		return texts(cell);
	default:
		return rows(cell, inner);
	}
}

void pg_record_values(const struct pg_form *form, const void *record, Datum *value, bool *is_null)
{
	struct sql_cell cell;
	for (size_t i = 0; i < form->record->count; i++) {
		sql_cell_read(&cell, &form->record->field[i], record);
		is_null[i] = cell.is_null;
		value[i] = cell.is_null ? (Datum)0 : value_of(&cell, &form->inner[i]);
	}
}

void pg_finding_values(const struct pg_form *form, const struct tw_line *line,
		       const struct tw_assessment *answer, Datum *value, bool *is_null)
{
	struct sql_cell cell;
	for (size_t i = 0; i < form->record->count; i++) {
		sql_finding_read(&cell, &form->record->field[i], line, answer);
		is_null[i] = cell.is_null;
		value[i] = cell.is_null ? (Datum)0 : value_of(&cell, &form->inner[i]);
	}
}

static Datum row_of(const struct pg_form *form, const Datum *value, const bool *is_null)
{
	return HeapTupleGetDatum(heap_form_tuple(form->row, (Datum *)value, (bool *)is_null));
}

Datum pg_record(const struct pg_form *form, const void *record)
{
	Datum value[SQL_FIELDS];
	bool is_null[SQL_FIELDS];
	pg_record_values(form, record, value, is_null);
	return row_of(form, value, is_null);
}

Datum pg_finding(const struct pg_form *form, const struct tw_line *line,
		 const struct tw_assessment *answer)
{
	Datum value[SQL_FIELDS];
	bool is_null[SQL_FIELDS];
	pg_finding_values(form, line, answer, value, is_null);
	return row_of(form, value, is_null);
}

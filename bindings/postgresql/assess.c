/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that belong together: all rows of a query, read by a cursor of the same transaction.
 * What one shipment owes is joined, and so is a consignee's day where that is asked for.
 */
#include "pg.h"

#include <catalog/pg_authid.h>
#include <executor/spi.h>
#include <miscadmin.h>
#include <utils/acl.h>
#include <utils/builtins.h>
#include <utils/memutils.h>

enum { FETCH = 1000 };

/* The arguments of both functions. */
enum { QUERY, DAILY_SUM, STRICT_COVERAGE, NO_SCREEN, RESTORE_ZEROS, RULEBOOK };

static bool flag(FunctionCallInfo call, int argument)
{
	return !call->args[argument].isnull && DatumGetBool(call->args[argument].value);
}

static void read_options(struct sql_options *options, FunctionCallInfo call)
{
	struct tw_error error;
	*options = (struct sql_options){.daily_sum = flag(call, DAILY_SUM),
					.strict_coverage = flag(call, STRICT_COVERAGE),
					.no_screen = flag(call, NO_SCREEN),
					.restore_zeros = flag(call, RESTORE_ZEROS)};
	if (call->args[RULEBOOK].isnull)
		return;
	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			errmsg("a rulebook is a file of the server: only a member of "
			       "pg_read_server_files may name one"));
	char *path = text_to_cstring(DatumGetTextPP(call->args[RULEBOOK].value));
	if (sql_option_set(options, (struct tw_text){"rulebook", 8},
			   (struct tw_text){path, strlen(path)}, &error))
		pg_fail(&error);
}

static Portal open_query(const char *query)
{
	SPIPlanPtr plan = SPI_prepare(query, 0, NULL);
	if (!plan)
		elog(ERROR, "the query could not be prepared: %s",
		     SPI_result_code_string(SPI_result));
	if (!SPI_is_cursor_plan(plan))
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("tw_assess takes a query that gives rows: SELECT, VALUES or TABLE"));
	Portal portal = SPI_cursor_open(NULL, plan, NULL, NULL, true);
	if (!portal)
		elog(ERROR, "the query could not be opened");
	return portal;
}

static struct pg_rows *open_columns(TupleDesc row, const tw_rulebook *rulebook)
{
	struct pg_rows *rows = pg_rows_new(row->natts);
	for (int i = 0; i < row->natts; i++)
		pg_rows_add(rows, rulebook, NameStr(TupleDescAttr(row, i)->attname),
			    TupleDescAttr(row, i)->atttypid);
	return rows;
}

/* The next rows; how many. Their texts stay in the context. */
static uint64 read_rows(struct sql_seat *seat, struct pg_rows **rows, MemoryContext context,
			Portal portal, uint64 before)
{
	struct tw_error error;
	SPI_cursor_fetch(portal, true, FETCH);
	MemoryContext own = MemoryContextSwitchTo(context);
	TupleDesc form = SPI_tuptable->tupdesc;
	uint64 count = SPI_processed;
	if (!*rows)
		*rows = open_columns(form, seat->rulebook);
	Datum *value = palloc((size_t)Max(form->natts, 1) * sizeof *value);
	bool *is_null = palloc((size_t)Max(form->natts, 1) * sizeof *is_null);
	if (sql_seat_more(seat, before + count, &error))
		pg_fail(&error);
	for (uint64 i = 0; i < count; i++) {
		CHECK_FOR_INTERRUPTS();
		heap_deform_tuple(SPI_tuptable->vals[i], form, value, is_null);
		/* Texts of short rows may point into the row, which goes with its batch. */
		for (int j = 0; j < form->natts; j++)
			if (!is_null[j])
				value[j] =
				    SPI_datumTransfer(value[j], TupleDescAttr(form, j)->attbyval,
						      TupleDescAttr(form, j)->attlen);
		pg_rows_read(&seat->line[before + i], *rows, value, is_null, before + i + 1,
			     &seat->heap);
	}
	SPI_freetuptable(SPI_tuptable);
	MemoryContextSwitchTo(own);
	return count;
}

/* All lines of the query, assessed; how many. */
static uint64 assess(struct sql_seat *seat, const char *query, bool daily_sum,
		     MemoryContext context)
{
	struct pg_rows *rows = NULL;
	struct tw_error error;
	uint64 count = 0, here;
	SPI_connect();
	Portal portal = open_query(query);
	sql_seat_begin(seat);
	while ((here = read_rows(seat, &rows, context, portal, count)) > 0)
		count += here;
	SPI_cursor_close(portal);
	SPI_finish();
	if (sql_seat_assess(seat, count, TW_MANY_JOIN | (daily_sum ? TW_MANY_DAYS : 0), &error))
		pg_fail(&error);
	return count;
}

static void put_finding(ReturnSetInfo *result, struct sql_seat *seat, const struct pg_form *form,
			uint64 index)
{
	Datum value[SQL_FIELDS];
	bool is_null[SQL_FIELDS];
	const struct tw_assessment *answer;
	struct tw_error error;
	if (sql_seat_answer(&answer, seat, index, &error))
		pg_fail(&error);
	pg_finding_values(form, &seat->line[index], answer, value, is_null);
	tuplestore_putvalues(result->setResult, result->setDesc, value, is_null);
}

static void put_json(ReturnSetInfo *result, struct sql_seat *seat, uint64 index)
{
	struct tw_error error;
	if (sql_seat_json(seat, index, index + 1, &error))
		pg_fail(&error);
	Datum value = pg_json(&seat->output);
	bool is_null = false;
	tuplestore_putvalues(result->setResult, result->setDesc, &value, &is_null);
}

static void call(FunctionCallInfo fcinfo, bool is_json)
{
	ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
	struct sql_options options;
	pg_set_begin(fcinfo);
	if (fcinfo->args[QUERY].isnull)
		return;
	MemoryContext lines =
	    AllocSetContextCreate(CurrentMemoryContext, "tw_assess lines", ALLOCSET_DEFAULT_SIZES);
	MemoryContext row =
	    AllocSetContextCreate(CurrentMemoryContext, "tw_assess row", ALLOCSET_DEFAULT_SIZES);
	read_options(&options, fcinfo);
	struct sql_seat *seat = pg_seat(lines, &options);
	struct pg_form *form = is_json ? NULL : pg_form_new(&sql_finding, result->setDesc);
	char *query = text_to_cstring(DatumGetTextPP(fcinfo->args[QUERY].value));
	uint64 count = assess(seat, query, options.daily_sum, lines);
	MemoryContext before = MemoryContextSwitchTo(row);
	for (uint64 i = 0; i < count; i++) {
		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(row);
		if (is_json)
			put_json(result, seat, i);
		else
			put_finding(result, seat, form, i);
	}
	MemoryContextSwitchTo(before);
	MemoryContextDelete(row);
	MemoryContextDelete(lines); /* and the seat with it */
}

PG_FUNCTION_INFO_V1(pg_call_assess);
Datum pg_call_assess(PG_FUNCTION_ARGS)
{
	call(fcinfo, false);
	return (Datum)0;
}

PG_FUNCTION_INFO_V1(pg_call_assess_json);
Datum pg_call_assess_json(PG_FUNCTION_ARGS)
{
	call(fcinfo, true);
	return (Datum)0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Lines by themselves: tw_duty, tw_duty_json, tw_amounts and tw_layers. */
#include "pg.h"

#include <access/htup_details.h>
#include <utils/typcache.h>

/* What a call keeps from one row to the next. */
struct state {
	struct sql_seat *seat;
	struct pg_rows *rows;
	struct pg_form *form; /* of the answer; NULL: not asked for yet */
	Oid type;             /* of the rows where they are one argument, with its modifier */
	int32 modifier;
	Datum *value;
	bool *is_null;
};

/* The arguments by place: the four of a line in their order, then every other column. */
static const char *argument_name(int place)
{
	static const int first[] = {TW_COLUMN_HTS, TW_COLUMN_ORIGIN, TW_COLUMN_ENTERED,
				    TW_COLUMN_VALUE};
	if (place < (int)lengthof(first))
		return tw_column_name((enum tw_column)first[place]);
	int left = place - (int)lengthof(first);
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (i != first[0] && i != first[1] && i != first[2] && i != first[3] && left-- == 0)
			return tw_column_name((enum tw_column)i);
	elog(ERROR, "a line has no column %d", place + 1);
}

static struct state *state_of(FunctionCallInfo call)
{
	FmgrInfo *function = call->flinfo;
	if (function->fn_extra)
		return function->fn_extra;
	MemoryContext before = MemoryContextSwitchTo(function->fn_mcxt);
	struct state *state = palloc0(sizeof *state);
	state->seat = pg_seat(function->fn_mcxt, NULL);
	function->fn_extra = state;
	MemoryContextSwitchTo(before);
	return state;
}

/* Columns as arguments of their own. */
static void open_arguments(struct state *state, FunctionCallInfo call)
{
	if (state->rows)
		return;
	MemoryContext before = MemoryContextSwitchTo(call->flinfo->fn_mcxt);
	struct pg_rows *rows = pg_rows_new(call->nargs);
	for (int i = 0; i < call->nargs; i++) {
		Oid type = get_fn_expr_argtype(call->flinfo, i);
		if (!OidIsValid(type))
			elog(ERROR, "the type of an argument is not known");
		pg_rows_add(rows, state->seat->rulebook, argument_name(i), type);
	}
	state->value = palloc((size_t)call->nargs * sizeof *state->value);
	state->is_null = palloc((size_t)call->nargs * sizeof *state->is_null);
	state->rows = rows;
	MemoryContextSwitchTo(before);
}

/* Columns as one row. */
static void open_row(struct state *state, FunctionCallInfo call, HeapTupleHeader row)
{
	Oid type = HeapTupleHeaderGetTypeId(row);
	int32 modifier = HeapTupleHeaderGetTypMod(row);
	TupleDesc form = lookup_rowtype_tupdesc(type, modifier);
	if (!state->rows || state->type != type || state->modifier != modifier) {
		MemoryContext before = MemoryContextSwitchTo(call->flinfo->fn_mcxt);
		struct pg_rows *rows = pg_rows_new(form->natts);
		state->rows = NULL; /* until all of the new one is there */
		state->value = palloc0((size_t)form->natts * sizeof *state->value);
		state->is_null = palloc0((size_t)form->natts * sizeof *state->is_null);
		for (int i = 0; i < form->natts; i++)
			if (!TupleDescAttr(form, i)->attisdropped)
				pg_rows_add(rows, state->seat->rulebook,
					    NameStr(TupleDescAttr(form, i)->attname),
					    TupleDescAttr(form, i)->atttypid);
		state->rows = rows;
		state->type = type;
		state->modifier = modifier;
		MemoryContextSwitchTo(before);
	}
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(row), .t_data = row};
	heap_deform_tuple(&tuple, form, state->value, state->is_null);
	for (int i = 0, to = 0; i < form->natts; i++)
		if (!TupleDescAttr(form, i)->attisdropped) {
			state->value[to] = state->value[i];
			state->is_null[to++] = state->is_null[i];
		}
	ReleaseTupleDesc(form);
}

/* The line of a call; false: there is no row. */
static bool read_line(struct state **out, FunctionCallInfo call)
{
	struct state *state = *out = state_of(call);
	struct tw_error error;
	if (call->nargs == 1) {
		if (call->args[0].isnull)
			return false;
		HeapTupleHeader row = DatumGetHeapTupleHeader(call->args[0].value);
		open_row(state, call, row);
	} else {
		open_arguments(state, call);
		for (int i = 0; i < call->nargs; i++) {
			state->value[i] = call->args[i].value;
			state->is_null[i] = call->args[i].isnull;
		}
	}
	sql_seat_begin(state->seat);
	if (sql_seat_more(state->seat, 1, &error))
		pg_fail(&error);
	pg_rows_read(&state->seat->line[0], state->rows, state->value, state->is_null, 0,
		     &state->seat->heap);
	return true;
}

static const struct tw_assessment *answer_of(struct state *state)
{
	const struct tw_assessment *answer;
	struct tw_error error;
	if (sql_seat_answer(&answer, state->seat, 0, &error))
		pg_fail(&error);
	return answer;
}

/* The composite type that the function gives. */
static const struct pg_form *form_of(struct state *state, FunctionCallInfo call,
				     const struct sql_record *record)
{
	TupleDesc row;
	if (state->form)
		return state->form;
	MemoryContext before = MemoryContextSwitchTo(call->flinfo->fn_mcxt);
	if (get_call_result_type(call, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "the function gives no composite type");
	state->form = pg_form_new(record, CreateTupleDescCopy(row));
	MemoryContextSwitchTo(before);
	return state->form;
}

PG_FUNCTION_INFO_V1(pg_call_duty);
Datum pg_call_duty(PG_FUNCTION_ARGS)
{
	struct state *state;
	if (!read_line(&state, fcinfo))
		PG_RETURN_NULL();
	const struct pg_form *form = form_of(state, fcinfo, &sql_finding);
	PG_RETURN_DATUM(pg_finding(form, &state->seat->line[0], answer_of(state)));
}

PG_FUNCTION_INFO_V1(pg_call_amounts);
Datum pg_call_amounts(PG_FUNCTION_ARGS)
{
	struct sql_figures figures;
	struct state *state;
	struct tw_error error;
	if (!read_line(&state, fcinfo))
		PG_RETURN_NULL();
	if (sql_seat_assess(state->seat, 1, 0, &error))
		pg_fail(&error);
	sql_figures_read(&figures, &state->seat->charge[0]);
	PG_RETURN_DATUM(pg_record(form_of(state, fcinfo, &sql_figures), &figures));
}

PG_FUNCTION_INFO_V1(pg_call_duty_json);
Datum pg_call_duty_json(PG_FUNCTION_ARGS)
{
	struct state *state;
	struct tw_error error;
	if (!read_line(&state, fcinfo))
		PG_RETURN_NULL();
	if (sql_seat_json(state->seat, 0, 0, &error))
		pg_fail(&error);
	PG_RETURN_DATUM(pg_json(&state->seat->output));
}

PG_FUNCTION_INFO_V1(pg_call_layers);
Datum pg_call_layers(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
	Datum value[SQL_FIELDS];
	bool is_null[SQL_FIELDS];
	struct state *state;
	pg_set_begin(fcinfo);
	if (!read_line(&state, fcinfo))
		return (Datum)0;
	const struct tw_assessment *answer = answer_of(state);
	const struct pg_form *form = form_of(state, fcinfo, &sql_layer);
	for (size_t i = 0; answer->status != TW_STATUS_REFUSED && i < answer->layer_count; i++) {
		pg_record_values(form, &answer->layers[i], value, is_null);
		tuplestore_putvalues(result->setResult, result->setDesc, value, is_null);
	}
	return (Datum)0;
}

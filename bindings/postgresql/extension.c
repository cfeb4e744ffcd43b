/* SPDX-License-Identifier: Apache-2.0 */
/* The module, and what each of its functions needs. */
#include "pg.h"

#include <miscadmin.h>
#include <utils/memutils.h>

PG_MODULE_MAGIC;

/* A seat that goes back with the memory of who took it. */
struct hold {
	MemoryContextCallback callback;
	struct sql_bench *bench;
	struct sql_seat *seat;
};

static void give_back(void *argument)
{
	struct hold *hold = argument;
	sql_bench_give(hold->bench, hold->seat);
}

void pg_fail(const struct tw_error *error)
{
	int code = error->code == TW_NO_MEMORY     ? ERRCODE_OUT_OF_MEMORY
		   : error->code == TW_UNSUPPORTED ? ERRCODE_FEATURE_NOT_SUPPORTED
						   : ERRCODE_INVALID_PARAMETER_VALUE;
	ereport(ERROR, errcode(code), errmsg("%s", error->message));
}

/* The bench of the backend, which is one process of one thread: rulebook and plans last as long
 * as it does. */
static struct sql_bench *bench_of_backend(void)
{
	static struct sql_bench *bench;
	struct tw_error error;
	if (!bench && sql_bench_new(&bench, &error))
		pg_fail(&error);
	return bench;
}

struct sql_seat *pg_seat(MemoryContext context, const struct sql_options *options)
{
	struct hold *hold = MemoryContextAllocZero(context, sizeof *hold);
	struct tw_error error;
	hold->bench = bench_of_backend();
	hold->callback.func = give_back;
	hold->callback.arg = hold;
	if (sql_bench_take(&hold->seat, hold->bench, options, &error))
		pg_fail(&error);
	MemoryContextRegisterResetCallback(context, &hold->callback);
	return hold->seat;
}

void pg_set_begin(FunctionCallInfo call)
{
	ReturnSetInfo *result = (ReturnSetInfo *)call->resultinfo;
	TupleDesc row;
	Oid type;
	if (!result || !IsA(result, ReturnSetInfo) || !(result->allowedModes & SFRM_Materialize))
		ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			errmsg("a set of rows cannot be given here"));
	MemoryContext before = MemoryContextSwitchTo(result->econtext->ecxt_per_query_memory);
	if (get_call_result_type(call, &type, &row) == TYPEFUNC_COMPOSITE) {
		row = CreateTupleDescCopy(row);
	} else {
		row = CreateTemplateTupleDesc(1);
		TupleDescInitEntry(row, 1, "finding", type, -1, 0);
	}
	result->setResult = tuplestore_begin_heap(
	    (result->allowedModes & SFRM_Materialize_Random) != 0, false, work_mem);
	result->setDesc = row;
	result->returnMode = SFRM_Materialize;
	MemoryContextSwitchTo(before);
}

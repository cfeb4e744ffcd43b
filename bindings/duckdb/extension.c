/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The extension as DuckDB loads it. The database that it is given is lent for the time of loading
 * alone and is not kept: who kept a connection would keep the database open for ever.
 */
#include "duck.h"

static void forget(void *owner)
{
	sql_bench_free(owner);
}

bool duck_register(duckdb_connection connection, const char *name, duckdb_logical_type result,
		   duckdb_scalar_function_t function, struct sql_bench *bench)
{
	duckdb_scalar_function made = duckdb_create_scalar_function();
	duckdb_logical_type any = duck_type(DUCKDB_TYPE_ANY);
	duckdb_scalar_function_set_name(made, name);
	duckdb_scalar_function_set_varargs(made, any);
	duckdb_scalar_function_set_return_type(made, result);
	duckdb_scalar_function_set_special_handling(made);
	sql_bench_hold(bench);
	duckdb_scalar_function_set_extra_info(made, bench, forget);
	duckdb_scalar_function_set_function(made, function);
	bool done = duckdb_register_scalar_function(connection, made) == DuckDBSuccess;
	duckdb_destroy_scalar_function(&made);
	duckdb_destroy_logical_type(&any);
	duckdb_destroy_logical_type(&result);
	return done;
}

DUCKDB_EXTENSION_ENTRYPOINT(duckdb_connection connection, duckdb_extension_info info,
			    struct duckdb_extension_access *access)
{
	struct sql_bench *bench;
	struct tw_error error;
	if (sql_bench_new(&bench, &error)) {
		access->set_error(info, error.message);
		return false;
	}
	bool done = duck_add_duty(connection, bench) && duck_add_assess(connection, bench) &&
		    duck_add_law(connection);
	sql_bench_free(bench);
	if (!done)
		access->set_error(info, "tidewaiter: its functions could not be registered");
	return done;
}

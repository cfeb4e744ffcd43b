/* SPDX-License-Identifier: Apache-2.0 */
/* The extension as SQLite loads it: once for each connection. */
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "lite.h"

void lite_forget(void *bench)
{
	sql_bench_free(bench);
}

int sqlite3_tidewaiter_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

TW_API int sqlite3_tidewaiter_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
	struct sql_bench *bench;
	struct tw_error error;
	SQLITE_EXTENSION_INIT2(api)
	if (sql_bench_new(&bench, &error)) {
		*message = sqlite3_mprintf("%s", error.message);
		return SQLITE_NOMEM;
	}
	int code = lite_add_duty(db, bench);
	if (!code)
		code = lite_add_layers(db, bench);
	if (!code)
		code = lite_add_assess(db, bench);
	if (!code)
		code = lite_add_law(db);
	sql_bench_free(bench);
	return code;
}

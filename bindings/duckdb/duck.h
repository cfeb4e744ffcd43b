/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DuckDB's C extension interface, of which the version is a define of the build (1.2.0: the first
 * stable one, which all later ones have), and what the files of the extension share.
 */
#ifndef TW_DUCK_H
#define TW_DUCK_H

#define DUCKDB_EXTENSION_NAME tidewaiter
#include <duckdb_extension.h>

#include "../sql/bench.h"
#include "../sql/fields.h"

DUCKDB_EXTENSION_EXTERN

/* duty.c: tw_duty, tw_duty_json and tw_amounts of single lines. */
bool duck_add_duty(duckdb_connection connection, struct sql_bench *bench);
/* assess.c: tw_assess and tw_assess_json of lists. */
bool duck_add_assess(duckdb_connection connection, struct sql_bench *bench);

/* law.c: tw_law, tw_substances and tw_changes. */
bool duck_add_law(duckdb_connection connection);

/* The type of a record: a STRUCT of its fields. To be destroyed. */
duckdb_logical_type duck_record_type(const struct sql_record *record);
duckdb_logical_type duck_type(duckdb_type type);
/* What a value of the type is to a line; its name for messages. */
enum sql_value duck_value_kind(duckdb_logical_type type);
const char *duck_type_name(duckdb_logical_type type);

/* A function of any arguments, which is one owner of the bench. The type is destroyed. */
bool duck_register(duckdb_connection connection, const char *name, duckdb_logical_type result,
		   duckdb_scalar_function_t function, struct sql_bench *bench);

#endif

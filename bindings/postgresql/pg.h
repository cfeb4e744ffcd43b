/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the PostgreSQL extension share. A backend is one process of one thread, and
 * errors leave by ereport: what the library owns hangs on a memory context and is given back with
 * it, whatever way a statement ends.
 */
#ifndef TW_PG_H
#define TW_PG_H

#include <postgres.h>

#include <fmgr.h>
#include <funcapi.h>

#include "../sql/bench.h"
#include "../sql/fields.h"

/* A column of a call or of a query. */
struct pg_column {
	struct sql_column column;
	Oid type; /* not a domain */
	enum sql_value kind;
	FmgrInfo print; /* of types that are printed by their own function */
};

/* What rows are read from. */
struct pg_rows {
	int count, id; /* id: the column that is the line's reference, or -1 */
	struct pg_column column[];
};

/* A record of the library as a composite type. */
struct pg_form {
	const struct sql_record *record;
	TupleDesc row;
	struct pg_inner {
		Oid element; /* of an array; 0: none */
		struct pg_form *form;
	} inner[SQL_FIELDS];
};

/* One more seat, as long as the context lasts. */
struct sql_seat *pg_seat(MemoryContext context, const struct sql_options *options);
/* Raise an error of the library. */
void pg_fail(const struct tw_error *error) __attribute__((noreturn));

/* The tuplestore of a function that gives rows, in the call's result info. */
void pg_set_begin(FunctionCallInfo call);

/* read.c. All is allocated in the current context. */
struct pg_rows *pg_rows_new(int count);
void pg_rows_add(struct pg_rows *rows, const tw_rulebook *rulebook, const char *name, Oid type);
/* The line of a row. number: of the row, for messages, and as its id where it says none; 0: it
 * has none. */
void pg_rows_read(struct tw_line *line, const struct pg_rows *rows, const Datum *value,
		  const bool *is_null, uint64 number, struct sql_heap *heap);

/* write.c: a form lives as long as the current context. */
struct pg_form *pg_form_new(const struct sql_record *record, TupleDesc row);
Datum pg_finding(const struct pg_form *form, const struct tw_line *line,
		 const struct tw_assessment *answer);
Datum pg_record(const struct pg_form *form, const void *record);
/* The values of a row, for a tuplestore. */
void pg_record_values(const struct pg_form *form, const void *record, Datum *value, bool *is_null);
void pg_finding_values(const struct pg_form *form, const struct tw_line *line,
		       const struct tw_assessment *answer, Datum *value, bool *is_null);
Datum pg_text(const char *at, size_t length);
/* A finding as jsonb. */
Datum pg_json(const struct tw_output *finding);

#endif

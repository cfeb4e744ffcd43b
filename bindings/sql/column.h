/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The columns of a query: which column of a line, which claim or which option a name is, and what
 * types of values it takes. Names are ours, in any case.
 */
#ifndef TW_SQL_COLUMN_H
#define TW_SQL_COLUMN_H

#include "tidewaiter.h"

/* What a value of a database is, to a line. Floating point is none: money and quantities are
 * exact. */
enum sql_value {
	SQL_VALUE_NULL,
	SQL_VALUE_TEXT,
	SQL_VALUE_NUMBER, /* whole or decimal */
	SQL_VALUE_FLAG,
	SQL_VALUE_TIME,  /* a day, a time, a time with its zone */
	SQL_VALUE_NAMED, /* names with values: a struct, a map, an object */
	SQL_VALUE_FLOAT,
	SQL_VALUE_OTHER
};

struct sql_column {
	int column;       /* enum tw_column, or TW_COLUMN_COUNT: a claim */
	const char *name; /* ours */
	bool is_amount;   /* of a claim: a part of the value */
};

/* TW_NOT_FOUND: no column and no claim of the rulebook is called so; the error says which are. */
int sql_column_find(struct sql_column *out, const tw_rulebook *rulebook, struct tw_text name,
		    struct tw_error *error);
/*
 * Whether a column takes a value. type: what the database calls it; exact: how one makes it exact
 * there: for the message, which names the column and what would be right.
 */
int sql_column_takes(const struct sql_column *column, enum sql_value value, const char *type,
		     const char *exact, struct tw_error *error);

struct sql_options {
	bool daily_sum, strict_coverage, no_screen, restore_zeros;
	char rulebook[1024]; /* a file; "": the rulebook of the library */
};
/* An option by its name; what is said of it: "yes", "true", "1", a path. */
int sql_option_set(struct sql_options *options, struct tw_text name, struct tw_text value,
		   struct tw_error *error);

/* Bytes of a text that a message shows: whole characters of UTF-8, 60 at most; for "%.*s". */
int sql_shown(struct tw_text text);
/* An error with a formatted message; the code. */
int sql_error(struct tw_error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int sql_no_memory(struct tw_error *error);

#endif

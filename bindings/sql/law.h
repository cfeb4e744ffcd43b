/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The law as tables: law, substances, changes. The rows lie in the extension as tables.py wrote
 * them, for the rulebook that is built in.
 */
#ifndef TW_SQL_LAW_H
#define TW_SQL_LAW_H

#include "tidewaiter.h"

enum { SQL_LAW_COLUMNS = 48 };

enum sql_law_type {
	SQL_LAW_TEXT = 't',
	SQL_LAW_LIST = 'l',    /* of texts */
	SQL_LAW_DAY = 'd',     /* 2025-05-02 */
	SQL_LAW_INSTANT = 'i', /* seconds since 1970, in digits */
	SQL_LAW_FLAG = 'f'     /* 1 or 0 */
};

struct sql_law {
	size_t count;
	struct {
		char name[40];
		enum sql_law_type type;
	} column[SQL_LAW_COLUMNS];
	const char *at, *end; /* the rows from here on */
};

/* False: there is no such table. */
bool sql_law_open(struct sql_law *out, const char *table);
/* The cells of the next row; an empty one is nothing. False: there is none. */
bool sql_law_next(struct sql_law *law, struct tw_text cell[SQL_LAW_COLUMNS]);
/* The place of a column. */
size_t sql_law_column(const struct sql_law *law, const char *name);
/* The next text of a list; false: there is none. */
bool sql_law_item(struct tw_text *out, struct tw_text *list);
/* Whether a text is a day of the calendar: 2025-05-02. */
bool sql_law_is_day(const char *text);
/* A day or an instant in days or seconds from 1970-01-01. */
int64_t sql_law_day(struct tw_text cell);
int64_t sql_law_number(struct tw_text cell);

#endif

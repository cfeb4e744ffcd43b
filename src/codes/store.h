/* SPDX-License-Identifier: Apache-2.0 */
/* The open companion, for the files that read it: statements and rows. */
#ifndef TW_CODES_STORE_H
#define TW_CODES_STORE_H

#include "codes/form.h"

struct codes {
	sqlite3 *db;
	sqlite3_stmt *at, *range, *lines, *periods, *successors, *begun; /* see store.c */
	sqlite3_stmt *match, *any, *terms;                               /* see find.c */
};

/* The statement, made on first use; NULL: *error says why. */
sqlite3_stmt *codes_statement(struct codes *codes, sqlite3_stmt **kept, const char *sql,
			      struct tw_error *error);
/* The entry of a row of (code, first, last, kind, text, under, also), texts copied. */
int codes_take(struct codes_list *out, sqlite3_stmt *row, struct tw_error *error);
/* Count the lines beneath each entry of the list, as of a day. */
int codes_count(struct codes_list *list, struct codes *codes, int32_t day, struct tw_error *error);

#endif

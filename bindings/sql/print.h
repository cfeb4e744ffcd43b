/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of a database as the texts of a line, exactly. Each writes into `out` and returns the
 * length; there is no end mark.
 */
#ifndef TW_SQL_PRINT_H
#define TW_SQL_PRINT_H

#include "tidewaiter.h"

enum { SQL_PRINT = 48 }; /* room of any of them */

/* A whole number, or one of so many decimals (0 to 38). */
size_t sql_print_number(char out[SQL_PRINT], __int128 number, unsigned decimals);
/* A day, counted from 1970-01-01. */
size_t sql_print_day(char out[SQL_PRINT], int64_t day);
/*
 * An instant in microseconds from 1970-01-01T00:00, to the second before. is_utc: with its zone;
 * else in the legal time of the country of import.
 */
size_t sql_print_time(char out[SQL_PRINT], int64_t microseconds, bool is_utc);
/* An amount as the program prints it: two decimals, or the four that it has. */
size_t sql_print_money(char out[SQL_PRINT], tw_money amount);

/* A bounded memory of texts: given out, and all taken back at once. */
struct sql_heap {
	struct sql_piece *first, *here;
};
/* Room for so many bytes, until sql_heap_reset; NULL: there is no memory. */
char *sql_heap_take(struct sql_heap *heap, size_t size);
void sql_heap_reset(struct sql_heap *heap);
void sql_heap_free(struct sql_heap *heap);

/*
 * Claims of a line, put behind those that it has: a text of them, or one by its name. A value that
 * holds the mark between two claims would be two claims, and is an error.
 */
int sql_claims_more(struct tw_text *claims, struct tw_text text, struct sql_heap *heap,
		    struct tw_error *error);
int sql_claims_add(struct tw_text *claims, struct tw_text key, struct tw_text value,
		   struct sql_heap *heap, struct tw_error *error);

#endif

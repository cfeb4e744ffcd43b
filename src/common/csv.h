/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 4180, as people write it: finds the end of a record in a window of
 * text, and splits a record into fields that point into it. It keeps no state
 * and allocates nothing; it knows nothing of columns.
 *
 * More than the RFC: blanks around a quoted field, and ="..." (how
 * spreadsheets keep leading zeros). Less: text after a closing quote is an
 * error, and so is a quote that nothing closes.
 */
#ifndef TW_COMMON_CSV_H
#define TW_COMMON_CSV_H

#include "tidewaiter.h"

#define CSV_FIELDS 512               /* more columns than this are refused */
#define CSV_RECORD ((size_t)1 << 20) /* a record is at most 1 MiB */

enum csv_result {
	CSV_OK,
	CSV_MORE,     /* the record goes on after the window */
	CSV_BROKEN,   /* text after a closing quote */
	CSV_UNCLOSED, /* a quote is never closed */
	CSV_LONG,     /* over CSV_RECORD */
	CSV_WIDE      /* over CSV_FIELDS */
};

/*
 * Find the end of the record that begins at `at`: *length counts its bytes,
 * its newline included. `last`: nothing follows the window. On a flaw *length
 * is the first physical line (or, for CSV_LONG without a newline, all of it),
 * and *flaw the offset of the character at fault.
 */
enum csv_result csv_end(size_t *length, size_t *flaw, struct tw_text window, char separator,
			bool last);

struct csv_row {
	size_t count;
	struct tw_text field[CSV_FIELDS];
	size_t flaw; /* offset of the character at fault */
	size_t read; /* bytes of the fields that were read, their separators included */
};

/* Split one record (its newline may be there or not). Escaped quotes are undone in place. */
enum csv_result csv_split(struct csv_row *row, char *at, size_t length, char separator);

/* The line ends in a text. */
uint64_t csv_newlines(const char *at, size_t length);

/* The value in a field: no blanks around it, no ="...". */
struct tw_text csv_value(struct tw_text field);

#endif

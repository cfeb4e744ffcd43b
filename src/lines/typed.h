/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of text as lines of values. Only what is written in the usual way is
 * read here; it reads as the library's own readers do, or not at all: then the
 * row goes the ordinary way, which knows every form.
 */
#ifndef TW_LINES_TYPED_H
#define TW_LINES_TYPED_H

#include "lines/input.h"
#include "lines/scan.h"

/*
 * A value as a whole; false: it is written otherwise, or none. Eight bytes behind the text are
 * readable, whatever stands there.
 */
bool typed_code(uint64_t *out, uint8_t *digits, struct tw_text text); /* 10, 8 or 6, or dotted */
bool typed_money(tw_money *out, struct tw_text text);                 /* 12.5 */
bool typed_quantity(int64_t *out, struct tw_text text);               /* in 1/1000000 */

enum { TYPED_DAYS = 1024, TYPED_UNITS = 256 };

/* A day as it was written once, and where it begins. */
struct typed_day {
	char text[10];
	uint16_t into;
	bool is_known;  /* the text is a day */
	bool is_steady; /* the clock is not changed on it */
	tw_time start, noon;
	int start_offset, noon_offset; /* seconds east of UTC */
};

/* What was read once and is not read again; one a thread. */
struct typed {
	const tw_rulebook *rulebook;
	const tw_assessor *assessor;
	struct typed_day day[TYPED_DAYS];
	struct {
		uint64_t text; /* its bytes, zeros behind them */
		uint8_t length;
		uint16_t number;
	} unit[TYPED_UNITS];
};

/* A field that is read, and as which enum tw_column. */
struct typed_field {
	uint16_t at;
	int16_t column; /* or TYPED_ALONE */
};

/* What each column of a file is for a line of values; one a file. */
struct typed_form {
	bool is_usual;              /* its rows can be read so */
	size_t count;               /* of the fields of a row */
	int id, into, hts;          /* the columns of these, or -1 */
	size_t fields;              /* that are read */
	struct tw_typed_line fresh; /* what is set for all lines */
	int entered_offset;
	struct typed_field field[CSV_FIELDS];
};

enum { TYPED_ALONE = -1 /* no value: a line where it says something goes the ordinary way */ };

/* The assessor is one of the run's: it reads what is set. */
void typed_form_make(struct typed_form *form, struct typed *typed, const struct input *input,
		     const struct columns_options *options);

/*
 * Reads a row of which the marks are given: those of its fields, the last that of its newline.
 * False: it goes the ordinary way. *offset: seconds east of UTC at its entry.
 */
bool typed_row(struct tw_typed_line *out, int *offset, struct typed *typed,
	       const struct typed_form *form, const char *text, size_t start, const uint32_t *mark);

#endif

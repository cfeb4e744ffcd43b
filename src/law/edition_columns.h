/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The profile of a table of codes and rates: which of its columns say what, of which rows, and in
 * which words. docs/law-format-schedules.md describes the file. It reads no table.
 */
#ifndef TW_LAW_EDITION_COLUMNS_H
#define TW_LAW_EDITION_COLUMNS_H

#include "common/arena.h"
#include "tidewaiter.h"

enum { COLUMNS_RATES = 64, COLUMNS_WORDS = 64 };

enum columns_kind { COLUMNS_GENERAL, COLUMNS_COLUMN2, COLUMNS_SPECIAL };

/* Names of columns: several spellings with | between; a ? behind them: it may be missing. */
struct columns_rate {
	enum columns_kind kind;
	const char *column;
	const char *symbol;     /* of a special rate; "": the column prints symbols itself */
	const char *where, *is; /* only of rows whose column says so; or NULL */
};
struct columns_word {
	const char *printed, *means; /* of a whole cell */
};
struct edition_columns {
	const char *name, *title;
	const char *code, *indent, *unit, *unit2, *from, *until; /* NULL: there is no such column */
	struct columns_rate rate[COLUMNS_RATES];
	size_t rate_count;
	struct columns_word word[COLUMNS_WORDS];
	size_t word_count;
	bool percent;    /* a bare number is a percentage */
	bool comma;      /* the decimal mark */
	unsigned digits; /* of items: longer codes stand beneath them; 0: every code is a line */
	int order;       /* enum date_order */
};

/* A profile of this program by its name, or a file. */
int columns_open(struct edition_columns *out, struct arena *arena, const char *name,
		 struct tw_error *error);
/* The same of a text, which must stay. */
int columns_parse(struct edition_columns *out, struct arena *arena, const char *file,
		  const char *text, struct tw_error *error);
/* The names of those of this program; NULL behind the last. */
const char *columns_name(size_t index, const char **title);

#endif

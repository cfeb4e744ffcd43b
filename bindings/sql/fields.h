/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An answer as columns of a database: what each is called, of what type it is and where it stands
 * in struct tw_assessment. One table for all databases; each writes the cells in its own form.
 */
#ifndef TW_SQL_FIELDS_H
#define TW_SQL_FIELDS_H

#include "tidewaiter.h"

enum sql_type {
	SQL_TEXT,
	SQL_MONEY, /* 1/10000 of the unit */
	SQL_FLAG,
	SQL_INSTANT, /* seconds since 1970, UTC */
	SQL_TEXTS,
	SQL_ROWS
};

/* How a field stands in its struct. */
enum sql_form {
	FORM_STRING,   /* const char *; empty or NULL: nothing */
	FORM_CHARS,    /* char[], the same */
	FORM_CODE,     /* char[] of digits, written with dots */
	FORM_PIECE,    /* struct tw_text */
	FORM_WORD,     /* an enumeration, by `words`; the first may be NULL: nothing */
	FORM_MONEY,    /* tw_money; negative: nothing */
	FORM_OVER,     /* the same of a layer that replaces the base duty; else nothing */
	FORM_FLAG,     /* bool */
	FORM_INSTANT,  /* tw_time; TW_TIME_MAX: nothing */
	FORM_STRINGS,  /* const char *const * and a count */
	FORM_CITATION, /* struct tw_citations */
	FORM_ROWS      /* an array of structs and a count */
};

/* Of which answers a column of a finding says something. */
enum sql_scope { SCOPE_ALL, SCOPE_ANSWERED, SCOPE_REFUSED, SCOPE_GOODS };

#define SQL_FIELDS 44 /* at the most, of one struct */

struct sql_field {
	const char *name;
	enum sql_form form;
	enum sql_scope scope;
	size_t at, count; /* offsets in the struct; count of FORM_STRINGS and FORM_ROWS */
	size_t where, unless, known; /* offsets, plus one, of a bool that must hold, of one that
					must not, of an amount that must not be negative; 0: none */
	const char *const *words;
	const struct sql_record *rows;
};

struct sql_record {
	const char *name; /* of one of them: layer */
	size_t size;      /* of the struct */
	size_t count;
	struct sql_field field[SQL_FIELDS];
};

/* A value. Texts live as long as the answer. */
struct sql_cell {
	enum sql_type type;
	bool is_null;
	struct tw_text text; /* of FORM_CODE: in `code` */
	int64_t number;      /* money, flag, instant */
	const char *const *texts;
	const void *rows;
	const struct sql_record *record; /* of rows */
	size_t count;                    /* of texts and rows */
	char code[24];
};

/* One finding: the columns of tw_duty and tw_assess. The first is the reference of the line. */
extern const struct sql_record sql_finding;
/* One layer of its stack. */
extern const struct sql_record sql_layer;
/* The figures of a line alone. */
struct sql_figures {
	int status, lane;
	bool is_answered, has_amount, is_taxed;
	tw_money duty, additional, relieved, refundable, fees, taxes, base;
	int64_t rate; /* in 1/10000 of a percent */
	tw_time changes_on;
};
extern const struct sql_record sql_figures;
void sql_figures_read(struct sql_figures *out, const struct tw_charge *charge);

enum sql_type sql_field_type(const struct sql_field *field);
/* A field of a row, or of an answer where `record` is sql_finding. */
void sql_cell_read(struct sql_cell *cell, const struct sql_field *field, const void *row);
/* A field of an answer to a line. */
void sql_finding_read(struct sql_cell *cell, const struct sql_field *field,
		      const struct tw_line *line, const struct tw_assessment *answer);

#endif

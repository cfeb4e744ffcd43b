/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new edition of a schedule against the one at hand: what changes on its
 * day, and the rows that say so. The file of the schedule is read and written
 * here alone; who asks decides where it goes.
 */
#ifndef TW_LAW_IMPORT_H
#define TW_LAW_IMPORT_H

#include "law/edition.h"

/* The cells of a row of the schedule's file, in the order of its columns. */
enum import_cell {
	IMPORT_CODE,
	IMPORT_UNIT1,
	IMPORT_UNIT2,
	IMPORT_GENERAL,
	IMPORT_SPECIAL,
	IMPORT_COLUMN2,
	IMPORT_FLAGS,
	IMPORT_FROM,
	IMPORT_UNTIL,
	IMPORT_CELLS
};
struct import_row {
	const char *cell[IMPORT_CELLS];
	bool touched, dropped;
};

/* A line that is new, or no longer printed. */
struct import_line {
	const char *cell[IMPORT_CELLS];
	const char *rate_code; /* of a new one: the line that prints its rates */
	bool look;             /* a new one where others beside it owe an excise */
};
/* A rate that changed where it is printed; the lines beneath it follow. */
struct import_rate {
	const char *code, *column, *before, *after;
	uint32_t lines; /* itself and those beneath it */
};
struct import_unit {
	const char *code, *before1, *before2, *after1, *after2;
};
/* What the law cannot take, or a repeated line; or a rate that it keeps and does not compute. */
struct import_flaw {
	const char *code, *place, *text;
};
/* A chapter that the schedule at hand does not hold. */
struct import_skip {
	const char *chapter;
	uint32_t lines;
};

struct import {
	const char *schedule; /* its path in the law folder */
	const char *day;
	struct vector rows; /* struct import_row, as they will be written */
	struct vector added, ended, rates, units, skipped;
	struct vector flaws;  /* with one of them nothing is written */
	struct vector unread; /* struct import_flaw: rates that are kept as they are printed */
	uint32_t printed, lines, unchanged, corrected, more_units;
	uint32_t other_days, other_rows; /* as of the edition */
	bool changed;                    /* the rows differ from those at hand */
};

struct import_request {
	const struct law *law;
	const char *folder; /* the law folder */
	uint32_t into;      /* jurisdiction */
	const char *day;    /* "2027-01-01": the first day of the edition */
	bool part;          /* the file holds some chapters only: leave the others alone */
};

/*
 * Compare; *out lives in the arena. What the law cannot take is a flaw, no error. A rate that is
 * not understood is kept (flag "unread"), unless most of those that are new are such.
 */
int import_compare(struct import *out, struct arena *arena, const struct import_request *request,
		   const struct edition *edition, struct tw_error *error);

/* Write the schedule whole: a new file beside it, then in its place. */
int import_write(const struct import *import, const char *path, struct tw_error *error);

/* import_texts.c: whether the law understands what a schedule prints. */
struct import_text {
	const char *text;
	bool special; /* of the special column */
	/* What is wrong with it, or NULL; unread: the rate is not understood, else it is the law
	   that lacks something. */
	const char *why;
	bool unread;
};
int import_read_text(struct import_text *text, const struct law *law,
		     const struct law_jurisdiction *jurisdiction, struct arena *arena);
bool import_unit_known(const struct law *law, const char *text);

/* import_corrections.c: faults of the print, put right before anything is compared. */
struct import_correction {
	const char *code, *column, *wrong, *right;
};
/* Those of schedule-corrections.tsv beside the schedule; none when there is no such file. */
int import_corrections(struct vector *out, struct arena *arena, const char *folder,
		       const char *schedule, struct tw_error *error);
/* The text of a column ("general") of a code, corrected; the same pointer when nothing fits. */
const char *import_correct(const struct vector *corrections, struct arena *arena, const char *code,
			   const char *column, const char *text);

#endif

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
/* A text that the law cannot read, or a repeated line. */
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
	struct vector added, ended, rates, units, flaws, skipped;
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

/* Compare; *out lives in the arena. Texts that the law cannot read are flaws, no errors. */
int import_compare(struct import *out, struct arena *arena, const struct import_request *request,
		   const struct edition *edition, struct tw_error *error);

/* Write the schedule whole: a new file beside it, then in its place. */
int import_write(const struct import *import, const char *path, struct tw_error *error);

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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An edition of a tariff schedule as its publisher exports it: the lines that
 * it prints, in their order, with the rates that each has or inherits. It is
 * JSON as the U.S. International Trade Commission exports it, or a table whose
 * columns a profile names. Descriptions, footnotes and quotas are not kept.
 */
#ifndef TW_LAW_EDITION_H
#define TW_LAW_EDITION_H

#include "common/arena.h"
#include "common/table.h"
#include "law/edition_columns.h"
#include "law/law.h"

#define EDITION_BYTES ((size_t)128 << 20) /* a file is at most so large */
#define EDITION_LINES 200000              /* and has at most so many lines */
#define EDITION_TEXT 2000                 /* bytes of a rate or a unit */
#define EDITION_INDENT 40

/* A line with 8 or 10 digits. */
struct edition_line {
	char code[11];
	uint32_t place; /* the line of a CSV file; the object of a JSON array, from 1 */
	const char *unit1, *unit2, *general, *special, *column2; /* "" where nothing is printed */
	const char *rate_code; /* the line that prints the rates, itself or one above */
	bool more_units;       /* a third unit is printed, and not kept */
	bool unsure;           /* numbers beneath it print other rates than it */
};
/* A row that is not understood; the others are. */
struct edition_flaw {
	const char *code, *text;
	uint32_t place;
};
/* How the file is to be read. */
struct edition_source {
	const struct edition_columns *columns; /* of a table; NULL: those of the USITC's export */
	const char
	    *day;   /* of the edition: rows of a table that are not in force then are left out */
	bool sheet; /* the rows of a workbook's sheet: places are rows */
};
struct edition {
	const char *path;
	bool objects; /* places are objects */
	bool sheet;   /* places are rows */
	const struct edition_line *lines;
	uint32_t line_count;
	uint32_t printed; /* lines and headings of any kind */
	const struct edition_flaw *flaws;
	uint32_t flaw_count;
	uint32_t other_days,
	    other_rows; /* rows not in force, and of which the profile reads no rate */
};

/* The text of a file, which is changed. On an error *error names the file and, of a table, the
   line. */
int edition_parse(struct edition *out, struct arena *arena, const struct edition_source *source,
		  const char *path, char *data, size_t size, struct tw_error *error);

/* "line 12" or "object 12", as an error says it. */
const char *edition_place(char out[32], const struct edition *edition, uint32_t place);

/* What a reader finds in one line or object; texts may be anything. */
struct edition_entry {
	uint32_t place;
	struct tw_text code, indent, general, special, column2;
	const struct tw_text *unit;
	size_t unit_count;
	bool unsure;
};
struct edition_reader {
	struct edition *out;
	struct arena *arena;
	struct tw_error *error;
	struct vector lines, above; /* struct edition_line, struct edition_above */
	struct vector flaws;        /* struct edition_flaw */
	bool by_code;               /* a line stands beneath another by its digits alone */
};
/* Take one entry, in the order of the file. */
int edition_take(struct edition_reader *reader, const struct edition_entry *entry);
/* Fill *error: "FILE: object 12: …"; TW_BAD_LAW. */
int edition_error(const struct edition_reader *reader, uint32_t place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A row whose code, or what else it says, is not understood: TW_OK, for it is told at the end. */
int edition_flaw(struct edition_reader *reader, uint32_t place, struct tw_text code,
		 const char *why);

/* edition_csv.c, edition_json.c: give every entry to the reader. */
int edition_csv(struct edition_reader *reader, const struct edition_source *source, char *data,
		size_t size);
/* edition_units.c: ["No.","kg"], or one unit alone. False: it cannot be read. */
bool edition_units(struct tw_text text, struct tw_text unit[4], size_t *count);
int edition_json(struct edition_reader *reader, const char *data, size_t size);

#endif

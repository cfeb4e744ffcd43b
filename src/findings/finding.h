/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings, written: NDJSON, CSV and a table for people. A writer appends one
 * line's answer to a buffer; it decides nothing and reads no input. A finding is
 * what is lent for one line: nothing in it is owned.
 */
#ifndef TW_FINDINGS_FINDING_H
#define TW_FINDINGS_FINDING_H

#include "common/buffer.h"
#include "tidewaiter.h"

enum {
	FINDING_ROWS = 64, /* tariff rows of one line of an entry export */
	/* those, and as many headings of the answer that were not filed */
	FINDING_DIFFERENCES = 2 * FINDING_ROWS,
	FINDING_NAMES = 40 /* columns of CSV, or members of NDJSON, at the most */
};

/* What was filed on the tariff rows of a line of an entry export. */
struct finding_declared {
	struct {
		char heading[24]; /* digits as filed */
		tw_money amount;  /* -1: not readable */
	} row[FINDING_ROWS];
	size_t count;
	tw_money amount;
	bool has_amount; /* the export has the duty column */
};

/* What a rate of exchange did to a line. */
struct conversion {
	char from[4], to[4], rate[24], source[80];
	char day[11];  /* for which the rate was looked up; "" where it has no days */
	bool by_entry; /* the date of exportation is not known: it is the date of entry */
	tw_money given, value;
};

/* What lists of parties say of a line, written by who read them; nothing: all of it is empty. */
struct finding_parties {
	enum tw_lane lane;    /* to which it brings the line at least */
	struct tw_text json;  /* members of an object, no comma around them */
	struct tw_text cell;  /* of CSV, with bars between */
	struct tw_text words; /* for people, with semicolons between */
};

/* A member of the input that NDJSON keeps. */
struct finding_member {
	struct tw_text name, value;
};

/* What a program is called; "": it has no name. */
typedef const char *finding_program(const void *rulebook, const char *id);

struct finding_style {
	const char *edition, *known_on, *sha256; /* of the law */
	bool color;
	size_t width;     /* columns of the table; 0: 80 */
	bool safe;        /* CSV: cells that a spreadsheet would take for formulas are quoted */
	const int *field; /* what is written, in order: a column of the answer, or, of one of the
			     input, ~its index. NDJSON: members; NULL for all */
	size_t field_count;
	const struct tw_text *kept;       /* CSV: the names of the input's columns */
	struct tw_text lists, lists_cell; /* of parties, as members and as a cell; none: empty */
	/* NDJSON: what a program is called, by its id; NULL: ids alone. */
	finding_program *program;
	const void *rulebook; /* that is asked for it */
};

/* One line's answer: the assessor's, or the reader's refusal. */
struct finding {
	const struct tw_assessment *answer; /* NULL: no line could be made; the reader may refuse
					       a line whose goods are known */
	const char *file; /* NULL: a line from flags, which has no number either */
	uint64_t number;
	struct tw_text id;
	enum tw_status status;
	enum tw_lane lane;
	const char *reason, *column, *text; /* refused */
	const char *words; /* the way to the code in words, " > " between; NULL: not looked up */
	const struct conversion *conversion;     /* of a value in another currency; NULL: none */
	const struct finding_declared *declared; /* NULL: the line is of no entry export */
	struct finding_parties parties;
	const struct tw_text
	    *cell; /* CSV: what stands in the columns of the input; NULL: nothing */
	/* NDJSON: what is kept; NULL: nothing is. `kept_raw`: as JSON writes it. */
	const struct finding_member *kept;
	size_t kept_count;
	bool kept_raw;
};
/*
 * What a column or member of an answer is written from: it is the same (but for what marks.h
 * notes) on all lines that agree in that number of their charges.
 */
enum finding_part {
	FINDING_PLAN,    /* the plan; or nothing */
	FINDING_GOODS,   /* what was found in the goods */
	FINDING_REMARKS, /* the remarks and the goods */
	FINDING_ID,
	FINDING_STATUS,
	FINDING_LANE,
	FINDING_INPUT /* what the line says itself */
};
enum finding_part finding_csv_part_of(const struct finding_style *style, size_t index);
enum finding_part finding_ndjson_part_of(const struct finding_style *style, size_t index);
/* How many columns or members are written. */
size_t finding_ndjson_count(const struct finding_style *style);

/* The finding of an answer; `answer` may be NULL, and finding_refuse follows. */
void finding_make(struct finding *finding, struct tw_text id, const struct tw_assessment *answer);
/* The reader refuses the line: of the answer the goods alone say something. */
void finding_refuse(struct finding *finding, const char *reason, const char *column,
		    const char *text);

void finding_ndjson(struct buffer *out, const struct finding *finding,
		    const struct finding_style *style);
/* Some members of it, from `first` of style->field (or of all) on, each behind a comma. */
void finding_ndjson_part(struct buffer *out, const struct finding *finding,
			 const struct finding_style *style, size_t first, size_t count);
/* The names of an object's members, in order, and how many they are. */
size_t finding_ndjson_names(const char *names[FINDING_NAMES]);
/* Columns that not every file of answers has. */
enum {
	FINDING_FILED = 1,       /* of entry exports */
	FINDING_PARTIES = 2,     /* of lists of parties */
	FINDING_PARTY_DETAIL = 4 /* of these, for files that have details */
};
/* The names of the columns, those that all have and those of `kinds`. */
size_t finding_csv_names(const char *names[FINDING_NAMES], unsigned kinds);
/* Which column has the place-th of those names: struct finding_style has it so. */
int finding_csv_column(size_t place, unsigned kinds);
/* Its name, and whether it is an amount of money. */
const char *finding_csv_name(size_t column);
bool finding_csv_is_amount(size_t column);
/* Both return the characters that had to be replaced. */
size_t finding_csv_header(struct buffer *out, const struct finding_style *style);
size_t finding_csv(struct buffer *out, const struct finding *finding,
		   const struct finding_style *style);
/* Some columns of it, from `first` of style->field on; no line end. */
size_t finding_csv_part(struct buffer *out, const struct finding *finding,
			const struct finding_style *style, size_t first, size_t count);
void finding_table_header(struct buffer *out, const struct finding_style *style);
void finding_table(struct buffer *out, const struct finding *finding,
		   const struct finding_style *style);

/* What lists of parties say is of the finding from now on. */
void finding_add_parties(struct finding *finding, const struct finding_parties *parties);

/* "ok", "yellow", "near", "below-threshold". */
const char *finding_status(enum tw_status status);
const char *finding_lane(enum tw_lane lane);
const char *finding_certainty(enum tw_certainty certainty);
const char *finding_control(enum tw_control_status status);
/* The status for people: what is forbidden unless it is allowed is said to be prohibited. */
const char *finding_asks(const struct tw_control_hit *hit);
/* "6109.10.00.12" of digits; needs 24 bytes. */
void finding_code(char out[24], const char *digits);
/* A heading as the answer names it: the layer's own, or its measure or program. */
const char *finding_heading(const struct tw_layer *layer);

/* ES-003: where the declared and the computed layers differ. Amounts: -1 is not there. */
struct finding_difference {
	char heading[24];
	tw_money declared, computed;
};
/* "9903.01.24 declared 400.00, computed 800.00"; needs 160 bytes. */
void finding_difference_text(char out[160], const struct finding_difference *difference);
size_t finding_differences(struct finding_difference *out, size_t room,
			   const struct finding *finding);

#endif

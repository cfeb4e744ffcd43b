/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a file's columns are called and which of ours they are: names,
 * aliases, --map and --set. It reads no values.
 */
#ifndef TW_LINES_COLUMNS_H
#define TW_LINES_COLUMNS_H

#include "common/csv.h"
#include "common/date.h"
#include "lines/aliases.h"
#include "lines/header_word.h"
#include "lines/value_from.h"
#include "tidewaiter.h"

struct profile;

/* Fields of a file beside the columns of a line. */
enum {
	FIELD_SPI = TW_COLUMN_COUNT, /* becomes the claim spi=... */
	FIELD_ENTRY_LINE,            /* ES-003: line in the summary */
	FIELD_ORDINAL,               /* ES-003: place of the tariff number in the line */
	FIELD_DECLARED,              /* ES-003: duty on this tariff row */
	FIELD_CLAIM,                 /* a claim of the rulebook, see claim[] */
	FIELD_PART,                  /* what --value-from reckons the value with */
	FIELD_OTHER,                 /* known, and not for us: dates of orders, rates, ports ... */
	FIELD_SECOND,                /* says the same as another column, see second[] */
	FIELD_COUNT,
	FIELD_UNKNOWN = FIELD_COUNT
};

#define COLUMNS_MAPS 64

enum decimal_mark { DECIMAL_UNSAID, DECIMAL_POINT, DECIMAL_COMMA };

/* Where a decimal mark was seen first; line 0: nowhere. */
struct decimal_place {
	uint64_t line;
	char column[40], cell[40];
};
struct decimal_state {
	enum decimal_mark mark;
	bool is_given; /* --decimal says it */
	struct decimal_place point, comma, doubt;
};
#define COLUMNS_CLAIMS 32

/* --map theirs=ours and --set column=value. */
struct columns_options {
	struct {
		struct tw_text theirs;
		int field;
		int claim;        /* FIELD_CLAIM: which, or -1 */
		const char *ours; /* what it was called on the command line */
		bool used;
	} map[COLUMNS_MAPS];
	size_t map_count;
	struct tw_text set[TW_COLUMN_COUNT]; /* !at: not set */
	const char *sheet;                   /* of a workbook; NULL: the first */
	struct {
		struct tw_text name, value;
		int claim;
	} set_claim[COLUMNS_CLAIMS]; /* --set of a claim */
	size_t claim_count;
	enum decimal_mark decimal;           /* --decimal */
	const struct value_from *value_from; /* --value-from; or NULL */
	const struct fx *fx;                 /* the rates of exchange that were given; or NULL */
	/* Lent by the owner of the run; NULL: no claims and no units are known. */
	const tw_rulebook *rulebook;
	const struct claim_columns *claims;
	tw_assessor *assessor;             /* of the thread that opens the files */
	enum date_order date_order;        /* --date-format */
	const struct profile *profile;     /* --profile; NULL: what the header shows */
	const struct table_opener *tables; /* lent; NULL: none can be read */
	int standard;                      /* the descriptor that "-" is read from */
};

/* After all of them, when the rulebook is there: whether the names of ours are any. */
int columns_resolve(struct columns_options *options, struct tw_error *error);

/* Read "theirs=ours" or "column=value"; the text must outlive the options. */
int columns_map(struct columns_options *options, const char *text, struct tw_error *error);
int columns_set(struct columns_options *options, const char *text, struct tw_error *error);

/* The header of one file. */
struct columns {
	size_t count;
	int field[CSV_FIELDS]; /* of each column: enum tw_column, FIELD_... */
	int at[FIELD_COUNT];   /* the column of each field, or -1 */
	struct tw_text name[CSV_FIELDS];
	struct tw_text head[CSV_FIELDS]; /* the names as they stand, blanks and all */
	const int *carried_from; /* for each column of the answers that is one of the input: the
				    column here, or -1; lent by the owner of all files */
	enum columns_why why[CSV_FIELDS];
	int claim[CSV_FIELDS];           /* of FIELD_CLAIM: which */
	struct tw_text word[CSV_FIELDS]; /* the unit or currency that the header says */
	struct {
		int at, field;
	} second[CSV_FIELDS]; /* columns that say the same as the one of the field */
	size_t seconds;
	bool has_claims, has_words;
	int number[CSV_FIELDS]; /* the columns whose cells are numbers */
	size_t numbers;
	int number_field[8]; /* the columns of ours among them */
	size_t number_fields;
	struct decimal_state decimal;
	struct value_from reckon; /* of --value-from or of the profile */
	bool is_reckoned;
	int part[VALUE_PARTS];      /* CSV: the column of each part, or -1 */
	bool is_mapped[CSV_FIELDS]; /* --map names it */
	const struct columns_options *options;
	const struct profile *profile; /* by which it is read, or NULL */
	bool is_es003;
	char *names; /* owned text of the names */
};

/* How many of a row's cells are names we know: tells a header from a preamble. */
size_t columns_score(const struct csv_row *row, const struct columns_options *options);
/* Understand a header row. Copies the names. Free with columns_free. */
int columns_read(struct columns *columns, const struct csv_row *row,
		 struct columns_options *options, struct tw_error *error);
void columns_free(struct columns *columns);

/* What one name means by itself, for headers and NDJSON keys alike. */
struct header_word columns_meaning(struct tw_text name, const struct columns_options *options);
/* Whether two names of one field say the same; else the lower order gives it. */
bool columns_equal(int order, int other);
/* The nearest of a list of names to a misspelt one, or NULL if none is near. */
const char *columns_nearest(const char *name, size_t length, const char *const *names,
			    size_t count);
/* The nearest of our columns. */
const char *columns_nearest_ours(const char *name, size_t length);

#endif

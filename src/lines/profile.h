/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the files of one source are read: a small text with what its columns are
 * called, what stands in none of them, what is not to be read, and what its
 * rows leave out. docs/profiles.md has the form. Some are built in; a user's
 * own is a file. A profile knows headers, never values.
 */
#ifndef TW_LINES_PROFILE_H
#define TW_LINES_PROFILE_H

#include "common/csv.h"
#include "lines/value_from.h"
#include "tidewaiter.h"

struct columns;

enum {
	PROFILE_NAMES = 192, /* of maps and of what is ignored, each spelling counted */
	PROFILE_LIST = 64    /* of each other list */
};
#define PROFILE_TEXT ((size_t)64 << 10)

/* What the rows of a source make together. */
enum profile_fold {
	PROFILE_ROWS,       /* each row is a line */
	PROFILE_TARIFF_ROWS /* rows of one summary and line are one line; see item_es003.c */
};

struct profile_list {
	struct tw_text name[PROFILE_LIST];
	size_t count;
};

struct profile {
	char name[40], title[120];
	struct {
		struct tw_text theirs;
		int field; /* enum tw_column, FIELD_...; FIELD_OTHER: ignored */
		int rank;  /* of several spellings the first that is there counts */
	} map[PROFILE_NAMES];
	size_t map_count;
	struct tw_text set[TW_COLUMN_COUNT]; /* !at: not set */
	struct profile_list header;          /* a file of this source has all of them */
	struct profile_list carry;           /* blank: as in the row before of the same group */
	struct tw_text group;
	struct value_from value_from; /* no terms: none */
	bool is_detected;             /* used without being named where the header fits */
	enum profile_fold fold;
	char *text; /* owned; the texts point into it */
};

/* Reads a profile text; `file` stands in messages. Copies the text. Free with profile_free. */
int profile_read(struct profile *profile, struct tw_text text, const char *file,
		 struct tw_error *error);
void profile_free(struct profile *profile);

/* One that is built in, or else the file of that name. The caller frees it. */
int profile_open(struct profile **out, const char *name, struct tw_error *error);
void profile_close(struct profile *profile);
/* Those built in, in the order of their names; NULL behind the last. They stay. */
const struct profile *profile_built_in(size_t index);

/* What the profile makes of a column name: its rank, and *field; -1: nothing. */
int profile_rank(int *field, const struct profile *profile, struct tw_text name);
/* Whether it gives all lines one value in the column; NULL does not. */
bool profile_sets(const struct profile *profile, enum tw_column column);
/* The column of a header that is called so, or -1. */
int profile_column(const struct columns *columns, struct tw_text name);
/* Whether the row has all columns that mark a file of this source. */
bool profile_fits(const struct profile *profile, const struct csv_row *row);
/* One built in that is used without being named, whose marks the row has; or NULL. */
const struct profile *profile_detect(const struct csv_row *row);
/* A list of names in quotes, for messages. */
void profile_quote(char *out, size_t room, const struct profile_list *list);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole run: files in, findings out. Ties the readers, the gathering, the
 * assessors and the writers together; `tidewaiter assess` is this and its
 * flags.
 */
#ifndef TW_LINES_RUN_H
#define TW_LINES_RUN_H

#include "findings/taken.h"
#include "findings/totals.h"
#include "lines/columns.h"
#include "lines/gather.h"

enum run_format { RUN_NDJSON, RUN_CSV, RUN_TABLE, RUN_JSON /* one array */ };

/* Kinds of lines, as --only names them. */
enum {
	RUN_DIFFERING = 1, /* an entry export: declared is not computed */
	RUN_RED = 2,
	RUN_YELLOW = 4,
	RUN_INCOMPLETE = 8,
	RUN_REFUSED = 16
};

/* What is handed to a sink: the columns, and later rows of them. */
struct run_layout {
	const struct input *inputs;
	size_t input_count;
	const struct carried *carried; /* the columns of the input; NULL: none */
	const struct fields *fields;
};
struct run_rows {
	struct tw_text text;    /* records of CSV */
	const uint64_t *number; /* of each the line, or of a table the row, from 1 */
	size_t count;
	size_t input;   /* the file that they are of */
	void *gathered; /* what run_sink.gather made of them, or NULL */
};

/* Who takes the answers of RUN_CSV in place of `out`; without the header, in order. */
struct run_sink {
	int (*begin)(void *context, const struct run_layout *layout, struct tw_error *error);
	int (*put)(void *context, const struct run_rows *rows, struct tw_error *error);
	/* What the records do not say: called for each of them, in the thread that wrote it.
	   *gathered is that of the batch, NULL at first; `put` empties it. False: no memory. NULL:
	   nothing more is asked for. */
	bool (*gather)(void *context, void **gathered, const struct finding *finding);
	void (*drop)(void *gathered); /* NULL is none */
	void *context;
};

/* Who looks at the parties of a line: in the thread of the worker, of which there are `jobs`. */
struct run_parties {
	/* What is said stands until the worker's next call; `column`: as of struct tw_line. False:
	   no memory. */
	bool (*look)(void *context, unsigned worker, struct finding_parties *out,
		     const struct tw_text *column);
	void *context;
	const enum tw_column *columns; /* that it reads */
	size_t column_count;
	struct tw_text lists, lists_cell; /* see struct finding_style */
};

struct run_options {
	const char *const *files; /* "-" is standard input */
	size_t file_count;
	const tw_rulebook *rulebook;
	struct tw_options assessor;
	struct columns_options *columns;
	enum run_format format;
	unsigned jobs;
	bool keep, daily_sum, monthly_sum, color;
	bool only_answers;     /* CSV: without the columns of the input */
	bool spreadsheet_safe; /* CSV: see buffer_end_cell */
	unsigned only;         /* kinds of lines that are written; 0: all */
	const char *fields;    /* of CSV or NDJSON, with commas between; NULL: all */
	bool quiet_lines;      /* do not repeat refusals on standard error */
	bool quiet;            /* do not say which columns were read */
	bool only_columns;     /* write what each column was read as, and end */
	size_t width;          /* of the table; 0: 80 columns */
	bool progress;         /* a line on standard error when it takes over a second */
	size_t memory;         /* bytes of a sort; 0: as the gathering decides */
	int out, err;          /* file descriptors; err -1: none */
	gather_assess *assess; /* NULL: tw_assess, with an assessor a thread */
	bool totals_only;      /* no lines are written */
	/* JSON: what programs are called; NULL: that is not said. */
	finding_program *program;
	unsigned part, parts; /* the part-th of so many of the one file, from 1; parts 0: all */
	bool alone;           /* each line is read by itself, as texts; for tests too */
	/* Lines are handed over in place of being answered, to be assessed under these laws, of
	   which the first is `rulebook`. */
	take_lines *take;
	take_end *take_end;
	void *take_context;
	const tw_rulebook *const *laws;
	size_t law_count;
	const struct run_sink *sink;       /* lent; NULL: `out` takes the answers */
	const struct run_parties *parties; /* lent; NULL: nobody looks */
};

/* Fills the totals, for totals_free. TW_OK, or the error that stopped the run. */
int run_lines(struct totals *totals, const struct run_options *options, struct tw_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The input files: opening, telling CSV from NDJSON, finding the header, and
 * cutting the text into batches of whole records. It reads through one window
 * of fixed size, finds where records end and what is broken, and leaves their
 * content to the workers.
 */
#ifndef TW_LINES_INPUT_H
#define TW_LINES_INPUT_H

#include "lines/carry.h"
#include "lines/columns.h"
#include "lines/scan.h"
#include "lines/source.h"
#include "lines/xlsx.h"
#include "tidewaiter.h"

enum { BATCH_LINES = 256 };
#define BATCH_TEXT ((size_t)96 << 10)  /* a batch is closed when it is over this */
#define BATCH_PREFIX ((size_t)4 << 10) /* of a record too long or broken only this is kept */

#define INPUT_CHUNK ((size_t)128 << 10) /* of rows that are read as they stand */

/* One record of a batch: a line of goods; in an ES-003 export all rows of one. */
struct batch_record {
	size_t at, length;      /* in the batch's text */
	uint64_t number;        /* physical line, 1-based */
	enum csv_result result; /* what was wrong when its end was looked for */
	size_t flaw;            /* offset of the character at fault */
};

/* What the whole input says about a line that the line does not show itself. */
struct batch_context {
	tw_money shipment_value, shipment_retail, free_before, order_retail;
	uint64_t shipment_first; /* ordinal of the first line of the shipment */
	tw_time shipment_last;   /* entry of its last line */
	tw_time shipment_entered;
	bool rows_apart;      /* ES-003: other rows of the same line stand elsewhere */
	bool shipment_shared; /* there are other lines in it */
	struct tw_shipment_amount shipment_amount[TW_SHARES];
	size_t shipment_amounts;
	uint64_t day_shipments; /* several of the consignee that day; 0: one, or not known */
	tw_money day_value;
	const struct tw_month *month; /* NULL: the line does not know it */
};

/* Of a line by itself, at its place from 0. */
static inline struct batch_context batch_alone(uint64_t ordinal)
{
	return (struct batch_context){.shipment_value = -1,
				      .shipment_retail = -1,
				      .order_retail = -1,
				      .shipment_first = ordinal,
				      .shipment_entered = TW_TIME_MIN};
}

struct input;
struct months_line; /* months.c */

/*
 * Who reads files that are tables of typed columns (Parquet): *out gives such a file as CSV with
 * commas, a row a record, names first. The descriptor stays the input's; the file is a plain one.
 */
struct table_opener {
	int (*open)(void *context, struct source **out, int fd, struct columns_options *options,
		    struct tw_error *error);
	void *context;
};

struct batch {
	char *text;
	size_t length, room;
	struct batch_record record[BATCH_LINES];
	struct batch_context context[BATCH_LINES];
	struct months_line *months;   /* BATCH_LINES; owned; NULL: no sums of a month */
	struct batch_context *by_law; /* BATCH_LINES a law; owned; NULL: one law, see laws.h */
	size_t count;
	uint64_t ordinal; /* of the first record, over all files */
	struct input *input;
	/* Rows as they stand in the file, in place of records: see input_rows. */
	struct tw_text rows;
	uint64_t number;  /* the line of the first */
	char *window;     /* owned: where they stand */
	struct scan scan; /* the rows, if they are all to the letter */
	bool is_scanned;
};
int batch_grow(struct batch *batch, size_t room);
void batch_free(struct batch *batch);
/* Blanks and line ends alone: no record. */
bool batch_is_blank(const char *at, size_t length);

/* One input file. */
struct input {
	const char *name; /* as given; "standard input" */
	int fd;
	struct source *source;         /* unpacks the file; NULL where its bytes are the text */
	const char *wanted_sheet;      /* --sheet; NULL: the first */
	struct columns_options *asked; /* for a table; NULL: the text alone is wanted */
	char note[256];                /* which sheet is read, where there are several */
	bool is_ndjson, is_seekable, is_empty, is_sheet;
	bool is_table;   /* rows are counted, not lines; the first names the columns */
	bool ends_in_cr; /* its lines end in a carriage return alone */
	bool is_sample;  /* a look ahead: it ends where the window ends, see sample.h */
	char separator;
	struct columns columns;
	struct carry *carry;   /* what is carried down its rows, or NULL */
	uint64_t size;         /* bytes, 0 if not known */
	uint64_t start;        /* offset of the first record */
	uint64_t start_number; /* its line number */
	/* The window. */
	char *window;
	size_t from, to;
	size_t block;   /* bytes that are read at once */
	uint64_t until; /* no record is taken that begins here or later; UINT64_MAX: all are */
	bool at_end, skipping;
	uint64_t number;   /* line number at `from` */
	uint64_t read;     /* bytes read, for the progress line */
	bool has_lines;    /* a record has been read */
	struct seen *seen; /* what the first lines show of the columns; see seen.h */
};

/* Opens and reads up to and with the header. "-" is standard input. */
int input_open(struct input *input, const char *path, struct columns_options *options,
	       struct tw_error *error);
/* Only the text, unpacked and of one sheet: whoever reads it knows other columns. */
int input_open_text(struct input *input, const char *path, const char *sheet,
		    struct tw_error *error);
/* The next piece of that text, which stays until the next call; empty at the end. */
int input_text(struct input *input, struct tw_text *out, struct tw_error *error);
/* Reads on until the window has the first 64 KiB or all there is, also of a slow pipe. */
int input_sample(struct input *input, struct tw_error *error);
void input_close(struct input *input);
/* Copies what cannot be read twice to a temporary file. */
int input_spool(struct input *input, struct tw_error *error);
/*
 * Back to the first record. The input is seekable; one that is packed has no rows but lines of JSON
 * (input_spool makes rows readable twice).
 */
int input_rewind(struct input *input, struct tw_error *error);
/* The next batch of records, at most `most`; count 0 at the end. */
int input_batch(struct batch *batch, struct input *input, size_t most, struct tw_error *error);
/* Whether its records are rows of text and nothing else: CSV that nothing is done to. */
bool input_has_rows(const struct input *input);
/*
 * The next rows of an input that has them: batch->rows, all whole and sound, with count 0; or one
 * record that is not, as input_batch gives it. Nothing is copied: the batch and the input change
 * windows. Both empty at the end. `scan`: to look with.
 */
int input_rows(struct batch *batch, struct input *input, struct scan *scan, struct tw_error *error);

/* Steps over the records that begin before an offset of a file whose bytes are the text. */
int input_skip(struct input *input, uint64_t offset, struct tw_error *error);

/* Reads more into the window of what has `wanted` bytes unread or more, if there are as many. */
int input_peek(struct input *input, size_t wanted, struct tw_error *error);
/* Sets an error at a line of the input (0: the whole file) and returns its code. */
int input_fail(struct tw_error *error, const struct input *input, uint64_t line, int code,
	       const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The error of an input that ended without a line. */
int input_no_lines(const struct input *input, struct tw_error *error);

#endif

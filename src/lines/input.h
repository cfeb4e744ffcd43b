/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The input files: opening, telling CSV from NDJSON, finding the header, and
 * cutting the text into batches of whole records. It reads through one window
 * of fixed size, finds where records end and what is broken, and leaves their
 * content to the workers.
 */
#ifndef TW_LINES_INPUT_H
#define TW_LINES_INPUT_H

#include "columns.h"
#include "tidewaiter.h"

enum { BATCH_LINES = 256 };
#define BATCH_TEXT ((size_t)96 << 10)  /* a batch is closed when it is over this */
#define BATCH_PREFIX ((size_t)4 << 10) /* of a record too long or broken only this is kept */

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
	tw_time shipment_entered;
	bool shipment_shared; /* there are other lines in it */
	struct tw_shipment_amount shipment_amount[TW_SHARES];
	size_t shipment_amounts;
};

struct input;

struct batch {
	char *text;
	size_t length, room;
	struct batch_record record[BATCH_LINES];
	struct batch_context context[BATCH_LINES];
	size_t count;
	uint64_t ordinal; /* of the first record, over all files */
	struct input *input;
};
int batch_grow(struct batch *batch, size_t room);
void batch_free(struct batch *batch);

/* One input file. */
struct input {
	const char *name; /* as given; "standard input" */
	int fd;
	bool is_ndjson, is_seekable, is_empty;
	char separator;
	struct columns columns;
	uint64_t size;         /* bytes, 0 if not known */
	uint64_t start;        /* offset of the first record */
	uint64_t start_number; /* its line number */
	/* The window. */
	char *window;
	size_t from, to;
	bool at_end, skipping;
	uint64_t number; /* line number at `from` */
	uint64_t read;   /* bytes read, for the progress line */
};

/* Opens and reads up to and with the header. "-" is standard input. */
int input_open(struct input *input, const char *path, struct columns_options *options,
	       struct tw_error *error);
void input_close(struct input *input);
/* Copies what cannot be read twice to a temporary file. */
int input_spool(struct input *input, struct tw_error *error);
/* Back to the first record. The input is seekable. */
int input_rewind(struct input *input, struct tw_error *error);
/* Whether the text occurs anywhere in a seekable input, or in the window of another. */
bool input_mentions(struct input *input, const char *text);
/*
 * The next batch of records; count 0 at the end. `wait` false: returns
 * TW_NOT_FOUND rather than wait for a pipe.
 */
int input_batch(struct batch *batch, struct input *input, bool wait, struct tw_error *error);

/* A temporary file without a name, in TMPDIR or /tmp; -1 on failure, with the error set. */
int input_temporary(struct tw_error *error);

#endif

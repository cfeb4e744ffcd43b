/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line of goods as read: a record of a batch turned into a tw_line, or
 * into the reason why it cannot be. The texts point into the batch and the
 * item's own scratch; they live until the next line.
 */
#ifndef TW_LINES_ITEM_H
#define TW_LINES_ITEM_H

#include "buffer.h"
#include "input.h"

enum {
	ITEM_ROWS = 64, /* tariff rows of one ES-003 line */
	ITEM_NOTES = 8
};

/* What a filer declared on the rows of an ES-003 line. */
struct item_declared {
	struct {
		char heading[24]; /* digits as filed */
		tw_money amount;  /* -1: not readable */
	} row[ITEM_ROWS];
	size_t count;
	tw_money amount;
	bool has_amount; /* the export has the duty column */
};

struct item {
	struct tw_line line;
	uint64_t number, ordinal;
	const char *file;
	/* A line that the reader refuses: reason set, column may be "". */
	const char *reason;
	char column[64], text[320];
	struct tw_text kept[CSV_FIELDS]; /* CSV: values of the unknown columns, in file order */
	size_t kept_count;
	struct tw_text kept_key[64], kept_value[64]; /* NDJSON: raw keys and values */
	size_t kept_keys;
	bool is_es003, is_empty;
	struct item_declared declared;
	struct tw_declared filed[ITEM_ROWS]; /* the same as the library takes it */
	/* What the reader has to say about a line that it could read. */
	char note[ITEM_NOTES][200];
	size_t notes;
	const struct batch_context *context;
	const struct columns *columns; /* of the file; NULL for NDJSON */
	/* scratch */
	struct csv_row *row;
	struct buffer scratch;
	char id[64];
};

int item_new(struct item **out);
void item_free(struct item *item);
/* Read record `index` of a batch. The batch's text is changed (quotes undone). */
void item_read(struct item *item, struct batch *batch, size_t index,
	       const struct columns_options *options);

/* For the readers: refuse the line. The first refusal stands. */
void item_refuse(struct item *item, const char *reason, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* For the readers: a warning, "code: text". */
void item_note(struct item *item, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Split one CSV row into item->row and check its bytes; false: the line is refused. */
bool item_split_csv(struct item *item, char *text, const struct batch_record *record,
		    const struct input *input);
void item_read_json(struct item *item, char *text, const struct batch_record *record,
		    const struct columns_options *options);
/* Several rows of one line, already found to belong together. */
void item_read_es003(struct item *item, char *text, const struct batch_record *record,
		     const struct input *input);
/* The columns of a CSV row that the file has, as they stand. */
void item_take_row(struct item *item, const struct columns *columns);
/* Put a claim before the claims of the line. */
void item_add_claim(struct item *item, const char *key, struct tw_text value);

#endif

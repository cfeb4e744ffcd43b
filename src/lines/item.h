/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line of goods as read: a record of a batch turned into a tw_line, or
 * into the reason why it cannot be. The texts point into the batch and the
 * item's own scratch; they live until the next line.
 */
#ifndef TW_LINES_ITEM_H
#define TW_LINES_ITEM_H

#include "common/buffer.h"
#include "findings/finding.h"
#include "lines/fx.h"
#include "lines/input.h"

enum { ITEM_NOTES = 8, ITEM_NUMBERS = 32 };

struct item {
	struct tw_line line;
	uint64_t number, ordinal;
	const char *file;
	/* A line that the reader refuses: reason set, column may be "". */
	const char *reason;
	char column[128], text[600];
	/* The line as it stands: CSV cells in file order, of an ES-003 line those of the goods;
	   NDJSON: the raw values of its members. */
	const struct tw_text *cell;
	size_t cells;
	struct tw_text unfit;  /* of a table: why a value cannot be said, or empty */
	size_t unfit_at;       /* its column */
	struct tw_text unread; /* what could not be cut into cells, raw; it follows them */
	struct tw_text own_cell[CSV_FIELDS];
	struct tw_text key[CSV_FIELDS]; /* NDJSON: raw keys */
	bool is_kept[CSV_FIELDS];       /* NDJSON: the key is none of ours */
	bool is_es003, is_empty;
	struct tw_text entry_line, entry_summary; /* ES-003; the line without leading zeros */
	struct finding_declared declared;
	struct tw_declared filed[FINDING_ROWS]; /* the same as the library takes it */
	/* What the reader has to say about a line that it could read. */
	char note[ITEM_NOTES][400];
	size_t notes;
	/* What the line says contradicts what its file's first lines decided: the run ends. */
	bool stops;
	bool is_sample;                       /* a look ahead: cells stay as written */
	struct tw_text word[TW_COLUMN_COUNT]; /* the unit or currency that the header says */
	bool has_words;
	uint64_t own_words; /* of which columns word[] counts and not the header of at[] */
	struct conversion conversion; /* valid if is_converted */
	bool is_converted;
	struct tw_text part[VALUE_PARTS]; /* cells from which the value is reckoned */
	/* NDJSON, of a look ahead: the texts that stand for numbers, for the decimal mark. */
	struct {
		struct tw_text text;
		int field;
	} numeral[ITEM_NUMBERS];
	size_t numerals;
	const struct columns *file_columns; /* what was decided of the file, of NDJSON too */
	const struct seen *seen; /* the keys of the file's first lines; NULL: not looked yet */
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
/* What the whole input says about the line that was read, in place of what was said before. */
void item_context(struct item *item, const struct batch_context *context);
/* Read a row of a batch of rows, as it stands in its window; it is changed likewise. */
void item_read_row(struct item *item, struct batch *batch, char *text,
		   const struct batch_record *record, const struct columns_options *options);

/*
 * Read a row that has been cut already: its cells are in item->row, as many as the columns of the
 * input, `length` bytes in all. With item->context as it was set.
 */
void item_read_cells(struct item *item, const struct input *input, uint64_t number, size_t length,
		     const struct columns_options *options);

/* For the readers: refuse the line. The first refusal stands. */
void item_refuse(struct item *item, const char *reason, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/*
 * For the readers: the line contradicts what was decided for the whole file, so the run ends
 * with this, said at the line and the column. It is a refusal too.
 */
void item_stop(struct item *item, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The error of an item that stops the run, as one that memory wants for does; TW_OK if it does not.
 */
int item_stopped(const struct item *item, struct tw_error *error);
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
/* The unit or currency that the header of what was taken for a column says. */
struct tw_text item_word(const struct item *item, const struct columns *columns, int field);
/* The answer's warnings and the reader's, in an array of `room`; their number. */
size_t item_warnings(const char **warnings, size_t room, const struct item *item,
		     const struct tw_assessment *answer);
/* Whether the line says anything of what the goods are: a refused one is screened then. */
bool item_holds_goods(const struct item *item);
/* What the answers say of the line, but for what is kept of it. */
void item_finding(struct finding *finding, const struct item *item,
		  const struct tw_assessment *answer);
/* Put a claim before the claims of the line. */
void item_add_claim(struct item *item, const char *key, struct tw_text value);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of batches as lines of goods: which column is which, by the readers
 * of CSV, and the cells of a row. What is wrong with a line refuses it; what
 * is wrong with a batch is an error of the stream.
 */
#ifndef TW_ARROW_READER_H
#define TW_ARROW_READER_H

#include "arrow/cell.h"
#include "lines/item.h"

struct reader_column;

/* How the cells of a column are read. */
struct reader_use {
	bool is_used, is_number; /* a number that is no text: its mark is a point */
	char mark;               /* of a list; NUL: a value */
};
/*
 * The use of a column of that type; where its type does not allow it, an error that says what would
 * be right. `map`: the option that leaves columns out.
 */
int reader_use(struct reader_use *use, const struct columns *columns, const struct type *type,
	       size_t at, const char *map, struct tw_error *error);

struct reader {
	struct type schema; /* of the batches: a struct */
	struct columns_options options;
	struct claim_columns *claims;
	struct value_from value_from;
	char **texts; /* owned: what the options point into; NULL behind the last */
	size_t text_count;
	struct input input; /* never opened: the columns of a file that has none */
	struct reader_column *column;
	struct item *item;
	tw_assessor *assessor;
	uint64_t number; /* of the row that was read last, from 1 */
};

/* `assessor` is lent, and the rulebook. The schema stays the caller's. */
int reader_new(struct reader **out, const struct ArrowSchema *schema, const tw_rulebook *rulebook,
	       tw_assessor *assessor, const struct tw_arrow_options *options,
	       struct tw_error *error);
void reader_free(struct reader *reader);

/* Whether lines say of which shipment they are, in a column or by an option. */
bool reader_has_shipments(const struct reader *reader);
/* Whether lines are read from a column of the input. */
bool reader_uses(const struct reader *reader, size_t column);
/* Whether arrays of the column are what the schema says; an error like that of reader_check. */
int reader_check_column(const struct reader *reader, const struct ArrowArray *batch, size_t column,
			struct tw_error *error);
/* What is decided by the first rows, those of a batch that has some: claims, the decimal mark. */
int reader_decide(struct reader *reader, const struct ArrowArray *batch, struct tw_error *error);
/* Whether a batch is what the schema says; an error of the row behind reader->number. */
int reader_check(const struct reader *reader, const struct ArrowArray *batch,
		 struct tw_error *error);
/* Reads the cells of a row of a checked batch into item->row, without understanding them. */
int reader_cells(struct reader *reader, const struct ArrowArray *batch, int64_t row,
		 struct tw_error *error);
/* Understands them: reader->item, with the context, which is lent, or NULL. */
int reader_line(struct reader *reader, struct batch_context *context, uint64_t ordinal,
		struct tw_error *error);

#endif

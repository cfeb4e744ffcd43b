/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as CSV and NDJSON; amounts as decimal texts, what is not known empty or null. */
#ifndef TW_REFUND_WRITE_H
#define TW_REFUND_WRITE_H

#include "refund/refund.h"

/* `compared`: with what customs answered. */
void refund_csv_header(struct buffer *out, bool compared);
/* safe: see buffer_end_cell. */
void refund_csv(struct buffer *out, const struct refunds *law, const struct refund_answer *answer,
		bool safe);
void refund_ndjson(struct buffer *out, const struct refunds *law,
		   const struct refund_answer *answer);

/* What an answer consists of, for other forms: column by column, its name and what it holds. */
enum refund_form {
	REFUND_TEXT,
	REFUND_MONEY, /* cents */
	REFUND_DAY,
	REFUND_NUMBER,
	REFUND_FLAG,
	REFUND_LIST /* of texts */
};
struct refund_column {
	const char *name;
	enum refund_form form;
};
enum { REFUND_COLUMNS = 17, REFUND_COLUMNS_ALONE = 13 /* without what customs answered */ };
extern const struct refund_column refund_columns[REFUND_COLUMNS];
/* The value of a column of that form; false: there is none. */
bool refund_column_text(struct tw_text *out, size_t column, const struct refunds *law,
			const struct refund_answer *answer);
/* An amount, a day, a number, a flag. */
bool refund_column_number(int64_t *out, size_t column, const struct refund_answer *answer);

/* "1234.56" of cents. */
void refund_cents(struct buffer *out, int64_t cents);

#endif

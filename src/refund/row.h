/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row of a file as a record of fixed size: what its cells say, read once.
 * Rows are sorted as bytes, so the fields that order them come first, and every
 * byte is set.
 */
#ifndef TW_REFUND_ROW_H
#define TW_REFUND_ROW_H

#include "common/refund_facts.h"
#include "refund/number.h"

#define REFUND_NO_DAY INT32_MIN
#define REFUND_KEY (REFUND_ENTRY + sizeof(uint64_t)) /* of a number: what is kept, its rest */
enum { REFUND_BLANK = -1, REFUND_UNREAD = -2 };      /* values of a fact that no cell gives */

/* What a cell of this row could not be read as; such a fact or amount is not known. */
enum {
	ROW_BAD_ENTRY_DATE = 1,
	ROW_BAD_LIQUIDATION_DATE = 2,
	ROW_BAD_DEPOSIT_DATE = 4,
	ROW_BAD_CODE = 8,
	ROW_BAD_VALUE = 16,
	ROW_BAD_DUTY = 32,
	ROW_BAD_LINE = 64,
	ROW_BAD_ROW = 128 /* more cells than columns: any of them may be another's */
};

enum row_kind { ROW_OF_ENTRY = 0, ROW_OF_RESULTS = 1 };

struct refund_place { /* big-endian: the order of the input */
	unsigned char file[4], line[8];
};

struct refund_row {
	struct refund_place first; /* of the entry, once it is known; zero before */
	char entry[REFUND_KEY]; /* the number, zeros behind it; then the rest of one that is cut */
	struct refund_place at;
	uint32_t entry_length; /* in characters */
	uint32_t bad;
	int8_t fact[REFUND_SAID + 1]; /* values; the last byte is none */
	uint8_t kind;                 /* enum row_kind */
	uint8_t has_value, has_duty, is_layer;
	int32_t entry_date, liquidation_date, deposit_date;
	int32_t ordinal;      /* -1: none */
	uint32_t code_digits; /* of the number that the duty stands under */
	uint64_t code;        /* 9503000090 */
	uint64_t goods;       /* the code of the goods as the row names it, or 0 */
	uint32_t goods_digits;
	char line[12]; /* without zeros in front; "" where not said */
	tw_money value, duty;
	union {
		struct {
			char qty[20], unit[12], qty2[20], unit2[12], spi[8], importer[24];
		};
		struct {
			char claim[24], status[32], error[72];
		};
	};
};

/* A text into a field, zeros behind it; false: it was cut. */
static inline bool row_text(char *to, size_t size, struct tw_text text)
{
	size_t length = text.length < size - 1 ? text.length : size - 1;
	for (size_t i = 0; i < length; i++)
		to[i] = text.at[i];
	return length == text.length;
}

/* The chapter of the number that the duty stands under. */
static inline uint64_t row_chapter(const struct refund_row *row)
{
	uint64_t front = row->code;
	for (uint32_t i = row->code_digits; i > 2; i--)
		front /= 10;
	return front;
}

#endif

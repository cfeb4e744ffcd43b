/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The value of a line reckoned from other columns: --value-from
 * "[Unit Price]*[Quantity] - [Discount]". Exact: the sum of products is
 * rounded once, half up to a ten-thousandth.
 */
#ifndef TW_LINES_VALUE_FROM_H
#define TW_LINES_VALUE_FROM_H

#include "tidewaiter.h"

enum { VALUE_TERMS = 4, VALUE_FACTORS = 3, VALUE_PARTS = VALUE_TERMS * VALUE_FACTORS };

struct value_factor {
	struct tw_text name; /* of a column */
	int64_t number;      /* where is_number: in millionths */
	bool is_number;
};

struct value_from {
	struct {
		struct value_factor factor[VALUE_FACTORS];
		size_t factors;
		bool minus;
	} term[VALUE_TERMS];
	size_t terms;
	struct tw_text text;
};

/* Names in [brackets] or bare; * between factors, + and - between terms. The text must outlive it.
 */
int value_from_read(struct value_from *from, struct tw_text text, struct tw_error *error);
/* The factor at a place from 0 to VALUE_PARTS - 1 that is a column; NULL: there is none. */
const struct value_factor *value_from_part(const struct value_from *from, size_t place);

enum value_result { VALUE_DONE, VALUE_EMPTY, VALUE_BAD, VALUE_RANGE };
/*
 * Reckons with the cells of the parts, by place, as plain numbers. An empty cell leaves the value
 * empty where it stands in the first term, and counts nothing in the others. VALUE_BAD: the cell
 * at *place is no number.
 */
enum value_result value_from_reckon(tw_money *value, size_t *place, const struct value_from *from,
				    const struct tw_text cell[VALUE_PARTS]);

#endif

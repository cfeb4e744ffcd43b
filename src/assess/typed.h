/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of values as the line of texts that it stands for, which is what is assessed where a
 * line has no plan. Knows no law.
 */
#ifndef TW_ASSESS_TYPED_H
#define TW_ASSESS_TYPED_H

#include "assess/facts.h"
#include "common/quantity.h"

#define TYPED_TEXT 32 /* each value as a text */

/* The texts of a line; they live as long as this. */
struct typed {
	struct tw_line line;
	char text[TW_COLUMN_COUNT][TYPED_TEXT];
};

/* Years of four digits, as dates are written. */
#define TYPED_FIRST (INT64_C(-62135596800) + 86400)
#define TYPED_LAST (INT64_C(253402300799) - 86400)

/* Are the values such as a line may have? */
static inline bool typed_sound(const struct vocabulary *words, const struct tw_typed_line *from)
{
	const int64_t most = INT64_C(1000000000) * QUANTITY_UNIT;
	const uint64_t codes = from->digits == 10  ? UINT64_C(10000000000)
			       : from->digits == 8 ? UINT64_C(100000000)
			       : from->digits == 6 ? UINT64_C(1000000)
						   : 0;
	const uint32_t units = words->rb->spelling_count;
	return (from->hts < codes) & (from->entered >= TYPED_FIRST) &
	       (from->entered <= TYPED_LAST) & (from->value <= TW_MONEY_LIMIT) &
	       (from->retail_value <= TW_MONEY_LIMIT) & (from->qty <= most) & (from->qty2 <= most) &
	       (from->weight <= most) & (from->unit <= units) & (from->unit2 <= units) &
	       (from->channel < TABLES_CHANNELS) & (from->transport <= TABLES_TRANSPORTS);
}

/* The local time of a country of import, by its letters; 0: where none is said. */
enum time_zone typed_zone(const struct vocabulary *words, uint16_t into);
/* NULL where the typed line is not one: a code of no such length, a value out of its range. */
const struct tw_line *typed_line(struct typed *to, const struct vocabulary *words,
				 const struct tw_typed_line *from);

#endif

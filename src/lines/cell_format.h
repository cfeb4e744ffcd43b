/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A number of a spreadsheet cell as text: all digits, no exponent, by decimal
 * arithmetic alone; a day where the cell's format shows one, a percentage, the
 * zeros and the currency that the format puts before it. Reads no files.
 */
#ifndef TW_LINES_CELL_FORMAT_H
#define TW_LINES_CELL_FORMAT_H

#include "common/buffer.h"

enum cell_kind { CELL_NUMBER, CELL_DAY, CELL_INSTANT, CELL_PERCENT, CELL_PADDED, CELL_MONEY };

struct cell_format {
	uint8_t kind;   /* enum cell_kind */
	uint8_t digits; /* CELL_PADDED: as many are shown at least */
	char symbol[8]; /* CELL_MONEY: "€", "CA$", "JPY" */
};

/* What a number format shows. `id` is its number, `code` its text or NULL where it is built in. */
struct cell_format cell_format_read(unsigned id, const char *code);

/*
 * The number of a cell, as it stands in the file, as text in that format. What is no number is
 * put as it is.
 */
void cell_put(struct buffer *out, struct tw_text number, const struct cell_format *format,
	      bool since_1904);

#endif

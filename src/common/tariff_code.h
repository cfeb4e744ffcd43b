/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tariff code as it stands in a cell, with what spreadsheets and people do to it: 6109.10.00.12,
 * HTS 6109100012, '6109100012, 6109100012.0, 201305000 for 0201.30.50.00, 6.10910E+09.
 */
#ifndef TW_COMMON_TARIFF_CODE_H
#define TW_COMMON_TARIFF_CODE_H

#include "tidewaiter.h"

enum tariff_code_fault {
	TARIFF_CODE_SOUND,
	TARIFF_CODE_OTHER,   /* no code */
	TARIFF_CODE_NO_ZERO, /* one digit short, and it may be the zero in front: `digits` has it */
	TARIFF_CODE_SHORTENED /* 6.10E+09: digits are lost */,
	TARIFF_CODE_LONG /* over ten digits: `digits` has the first ten */
};

struct tariff_code {
	char digits[16];
	size_t count;
	enum tariff_code_fault fault;
};

void tariff_code_read(struct tariff_code *out, struct tw_text text);
/* The text from its first digit on, where what stands before it is no part of a code. */
struct tw_text tariff_code_trim(struct tw_text text);
/* "0201.30.50.00" of 4 to 10 digits. */
void tariff_code_print(char out[16], const char *digits);

#endif

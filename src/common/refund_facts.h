/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an entry may say of itself when its duties are asked back, as law and
 * files name it. Numbers of the file: append only. Which words a fact takes,
 * and what follows from them, is law.
 */
#ifndef TW_COMMON_REFUND_FACTS_H
#define TW_COMMON_REFUND_FACTS_H

#include <stdint.h>

enum refund_fact {
	REFUND_TYPE = 0, /* two digits; its value is their number */
	REFUND_FILER = 1,
	REFUND_PRIOR_CAPE = 2,
	REFUND_SUMMARY = 3,
	REFUND_DRAWBACK = 4,
	REFUND_PROTEST = 5,
	REFUND_SURETY_PAID = 6,
	REFUND_ADCVD = 7,
	REFUND_RECON_FLAG = 8,
	REFUND_RECON_FILED = 9,
	REFUND_LIQUIDATION = 10,
	/* Found out from the number, the rows and the days; no column says them. */
	REFUND_ENTRY_NUMBER = 11, /* enum refund_number */
	REFUND_HEADINGS = 12,     /* enum refund_headings */
	REFUND_DAYS_SINCE_LIQUIDATION = 13,
	REFUND_FACTS = 14
};
#define REFUND_SAID REFUND_ENTRY_NUMBER /* facts before this one stand in columns */

enum refund_number {
	REFUND_NUMBER_SOUND = 0,
	REFUND_NUMBER_LENGTH = 1,
	REFUND_NUMBER_FILER = 2,
	REFUND_NUMBER_DIGITS = 3,
	REFUND_NUMBER_CHECK = 4,
	REFUND_NUMBERS = 5
};
enum refund_headings { REFUND_HEADINGS_NONE = 0, REFUND_HEADINGS_DUTIABLE = 1 };

enum refund_operator {
	REFUND_IS = 0,
	REFUND_IS_NOT = 1,
	REFUND_LT = 2,
	REFUND_LE = 3,
	REFUND_GT = 4,
	REFUND_GE = 5
};

enum refund_kind {
	REFUND_ADDITIVE = 0,
	REFUND_REPLACEMENT = 1, /* in place of the column 1 duty, which becomes due again */
	REFUND_EXCEPTION = 2,   /* carries no duty */
	REFUND_MARKER = 3,      /* likewise */
	REFUND_UNCLEAR = 4      /* dutiable where a duty stands beside it */
};

/* "recon_flag"; NULL-terminated, by number. */
extern const char *const refund_fact_names[REFUND_FACTS + 1];
/* Of the two facts with fixed words. */
extern const char *const refund_number_words[REFUND_NUMBERS + 1];
extern const char *const refund_headings_words[3];
extern const char *const refund_operator_names[7];
extern const char *const refund_kind_names[6];

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Currencies as people write them: codes, signs, and the currency that stands
 * in a cell beside its amount. It knows no rate and converts nothing.
 */
#ifndef TW_COMMON_CURRENCY_H
#define TW_COMMON_CURRENCY_H

#include "tidewaiter.h"

/*
 * What a cell of money says. `code` is an ISO 4217 code, or the sign itself
 * where that is the sign of several: "$" (any dollar), "¥" (yen or yuan),
 * "kr"; empty where the cell says none.
 */
struct currency_cell {
	struct tw_text amount, code;
};

/* Cuts "€1000", "US$1,000", "2500 USD" or "1000" in two. */
struct currency_cell currency_split(struct tw_text cell);
/* The ISO code of a code, sign or usual name ("eur", "€", "US$", "RMB", "euro"), or empty. */
struct tw_text currency_find(struct tw_text word);
/* Whether a sign or code may stand for the currency: "$" for CAD, "¥" for CNY, EUR for EUR. */
bool currency_fits(struct tw_text code, struct tw_text currency);

#endif

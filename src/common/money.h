/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact money: 1/10000 of the unit in 64 bits, products in 128. The one piece
 * of code that the fast path and the judge share.
 */
#ifndef TW_COMMON_MONEY_H
#define TW_COMMON_MONEY_H

#include "tidewaiter.h"

/* amount x num / den, rounded half up to a multiple of quantum (den > 0, quantum > 0,
 * amount and num not negative). Saturates at INT64_MAX. */
tw_money money_share(tw_money amount, int64_t num, int64_t den, tw_money quantum);
/* Half up to a multiple of quantum. */
tw_money money_round(tw_money amount, tw_money quantum);
/*
 * Read "1234.5", "$1,234.50", "1234", decimals beyond the fourth rounded half up, optional spaces,
 * an optional leading $, thousands commas in groups of three. Negative, absurd
 * (over TW_MONEY_LIMIT) and empty are refused: false, with a static text of what would be right.
 */
bool money_parse(tw_money *out, struct tw_text text, const char **right);
/* "91.26": at least two decimals, up to four. Needs 32 bytes; returns the length. */
size_t money_print(char out[32], tw_money amount);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims that stand as a column of a file or a key of an object: usmca,
 * steel_value, melt_pour and whatever else the rulebook has.
 */
#ifndef TW_LINES_CLAIM_COLUMNS_H
#define TW_LINES_CLAIM_COLUMNS_H

#include "tidewaiter.h"

enum { CLAIMS_MOST = 256 };

struct claim_columns;

/* The names of a rulebook's claims. Free with claim_columns_free. */
int claim_columns_new(struct claim_columns **out, const tw_rulebook *rulebook);
void claim_columns_free(struct claim_columns *claims);

/* The claim of a header or key ("Steel Value", "claim_usmca", "usmca"), or -1. */
int claim_columns_find(const struct claim_columns *claims, struct tw_text name);
const char *claim_columns_name(const struct claim_columns *claims, int claim);
/* Whether it is a part of the value, in money. */
bool claim_columns_is_amount(const struct claim_columns *claims, int claim);
size_t claim_columns_count(const struct claim_columns *claims);

#endif

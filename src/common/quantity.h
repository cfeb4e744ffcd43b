/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities, and whatever else is counted and is no money: 1/1000000 of the unit in 64 bits. */
#ifndef TW_COMMON_QUANTITY_H
#define TW_COMMON_QUANTITY_H

#include "tidewaiter.h"

#define QUANTITY_UNIT INT64_C(1000000)

/* In 1/1000000. Decimals beyond the sixth round half up. False: *right is what would be right. */
bool quantity_parse(int64_t *out, struct tw_text text, const char **right);

#endif

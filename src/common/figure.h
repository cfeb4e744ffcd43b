/* SPDX-License-Identifier: Apache-2.0 */
/* A figure as people write it, 1,234.5, read into a whole number of its smallest steps. */
#ifndef TW_COMMON_FIGURE_H
#define TW_COMMON_FIGURE_H

#include "tidewaiter.h"

/*
 * A decimal in units of 10^-places, thousands commas in groups of three allowed. Further decimals,
 * the tails of other programs' floating point, round half up. False: it is none, negative, empty,
 * or over `most`.
 */
bool figure_read(int64_t *out, struct tw_text text, int places, int64_t most);
/* Without blanks around it. */
struct tw_text figure_trim(struct tw_text text);

#endif

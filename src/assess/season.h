/* SPDX-License-Identifier: Apache-2.0 */
/* Tariff lines that are open on some days of the year, see season.c. */
#ifndef TW_ASSESS_SEASON_H
#define TW_ASSESS_SEASON_H

#include "assess/lookup.h"
#include "tidewaiter.h"

/* Does it depend on the day of the year whether the line takes goods? */
bool season_has(const tw_assessor *a, const struct rb_jurisdiction *j, const struct rb_leaf *leaf);
/* Does the line take goods entered on this day of the year? */
bool season_open(const tw_assessor *a, const struct rb_leaf *leaf);
/* No line of the range does: refuse, with those that do. */
void season_refuse(tw_assessor *a, struct leaf_range range);
/* The next day on which other lines of the range are open, if it is before another change. */
tw_time season_change(const tw_assessor *a, struct leaf_range range, tw_time before);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rates of deposits that the caller brings, as a table: by case number, exporter and day. Whether a
 * line is under a case, and what a rate comes to, are others' to say.
 */
#ifndef TW_ASSESS_DEPOSITS_H
#define TW_ASSESS_DEPOSITS_H

#include "assess/deposit.h"

enum deposits_found {
	DEPOSITS_ROW,     /* of the exporter */
	DEPOSITS_OTHERS,  /* it has none of its own on the day: the row of all others */
	DEPOSITS_UNNAMED, /* there are rows of the case, and no exporter is said */
	DEPOSITS_NO_ROW,  /* there are rows of the case, and none of them is for it on the day */
	DEPOSITS_NO_CASE
};
/* The rate of an exporter (NULL: none is said) on a local day; *line is its place in the file. */
enum deposits_found deposits_find(const struct deposit **out, uint32_t *line,
				  const tw_deposits *deposits, struct tw_text id,
				  struct tw_text exporter, int64_t day);
/* The local days on which a rate of row i begins, and behind its last one; INT64_MIN: none. False:
   there is no such row. */
bool deposits_days(int64_t out[2], const tw_deposits *deposits, size_t i);
/* What the file is called, without its folders. */
const char *deposits_name(const tw_deposits *deposits);

#endif

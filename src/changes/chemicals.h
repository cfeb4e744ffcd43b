/* SPDX-License-Identifier: Apache-2.0 */
/* Controlled chemicals in `tidewaiter law diff`. */
#ifndef TW_CHANGES_CHEMICALS_H
#define TW_CHANGES_CHEMICALS_H

#include "law/json.h"
#include "law/scopes.h"
#include "law/words.h"

/*
 * Appends the changes of controls from the first to the last day, both
 * counted (local days since 1970; of publication with `announced`);  in JSON as ,"chemicals":[…],
 * in rows as more of them.
 * Nothing when the question is about programs, codes or origins. enum tw_code.
 */
int law_chemicals(struct buffer *out, const struct law_query *query, int first, int last,
		  bool announced, struct tw_error *error);

#endif

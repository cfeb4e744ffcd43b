/* SPDX-License-Identifier: Apache-2.0 */
/* Controlled chemicals in `tidewaiter law diff`. */
#ifndef TW_CLI_LAW_CHEMICALS_H
#define TW_CLI_LAW_CHEMICALS_H

#include "law.h"

/*
 * Appends the changes of controls from the first to the last day, both
 * counted (local days since 1970; of publication with `announced`); in JSON as ,"chemicals":[…].
 * Nothing when the question is about programs, codes or origins. CLI_DONE or CLI_FAILED, with a
 * message.
 */
int law_chemicals(struct buffer *out, const struct law_query *query, int first, int last,
		  bool announced);

#endif

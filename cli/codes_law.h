/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a law that the companion of the rulebook holds, given to its maker. */
#ifndef TW_CLI_CODES_LAW_H
#define TW_CLI_CODES_LAW_H

#include "law/law.h"

/* Make the companion of this law in a new file. */
int codes_law(const char *path, const struct law *law, const char *folder, struct tw_error *error);

#endif

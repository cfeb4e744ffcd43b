/* SPDX-License-Identifier: Apache-2.0 */
/* What lines of goods owe at an instant, for the ladder of the talks. */
#ifndef TW_CLI_RECORD_LINES_H
#define TW_CLI_RECORD_LINES_H

#include "record/record.h"

struct value_lines {
	const char *file; /* "-" cannot be read twice */
	const tw_rulebook *rulebook;
};

/* A record_lines.value: the lines of the file, entered a minute before the instant and at it. */
int value_lines(void *context, struct record_moved *moved, struct tw_error *error);

#endif

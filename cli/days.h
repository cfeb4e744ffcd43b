/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days as people write them: 2025-04-10, today, and where a period makes sense
 * 2025-05, 2025, 2025-04-09..11, 2025-04..06, 2025-04-09..today.
 */
#ifndef TW_CLI_DAYS_H
#define TW_CLI_DAYS_H

#include "tidewaiter.h"

struct cli_days {
	int32_t first, last;                /* days since 1970-01-01, both counted */
	bool is_period;                     /* more than the name of one day was written */
	char first_text[16], last_text[16]; /* 2025-04-09 */
};

/* False, and what would be right in the message, where the text is neither. */
bool cli_days_read(struct cli_days *out, const char *text, char message[160]);
/* Whether the text is a period, as the place of a single day does not take it. */
bool cli_days_is_period(const char *text);
/* Prints why `text` is not taken for the option of a command; returns an exit code. */
int cli_days_not_one(const char *command, const char *option, const char *text);

#endif

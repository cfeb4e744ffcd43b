/* SPDX-License-Identifier: Apache-2.0 */
/* A table of rates of antidumping and countervailing deposits that a command is given. */
#ifndef TW_CLI_DEPOSITS_H
#define TW_CLI_DEPOSITS_H

#include "cli/options.h"
#include "tidewaiter.h"

/* *out: NULL where no file is named. Says what is wrong with it. An exit code. */
int cli_deposits_open(tw_deposits **out, const tw_rulebook *rulebook, const char *path);

/* The row of a command whose context is a struct `type` with the path as `member`. */
#define CLI_DEPOSITS_OPTION(type, member, of_group)                                                \
	{                                                                                          \
		.name = "adcvd", .argument = "FILE", .group = of_group,                            \
		.help = "rates of antidumping and countervailing deposits: CSV with the columns "  \
			"case, "                                                                   \
			"exporter, rate, from, until; a line is read in it by its case and "       \
			"adcvd_exporter",                                                          \
		.at = offsetof(type, member), .values = VALUES_FILE, .config = DEFAULT_NEVER       \
	}

#endif

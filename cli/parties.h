/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of parties that commands are given: the options, and opening what they name. */
#ifndef TW_CLI_PARTIES_H
#define TW_CLI_PARTIES_H

#include <stddef.h>

#include "cli/options.h"
#include "parties/parties.h"

enum { CLI_PARTIES = 64 };

struct cli_parties {
	const char *path[CLI_PARTIES];
	size_t count;
	uint32_t cut; /* 0: as usual */
};

/* *out: NULL where no list is named. Says what was skipped, or what is wrong. An exit code. */
int cli_parties_open(struct parties **out, const struct cli_parties *lists);

/* For the rows below; the context is a struct cli_parties. */
int cli_parties_take(void *at, const char *value, struct tw_error *error);
int cli_parties_take_cut(void *at, const char *value, struct tw_error *error);

/* The rows of a command whose context is a struct `type` with a struct cli_parties `member`. */
#define CLI_PARTIES_OPTIONS(type, member, cut_name)                                                \
	{.name = "parties",                                                                        \
	 .argument = "FILE",                                                                       \
	 .group = "Lists",                                                                         \
	 .help = "a list of parties as its authority publishes it; may be repeated. ADD.CSV, "     \
		 "ALT.CSV and SDN_COMMENTS.CSV beside SDN.CSV are read with it",                   \
	 .at = offsetof(type, member),                                                             \
	 .take = cli_parties_take,                                                                 \
	 .values = VALUES_FILE},                                                                   \
	{                                                                                          \
		.name = cut_name, .argument = "SCORE", .group = "Lists",                           \
		.help = "the score from which a name is said to resemble; default 0.85, from 0.5 " \
			"to 1",                                                                    \
		.at = offsetof(type, member), .take = cli_parties_take_cut                         \
	}

#endif

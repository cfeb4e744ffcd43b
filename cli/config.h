/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The user's file of defaults: lines "option = value", for all commands or
 * under "[assess]", "[law]", "[law diff]". It is checked whole each time it is
 * read; what it is wrong about ends the run with FILE:LINE.
 */
#ifndef TW_CLI_CONFIG_H
#define TW_CLI_CONFIG_H

#include "cli/options.h"

struct config_entry {
	const char *section; /* "" for all commands */
	const char *name, *value;
	const struct cli_option *option; /* of some command of the section */
	int line;
};

/*
 * $TIDEWAITER_CONFIG (empty: none), else tidewaiter/config in $XDG_CONFIG_HOME
 * or ~/.config; NULL: there is nowhere to look.
 */
const char *config_path(void);
/* All entries of the file, none where it is not there. Prints what is wrong: an exit code. */
int config_read(const struct config_entry **entries, size_t *count);
/* The same of a text, as if it stood in the file; what was read before is forgotten. */
int config_parse(const char *text, size_t length);
/* Whether an entry is a default of the command. */
bool config_meant(const struct config_entry *entry, const struct cli_command *command);

/*
 * Gives a command what the file says of options that the command line leaves
 * out (`given` says which it gives, see cli_options). What can change an answer
 * is said on standard error; with --verbose, all of it. An exit code.
 */
int config_apply(void *context, const struct cli_command *command,
		 bool (*given)(const struct cli_option *option));

/* True while it does: a column that a default maps need not be in every file. */
bool config_gives(void);

#endif

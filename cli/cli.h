/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the commands share: messages, the clock, opening a rulebook. Their
 * options are in tables, see options.h.
 */
#ifndef TW_CLI_CLI_H
#define TW_CLI_CLI_H

#include "cli/options.h"

enum { CLI_DONE = 0, CLI_SOME_REFUSED = 1, CLI_FAILED = 2 };

/* The text is not one of these: prints it with the nearest. Returns CLI_FAILED. */
int cli_no_such(const char *command, const char *what, const char *text, const char *const *names,
		size_t count);

/* "tidewaiter: FILE:LINE: what is wrong and what would be right", newline added. */
void cli_error(const struct tw_error *error);
void cli_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Whether text to this descriptor may be colored: --color, else a terminal and no NO_COLOR. */
bool cli_color(int fd);

/*
 * Today as "2026-11-29", by the clock and the time zone of this computer; found
 * once, so that a run that passes midnight keeps its day.
 */
const char *cli_today(void);
/* The word "today" as that day; any other text as it is, NULL too. */
const char *cli_day(const char *text);

/* Kinds of lines for which the exit code is 1; none named: incomplete and refused. */
struct cli_fail_on {
	unsigned kinds;
};
struct cli_seen {
	bool red, yellow, incomplete, refused;
};
/* Of a flag that takes "red,refused"; the context is a struct cli_fail_on. */
int cli_take_fail_on(void *context, const char *value, struct tw_error *error);
int cli_fail_code(const struct cli_fail_on *fail, const struct cli_seen *seen);

extern const struct cli_command help_command, config_command, completion_command;

/* The law text when no --law is given: the one inside this program, under a name for file.h. */
const char *cli_law_folder(void);

/* Where the law comes from. */
struct cli_law {
	const char *rulebook; /* --rulebook FILE */
	const char *folder;   /* --law DIR */
	const char *known_on; /* --as-known-on DAY */
	bool estimate_base;   /* --estimate-base */
	const char *with;     /* a scenario laid over it, as scenario.h takes its name; or NULL */
};
/* The rulebook these ask for; *owned is to be closed, or NULL. Prints what is wrong. */
int cli_rulebook(const tw_rulebook **out, tw_rulebook **owned, const struct cli_law *law);

#endif

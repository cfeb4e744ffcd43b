/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sub-commands share: flags, messages, opening a rulebook. Each
 * sub-command is a file with one function; main.c holds the table of them.
 */
#ifndef TW_CLI_H
#define TW_CLI_H

#include "tidewaiter.h"

enum { CLI_DONE = 0, CLI_SOME_REFUSED = 1, CLI_FAILED = 2 };

/* argv[0] is the sub-command's name. Returns the exit code. */
typedef int cli_command(int argc, char **argv);
/* Weak: a build without one of them leaves it out of the table. */
extern cli_command command_assess, command_duty;
extern cli_command command_law __attribute__((weak));
extern cli_command command_substance __attribute__((weak));

/* One flag of a sub-command. */
struct cli_flag {
	const char *name;  /* without the dashes */
	bool *flag;        /* a flag without a value, or NULL */
	const char **text; /* one value, or NULL */
	int (*take)(void *context, const char *value, struct tw_error *error); /* may repeat */
	void *context;
};

/*
 * Reads flags; what is none is moved to the front of argv[1..] and counted.
 * --help sets *help. Prints what is wrong and returns CLI_FAILED.
 */
int cli_flags(int *count, bool *help, int argc, char **argv, const struct cli_flag *flags,
	      size_t flag_count);
/* The text is not one of these: prints it with the nearest. Returns CLI_FAILED. */
int cli_no_such(const char *command, const char *what, const char *text, const char *const *names,
		size_t count);

/* "tidewaiter: FILE:LINE: what is wrong and what would be right", newline added. */
void cli_error(const struct tw_error *error);
void cli_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Whether text to this descriptor may be colored: a terminal, and no NO_COLOR. */
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

/* The law text when no --law is given: the one inside this program, under a name for file.h. */
const char *cli_law_folder(void) __attribute__((weak));

/* Where the law comes from. */
struct cli_law {
	const char *rulebook; /* --rulebook FILE */
	const char *folder;   /* --law DIR */
	const char *known_on; /* --as-known-on DAY */
};
/* The rulebook these ask for; *owned is to be closed, or NULL. Prints what is wrong. */
int cli_rulebook(const tw_rulebook **out, tw_rulebook **owned, const struct cli_law *law);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The options of every command, in tables: one row an option. Reading a
 * command line, help, man pages, completions, defaults from a file and
 * did-you-mean all come from the same row, so that none can say another thing.
 *
 * To add an option: one row in the table of its command. To add a command:
 * one struct cli_command, named in commands.c.
 */
#ifndef TW_CLI_OPTIONS_H
#define TW_CLI_OPTIONS_H

#include <stdio.h>

#include "tidewaiter.h"

/* What a value is, for completions; `choices` of a row are completed as they are. */
enum cli_values {
	VALUES_NONE,
	VALUES_FILE,
	VALUES_FOLDER,
	VALUES_COUNTRY, /* any country the law knows */
	VALUES_INTO,    /* a country whose law is at hand */
	VALUES_COLUMN,  /* a column of a line, with = behind it */
	VALUES_CLAIM,   /* a claim of the law */
	VALUES_PROGRAM, /* a program of the law */
	VALUES_LAW,     /* an act, a program or a list of the law */
	VALUES_SERIES,  /* a series of the record */
	VALUES_ACTOR,   /* who acts in the record */
	VALUES_COMMAND, /* a command of this program */
	VALUES_DAY,
	VALUES_CHANNEL,
	VALUES_TRANSPORT,
	VALUES_SHELL,
	VALUES_COUNT
};

/* Whether a file of defaults may set it. */
enum cli_default {
	DEFAULT_SAID,   /* it may; as it can change an answer, every run says so */
	DEFAULT_SILENT, /* it may: it changes how an answer looks, never what it is */
	DEFAULT_NEVER   /* it may not: it belongs to one question */
};

/* One option. `at` is the offset of its place in the context of the command. */
struct cli_option {
	const char *name;     /* without the dashes; "-" and "_" are the same on a command line */
	char letter;          /* short form, or 0 */
	const char *argument; /* what its value is called in the help; NULL: a switch, a bool */
	const char *group;    /* heading in the help; NULL: not shown */
	const char *help;     /* what it does; broken into lines by who prints it */
	size_t at;            /* a bool, a const char *, or what `take` is given */
	int (*take)(void *at, const char *value, struct tw_error *error); /* may be given again */
	const char *const *choices; /* NULL-terminated; "text=table": another word, not shown */
	enum cli_values values;
	enum cli_default config;
	unsigned of; /* the bits of the commands that share the table and take it; 0: all */
};

struct cli_command {
	const char *name;     /* "law diff" */
	const char *summary;  /* a line in a list of commands */
	const char *usage;    /* what follows the name; several forms on lines of their own */
	const char *about;    /* paragraphs */
	const char *examples; /* lines */
	const char *more; /* after the options; lines that begin with a blank stay as they are */
	const struct cli_option *options;
	size_t option_count;
	unsigned bit; /* options with other bits in `of` are not its own */
	enum cli_values words;
	int (*run)(const struct cli_command *command, int argc, char **argv); /* exit code */
};

#define CLI_OPTIONS(table) .options = (table), .option_count = sizeof(table) / sizeof *(table)

/* How the answer looks, whatever the command: options that all of them take. */
struct cli_look {
	const char *color; /* auto, always, never */
	bool wide, no_pager, quiet, no_config, verbose, help, version;
};
extern struct cli_look cli_look;
extern const struct cli_option cli_look_options[];
extern const size_t cli_look_option_count;

/* Of commands that write as CSV what stands in files: as it stands, unless this is given. */
#define CLI_SPREADSHEET_SAFE(type, member, heading)                                                \
	{                                                                                          \
		.name = "spreadsheet-safe", .group = heading,                                      \
		.help = "csv: put an apostrophe before cells that begin with = + - @",             \
		.at = offsetof(type, member), .config = DEFAULT_SILENT                             \
	}

/* Rows that several commands have. The struct of each has a struct cli_law `member`. */
#define CLI_LAW_OPTIONS(type, member)                                                              \
	{.name = "as-known-on",                                                                    \
	 .argument = "DAY",                                                                        \
	 .group = "Law",                                                                           \
	 .help = "the law as it was known on that day",                                            \
	 .at = offsetof(type, member.known_on),                                                    \
	 .values = VALUES_DAY},                                                                    \
	    {.name = "rulebook",                                                                   \
	     .argument = "FILE",                                                                   \
	     .group = "Law",                                                                       \
	     .help = "use this rulebook instead of the built-in one",                              \
	     .at = offsetof(type, member.rulebook),                                                \
	     .values = VALUES_FILE},                                                               \
	    {.name = "estimate-base",                                                              \
	     .group = "Law",                                                                       \
	     .help = "where the law has an estimate in place of a base schedule that was not "     \
		     "brought, take it: of low confidence in every answer",                        \
	     .at = offsetof(type, member.estimate_base)},                                          \
	{                                                                                          \
		.name = "law", .argument = "DIR", .group = "Law",                                  \
		.help = "compile and use the law in this folder",                                  \
		.at = offsetof(type, member.folder), .values = VALUES_FOLDER                       \
	}

/*
 * Reads the options of argv[1..] into the context; what is none is moved to
 * the front of argv[1..] and counted in *words. Before them the defaults of the
 * user's file are read. False when nothing is left to do: *code is the exit
 * code then, and help or what is wrong is printed.
 */
bool cli_options(int *words, int *code, void *context, const struct cli_command *command, int argc,
		 char **argv);

/* The options before the name of the command, which stands at argv[*at]. */
int cli_options_before(int *at, const struct cli_command *program, int argc, char **argv);

/* The option of a name (length bytes, with - or _), or of a letter; NULL: the command has none. */
const struct cli_option *cli_option_find(const struct cli_command *command, const char *name,
					 size_t length);
/* One after another all options of a command, those of all commands last; NULL after the last. */
const struct cli_option *cli_option_next(const struct cli_command *command, size_t *at);
/* An option before this one stands in the same group. */
bool cli_option_group_seen(const struct cli_command *command, const struct cli_option *option);
/*
 * Gives an option its value (NULL, or yes and no, of a switch). The context is that of its command.
 * A message without the command's name in *error.
 */
int cli_option_give(const struct cli_option *option, void *context, const char *value,
		    struct tw_error *error);

/* Whether the command line itself gives it, and not the file of defaults. */
bool cli_option_given(const struct cli_option *option);

/* commands.c: all commands in the order of the help; groups such as "law" before their parts. */
const struct cli_command *const *cli_commands(size_t *count);
/* The command that argv[1..] begins with, *used words of it; NULL: prints what is wrong. */
const struct cli_command *cli_command_find(int *used, int argc, char **argv);
/* A part of a group: "law diff" of "law". */
bool cli_command_within(const struct cli_command *command, const struct cli_command *group);

/* manpage.c: a page in the form of scdoc(5); of NULL that of the program. */
void cli_manpage(const struct cli_command *command, FILE *to);

/* help.c: printed whole or, for want of memory, not at all; an exit code. */
int cli_help(const struct cli_command *command);
int cli_help_all(FILE *to);
void cli_version(void);

#endif

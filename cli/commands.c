/* SPDX-License-Identifier: Apache-2.0 */
/* The list of commands, and what was meant by a word that is none of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "common/fit.h"
#include "lines/columns.h"

enum { COMMANDS = 32 };

extern const struct cli_command assess_command, code_command, duty_command, substance_command;
extern const struct cli_command refund_command, compare_command, patterns_command, timeline_command;
extern const struct cli_command serve_command, party_command, mcp_command;
/* NULL-terminated. */
extern const struct cli_command *const law_commands[], *const record_commands[];

static const struct cli_command *commands[COMMANDS];

/* The next of all; a place for it is a matter of the number above. */
static void add(size_t *count, const struct cli_command *command)
{
	if (*count == COMMANDS) {
		cli_message("there are more than %d commands", COMMANDS);
		abort();
	}
	commands[(*count)++] = command;
}

const struct cli_command *const *cli_commands(size_t *count)
{
	const struct cli_command *const one[] = {
	    &assess_command, &duty_command,    &code_command,     &substance_command,
	    &refund_command, &compare_command, &patterns_command, &timeline_command,
	    &serve_command,  &mcp_command,     &party_command};
	size_t n = 0;
	for (size_t i = 0; i < sizeof one / sizeof *one; i++)
		add(&n, one[i]);
	for (size_t i = 0; record_commands[i]; i++)
		add(&n, record_commands[i]);
	for (size_t i = 0; law_commands[i]; i++)
		add(&n, law_commands[i]);
	add(&n, &config_command);
	add(&n, &completion_command);
	add(&n, &help_command);
	*count = n;
	return commands;
}

bool cli_command_within(const struct cli_command *command, const struct cli_command *group)
{
	size_t length = strlen(group->name);
	return !strncmp(command->name, group->name, length) && command->name[length] == ' ';
}

static const struct cli_command *named(const char *name)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	for (size_t i = 0; i < count; i++)
		if (!strcmp(all[i]->name, name))
			return all[i];
	return NULL;
}

/* "diff" of "law diff". */
static const char *last_word(const char *name)
{
	const char *blank = strrchr(name, ' ');
	return blank ? blank + 1 : name;
}

/* The command nearest to a word: of a group's parts, or (NULL) of all, by their last words. */
static const struct cli_command *nearest(const char *word, const struct cli_command *group)
{
	const struct cli_command *of[COMMANDS];
	const char *names[COMMANDS];
	size_t count, n = 0;
	const struct cli_command *const *all = cli_commands(&count);
	for (size_t i = 0; i < count; i++)
		if (!group || cli_command_within(all[i], group)) {
			of[n] = all[i];
			names[n++] = last_word(all[i]->name);
		}
	const char *found = columns_nearest(word, strlen(word), names, n);
	for (size_t i = 0; found && i < n; i++)
		if (names[i] == found)
			return of[i];
	return NULL;
}

static const struct cli_command *no_command(const struct cli_command *group, const char *word)
{
	const struct cli_command *meant = group ? nearest(word, group) : NULL;
	const char *of = group ? group->name : "";
	if (!meant)
		meant = nearest(word, NULL);
	if (meant)
		cli_message("%s%sthere is no command \"%.60s\"; did you mean %s?", of,
			    *of ? ": " : "", word, meant->name);
	else
		cli_message("%s%sthere is no command \"%.60s\"; see tidewaiter%s%s --help", of,
			    *of ? ": " : "", word, *of ? " " : "", of);
	return NULL;
}

static const struct cli_command *say_parts(const struct cli_command *group)
{
	char list[256] = "";
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	for (size_t i = 0; i < count; i++)
		if (cli_command_within(all[i], group))
			fit_add(list, sizeof list, "%s%s", *list ? ", " : "",
				last_word(all[i]->name));
	cli_message("%s: choose one of %s; see tidewaiter %s --help", group->name, list,
		    group->name);
	return NULL;
}

static bool is_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h");
}

const struct cli_command *cli_command_find(int *used, int argc, char **argv)
{
	char name[64];
	const struct cli_command *command = named(argv[0]);
	*used = 1;
	if (!command)
		return no_command(NULL, argv[0]);
	if (command->run || (argc > 1 && is_help(argv[1])))
		return command;
	int at = 1; /* "law --color never diff" */
	if (cli_options_before(&at, command, argc, argv))
		return NULL;
	if (cli_look.help || cli_look.version)
		return command;
	if (at >= argc)
		return say_parts(command);
	snprintf(name, sizeof name, "%s %.40s", command->name, argv[at]);
	const struct cli_command *part = named(name);
	*used = at + 1;
	return part ? part : no_command(command, argv[at]);
}

struct help {
	const char *format;
};

static const char *const formats[] = {"text", "scdoc", NULL};

static const struct cli_option options[] = {
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = "Answer",
     .help = "text, or the source of the manual page",
     .at = offsetof(struct help, format),
     .choices = formats,
     .config = DEFAULT_NEVER},
};

/* The command that one or two words name; prints what is wrong. */
static const struct cli_command *command_of(int words, char **argv)
{
	static char help[] = "--help"; /* a group by itself has a page of its own */
	char *name[3] = {argv[1], words > 1 ? argv[2] : help, NULL};
	int used;
	const struct cli_command *of = cli_command_find(&used, 2, name);
	if (of && words > used) {
		cli_message("help: \"%.60s\" is not part of the command %s", argv[used + 1],
			    of->name);
		return NULL;
	}
	return of;
}

static int run_help(const struct cli_command *command, int argc, char **argv)
{
	struct help help = {.format = "text"};
	int words, code;
	if (!cli_options(&words, &code, &help, command, argc, argv))
		return code;
	const struct cli_command *of = words ? command_of(words, argv) : NULL;
	if (words && !of)
		return CLI_FAILED;
	if (strcmp(help.format, "scdoc"))
		return of ? cli_help(of) : cli_help_all(stdout);
	cli_manpage(of, stdout);
	return CLI_DONE;
}

const struct cli_command help_command = {
    .name = "help",
    .summary = "what a command does and which options it takes",
    .usage = "[OPTION...] [COMMAND]",
    .examples = "tidewaiter help duty\ntidewaiter help law diff",
    CLI_OPTIONS(options),
    .words = VALUES_COMMAND,
    .run = run_help,
};

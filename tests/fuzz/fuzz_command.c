/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of defaults (the first byte times 16 of the input) and a command line
 * (the rest, a word a line), read by a small table with one row of each kind.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/config.h"
#include "cli/terminal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct context {
	bool flag, no_flag, never;
	const char *text, *choice;
	size_t taken;
};

static bool said;

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static int take(void *at, const char *value, struct tw_error *error)
{
	(void)error;
	demand(value != NULL);
	++*(size_t *)at;
	return *value == '!' ? TW_BAD_ARGUMENT : TW_OK;
}

static const char *const choices[] = {"one", "two", "uno=one", NULL};
static const struct cli_option options[] = {
    {.name = "flag", .letter = 'g', .group = "A", .help = "", .at = offsetof(struct context, flag)},
    {.name = "no-screen", .group = "A", .help = "", .at = offsetof(struct context, no_flag)},
    {.name = "never",
     .group = "B",
     .help = "",
     .at = offsetof(struct context, never),
     .config = DEFAULT_NEVER},
    {.name = "text",
     .letter = 't',
     .argument = "TEXT",
     .group = "B",
     .help = "",
     .at = offsetof(struct context, text)},
    {.name = "choice",
     .letter = 'c',
     .argument = "WHICH",
     .group = "B",
     .help = "",
     .at = offsetof(struct context, choice),
     .choices = choices},
    {.name = "take",
     .argument = "X",
     .group = "B",
     .help = "",
     .at = offsetof(struct context, taken),
     .take = take,
     .of = 1},
};

static int run(const struct cli_command *command, int argc, char **argv)
{
	(void)command;
	(void)argc;
	(void)argv;
	return 0;
}

static const struct cli_command group = {.name = "law"};
static const struct cli_command part = {
    .name = "law diff", CLI_OPTIONS(options), .bit = 1, .run = run};
static const struct cli_command other = {
    .name = "other", CLI_OPTIONS(options), .bit = 2, .run = run};

const struct cli_command *const *cli_commands(size_t *count)
{
	static const struct cli_command *const all[] = {&group, &part, &other};
	*count = 3;
	return all;
}

int cli_help(const struct cli_command *command)
{
	(void)command;
	return CLI_DONE;
}

void cli_version(void)
{
}

void cli_message(const char *format, ...)
{
	char text[4096];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	said = true;
}

void terminal_say(const char *format, ...)
{
	(void)format;
}

void cli_error(const struct tw_error *error)
{
	demand(memchr(error->message, 0, sizeof error->message) && error->line >= 0);
	said = true;
}

static void read_line(const struct cli_command *command, char *text)
{
	struct context context = {0};
	char *argv[64] = {text};
	int argc = 1, words, code;
	for (char *word = strtok(text, "\n"); word && argc < 63; word = strtok(NULL, "\n"))
		argv[argc++] = word;
	cli_look = (struct cli_look){.color = "auto"};
	said = false;
	bool goes_on = cli_options(&words, &code, &context, command, argc, argv);
	demand(words >= 0 && words < argc + 1);
	demand(code == CLI_DONE || said);
	demand(!goes_on || code == CLI_DONE);
	demand(!context.choice || !strcmp(context.choice, "one") || !strcmp(context.choice, "two"));
	demand(!context.taken || command == &part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool quiet;
	if (!quiet && !freopen("/dev/null", "w", stderr))
		abort();
	quiet = true;
	size_t first = size ? (size_t)data[0] * 16 : 0;
	if (size)
		data++, size--;
	if (first > size)
		first = size;
	said = false;
	demand(config_parse((const char *)data, first) == CLI_DONE || said);
	char *text = malloc(size - first + 1);
	if (!text)
		return 0;
	memcpy(text, data + first, size - first);
	text[size - first] = '\0';
	char *again = strdup(text);
	read_line(&part, text);
	if (again)
		read_line(&other, again);
	free(text);
	free(again);
	return 0;
}

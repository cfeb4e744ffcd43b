/* SPDX-License-Identifier: Apache-2.0 */
/* Help, written from the tables of options for 80 columns; printed whole or not at all. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "common/words.h"
#include "common/write.h"

enum { HELP_AT = 27, LONGEST = HELP_AT - 2 };

static void say(struct buffer *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct buffer *to, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_format(to, format, arguments);
	va_end(arguments);
}

/* Prints to a stream what was said; an exit code. */
static int print(FILE *to, struct buffer *said)
{
	bool failed = said->failed;
	if (failed)
		cli_message("out of memory");
	else
		write_buffer(to, said); /* what cannot be written, main sees */
	buffer_free(said);
	return failed ? CLI_FAILED : CLI_DONE;
}

/* Paragraphs between empty lines; lines that begin with a blank stay as they are. */
static void paragraphs(struct buffer *to, const char *text)
{
	char paragraph[2048];
	while (*text) {
		if (*text == '\n' || *text == ' ') {
			size_t line = strcspn(text, "\n");
			say(to, "%.*s\n", (int)line, text);
			text += line + (text[line] != 0);
			continue;
		}
		size_t length = 0;
		while (text[length] &&
		       !(text[length] == '\n' && (text[length + 1] == '\n' ||
						  text[length + 1] == ' ' || !text[length + 1])))
			length++;
		snprintf(paragraph, sizeof paragraph, "%.*s", (int)length, text);
		words_wrap(to, paragraph, 0, 0);
		text += length + (text[length] != 0);
	}
}

/* Lines, each behind "  tidewaiter NAME ". */
static void forms(struct buffer *to, const struct cli_command *command)
{
	char form[256];
	for (const char *at = command->usage; at && *at;) {
		size_t line = strcspn(at, "\n");
		snprintf(form, sizeof form, "tidewaiter %s %.*s", command->name, (int)line, at);
		buffer_text(to, "  ");
		words_wrap(to, form, 6, 2);
		at += line + (at[line] != 0);
	}
}

static void indented(struct buffer *to, const char *text)
{
	while (*text) {
		size_t line = strcspn(text, "\n");
		say(to, "%s%.*s\n", line ? "  " : "", (int)line, text);
		text += line + (text[line] != 0);
	}
}

static void one_option(struct buffer *to, const struct cli_option *option)
{
	char left[64], text[1024];
	int used = snprintf(left, sizeof left, "  %c%c%s --%s%s%s", option->letter ? '-' : ' ',
			    option->letter ? option->letter : ' ', option->letter ? "," : " ",
			    option->name, option->argument ? " " : "",
			    option->argument ? option->argument : "");
	size_t at = (size_t)used, length = 0;
	length = (size_t)snprintf(text, sizeof text, "%s", option->help);
	const char *between = " (";
	for (const char *const *choice = option->choices; choice && *choice; choice++)
		if (!strchr(*choice, '=') && length < sizeof text - 2) {
			length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
						   between, *choice);
			between = ", ";
		}
	if (option->choices && length < sizeof text - 1)
		memcpy(text + length, ")", 2);
	buffer_text(to, left);
	if (at > LONGEST) {
		buffer_char(to, '\n');
		at = 0;
	}
	say(to, "%*s", (int)(HELP_AT - at), "");
	words_wrap(to, text, HELP_AT, HELP_AT);
}

/* The options of one group, where none before them has named it. */
static void one_group(struct buffer *to, const struct cli_command *command, const char *group)
{
	const struct cli_option *option;
	say(to, "\n%s\n", group);
	for (size_t at = 0; (option = cli_option_next(command, &at));)
		if (option->group && !strcmp(option->group, group))
			one_option(to, option);
}

static void options(struct buffer *to, const struct cli_command *command)
{
	const struct cli_option *option;
	for (size_t at = 0; (option = cli_option_next(command, &at));)
		if (option->group && !cli_option_group_seen(command, option))
			one_group(to, command, option->group);
}

static void parts(struct buffer *to, const struct cli_command *group)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	buffer_char(to, '\n');
	for (size_t i = 0; i < count; i++)
		if (cli_command_within(all[i], group)) {
			say(to, "  %-21s", all[i]->name);
			words_wrap(to, all[i]->summary, 23, 23);
		}
	say(to, "\ntidewaiter %s COMMAND --help gives details of each.\n", group->name);
}

int cli_help(const struct cli_command *command)
{
	struct buffer said = {0}, *to = &said;
	terminal_page();
	if (!*command->name)
		return cli_help_all(stdout);
	say(to, "tidewaiter %s: ", command->name);
	words_wrap(to, command->summary, 2, strlen(command->name) + 13);
	buffer_char(to, '\n');
	forms(to, command);
	if (command->about) {
		buffer_char(to, '\n');
		paragraphs(to, command->about);
	}
	if (command->examples) {
		buffer_char(to, '\n');
		indented(to, command->examples);
	}
	if (command->run)
		options(to, command);
	else
		parts(to, command);
	if (command->more) {
		buffer_char(to, '\n');
		paragraphs(to, command->more);
	}
	return print(stdout, to);
}

int cli_help_all(FILE *stream)
{
	struct buffer said = {0}, *to = &said;
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	buffer_text(to, "What the border does to a shipment, on any date, and which law says so.\n"
			"\n"
			"  tidewaiter COMMAND [OPTION...] [WORD...]\n"
			"\n");
	for (size_t i = 0; i < count; i++) {
		if (!all[i]->run)
			continue;
		say(to, "  %-21s", all[i]->name);
		words_wrap(to, all[i]->summary, 23, 23);
	}
	buffer_text(
	    to, "\n"
		"  tidewaiter duty --hts 6109.10.00.12 --origin CN --on 2025-05-02 --value 54\n"
		"  tidewaiter assess manifest.csv\n"
		"\n"
		"tidewaiter COMMAND --help gives details, as does tidewaiter help COMMAND.\n"
		"\n"
		"Exit code: 0 done; 1 done, and some lines were refused or are incomplete (or of\n"
		"a kind named by --fail-on); 2 the command could not be carried out.\n");
	return print(stream, to);
}

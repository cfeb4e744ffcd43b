/* SPDX-License-Identifier: Apache-2.0 */
/* Manual pages in the form of scdoc(5), from the same tables as the help. */
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"

/* "law-diff" of "law diff". */
static void dashed(FILE *to, const char *name)
{
	for (; *name; name++)
		fputc(*name == ' ' ? '-' : *name, to);
}

/* Text of a paragraph: what scdoc reads as marks is escaped, line breaks are blanks. */
static void plain(FILE *to, const char *text)
{
	bool first = true;
	for (; *text; text++) {
		bool mark = strchr("_*\\`~<>", *text) ||
			    (first && !isalnum((unsigned char)*text)) ||
			    (*text == '+' && text[1] == '+') || (*text == '.' && first);
		if (mark && *text != ' ')
			fputc('\\', to);
		fputc(*text == '\n' ? ' ' : *text, to);
		first = false;
	}
}

/* Lines as they are; scdoc takes one backslash of two. */
static void literal(FILE *to, const char *text)
{
	fputs("```\n", to);
	while (*text) {
		size_t line = strcspn(text, "\n");
		for (size_t i = 0; i < line; i++) {
			if (text[i] == '\\')
				fputc('\\', to);
			fputc(text[i], to);
		}
		fputc('\n', to);
		text += line + (text[line] != 0);
	}
	fputs("```\n\n", to);
}

/* Paragraphs; those whose lines begin with a blank are literal. */
static void paragraphs(FILE *to, const char *text)
{
	char piece[2048];
	while (*text) {
		bool kept = *text == ' ';
		size_t length = 0;
		while (text[length]) {
			bool last = text[length] == '\n';
			if (last && (!text[length + 1] || text[length + 1] == '\n' ||
				     (text[length + 1] == ' ') != kept))
				break;
			length++;
		}
		snprintf(piece, sizeof piece, "%.*s", (int)length, text);
		if (kept) {
			literal(to, piece);
		} else if (length) {
			plain(to, piece);
			fputs("\n\n", to);
		}
		text += length + (text[length] != 0);
	}
}

static void one_option(FILE *to, const struct cli_option *option)
{
	if (option->letter)
		fprintf(to, "*-%c*, ", option->letter);
	fprintf(to, "*--%s*", option->name);
	if (option->argument) {
		fputs(" _", to);
		for (const char *at = option->argument; *at; at++)
			fprintf(to, strchr("_*\\[]", *at) ? "\\%c" : "%c", *at);
		fputc('_', to);
	}
	fputs("\n\t", to);
	plain(to, option->help);
	const char *between = " (";
	for (const char *const *choice = option->choices; choice && *choice; choice++)
		if (!strchr(*choice, '=')) {
			fprintf(to, "%s*%s*", between, *choice);
			between = ", ";
		}
	fputs(option->choices ? ")\n\n" : "\n\n", to);
}

static void options(FILE *to, const struct cli_command *command)
{
	const struct cli_option *first, *option;
	fputs("# OPTIONS\n\n", to);
	for (size_t at = 0; (first = cli_option_next(command, &at));) {
		if (!first->group || cli_option_group_seen(command, first))
			continue;
		fprintf(to, "## %s\n\n", first->group);
		for (size_t each = 0; (option = cli_option_next(command, &each));)
			if (option->group && !strcmp(option->group, first->group))
				one_option(to, option);
	}
}

static void synopsis(FILE *to, const struct cli_command *command)
{
	fputs("# SYNOPSIS\n\n", to);
	for (const char *at = command->usage; at && *at;) {
		char form[256];
		size_t line = strcspn(at, "\n");
		snprintf(form, sizeof form, "%.*s", (int)line, at);
		fprintf(to, "*tidewaiter%s%s* ", *command->name ? " " : "", command->name);
		for (const char *c = form; *c; c++)
			fprintf(to, strchr("_*\\[]<>|.", *c) ? "\\%c" : "%c", *c);
		at += line + (at[line] != 0);
		fputs(*at ? "++\n" : "\n\n", to);
	}
}

static void title(FILE *to, const struct cli_command *command)
{
	fputs("tidewaiter", to);
	if (*command->name)
		fputc('-', to);
	dashed(to, command->name);
	fputs("(1)\n\n# NAME\n\ntidewaiter", to);
	if (*command->name)
		fputc('-', to);
	dashed(to, command->name);
	fputs(" - ", to);
	plain(to, command->summary);
	fputs("\n\n", to);
}

static void parts(FILE *to, const struct cli_command *group)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs("# COMMANDS\n\n", to);
	for (size_t i = 0; i < count; i++) {
		if (*group->name ? !cli_command_within(all[i], group) : !all[i]->run)
			continue;
		fputs("*tidewaiter-", to);
		dashed(to, all[i]->name);
		fputs("*(1)\n\t", to);
		plain(to, all[i]->summary);
		fputs("\n\n", to);
	}
}

static void see_also(FILE *to)
{
	fputs("# SEE ALSO\n\n*tidewaiter*(1), *tidewaiter-law*(5), *tidewaiter*(3)\n", to);
}

static const struct cli_command program = {
    .name = "",
    .summary = "duties, fees and import controls for a shipment on any date, with the law cited",
    .usage = "COMMAND [OPTION...] [WORD...]",
};

static const char files[] =
    "# FILES\n"
    "\n"
    "_~/.config/tidewaiter/config_\n"
    "\tthe user's defaults, see *tidewaiter-config*(1)\n"
    "\n"
    "_~/.cache/tidewaiter_\n"
    "\trulebooks compiled for *--as-known-on* and *--law*; they may be deleted at any time\n"
    "\n"
    "# ENVIRONMENT\n"
    "\n"
    "*NO\\_COLOR*\n"
    "\tnot empty: no color unless *--color* asks for it\n"
    "\n"
    "*PAGER*\n"
    "\tthe pager for long pages on a terminal; *less -FRX* if it is not set, none if it is empty "
    "or *cat*. It is split at blanks, without a shell\n"
    "\n"
    "*TIDEWAITER\\_CONFIG*\n"
    "\tanother file of defaults; empty: none\n"
    "\n"
    "*XDG\\_CONFIG\\_HOME*, *XDG\\_CACHE\\_HOME*\n"
    "\tfolders in place of _~/.config_ and _~/.cache_\n"
    "\n"
    "*COLUMNS*\n"
    "\tthe width of the terminal\n"
    "\n"
    "# EXIT STATUS\n"
    "\n"
    "0\n"
    "\tdone\n"
    "\n"
    "1\n"
    "\tdone, and some lines were refused or are incomplete, or of a kind named by *--fail-on*\n"
    "\n"
    "2\n"
    "\tthe command could not be carried out\n"
    "\n"
    "# EXAMPLES\n"
    "\n"
    "```\n"
    "tidewaiter duty --hts 6109.10.00.12 --origin CN --on 2025-05-02 --value 54\n"
    "tidewaiter assess manifest.csv\n"
    "tidewaiter law diff 2025-04-10 --origin CN --into US\n"
    "```\n"
    "\n";

void cli_manpage(const struct cli_command *command, FILE *to)
{
	if (!command)
		command = &program;
	title(to, command);
	synopsis(to, command);
	if (command->about) {
		fputs("# DESCRIPTION\n\n", to);
		paragraphs(to, command->about);
	}
	if (!command->run)
		parts(to, command);
	if (command->run || command == &program)
		options(to, command);
	if (command == &program)
		fputs(files, to);
	if (command->examples) {
		fputs("# EXAMPLES\n\n", to);
		literal(to, command->examples);
	}
	if (command->more) {
		fputs("# NOTES\n\n", to);
		paragraphs(to, command->more);
	}
	see_also(to);
}

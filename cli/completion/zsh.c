/* SPDX-License-Identifier: Apache-2.0 */
/* The script for zsh: one call of _arguments a command. */
#include <string.h>

#include "cli/completion/completion.h"

static const char begin[] =
    "#compdef tidewaiter\n"
    "# zsh completion for tidewaiter, written by `tidewaiter completion zsh`\n"
    "_tidewaiter_values() {\n"
    "\tlocal -a found\n"
    "\tfound=(${(f)\"$(${words_before[1]:-tidewaiter} --no-config completion values $1 "
    "2>/dev/null)\"})\n"
    "\tif [[ $1 == columns || $1 == claims ]]; then compadd -S '' -- $found; "
    "else compadd -- $found; fi\n"
    "}\n";
static const char body[] = "_tidewaiter() {\n"
			   "\tlocal -a words_before\n"
			   "\tlocal command= word\n"
			   "\tlocal -i i=2 last=1\n"
			   "\twords_before=(\"${(@)words}\")\n"
			   "\twhile (( i < CURRENT )); do\n"
			   "\t\tword=$words[i]\n"
			   "\t\tcase $word in\n"
			   "\t\t--color) (( i++ )) ;;\n"
			   "\t\t-*) [[ -n $command ]] && break ;;\n"
			   "\t\t*)\n"
			   "\t\t\tif [[ -z $command ]]; then command=$word; last=i\n";
static const char middle[] =
    "\t\t\telse break; fi ;;\n"
    "\t\tesac\n"
    "\t\t(( i++ ))\n"
    "\tdone\n"
    "\t(( last > 1 )) && { words=(\"${(@)words[last,-1]}\"); (( CURRENT -= last - 1 )) }\n"
    "\tcase $command in\n";
static const char end[] =
    "\tesac\n"
    "}\n"
    "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _tidewaiter \"$@\"; "
    "else compdef _tidewaiter tidewaiter; fi\n";

/* Text within the brackets of a specification, in single quotes. */
static void described(FILE *to, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", to);
		else if (strchr("[]:\\", *text))
			fprintf(to, "\\%c", *text);
		else
			fputc(*text, to);
	}
}

static void action(FILE *to, enum cli_values values, const char *const *choices)
{
	const char *kind = completion_kind(values);
	if (choices) {
		fputc('(', to);
		for (const char *const *choice = choices; *choice; choice++)
			if (!strchr(*choice, '='))
				fprintf(to, "%s%s", choice == choices ? "" : " ", *choice);
		fputc(')', to);
	} else if (values == VALUES_FILE) {
		fputs("_files", to);
	} else if (values == VALUES_FOLDER) {
		fputs("_files -/", to);
	} else if (values == VALUES_SHELL) {
		fputs("(bash zsh fish)", to);
	} else if (values == VALUES_COMMAND) {
		fputs(" _tidewaiter_names", to);
	} else if (kind) {
		fprintf(to, " _tidewaiter_values %s", kind); /* a blank: no words are put between */
	} else {
		fputc(' ', to);
	}
}

static void one_option(FILE *to, const struct cli_option *option)
{
	fputs(" \\\n\t\t\t", to);
	if (option->letter)
		fprintf(to, "%s{-%c,--%s}'", option->take ? "\\*" : "", option->letter,
			option->name);
	else
		fprintf(to, "'%s--%s", option->take ? "*" : "", option->name);
	fputc('[', to);
	described(to, option->help);
	fputc(']', to);
	if (option->argument) {
		fputc(':', to);
		described(to, option->argument);
		fputc(':', to);
		action(to, option->values, option->choices);
	}
	fputc('\'', to);
}

/* The names of commands with what they do. */
static void parts(FILE *to, const struct cli_command *group)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	size_t skip = *group->name ? strlen(group->name) + 1 : 0;
	fputs(" \\\n\t\t\t'1:command:((", to);
	for (size_t i = 0; i < count; i++) {
		if (skip ? !cli_command_within(all[i], group) : strchr(all[i]->name, ' ') != NULL)
			continue;
		fprintf(to, "%s\\:\"", all[i]->name + skip);
		described(to, all[i]->summary);
		fputs("\" ", to);
	}
	fputs("))'", to);
}

static void one_command(FILE *to, const struct cli_command *command)
{
	const struct cli_option *option;
	fprintf(to, "\t'%s')\n\t\t_arguments -s", command->name);
	for (size_t at = 0; (option = cli_option_next(command, &at));)
		if (option->group)
			one_option(to, option);
	if (!command->run) {
		parts(to, command);
	} else if (command->words != VALUES_NONE) {
		fputs(" \\\n\t\t\t'*:word:", to);
		action(to, command->words, NULL);
		fputc('\'', to);
	}
	fputs(" ;;\n", to);
}

/* Names of commands, as after `help`: behind a group its parts, behind another nothing. */
static void names(FILE *to)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs("_tidewaiter_names() {\n\tcase \"${(j: :)words[2,CURRENT-1]}\" in\n\t'') compadd --",
	      to);
	for (size_t i = 0; i < count; i++)
		if (!strchr(all[i]->name, ' '))
			fprintf(to, " %s", all[i]->name);
	for (size_t group = 0; group < count; group++) {
		if (all[group]->run)
			continue;
		fprintf(to, " ;;\n\t'%s') compadd --", all[group]->name);
		for (size_t i = 0; i < count; i++)
			if (cli_command_within(all[i], all[group]))
				fprintf(to, " %s", all[i]->name + strlen(all[group]->name) + 1);
	}
	fputs(" ;;\n\tesac\n}\n", to);
}

void completion_zsh(FILE *to)
{
	static const struct cli_command program = {.name = ""};
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs(begin, to);
	names(to);
	fputs(body, to);
	for (size_t i = 0; i < count; i++)
		if (!all[i]->run)
			fprintf(to,
				"\t\t\telif [[ $command == '%s' ]]; then command=\"%s $word\"; "
				"last=i\n",
				all[i]->name, all[i]->name);
	fputs(middle, to);
	one_command(to, &program);
	for (size_t i = 0; i < count; i++)
		one_command(to, all[i]);
	fputs(end, to);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The script for bash; it wants nothing of the package bash-completion. */
#include <string.h>

#include "cli/completion/completion.h"

static const char begin[] =
    "# bash completion for tidewaiter, written by `tidewaiter completion bash`\n"
    "_tidewaiter_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\"); }\n"
    "_tidewaiter_values() {\n"
    "\t_tidewaiter_words \"$(\"${COMP_WORDS[0]}\" --no-config completion values \"$1\" "
    "2>/dev/null)\"\n"
    "\t[[ $1 == columns || $1 == claims ]] && compopt -o nospace 2>/dev/null\n"
    "\treturn 0\n"
    "}\n"
    "_tidewaiter_files() {\n"
    "\tcompopt -o filenames 2>/dev/null\n"
    "\tmapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
    "}\n"
    "_tidewaiter() {\n"
    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word i\n"
    "\tCOMPREPLY=()\n"
    "\t# --format=csv comes in three words\n"
    "\tif [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then "
    "prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
    "\t\tword=${COMP_WORDS[i]}\n"
    "\t\tcase $word in\n"
    "\t\t--color) ((i++)) ;;\n"
    "\t\t-*) [[ -n $command ]] && break ;;\n"
    "\t\t*)\n"
    "\t\t\tif [[ -z $command ]]; then command=$word\n";
static const char middle[] = "\t\t\telse break; fi ;;\n"
			     "\t\tesac\n"
			     "\tdone\n"
			     "\tcase $command in\n";
static const char end[] = "\tesac\n"
			  "}\n"
			  "complete -F _tidewaiter tidewaiter\n";

static void values(FILE *to, const struct cli_option *option)
{
	const char *kind = completion_kind(option->values);
	if (option->choices) {
		fputs("_tidewaiter_words '", to);
		for (const char *const *choice = option->choices; *choice; choice++)
			if (!strchr(*choice, '='))
				fprintf(to, "%s%s", choice == option->choices ? "" : " ", *choice);
		fputs("'; ", to);
	} else if (option->values == VALUES_FILE) {
		fputs("_tidewaiter_files -f; ", to);
	} else if (option->values == VALUES_FOLDER) {
		fputs("_tidewaiter_files -d; ", to);
	} else if (kind) {
		fprintf(to, "_tidewaiter_values %s; ", kind);
	}
	fputs("return ;;\n", to);
}

/* The parts of a group, or of "" the commands. */
static void parts(FILE *to, const struct cli_command *group)
{
	size_t count, skip = *group->name ? strlen(group->name) + 1 : 0;
	const struct cli_command *const *all = cli_commands(&count);
	fputs("_tidewaiter_words '", to);
	for (size_t i = 0; i < count; i++)
		if (skip ? cli_command_within(all[i], group) : !strchr(all[i]->name, ' '))
			fprintf(to, "%s ", all[i]->name + skip);
	fputs("'", to);
}

/* Names of commands, as after `help`: behind a group its parts, behind another nothing. */
static void names(FILE *to)
{
	static const struct cli_command program = {.name = ""};
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs("case ${COMP_WORDS[*]:i:COMP_CWORD-i} in", to);
	for (size_t i = 0; i < count; i++)
		if (!all[i]->run) {
			fprintf(to, " '%s') ", all[i]->name);
			parts(to, all[i]);
			fputs(" ;;", to);
		}
	fputs(" '') ", to);
	parts(to, &program);
	fputs(" ;; esac", to);
}

static void words(FILE *to, const struct cli_command *command)
{
	const char *kind = completion_kind(command->words);
	if (!command->run) {
		parts(to, command);
	} else if (command->words == VALUES_COMMAND) {
		names(to);
	} else if (command->words == VALUES_FILE) {
		fputs("_tidewaiter_files -f", to);
	} else if (command->words == VALUES_FOLDER) {
		fputs("_tidewaiter_files -d", to);
	} else if (command->words == VALUES_SHELL) {
		fputs("_tidewaiter_words 'bash zsh fish'", to);
	} else if (kind) {
		fprintf(to, "_tidewaiter_values %s", kind);
	} else {
		fputs(":", to);
	}
}

static void one_command(FILE *to, const struct cli_command *command)
{
	const struct cli_option *option;
	fprintf(to, "\t'%s')\n\t\tcase $prev in\n", command->name);
	for (size_t at = 0; (option = cli_option_next(command, &at));) {
		if (!option->argument || !option->group)
			continue;
		fputs("\t\t", to);
		if (option->letter)
			fprintf(to, "-%c|", option->letter);
		fprintf(to, "--%s) ", option->name);
		values(to, option);
	}
	fputs("\t\tesac\n\t\tif [[ $cur == -* ]]; then _tidewaiter_words '", to);
	for (size_t at = 0; (option = cli_option_next(command, &at));)
		if (option->group)
			fprintf(to, "--%s ", option->name);
	fputs("'; else ", to);
	words(to, command);
	fputs("; fi ;;\n", to);
}

void completion_bash(FILE *to)
{
	static const struct cli_command program = {.name = ""};
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs(begin, to);
	for (size_t i = 0; i < count; i++)
		if (!all[i]->run)
			fprintf(to,
				"\t\t\telif [[ $command == '%s' ]]; then command=\"%s $word\"\n",
				all[i]->name, all[i]->name);
	fputs(middle, to);
	one_command(to, &program);
	for (size_t i = 0; i < count; i++)
		one_command(to, all[i]);
	fputs(end, to);
}

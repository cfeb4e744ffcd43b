/* SPDX-License-Identifier: Apache-2.0 */
/* The script for fish: a line an option. */
#include <string.h>

#include "cli/completion/completion.h"

static const char begin[] =
    "# fish completion for tidewaiter, written by `tidewaiter completion fish`\n"
    "function __tidewaiter_command\n"
    "\tset -l command\n"
    "\tset -l words (commandline -opc)\n"
    "\tset -l skip 0\n"
    "\tfor word in $words[2..-1]\n"
    "\t\tif test $skip = 1\n"
    "\t\t\tset skip 0\n"
    "\t\t\tcontinue\n"
    "\t\tend\n"
    "\t\tswitch $word\n"
    "\t\t\tcase --color\n"
    "\t\t\t\tset skip 1\n"
    "\t\t\tcase '-*'\n"
    "\t\t\t\ttest -n \"$command\"; and break\n"
    "\t\t\tcase '*'\n"
    "\t\t\t\tif test -z \"$command\"\n"
    "\t\t\t\t\tset command $word\n";
static const char middle[] = "\t\t\t\telse\n"
			     "\t\t\t\t\tbreak\n"
			     "\t\t\t\tend\n"
			     "\t\tend\n"
			     "\tend\n"
			     "\techo $command\n"
			     "end\n"
			     "function __tidewaiter_in\n"
			     "\ttest (__tidewaiter_command) = \"$argv\"\n"
			     "end\n"
			     "function __tidewaiter_values\n"
			     "\tset -l words (commandline -opc)\n"
			     "\tcommand $words[1] --no-config completion values $argv 2>/dev/null\n"
			     "end\n";

static void quoted(FILE *to, const char *text)
{
	completion_quoted(to, text, "\\'");
}

/* What follows -a and, where files are meant, -F. */
static void action(FILE *to, enum cli_values values, const char *const *choices)
{
	const char *kind = completion_kind(values);
	if (choices) {
		fputs(" -a '", to);
		for (const char *const *choice = choices; *choice; choice++)
			if (!strchr(*choice, '='))
				fprintf(to, "%s%s", choice == choices ? "" : " ", *choice);
		fputc('\'', to);
	} else if (values == VALUES_FILE) {
		fputs(" -F", to);
	} else if (values == VALUES_FOLDER) {
		fputs(" -a '(__fish_complete_directories)'", to);
	} else if (values == VALUES_SHELL) {
		fputs(" -a 'bash zsh fish'", to);
	} else if (values == VALUES_COMMAND) {
		fputs(" -a '(__tidewaiter_names)'", to);
	} else if (kind) {
		fprintf(to, " -a '(__tidewaiter_values %s)'", kind);
	}
}

static void in_command(FILE *to, const struct cli_command *command)
{
	fprintf(to, "complete -c tidewaiter -n '__tidewaiter_in %s'", command->name);
}

static void one_command(FILE *to, const struct cli_command *command)
{
	const struct cli_option *option;
	for (size_t at = 0; (option = cli_option_next(command, &at));) {
		if (!option->group)
			continue;
		in_command(to, command);
		fprintf(to, " -l %s", option->name);
		if (option->letter)
			fprintf(to, " -s %c", option->letter);
		if (option->argument) {
			fputs(option->values == VALUES_FILE ? " -r" : " -x", to);
			action(to, option->values, option->choices);
		}
		fputs(" -d ", to);
		quoted(to, option->help);
		fputc('\n', to);
	}
	if (command->run && command->words != VALUES_NONE) {
		in_command(to, command);
		action(to, command->words, NULL);
		fputc('\n', to);
	}
}

/* The parts of a group, or ("") the commands. */
static void parts(FILE *to, const struct cli_command *group)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	size_t skip = *group->name ? strlen(group->name) + 1 : 0;
	for (size_t i = 0; i < count; i++) {
		if (skip ? !cli_command_within(all[i], group) : strchr(all[i]->name, ' ') != NULL)
			continue;
		in_command(to, group);
		fprintf(to, " -a '%s' -d ", all[i]->name + skip);
		quoted(to, all[i]->summary);
		fputc('\n', to);
	}
}

/* Names of commands, as after `help`: behind a group its parts, behind another nothing. */
static void names(FILE *to)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs("function __tidewaiter_names\n"
	      "\tset -l words (commandline -opc)\n"
	      "\tswitch $words[-1]\n",
	      to);
	for (size_t group = 0; group < count; group++) {
		if (all[group]->run)
			continue;
		fprintf(to, "\t\tcase %s\n\t\t\tprintf '%%s\\n'", all[group]->name);
		for (size_t i = 0; i < count; i++)
			if (cli_command_within(all[i], all[group]))
				fprintf(to, " %s", all[i]->name + strlen(all[group]->name) + 1);
		fputc('\n', to);
	}
	fputs("\t\tcase help '-*'\n"
	      "\t\t\t__tidewaiter_values commands\n"
	      "\tend\n"
	      "end\n"
	      "complete -c tidewaiter -f\n",
	      to);
}

void completion_fish(FILE *to)
{
	static const struct cli_command program = {.name = ""};
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	fputs(begin, to);
	for (size_t i = 0; i < count; i++)
		if (!all[i]->run)
			fprintf(to,
				"\t\t\t\telse if test \"$command\" = '%s'\n"
				"\t\t\t\t\tset command \"%s $word\"\n",
				all[i]->name, all[i]->name);
	fputs(middle, to);
	names(to);
	one_command(to, &program);
	parts(to, &program);
	for (size_t i = 0; i < count; i++) {
		one_command(to, all[i]);
		if (!all[i]->run)
			parts(to, all[i]);
	}
}

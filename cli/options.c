/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a command line by the tables, see options.h. */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/config.h"
#include "common/error.h"
#include "common/fit.h"
#include "lines/columns.h"

struct cli_look cli_look = {.color = "auto"};

static const char *const when[] = {"auto", "always", "never", NULL};

#define LOOK "Display"
const struct cli_option cli_look_options[] = {
    {.name = "color",
     .argument = "WHEN",
     .group = LOOK,
     .help = "when to use color; auto: on a terminal, unless NO_COLOR is set",
     .at = offsetof(struct cli_look, color),
     .choices = when,
     .config = DEFAULT_SILENT},
    {.name = "wide",
     .group = LOOK,
     .help = "neither wrap lines nor cut texts to the width of the terminal",
     .at = offsetof(struct cli_look, wide),
     .config = DEFAULT_SILENT},
    {.name = "no-pager",
     .group = LOOK,
     .help = "write long pages directly to the terminal, not through $PAGER",
     .at = offsetof(struct cli_look, no_pager),
     .config = DEFAULT_SILENT},
    {.name = "quiet",
     .letter = 'q',
     .group = LOOK,
     .help = "errors only on standard error: no totals, no notes",
     .at = offsetof(struct cli_look, quiet),
     .config = DEFAULT_SILENT},
    {.name = "verbose",
     .group = LOOK,
     .help = "report on standard error which defaults the user's file sets (see tidewaiter config)",
     .at = offsetof(struct cli_look, verbose),
     .config = DEFAULT_SILENT},
    {.name = "no-config",
     .group = LOOK,
     .help = "ignore the user's file of defaults",
     .at = offsetof(struct cli_look, no_config),
     .config = DEFAULT_NEVER},
    {.name = "help",
     .letter = 'h',
     .group = LOOK,
     .help = "this help",
     .at = offsetof(struct cli_look, help),
     .config = DEFAULT_NEVER},
    {.name = "version",
     .letter = 'V',
     .group = LOOK,
     .help = "the version of the program and of the law inside it",
     .at = offsetof(struct cli_look, version),
     .config = DEFAULT_NEVER},
};
const size_t cli_look_option_count = sizeof cli_look_options / sizeof *cli_look_options;

/* "law diff: ", or nothing before the name of a command is read. */
static const char *prefix(const struct cli_command *command)
{
	static char text[64];
	snprintf(text, sizeof text, "%s%s", command->name, *command->name ? ": " : "");
	return text;
}

static bool of_command(const struct cli_option *option, const struct cli_command *command)
{
	return !option->of || (option->of & command->bit);
}

static bool of_look(const struct cli_option *option)
{
	return option >= cli_look_options && option < cli_look_options + cli_look_option_count;
}

const struct cli_option *cli_option_next(const struct cli_command *command, size_t *at)
{
	for (; *at < command->option_count; ++*at)
		if (of_command(&command->options[*at], command))
			return &command->options[(*at)++];
	size_t look = *at - command->option_count;
	if (look >= cli_look_option_count)
		return NULL;
	++*at;
	return &cli_look_options[look];
}

bool cli_option_group_seen(const struct cli_command *command, const struct cli_option *option)
{
	const struct cli_option *before;
	for (size_t at = 0; (before = cli_option_next(command, &at)) && before != option;)
		if (before->group && !strcmp(before->group, option->group))
			return true;
	return false;
}

/* "ship-from" is "ship_from". */
static bool same_name(const char *name, const char *written, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!name[i] ||
		    (name[i] == '_' ? '-' : name[i]) != (written[i] == '_' ? '-' : written[i]))
			return false;
	return !name[length];
}

const struct cli_option *cli_option_find(const struct cli_command *command, const char *name,
					 size_t length)
{
	const struct cli_option *option;
	for (size_t at = 0; (option = cli_option_next(command, &at));)
		if (same_name(option->name, name, length))
			return option;
	return NULL;
}

static const struct cli_option *find_letter(const struct cli_command *command, char letter)
{
	const struct cli_option *option;
	for (size_t at = 0; (option = cli_option_next(command, &at));)
		if (option->letter == letter)
			return option;
	return NULL;
}

/* The switch that --no-keep turns off, or --screen of --no-screen. */
static const struct cli_option *find_negated(const struct cli_command *command, const char *name,
					     size_t length)
{
	const struct cli_option *option;
	for (size_t at = 0; (option = cli_option_next(command, &at));) {
		bool no = !strncmp(option->name, "no-", 3);
		if (option->argument || option->take)
			continue;
		if (no ? same_name(option->name + 3, name, length)
		       : length > 3 && !strncmp(name, "no", 2) &&
			     same_name(option->name, name + 3, length - 3))
			return option;
	}
	return NULL;
}

static void say(struct tw_error *error, const struct cli_option *option, const char *what)
{
	error_set(error, TW_BAD_ARGUMENT, "--%s %s", option->name, what);
}

/* "table, csv or json"; other words are left out. */
static void list_choices(char *out, size_t room, const char *const *choices)
{
	size_t shown = 0, at = 0;
	out[0] = '\0';
	for (const char *const *choice = choices; *choice; choice++)
		shown += !strchr(*choice, '=');
	for (const char *const *choice = choices; *choice; choice++) {
		if (strchr(*choice, '='))
			continue;
		fit_add(out, room, "%s%s", !at ? "" : at + 1 == shown ? " or " : ", ", *choice);
		at++;
	}
}

static int choose(const char **out, const struct cli_option *option, const char *value,
		  struct tw_error *error)
{
	char list[160];
	size_t length =
	    strlen(value); /* NOLINT: an option of choices has an argument, so a value */
	for (const char *const *choice = option->choices; *choice; choice++) {
		size_t word = strcspn(*choice, "=");
		if (word != length || memcmp(*choice, value, word) != 0)
			continue;
		*out = (*choice)[word] ? *choice + word + 1 : *choice;
		return TW_OK;
	}
	size_t count = 0;
	while (option->choices[count])
		count++;
	const char *nearest = columns_nearest(value, length, option->choices, count);
	list_choices(list, sizeof list, option->choices);
	if (nearest && !strchr(nearest, '='))
		return error_set(error, TW_BAD_ARGUMENT,
				 "there is no %s \"%.60s\"; did you mean %s? Choose from %s",
				 option->name, value, nearest, list);
	return error_set(error, TW_BAD_ARGUMENT, "there is no %s \"%.60s\"; choose from %s",
			 option->name, value, list);
}

int cli_option_give(const struct cli_option *option, void *context, const char *value,
		    struct tw_error *error)
{
	char *base = of_look(option) ? (char *)&cli_look : context;
	void *place = base + option->at;
	if (!option->argument) {
		bool on = !value || !strcmp(value, "yes") || !strcmp(value, "true");
		if (!on && strcmp(value, "no") != 0 && strcmp(value, "false") != 0) {
			say(error, option, "takes yes or no");
			return TW_BAD_ARGUMENT;
		}
		if (option->take)
			return on ? option->take(place, "", error) : TW_OK;
		*(bool *)place = on;
		return TW_OK;
	}
	if (option->take)
		return option->take(place, value, error);
	if (option->choices)
		return choose(place, option, value, error);
	*(const char **)place = value;
	return TW_OK;
}

/* Some other command, or another part of the same group, takes it: says which. */
static bool say_whose(const struct cli_command *command, const char *name, size_t length)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	char list[200] = "";
	for (size_t i = 0; i < count; i++)
		if (all[i]->run && all[i] != command && cli_option_find(all[i], name, length))
			fit_add(list, sizeof list, "%s%s", *list ? ", " : "", all[i]->name);
	if (!*list)
		return false;
	cli_message("%sthere is no option --%.*s here; it is one of %s", prefix(command),
		    (int)(length < 60 ? length : 60), name, list);
	return true;
}

static int no_option(const struct cli_command *command, const char *name)
{
	const char *names[128];
	size_t count = 0, length = strcspn(name, "=");
	const struct cli_option *option;
	for (size_t at = 0; count < 128 && (option = cli_option_next(command, &at));)
		if (option->group)
			names[count++] = option->name;
	const char *nearest = columns_nearest(name, length, names, count);
	if (nearest)
		cli_message("%sthere is no option --%.60s; did you mean --%s?", prefix(command),
			    name, nearest);
	else if (!say_whose(command, name, length))
		cli_message("%sthere is no option --%.60s; see tidewaiter%s%s --help",
			    prefix(command), name, *command->name ? " " : "", command->name);
	return CLI_FAILED;
}

/*
 * The command line is read twice: first it is noted what it gives, then the
 * user's file sets the rest, and then the values are taken.
 */
struct reading {
	const struct cli_command *command;
	void *context;
	int argc, at;
	char **argv;
	bool notes;
};

enum { GIVEN = 256 };
static const struct cli_option *given[GIVEN];
static size_t given_count;

bool cli_option_given(const struct cli_option *option)
{
	for (size_t i = 0; i < given_count; i++)
		if (given[i] == option)
			return true;
	return false;
}

static int give(const struct reading *reading, const struct cli_option *option, const char *value)
{
	struct tw_error error = {0};
	if (given_count < GIVEN && !cli_option_given(option))
		given[given_count++] = option;
	if (reading->notes && !of_look(option))
		return CLI_DONE;
	if (!cli_option_give(option, reading->context, value, &error))
		return CLI_DONE;
	cli_message("%s%s", prefix(reading->command), error.message);
	return CLI_FAILED;
}

/* The value behind the option: what is left of the word, or the next one. */
static const char *value_of(struct reading *reading, const char *rest)
{
	if (rest)
		return rest;
	if (reading->at + 1 < reading->argc)
		return reading->argv[++reading->at];
	return NULL;
}

static int take_long(struct reading *reading, const char *name)
{
	size_t length = strcspn(name, "=");
	const char *rest = name[length] ? name + length + 1 : NULL;
	const struct cli_option *option = cli_option_find(reading->command, name, length);
	if (!option && (option = find_negated(reading->command, name, length)))
		return give(reading, option, "no");
	if (!option)
		return no_option(reading->command, name);
	if (!option->argument) {
		if (!rest)
			return give(reading, option, NULL);
		cli_message("%s--%s takes no value", prefix(reading->command), option->name);
		return CLI_FAILED;
	}
	const char *value = value_of(reading, rest);
	if (value)
		return give(reading, option, value);
	cli_message("%s--%s needs a value: --%s %s", prefix(reading->command), option->name,
		    option->name, option->argument);
	return CLI_FAILED;
}

/* "-qj4", "-o FILE". */
static int take_letters(struct reading *reading, const char *letters)
{
	for (; *letters; letters++) {
		const struct cli_option *option = find_letter(reading->command, *letters);
		if (!option) {
			cli_message("%sthere is no option -%c; see tidewaiter%s%s --help",
				    prefix(reading->command), *letters,
				    *reading->command->name ? " " : "", reading->command->name);
			return CLI_FAILED;
		}
		if (!option->argument) {
			if (give(reading, option, NULL))
				return CLI_FAILED;
			continue;
		}
		const char *value = value_of(reading, letters[1] ? letters + 1 : NULL);
		if (value)
			return give(reading, option, value);
		cli_message("%s-%c needs a value: -%c %s", prefix(reading->command), *letters,
			    *letters, option->argument);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int take_word(struct reading *reading, int *words, bool *only_words)
{
	char *word = reading->argv[reading->at];
	if (*only_words || word[0] != '-' || !word[1]) {
		if (!reading->notes)
			reading->argv[++*words] = word;
		return CLI_DONE;
	}
	if (!strcmp(word, "--")) {
		*only_words = true;
		return CLI_DONE;
	}
	return word[1] == '-' ? take_long(reading, word + 2) : take_letters(reading, word + 1);
}

int cli_options_before(int *at, const struct cli_command *program, int argc, char **argv)
{
	struct reading reading = {program, &cli_look, argc, 1, argv, false};
	int code = CLI_DONE;
	for (; !code && reading.at < argc && argv[reading.at][0] == '-'; reading.at++)
		code = argv[reading.at][1] == '-' ? take_long(&reading, argv[reading.at] + 2)
						  : take_letters(&reading, argv[reading.at] + 1);
	*at = reading.at;
	return code;
}

static int read_words(struct reading *reading, int *words, bool notes)
{
	bool only_words = false;
	int code = CLI_DONE;
	reading->notes = notes;
	*words = 0;
	for (reading->at = 1; !code && reading->at < reading->argc; reading->at++)
		code = take_word(reading, words, &only_words);
	return code;
}

bool cli_options(int *words, int *code, void *context, const struct cli_command *command, int argc,
		 char **argv)
{
	struct reading reading = {.command = command, context, argc, 1, argv, false};
	if ((*code = read_words(&reading, words, true)))
		return false;
	if (cli_look.help) {
		*code = cli_help(command);
		return false;
	}
	if (cli_look.version) {
		cli_version();
		return false;
	}
	if (!cli_look.no_config && (*code = config_apply(context, command, cli_option_given)))
		return false;
	*code = read_words(&reading, words, false);
	return !*code;
}

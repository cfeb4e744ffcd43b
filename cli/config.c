/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the file of defaults, see config.h; and the command that shows it. */
#include "cli/config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"
#include "common/buffer.h"
#include "common/error.h"
#include "lines/columns.h"

enum { PATH = 4096, SIZE = 65536, ENTRIES = 512 };

static struct {
	char text[SIZE + 1];
	struct config_entry entry[ENTRIES];
	size_t count;
	bool is_read, is_there, gives;
} file;

const char *config_path(void)
{
	static char path[PATH];
	const char *named = getenv("TIDEWAITER_CONFIG"), *base = getenv("XDG_CONFIG_HOME"),
		   *home = getenv("HOME");
	int length = 0;
	if (named)
		return *named ? named : NULL;
	if (base && *base == '/')
		length = snprintf(path, PATH, "%s/tidewaiter/config", base);
	else if (home && *home == '/')
		length = snprintf(path, PATH, "%s/.config/tidewaiter/config", home);
	return length > 0 && length < PATH ? path : NULL;
}

static int fault(int line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static int fault(int line, const char *format, ...)
{
	struct tw_error error;
	va_list arguments;
	va_start(arguments, format);
	error_vat(&error, TW_BAD_ARGUMENT, config_path(), line, 0, format, arguments);
	va_end(arguments);
	cli_error(&error);
	return CLI_FAILED;
}

/* The bytes of the file, ended by a NUL; *there is false where there is no file. */
static int load(size_t *length)
{
	const char *path = config_path();
	FILE *from = path ? fopen(path, "rb") : NULL;
	if (!from && path && (errno != ENOENT || getenv("TIDEWAITER_CONFIG")))
		return fault(0, "cannot be read: %s", strerror(errno));
	if (!from)
		return CLI_DONE;
	*length = fread(file.text, 1, SIZE + 1, from);
	bool failed = ferror(from);
	fclose(from);
	file.is_there = !failed;
	return failed ? fault(0, "cannot be read: it is not a file") : CLI_DONE;
}

/* Blanks at both ends go. */
static char *trimmed(char *text)
{
	text += strspn(text, " \t\r");
	size_t length = strlen(text);
	while (length && strchr(" \t\r", text[length - 1]))
		text[--length] = '\0';
	return text;
}

/* Whether a section means the command: "law" means "law diff" too. */
static bool section_means(const char *section, const struct cli_command *command)
{
	size_t length = strlen(section);
	return !length || (!strncmp(command->name, section, length) &&
			   (!command->name[length] || command->name[length] == ' '));
}

static int check_section(const char *section, int line)
{
	const char *names[64];
	size_t count, n = 0;
	const struct cli_command *const *all = cli_commands(&count);
	for (size_t i = 0; i < count && n < 64; i++) {
		if (!strcmp(all[i]->name, section))
			return CLI_DONE;
		names[n++] = all[i]->name;
	}
	const char *nearest = columns_nearest(section, strlen(section), names, n);
	if (nearest)
		return fault(line, "there is no command \"%.60s\"; did you mean [%s]?", section,
			     nearest);
	return fault(line, "there is no command \"%.60s\"; see tidewaiter --help", section);
}

/* The option of a name that some command of the section takes. */
static const struct cli_option *find_option(const char *section, const char *name)
{
	static const struct cli_command none = {.name = ""};
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	const struct cli_option *option = NULL;
	if (!*section)
		return cli_option_find(&none, name, strlen(name));
	for (size_t i = 0; i < count && !option; i++)
		if (section_means(section, all[i]))
			option = cli_option_find(all[i], name, strlen(name));
	return option;
}

static int no_option(const char *section, const char *name, int line)
{
	const char *names[256];
	size_t count, n = 0;
	const struct cli_command *const *all = cli_commands(&count);
	const struct cli_option *option;
	for (size_t i = 0; *section && i < count; i++)
		for (size_t at = 0; section_means(section, all[i]) && n < 256 &&
				    (option = cli_option_next(all[i], &at));)
			if (option->group && option->config != DEFAULT_NEVER)
				names[n++] = option->name;
	for (size_t i = 0; !*section && i < cli_look_option_count; i++)
		names[n++] = cli_look_options[i].name;
	const char *nearest = columns_nearest(name, strlen(name), names, n);
	if (nearest)
		return fault(line, "there is no option \"%.60s\"; did you mean %s?", name, nearest);
	if (!*section)
		return fault(line,
			     "\"%.60s\" is not an option of every command: write it under its "
			     "command, as in [assess]",
			     name);
	return fault(line, "there is no option \"%.60s\" of %s; see tidewaiter %s --help", name,
		     section, section);
}

/* A value that can be judged before its command runs. */
static int check_value(const struct config_entry *entry)
{
	const struct cli_option *option = entry->option;
	struct tw_error error = {0};
	const char *unused;
	bool flag;
	struct cli_option trial = *option;
	trial.at = 0;
	trial.take = NULL;
	if (option->config == DEFAULT_NEVER)
		return fault(entry->line,
			     "--%s belongs to a single question: give it on the command line only",
			     option->name);
	if (option->argument && !*entry->value)
		return fault(entry->line, "%s needs a value: %s = %s", entry->name, entry->name,
			     option->argument);
	if (cli_option_give(&trial, option->argument ? (void *)&unused : (void *)&flag,
			    entry->value, &error))
		return fault(entry->line, "%s", error.message);
	return CLI_DONE;
}

static int read_entry(const char *section, char *line, int number)
{
	char *equals = strchr(line, '=');
	if (!equals)
		return fault(number, "\"%.60s\" is neither [COMMAND] nor OPTION = VALUE", line);
	if (file.count == ENTRIES)
		return fault(number, "there are more than %d defaults", ENTRIES);
	*equals = '\0';
	struct config_entry *entry = &file.entry[file.count];
	*entry = (struct config_entry){.section = section,
				       .name = trimmed(line),
				       .value = trimmed(equals + 1),
				       .line = number};
	size_t length = strlen(entry->value);
	if (length > 1 && entry->value[0] == '"' && entry->value[length - 1] == '"') {
		entry->value++;
		((char *)entry->value)[length - 2] = '\0';
	}
	if (!strncmp(entry->name, "--", 2))
		return fault(number, "omit the dashes: %s", entry->name + 2);
	entry->option = find_option(section, entry->name);
	if (!entry->option)
		return no_option(section, entry->name, number);
	file.count++;
	return check_value(entry);
}

/* The text that was loaded; it is cut into its words where it stands. */
static int read_lines(size_t length)
{
	const char *section = "";
	int number = 0, code = CLI_DONE;
	if (length > SIZE)
		return fault(0, "is longer than 64 KiB: it is not a file of defaults");
	if (memchr(file.text, 0, length))
		return fault(0, "contains a NUL byte: it is not a file of defaults");
	file.text[length] = '\0';
	for (char *at = file.text, *end; !code && at; at = end) {
		number++;
		if ((end = strchr(at, '\n')))
			*end++ = '\0';
		char *line = trimmed(at);
		size_t size = strlen(line);
		if (!size || *line == '#' || *line == ';')
			continue;
		if (*line != '[') {
			code = read_entry(section, line, number);
			continue;
		}
		if (line[size - 1] != ']')
			return fault(number, "\"%.60s\" has no ] at its end", line);
		line[size - 1] = '\0';
		section = trimmed(line + 1);
		code = check_section(section, number);
	}
	return code;
}

int config_parse(const char *text, size_t length)
{
	size_t room = length > SIZE ? SIZE + 1 : length;
	memcpy(file.text, text, room);
	file.is_read = file.is_there = true;
	file.count = 0;
	return read_lines(room);
}

int config_read(const struct config_entry **entries, size_t *count)
{
	size_t length = 0;
	int code = CLI_DONE;
	if (!file.is_read) {
		file.is_read = true;
		code = load(&length);
		if (!code && file.is_there)
			code = read_lines(length);
	}
	*entries = file.entry;
	*count = file.count;
	return code;
}

bool config_meant(const struct config_entry *entry, const struct cli_command *command)
{
	return section_means(entry->section, command) &&
	       cli_option_find(command, entry->name, strlen(entry->name));
}

bool config_gives(void)
{
	return file.gives;
}

static void say(const struct config_entry *entry, struct buffer *said)
{
	buffer_text(said, said->length ? ", --" : " --");
	buffer_text(said, entry->option->name);
	buffer_text(said, *entry->value ? " " : "");
	buffer_text(said, entry->value);
	buffer_text(said, " (line ");
	buffer_number(said, (uint64_t)entry->line);
	buffer_char(said, ')');
}

int config_apply(void *context, const struct cli_command *command,
		 bool (*given)(const struct cli_option *option))
{
	const struct config_entry *entries;
	struct tw_error error = {0};
	size_t count;
	struct buffer said = {0};
	int code = config_read(&entries, &count);
	for (size_t i = 0; !code && i < count; i++) {
		if (!config_meant(&entries[i], command))
			continue;
		/* Parts of a group have rows of their own under one name. */
		const struct cli_option *option =
		    cli_option_find(command, entries[i].name, strlen(entries[i].name));
		if (given(option))
			continue;
		file.gives = true;
		int result = cli_option_give(option, context, entries[i].value, &error);
		file.gives = false;
		if (result)
			code = fault(entries[i].line, "%s", error.message);
		else if (cli_look.verbose || option->config == DEFAULT_SAID)
			say(&entries[i], &said);
	}
	if (said.length)
		cli_message("defaults of %s:%.*s", config_path(), (int)said.length, said.at);
	buffer_free(&said);
	return code;
}

struct show {
	bool path;
};

static int run_config(const struct cli_command *command, int argc, char **argv)
{
	const struct config_entry *entries;
	struct show show = {0};
	size_t count;
	int words, code;
	if (!cli_options(&words, &code, &show, command, argc, argv))
		return code;
	if (words) {
		cli_message("config: unexpected argument \"%.60s\"", argv[1]);
		return CLI_FAILED;
	}
	const char *path = config_path();
	if (!path) {
		cli_message("config: there is no file of defaults: neither HOME nor "
			    "XDG_CONFIG_HOME is set, or TIDEWAITER_CONFIG is empty");
		return CLI_SOME_REFUSED;
	}
	if (show.path) {
		terminal_say("%s\n", path);
		return CLI_DONE;
	}
	if ((code = config_read(&entries, &count)))
		return code;
	terminal_say("%s%s\n", path, file.is_there ? "" : " does not exist: no defaults are set");
	for (size_t i = 0; i < count; i++)
		terminal_say("  line %-4d %-12s %s = %s%s\n", entries[i].line,
			     *entries[i].section ? entries[i].section : "(all)", entries[i].name,
			     entries[i].value,
			     entries[i].option->config == DEFAULT_SAID ? "   reported in each run"
								       : "");
	return CLI_DONE;
}

static const struct cli_option options[] = {
    {.name = "path",
     .group = "Answer",
     .help = "print only where the file is looked for",
     .at = offsetof(struct show, path),
     .config = DEFAULT_NEVER},
};

const struct cli_command config_command = {
    .name = "config",
    .summary = "the file of defaults: where it is and what it sets",
    .usage = "[OPTION...]",
    .about = "Defaults are lines \"option = value\" in ~/.config/tidewaiter/config (or "
	     "$XDG_CONFIG_HOME/tidewaiter/config, or the file that $TIDEWAITER_CONFIG names), for "
	     "all commands or under the name of one. The command line takes precedence over the "
	     "file. A default that can change an answer is reported on standard error in each run; "
	     "--no-config ignores the file. Options of a single question (a code, a value, an "
	     "output file) cannot be defaults.",
    .examples = "color = never\n"
		"\n"
		"[assess]\n"
		"format = csv\n"
		"map = HS6 Code=hts\n"
		"\n"
		"[law]\n"
		"into = US",
    CLI_OPTIONS(options),
    .run = run_config,
};

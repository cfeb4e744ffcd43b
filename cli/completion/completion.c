/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tidewaiter completion: scripts for shells, written from the tables of
 * options, and the values that the scripts ask for: they come from the law
 * that is built in, so that no script grows old.
 */
#include "cli/completion/completion.h"

#include <string.h>

#include "cli/cli.h"
#include "lines/columns.h"
#include "rulebook/layout.h"
#include "rulebook/record.h"

const char *completion_kind(enum cli_values values)
{
	switch (values) {
	case VALUES_COUNTRY:
		return "countries";
	case VALUES_INTO:
		return "into";
	case VALUES_COLUMN:
		return "columns";
	case VALUES_CLAIM:
		return "claims";
	case VALUES_PROGRAM:
		return "programs";
	case VALUES_LAW:
		return "law";
	case VALUES_SERIES:
		return "series";
	case VALUES_ACTOR:
		return "actors";
	case VALUES_COMMAND:
		return "commands";
	case VALUES_DAY:
		return "days";
	case VALUES_CHANNEL:
		return "channels";
	case VALUES_TRANSPORT:
		return "transports";
	default:
		return NULL;
	}
}

void completion_quoted(FILE *to, const char *text, const char *quote)
{
	fputc('\'', to);
	for (; *text; text++)
		if (*text == '\'')
			fputs(quote, to);
		else
			fputc(*text, to);
	fputc('\'', to);
}

static void print_law(const struct rb *rb)
{
	for (uint32_t i = 0; i < rb->instrument_count; i++)
		puts(rb_text(rb, rb->instruments[i].id));
	for (uint32_t i = 0; i < rb->program_count; i++)
		puts(rb_text(rb, rb->programs[i].id));
	for (uint32_t i = 0; i < rb->measure_count; i++) {
		uint32_t k = 0; /* a measure of several rates has several records */
		while (k < i && rb->measures[k].id != rb->measures[i].id)
			k++;
		if (k == i)
			puts(rb_text(rb, rb->measures[i].id));
	}
}

static void print_words(const char *const *words)
{
	for (; *words; words++)
		puts(*words);
}

static void print_commands(void)
{
	size_t count;
	const struct cli_command *const *all = cli_commands(&count);
	for (size_t i = 0; i < count; i++)
		if (!strchr(all[i]->name, ' '))
			puts(all[i]->name);
}

/* Of the record: the names of the series, or of who acts; of a law without one nothing. */
static void print_record(enum cli_values values, const tw_rulebook *rulebook)
{
	struct record record;
	if (record_open(&record, rulebook, NULL))
		return;
	for (uint32_t i = 0; values == VALUES_SERIES && i < record.count[RECORD_SERIES]; i++)
		puts(record_text(&record, record.series[i].name));
	for (uint32_t i = 0; values == VALUES_ACTOR && i < record.header->actors; i++)
		puts(record_name_of(&record, i));
}

static void print_values(enum cli_values values, const struct rb *rb)
{
	static const char *const channels[] = {"commercial", "express", "postal", NULL};
	static const char *const transports[] = {"air", "vessel", "truck", "rail", NULL};
	if (values == VALUES_COUNTRY)
		for (uint32_t i = 0; i < rb->country_count; i++)
			puts(rb->countries[i].iso2);
	if (values == VALUES_INTO)
		for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
			puts(rb->jurisdictions[i].code);
	if (values == VALUES_CLAIM)
		for (uint32_t i = 0; i < rb->claim_count; i++)
			puts(rb_text(rb, rb->claims[i].name));
	if (values == VALUES_PROGRAM)
		for (uint32_t i = 0; i < rb->program_count; i++)
			puts(rb_text(rb, rb->programs[i].id));
	if (values == VALUES_COLUMN)
		for (int i = 0; i < TW_COLUMN_COUNT; i++)
			printf("%s=\n", tw_column_name((enum tw_column)i));
	if (values == VALUES_LAW)
		print_law(rb);
	if (values == VALUES_COMMAND)
		print_commands();
	if (values == VALUES_DAY)
		puts("today");
	if (values == VALUES_CHANNEL)
		print_words(channels);
	if (values == VALUES_TRANSPORT)
		print_words(transports);
}

static int values_of(const char *kind)
{
	const char *names[VALUES_COUNT];
	size_t count = 0;
	const tw_rulebook *rulebook;
	struct tw_error error = {0};
	if (tw_rulebook_default(&rulebook, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	for (int values = 0; values < VALUES_COUNT; values++) {
		const char *name = completion_kind((enum cli_values)values);
		if (name && !strcmp(name, kind)) {
			print_values((enum cli_values)values, rulebook_layout(rulebook));
			print_record((enum cli_values)values, rulebook);
			return CLI_DONE;
		}
		if (name)
			names[count++] = name;
	}
	return cli_no_such("completion", "kind of values", kind, names, count);
}

static int run_completion(const struct cli_command *command, int argc, char **argv)
{
	static const char *const shells[] = {"bash", "zsh", "fish"};
	static void (*const scripts[])(FILE *) = {completion_bash, completion_zsh, completion_fish};
	int words, code;
	if (!cli_options(&words, &code, NULL, command, argc, argv))
		return code;
	if (words == 2 && !strcmp(argv[1], "values"))
		return values_of(argv[2]);
	if (words != 1) {
		cli_message("completion: name the shell: bash, zsh or fish");
		return CLI_FAILED;
	}
	for (size_t i = 0; i < 3; i++)
		if (!strcmp(argv[1], shells[i])) {
			scripts[i](stdout);
			return CLI_DONE;
		}
	return cli_no_such("completion", "shell", argv[1], shells, 3);
}

const struct cli_command completion_command = {
    .name = "completion",
    .summary = "completions for bash, zsh or fish",
    .usage = "bash|zsh|fish\nvalues KIND",
    .about = "Writes the completion script for a shell to standard output; \"ninja install\" puts "
	     "it where the shell looks for it. \"values\" prints the values that the scripts use, "
	     "one per line: countries, into, columns, claims, programs, law, commands, days, "
	     "channels, transports.",
    .examples = "source <(tidewaiter completion bash)\n"
		"tidewaiter completion fish >~/.config/fish/completions/tidewaiter.fish",
    .words = VALUES_SHELL,
    .run = run_completion,
};

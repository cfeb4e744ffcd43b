/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter compare: what a change of the law comes to on lines of goods. */
#include "compare/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/reading.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "common/error.h"
#include "common/write.h"

enum { SCENARIOS = 16 };

struct scenarios {
	const char *name[SCENARIOS];
	size_t count;
};

struct command {
	struct cli_reading reading;
	struct run_options run;
	struct scenarios with;
	struct cli_law law;
	struct cli_fail_on fail;
	const char *format, *jobs;
	bool lines, safe;
	/* What was opened; the first is the law itself. */
	const tw_rulebook *book[SCENARIOS + 1];
	tw_rulebook *owned[SCENARIOS + 1];
	struct compare_law is[SCENARIOS + 1];
	struct arena *arena;
};

static int take_with(void *at, const char *value, struct tw_error *error)
{
	struct scenarios *with = at;
	if (with->count == SCENARIOS)
		return error_set(error, TW_BAD_ARGUMENT, "--with takes at most %d scenarios",
				 SCENARIOS);
	with->name[with->count++] = value;
	return TW_OK;
}

#define AT(member) offsetof(struct command, member)

static const char *const formats[] = {"table", "csv", "ndjson", NULL};

static const struct cli_option options[] = {
    {.name = "with",
     .argument = "NAME|FILE",
     .group = "Scenario",
     .help = "compare with the law under this scenario: a file, or one of this program; may be "
	     "repeated, each is compared by itself; --with list names those of this program",
     .at = AT(with),
     .take = take_with,
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    CLI_READING_OPTIONS(struct command, reading),
    {.name = "lines",
     .group = "Writing",
     .help = "write each line under both laws; the sums go to standard error",
     .at = AT(lines),
     .config = DEFAULT_NEVER},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = "Writing",
     .help = "format of the answer; default: table on a terminal, else ndjson",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    CLI_SPREADSHEET_SAFE(struct command, safe, "Writing"),
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .group = "Writing",
     .help = "number of threads; default all cores. The answer is the same",
     .at = AT(jobs),
     .config = DEFAULT_SILENT},
    {.name = "fail-on",
     .argument = "KINDS",
     .group = "Writing",
     .help = "exit code 1 only for lines of these kinds: incomplete, refused, separated by commas",
     .at = AT(fail),
     .take = cli_take_fail_on},
    {.name = "as-known-on",
     .argument = "DAY",
     .group = "Law",
     .help = "the law as it was known on that day",
     .at = AT(law.known_on),
     .values = VALUES_DAY},
    {.name = "law",
     .argument = "DIR",
     .group = "Law",
     .help = "compile and use the law in this folder",
     .at = AT(law.folder),
     .values = VALUES_FOLDER},
    {.name = "strict-coverage",
     .group = "Law",
     .help = "refuse days after the last day covered; by default they are answered with the law as "
	     "known",
     .at = AT(run.assessor.strict_coverage)},
};

static enum compare_format format_of(const struct command *command)
{
	const char *format = command->format;
	if (!format)
		format = isatty(STDOUT_FILENO) ? "table" : "ndjson";
	return !strcmp(format, "csv")      ? COMPARE_CSV
	       : !strcmp(format, "ndjson") ? COMPARE_NDJSON
					   : COMPARE_TABLE;
}

/* The law and, beside it, the law under each scenario. */
static int open_laws(struct command *command)
{
	struct tw_error error = {0};
	int code = cli_rulebook(&command->book[0], &command->owned[0], &command->law);
	for (size_t i = 0; i < command->with.count && !code; i++) {
		struct cli_law law = command->law;
		struct compare_law *is = &command->is[i + 1];
		law.with = command->with.name[i];
		if (scenario_head(command->arena, law.with, &is->id, &is->title, &error)) {
			cli_error(&error);
			return CLI_FAILED;
		}
		for (size_t k = 1; k <= i; k++)
			if (!strcmp(command->is[k].id, is->id)) {
				cli_message("compare: two scenarios are called %s: %s and %s",
					    is->id, command->with.name[k - 1], law.with);
				return CLI_FAILED;
			}
		code = cli_rulebook(&command->book[i + 1], &command->owned[i + 1], &law);
	}
	return code;
}

static int report(struct command *command, struct compare *compare, bool lines)
{
	struct buffer out = {.width = terminal_width()};
	struct tw_error error = {0};
	/* Beside lines the sums are for people. */
	enum compare_format format = lines ? COMPARE_TABLE : format_of(command);
	int code = CLI_DONE;
	if (compare_report(&out, compare, format, &error)) {
		cli_error(&error);
		code = CLI_FAILED;
	} else if (!lines || !cli_look.quiet) {
		(void)write_buffer(lines ? stderr : stdout, &out);
	}
	buffer_free(&out);
	return code;
}

static int header(const struct compare *compare)
{
	struct buffer out = {0};
	compare_header(&out, compare);
	int code =
	    out.failed || write_all(STDOUT_FILENO, out.at, out.length) ? CLI_FAILED : CLI_DONE;
	if (code)
		cli_message("the output cannot be written");
	buffer_free(&out);
	return code;
}

static int compare_lines(struct command *command, struct compare *compare)
{
	struct totals totals = {0};
	struct tw_error error = {0};
	struct compare_counts counts;
	command->run.take = compare_take;
	command->run.take_end = compare_end;
	command->run.take_context = compare;
	command->run.rulebook = command->book[0];
	command->run.laws = command->book;
	command->run.law_count = command->with.count + 1;
	int code = header(compare);
	if (!code && run_lines(&totals, &command->run, &error)) {
		cli_error(&error);
		code = CLI_FAILED;
	}
	totals_free(&totals);
	if (code || command->run.only_columns)
		return code;
	if ((code = report(command, compare, command->lines)))
		return code;
	compare_counts(&counts, compare);
	struct cli_seen seen = {.refused = counts.refused > 0, .incomplete = counts.incomplete > 0};
	return cli_fail_code(&command->fail, &seen);
}

static void set_run(struct command *command)
{
	struct run_options *run = &command->run;
	run->format = RUN_CSV;
	run->only_answers = run->totals_only = true; /* what is written is written here */
	run->out = STDOUT_FILENO;
	run->err = STDERR_FILENO;
	run->progress = isatty(STDERR_FILENO) && !cli_look.quiet;
	run->quiet = run->quiet_lines = cli_look.quiet;
	/* Neither changes a duty. */
	run->assessor.no_screen = run->assessor.no_changes = true;
	run->assessor.today = cli_today();
}

static int run_open(struct command *command)
{
	struct compare *compare = NULL;
	struct tw_error error = {0};
	int code = open_laws(command);
	if (code)
		return code;
	struct compare_options ask = {.laws = command->is,
				      .law_count = command->with.count + 1,
				      .jobs = command->run.jobs,
				      .format = format_of(command),
				      .lines = command->lines,
				      .safe = command->safe};
	if (compare_new(&compare, &ask, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	code = compare_lines(command, compare);
	compare_free(compare);
	return code;
}

static int run_compare(const struct cli_command *self, int argc, char **argv)
{
	static const char *const standard[] = {"-"};
	struct command command = {.run.assessor = TW_OPTIONS_INIT};
	int files, code;
	if (!cli_options(&files, &code, &command, self, argc, argv) ||
	    !reading_open(&command.reading, &code))
		return code;
	if (command.with.count && !strcmp(command.with.name[0], "list")) {
		scenario_list();
		return CLI_DONE;
	}
	if (!command.with.count) {
		cli_message(
		    "compare: name a scenario: --with NAME or FILE; --with list names those "
		    "of this program");
		return CLI_FAILED;
	}
	if (!files && isatty(STDIN_FILENO)) {
		cli_message("compare: name a file, or - for standard input; see tidewaiter compare "
			    "--help");
		return CLI_FAILED;
	}
	command.run.files = files ? (const char *const *)(argv + 1) : standard;
	command.run.file_count = files ? (size_t)files : 1;
	reading_apply(&command.reading, &command.run);
	set_run(&command);
	command.arena = arena_new();
	code =
	    command.arena ? reading_jobs(&command.run.jobs, "compare", command.jobs) : CLI_FAILED;
	if (!command.arena)
		cli_message("out of memory");
	if (!code)
		code = run_open(&command);
	for (size_t i = 0; i <= SCENARIOS; i++)
		tw_rulebook_close(command.owned[i]);
	reading_close(&command.reading);
	arena_free(command.arena);
	return code;
}

const struct cli_command compare_command = {
    .name = "compare",
    .summary = "what a change of the law comes to on lines of goods",
    .usage = "--with NAME|FILE... [OPTION...] [FILE...]",
    .about =
	"Assesses every line under the law and under the law with a scenario laid over it, and "
	"adds "
	"up: lines changed, duty before and after, by program, origin, chapter and month. Reads "
	"the "
	"files that assess reads. Lines whose duty is not known under both laws are counted apart. "
	"Quantities do not react: the same goods are taken to come at any duty.",
    .examples = "tidewaiter compare manifest.csv --with geneva-lapses\n"
		"tidewaiter compare orders.csv --with mine.yaml --lines --format csv\n"
		"tidewaiter compare --with list",
    .more = "Exit code: 0 done; 1 done, and some lines were refused or are incomplete under one of "
	    "the laws; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .words = VALUES_FILE,
    .run = run_compare,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter patterns: what is seen across lines of goods. */
#include "across/across.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/reading.h"
#include "cli/terminal.h"
#include "common/error.h"
#include "common/temporary.h"
#include "common/write.h"
#include "lines/output.h"

struct command {
	struct cli_reading reading;
	struct run_options run;
	struct cli_law law;
	const char *format, *jobs, *graph, *output, *lines, *show;
	bool list;
	const tw_rulebook *book[1];
	struct output file, lines_file;
	struct across *across;
	struct across_counts counts;
};

#define AT(member) offsetof(struct command, member)

static const char *const formats[] = {"table", "csv", "ndjson", NULL};
static const char *const graphs[] = {"graphml", "dot", NULL};

static const struct cli_option options[] = {
    CLI_READING_OPTIONS(struct command, reading),
    {.name = "list",
     .group = "Patterns",
     .help = "name the patterns of the law; no lines are read",
     .at = AT(list),
     .config = DEFAULT_NEVER},
    {.name = "show",
     .argument = "NAME",
     .group = "Patterns",
     .help = "what one pattern looks for, by which rules, and what is said of it",
     .at = AT(show),
     .config = DEFAULT_NEVER},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = "Writing",
     .help = "format of the answer; default: table on a terminal, else ndjson",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    {.name = "graph",
     .argument = "FORMAT",
     .group = "Writing",
     .help = "write persons, addresses and goods of the lines that are named as a graph in place "
	     "of the answer: graphml for Gephi, dot for Graphviz",
     .at = AT(graph),
     .choices = graphs,
     .config = DEFAULT_NEVER},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .group = "Writing",
     .help = "write the answer to this file, which is there whole or not at all",
     .at = AT(output),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    {.name = "lines",
     .argument = "FILE",
     .group = "Writing",
     .help = "write all lines of what is seen to this file, as CSV: the number of the sighting in "
	     "the answer, its pattern, file, line and id; - for standard output, with --output",
     .at = AT(lines),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .group = "Writing",
     .help = "number of threads; default all cores. The answer is the same",
     .at = AT(jobs),
     .config = DEFAULT_SILENT},
    CLI_LAW_OPTIONS(struct command, law),
    {.name = "strict-coverage",
     .group = "Law",
     .help = "refuse days after the last day covered; by default they are answered with the law as "
	     "known",
     .at = AT(run.assessor.strict_coverage)},
};

static enum across_format format_of(const struct command *command)
{
	const char *format = command->format;
	if (!format)
		format = !command->output && isatty(STDOUT_FILENO) ? "table" : "ndjson";
	return !strcmp(format, "csv")      ? ACROSS_CSV
	       : !strcmp(format, "ndjson") ? ACROSS_NDJSON
					   : ACROSS_TABLE;
}

static enum across_graph graph_of(const struct command *command)
{
	if (!command->graph)
		return ACROSS_NO_GRAPH;
	return strcmp(command->graph, "dot") ? ACROSS_GRAPHML : ACROSS_DOT;
}

static int write_out(void *context, const char *at, size_t length, struct tw_error *error)
{
	struct command *command = context;
	if (command->output)
		return output_write(&command->file, at, length, error);
	return write_all(STDOUT_FILENO, at, length)
		   ? error_set(error, TW_BAD_FILE, "the output cannot be written")
		   : TW_OK;
}

static int write_lines(void *context, const char *at, size_t length, struct tw_error *error)
{
	struct command *command = context;
	if (command->lines_file.name)
		return output_write(&command->lines_file, at, length, error);
	return write_all(STDOUT_FILENO, at, length)
		   ? error_set(error, TW_BAD_FILE, "the output cannot be written")
		   : TW_OK;
}

static int write_note(void *context, const char *at, size_t length, struct tw_error *error)
{
	(void)context;
	(void)error;
	cli_message("%.*s", (int)length, at);
	return TW_OK;
}

static bool is_same_file(const char *one, const char *other)
{
	struct stat a, b;
	return !strcmp(one, other) || (!stat(one, &a) && !stat(other, &b) && a.st_dev == b.st_dev &&
				       a.st_ino == b.st_ino && S_ISREG(a.st_mode));
}

/* Opens a file to write, which must be none of the inputs. */
static int open_one(struct output *file, const struct command *command, const char *option,
		    const char *path)
{
	struct tw_error error;
	for (size_t i = 0; i < command->run.file_count; i++)
		if (is_same_file(path, command->run.files[i])) {
			cli_message("patterns: %s %s is one of the inputs: name another file",
				    option, path);
			return CLI_FAILED;
		}
	if (output_open(file, option, path, &error)) {
		cli_message("patterns: %s", error.message);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static bool is_standard(const char *path)
{
	return path && !strcmp(path, "-");
}

static int close_one(struct output *file, int code)
{
	struct tw_error error;
	if (!file->name)
		return code;
	if (code) {
		output_drop(file);
	} else if (output_keep(file, &error)) {
		cli_message("patterns: %s", error.message);
		return CLI_FAILED;
	}
	return code;
}

static int close_output(struct command *command, int code)
{
	code = close_one(&command->lines_file, code);
	return close_one(&command->file, code);
}

/* The files of --output and --lines. */
static int open_output(struct command *command)
{
	int code = CLI_DONE;
	if (is_standard(command->output))
		command->output = NULL;
	if (command->output)
		code = open_one(&command->file, command, "--output", command->output);
	if (!code && command->lines && !is_standard(command->lines))
		code = open_one(&command->lines_file, command, "--lines", command->lines);
	if (code)
		return close_output(command, code);
	output_watch_also(&command->lines_file);
	output_watch(command->output ? &command->file : NULL);
	return CLI_DONE;
}

static void say_end(const struct command *command)
{
	const struct across_counts *c = &command->counts;
	if (cli_look.quiet)
		return;
	struct buffer out = {0};
	buffer_number(&out, c->lines);
	buffer_text(&out, " lines, ");
	buffer_number(&out, c->sightings);
	buffer_text(&out, " seen, ");
	buffer_number(&out, c->questions);
	buffer_text(&out, " questions");
	if (c->refused) {
		buffer_text(&out, "; ");
		buffer_number(&out, c->refused);
		buffer_text(&out, " lines refused and not looked at");
	}
	buffer_char(&out, '\n');
	across_without(&out, command->across);
	(void)write_buffer(stderr, &out);
	buffer_free(&out);
}

static void set_run(struct command *command)
{
	struct run_options *run = &command->run;
	run->format = RUN_CSV;
	run->only_answers = run->totals_only = true; /* what is written is written here */
	run->alone = true;                           /* persons and texts of each line are wanted */
	run->take = across_take;
	run->take_end = across_end;
	run->take_context = command->across;
	run->rulebook = command->book[0];
	run->laws = command->book;
	run->law_count = 1;
	run->err = STDERR_FILENO;
	run->progress = isatty(STDERR_FILENO) && !cli_look.quiet;
	run->quiet = run->quiet_lines = cli_look.quiet;
	run->assessor.no_changes = true;
	run->assessor.today = cli_today();
}

/* The lines, what they bring to a temporary file, and what is seen in it. */
static int look(struct command *command)
{
	struct totals totals = {0};
	struct tw_error error = {0};
	int marks = command->run.only_columns ? STDOUT_FILENO : temporary_file(&error);
	int code = marks < 0 ? TW_BAD_FILE : TW_OK;
	command->run.out = marks;
	if (!code)
		code = run_lines(&totals, &command->run, &error);
	totals_free(&totals);
	if (!code && !command->run.only_columns)
		code = across_finish(&command->counts, command->across, marks, &error);
	if (marks >= 0 && marks != STDOUT_FILENO)
		close(marks);
	if (code)
		cli_error(&error);
	return code ? CLI_FAILED : CLI_DONE;
}

static int run_open(struct command *command)
{
	struct tw_error error = {0};
	struct across_options ask = {.rulebook = command->book[0],
				     .jobs = command->run.jobs,
				     .format = format_of(command),
				     .graph = graph_of(command),
				     .width = command->output ? 0 : terminal_width(),
				     .write = write_out,
				     .lines = command->lines ? write_lines : NULL,
				     .write_context = command,
				     .note = cli_look.quiet ? NULL : write_note};
	if (across_new(&command->across, &ask, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	set_run(command);
	int code = open_output(command);
	if (!code && ask.format == ACROSS_TABLE && !command->output && !command->graph)
		terminal_page();
	if (terminal_paged())
		command->run.progress = false;
	if (!code)
		code = close_output(command, look(command));
	terminal_page_end();
	if (!code && !command->run.only_columns) {
		if (ask.format != ACROSS_TABLE || command->output || command->graph)
			say_end(command);
		code = command->counts.refused ? CLI_SOME_REFUSED : CLI_DONE;
	}
	across_free(command->across);
	return code;
}

/* The patterns themselves, to where answers go. */
static int list_patterns(struct command *command)
{
	struct tw_error error = {0};
	struct buffer out = {0};
	const struct across_options ask = {.rulebook = command->book[0],
					   .format = format_of(command),
					   .width = command->output ? 0 : terminal_width()};
	int code = across_list(&out, &ask, command->show, &error);
	if (!code)
		code = open_output(command);
	if (!code && ask.format == ACROSS_TABLE && !command->output)
		terminal_page();
	if (!code)
		code = close_output(command, write_out(command, out.at, out.length, &error));
	terminal_page_end();
	if (*error.message)
		cli_error(&error);
	buffer_free(&out);
	return code ? CLI_FAILED : CLI_DONE;
}

/* Two answers have two places. */
static bool check_lines(const struct command *command)
{
	bool is_out = !command->output || is_standard(command->output);
	if (!command->lines)
		return true;
	if (command->graph)
		cli_message(
		    "patterns: --lines and --graph exclude each other: the lines are of the "
		    "numbered sightings of an answer");
	else if (is_standard(command->lines) && is_out)
		cli_message("patterns: --lines - writes to standard output: name a file for the "
			    "answer with --output");
	else if (!is_out && is_same_file(command->lines, command->output))
		cli_message("patterns: --lines and --output name one file: name two");
	else
		return true;
	return false;
}

static int run_patterns(const struct cli_command *self, int argc, char **argv)
{
	static const char *const standard[] = {"-"};
	struct command command = {.run.assessor = TW_OPTIONS_INIT};
	tw_rulebook *owned = NULL;
	int files, code;
	if (!cli_options(&files, &code, &command, self, argc, argv) ||
	    !reading_open(&command.reading, &code))
		return code;
	bool only_law = command.list || command.show;
	if (only_law && (files || command.graph || command.lines)) {
		cli_message("patterns: --list and --show read no lines: omit %s", files ? argv[1]
										  : command.graph
										      ? "--graph"
										      : "--lines");
		return CLI_FAILED;
	}
	if (!check_lines(&command))
		return CLI_FAILED;
	if (!files && !only_law && isatty(STDIN_FILENO)) {
		cli_message("patterns: name a file, or - for standard input; see tidewaiter "
			    "patterns --help");
		return CLI_FAILED;
	}
	if (command.graph && command.format) {
		cli_message("patterns: --graph and --format exclude each other: a graph has a form "
			    "of its own");
		return CLI_FAILED;
	}
	command.run.files = files ? (const char *const *)(argv + 1) : standard;
	command.run.file_count = files ? (size_t)files : 1;
	reading_apply(&command.reading, &command.run);
	code = reading_jobs(&command.run.jobs, "patterns", command.jobs);
	if (!code)
		code = cli_rulebook(&command.book[0], &owned, &command.law);
	if (!code)
		code = only_law ? list_patterns(&command) : run_open(&command);
	tw_rulebook_close(owned);
	reading_close(&command.reading);
	return code;
}

const struct cli_command patterns_command = {
    .name = "patterns",
    .summary = "what is seen across lines of goods: sums, routes, parts",
    .usage = "[OPTION...] [FILE...]",
    .about =
	"Looks for the patterns of the law in all lines together: amounts heaped just under a "
	"limit, "
	"one order, person, address or telephone number on many parcels, routes that change duty "
	"or "
	"control, goods of several kinds that reach one receiver, one description under many "
	"codes, "
	"prices far from the others of their code. Reads the files that assess reads. Each pattern "
	"shows its numbers, the lines, the rules that ask for it, and what else it may be. It "
	"accuses nobody.",
    .examples = "tidewaiter patterns manifest.csv\n"
		"tidewaiter patterns 2025-*.csv --format csv --output seen.csv\n"
		"tidewaiter patterns manifest.csv --output seen.ndjson --lines lines.csv\n"
		"tidewaiter patterns manifest.csv --graph graphml --output seen.graphml\n"
		"tidewaiter patterns --show us.value.exemption",
    .more = "Exit code: 0 done; 1 done, and some lines were refused and not looked at; 2 could not "
	    "be carried out.",
    CLI_OPTIONS(options),
    .words = VALUES_FILE,
    .run = run_patterns,
};

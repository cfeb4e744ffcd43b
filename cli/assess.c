/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter assess: lines of goods in, findings out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/assess_take.h"
#include "cli/cli.h"
#include "cli/deposits.h"
#include "cli/parties.h"
#include "cli/reading.h"
#include "cli/terminal.h"
#include "codes/base.h"
#include "common/error.h"
#include "common/write.h"
#include "lines/output.h"
#include "lines/run.h"
#include "parquet/parquet.h"
#include "parties/lines.h"

struct assess {
	struct cli_reading reading;
	struct run_options run;
	struct cli_law law;
	struct cli_fail_on fail;
	const char *format, *jobs, *output, *adcvd;
	struct parquet *parquet;
	struct cli_parties lists;
	struct run_parties look;
	bool unused, to_parquet, detail, titles;
};

#define AT(member) offsetof(struct assess, member)
#define READING CLI_READING
#define WRITING "Writing"
#define LAW "Law"

static const char *const formats[] = {"table", "csv", "json", "ndjson", "parquet", NULL};

static const struct cli_option options[] = {
    CLI_READING_OPTIONS(struct assess, reading),
    CLI_DEPOSITS_OPTION(struct assess, adcvd, READING),
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = WRITING,
     .help = "format of the answers; json is one array, ndjson one object per line; parquet needs "
	     "DuckDB's library; default: table on a terminal, else ndjson",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .group = WRITING,
     .help = "write the answers to this file; the ending .csv, .json, .ndjson or .parquet sets the "
	     "format. A temporary file beside it is renamed when complete",
     .at = AT(output),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    {.name = "keep",
     .group = WRITING,
     .help = "ndjson: carry input columns that are not read through to the answers",
     .at = AT(run.keep),
     .config = DEFAULT_SILENT},
    {.name = "only-answers",
     .group = WRITING,
     .help = "csv, parquet: omit the input columns, which otherwise precede those of the answer",
     .at = AT(run.only_answers),
     .config = DEFAULT_SILENT},
    {.name = "detail",
     .group = WRITING,
     .help = "parquet: one more column, detail, with all that the answer says: layers, fees, "
	     "substances, controls, warnings and more, as lists of structs",
     .at = AT(detail)},
    {.name = "titles",
     .group = WRITING,
     .help = "json, ndjson: say what each program is called",
     .at = AT(titles),
     .config = DEFAULT_SILENT},
    {.name = "fields",
     .argument = "NAMES",
     .group = WRITING,
     .help = "write these columns (csv) or members (ndjson) in this order, separated by commas",
     .at = AT(run.fields)},
    {.name = "only",
     .argument = "KINDS",
     .group = WRITING,
     .help = "write only lines of these kinds: differing (in an entry export, where declared and "
	     "computed differ), red, yellow, incomplete, refused, separated by commas; the totals "
	     "still cover all lines",
     .at = AT(run.only),
     .take = assess_take_only},
    {.name = "totals-only",
     .group = WRITING,
     .help = "write no lines: the totals alone, to standard output",
     .at = AT(run.totals_only),
     .config = DEFAULT_NEVER},
    {.name = "part",
     .argument = "K/N",
     .group = READING,
     .help = "assess the K-th of N equal parts of one plain file, cut between records; the answers "
	     "of all parts, one after the other, are those of the whole file",
     .at = AT(run),
     .take = assess_take_part,
     .config = DEFAULT_NEVER},
    {.name = "monthly-sum",
     .group = READING,
     .help = "decide thresholds of chemicals that run over a calendar month on the sum of one "
	     "person, over all files",
     .at = AT(run.monthly_sum)},
    CLI_SPREADSHEET_SAFE(struct assess, run.spreadsheet_safe, WRITING),
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .group = WRITING,
     .help = "number of threads; default all cores. The order is that of the input",
     .at = AT(jobs),
     .config = DEFAULT_SILENT},
    {.name = "fail-on",
     .argument = "KINDS",
     .group = WRITING,
     .help = "exit code 1 only for lines of these kinds: red, yellow, incomplete, refused, "
	     "separated by commas",
     .at = AT(fail),
     .take = cli_take_fail_on},
    CLI_PARTIES_OPTIONS(struct assess, lists, "party-cut"),
    CLI_LAW_OPTIONS(struct assess, law),
    {.name = "strict-coverage",
     .group = LAW,
     .help = "refuse days after the last day covered; by default they are answered with the law as "
	     "known, with a warning",
     .at = AT(run.assessor.strict_coverage)},
    {.name = "beyond-coverage", .at = AT(unused)}, /* what is done anyway */
    {.name = "no-screen",
     .group = LAW,
     .help = "do not screen for controlled chemicals",
     .at = AT(run.assessor.no_screen)},
};

/* What the name of the output says of its format; NULL: nothing. */
static const char *format_of_name(const char *name)
{
	static const char *const names[][2] = {{".csv", "csv"},
					       {".json", "json"},
					       {".ndjson", "ndjson"},
					       {".jsonl", "ndjson"},
					       {".parquet", "parquet"}};
	const char *end = name ? strrchr(name, '.') : NULL;
	for (size_t i = 0; end && i < sizeof names / sizeof *names; i++)
		if (!strcasecmp(end, names[i][0]))
			return names[i][1];
	return NULL;
}

static bool is_workbook(const char *name)
{
	const char *end = name ? strrchr(name, '.') : NULL;
	return end &&
	       (!strcasecmp(end, ".xlsx") || !strcasecmp(end, ".xls") || !strcasecmp(end, ".ods"));
}

static int read_format(struct assess *assess, const struct cli_command *command)
{
	const char *format = assess->format, *named = format_of_name(assess->output);
	if (format && named && !cli_option_given(cli_option_find(command, "format", 6)))
		format = named; /* a default of the user's file yields to the name */
	bool lines = named && !strcmp(named, "json") && format && !strcmp(format, "ndjson");
	if (format && named && strcmp(format, named) != 0 && !lines) {
		cli_message("assess: --output %s says %s and --format says %s: omit one, or make "
			    "them agree",
			    assess->output, named, format);
		return CLI_FAILED;
	}
	if (!format && is_workbook(assess->output)) {
		cli_message("assess: --output %s: a workbook is read, not written: name it .csv, "
			    ".json, .ndjson or .parquet",
			    assess->output);
		return CLI_FAILED;
	}
	if (!format)
		format = named                                      ? named
			 : !assess->output && isatty(STDOUT_FILENO) ? "table"
								    : "ndjson";
	if (assess->run.totals_only)
		format = "csv", assess->run.only_answers = true; /* the least is found out */
	assess->to_parquet = *format == 'p';                     /* made of the columns of CSV */
	if (assess->to_parquet && (!assess->output || !strcmp(assess->output, "-")) &&
	    isatty(STDOUT_FILENO)) {
		cli_message("assess: Parquet is not for a terminal: name a file, as in --output "
			    "answers.parquet");
		return CLI_FAILED;
	}
	assess->run.program = assess->titles ? codes_program : NULL;
	assess->run.format = !strcmp(format, "table")  ? RUN_TABLE
			     : !strcmp(format, "csv")  ? RUN_CSV
			     : assess->to_parquet      ? RUN_CSV
			     : !strcmp(format, "json") ? RUN_JSON
						       : RUN_NDJSON;
	return CLI_DONE;
}

/* Options that the format has no use for. */
static int check_writing(const struct assess *assess, const struct cli_command *command)
{
	bool array =
	    assess->run.format == RUN_JSON || assess->run.format == RUN_TABLE || assess->to_parquet;
	if (assess->run.totals_only && (assess->output || assess->run.fields || assess->run.only)) {
		cli_message("assess: --totals-only writes no lines: omit %s",
			    assess->output       ? "--output"
			    : assess->run.fields ? "--fields"
						 : "--only");
		return CLI_FAILED;
	}
	if (assess->run.parts && array && !assess->run.totals_only) {
		cli_message("assess: --part is for --format csv and ndjson, whose parts can be put "
			    "one after the other");
		return CLI_FAILED;
	}
	if (assess->detail && !assess->to_parquet &&
	    cli_option_given(cli_option_find(command, "detail", 6))) {
		cli_message("assess: --detail is for Parquet: of the other formats NDJSON says it "
			    "all");
		return CLI_FAILED;
	}
	bool json = assess->run.format == RUN_NDJSON || assess->run.format == RUN_JSON;
	if (assess->titles && !json && cli_option_given(cli_option_find(command, "titles", 6))) {
		cli_message("assess: --titles is for --format json and ndjson");
		return CLI_FAILED;
	}
	if (!assess->run.fields || assess->run.format != RUN_TABLE)
		return CLI_DONE;
	cli_message("assess: --fields is for --format csv, json, ndjson and parquet");
	return CLI_FAILED;
}

/* Opens --output, which must be none of the inputs. */
static int open_output(struct assess *assess, struct output *output)
{
	struct stat out, in;
	struct tw_error error;
	assess->run.out = STDOUT_FILENO;
	if (!assess->output || !strcmp(assess->output, "-")) {
		output_watch(NULL);
		return CLI_DONE;
	}
	for (size_t i = 0; i < assess->run.file_count; i++)
		if (!stat(assess->output, &out) && !stat(assess->run.files[i], &in) &&
		    out.st_dev == in.st_dev && out.st_ino == in.st_ino && S_ISREG(out.st_mode)) {
			cli_message("assess: --output %s is one of the inputs: name another file",
				    assess->output);
			return CLI_FAILED;
		}
	if (output_open(output, "--output", assess->output, &error)) {
		cli_message("assess: %s", error.message);
		return CLI_FAILED;
	}
	output_watch(output);
	assess->run.out = output->fd;
	return CLI_DONE;
}

/* The lists that were named look at each line, from now on. */
static int open_parties(struct assess *assess, struct parties **parties, struct party_lines **lines)
{
	struct tw_error error = {0};
	int code = cli_parties_open(parties, &assess->lists);
	if (code || !*parties)
		return code;
	if (party_lines_new(lines, *parties, assess->lists.cut, assess->run.jobs, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	assess->look = (struct run_parties){.look = party_lines_look,
					    .context = *lines,
					    .lists = party_lines_lists(*lines),
					    .lists_cell = party_lines_cell(*lines)};
	assess->look.columns = party_lines_columns(&assess->look.column_count);
	assess->run.parties = &assess->look;
	return CLI_DONE;
}

/* Parquet is written by another, to where the output is. */
static int open_parquet(struct assess *assess, const struct output *output)
{
	struct tw_error error = {0};
	if (!assess->to_parquet)
		return CLI_DONE;
	if (parquet_to(assess->parquet, assess->run.out, output->is_beside, &error)) {
		cli_message("assess: %s", error.message);
		return CLI_FAILED;
	}
	assess->run.sink = parquet_sink(assess->parquet, assess->run.rulebook, assess->detail);
	return CLI_DONE;
}

/* The file is whole now, or as it was before. */
static int close_output(const struct assess *assess, struct output *output, bool is_whole)
{
	struct tw_error error;
	if (assess->run.out == STDOUT_FILENO)
		return CLI_DONE;
	if (!is_whole) {
		if (output->is_beside)
			cli_message("assess: %s %s", output->name,
				    output->is_new ? "was not written" : "is unchanged");
		output_drop(output);
	} else if (output_keep(output, &error)) {
		cli_message("assess: %s", error.message);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int print_totals(struct totals *totals, FILE *to)
{
	struct buffer text = {0};
	totals_print(&text, totals, cli_color(fileno(to)));
	int code = text.failed ? CLI_FAILED : CLI_DONE;
	if (text.failed)
		cli_message("out of memory");
	else
		(void)write_buffer(to, &text);
	buffer_free(&text);
	return code;
}

static int run(struct assess *assess, struct output *output)
{
	struct totals *totals = calloc(1, sizeof *totals);
	struct tw_error error = {0};
	int code = CLI_DONE;
	if (!totals) {
		cli_message("out of memory");
		return CLI_FAILED;
	}
	int result = run_lines(totals, &assess->run, &error);
	if (!result && assess->run.sink && !assess->run.only_columns)
		result = parquet_end(assess->parquet, &error);
	if (result)
		cli_error(&error);
	code = close_output(assess, output, !result);
	if (result)
		code = CLI_FAILED;
	if (!code && !assess->run.only_columns) {
		terminal_page_end(); /* the totals stand under the page */
		if (!cli_look.quiet && assess->run.format == RUN_TABLE &&
		    assess->run.out == STDOUT_FILENO)
			fwrite("\n", 1, 1, stderr);
		if (assess->run.totals_only)
			code = print_totals(totals, stdout);
		else if (!cli_look.quiet)
			code = print_totals(totals, stderr);
		struct cli_seen seen = {.red = totals->lane[TW_LANE_RED],
					.yellow = totals->lane[TW_LANE_YELLOW],
					.incomplete = totals->status[TW_STATUS_INCOMPLETE],
					.refused = totals->status[TW_STATUS_REFUSED]};
		code = code ? code : cli_fail_code(&assess->fail, &seen);
	}
	totals_free(totals);
	free(totals);
	return code;
}

static int run_assess(const struct cli_command *command, int argc, char **argv)
{
	static const char *const standard[] = {"-"};
	struct assess assess = {.run.assessor = TW_OPTIONS_INIT};
	assess.run.assessor.today = cli_today();
	struct output output = {.fd = -1};
	tw_rulebook *owned = NULL;
	struct parties *parties = NULL;
	struct party_lines *lines = NULL;
	tw_deposits *deposits = NULL;
	int files, code;

	if (!cli_options(&files, &code, &assess, command, argc, argv) ||
	    !reading_open(&assess.reading, &code))
		return code;
	if (!files && isatty(STDIN_FILENO)) {
		cli_message("assess: name a file, or - for standard input; see tidewaiter assess "
			    "--help");
		return CLI_FAILED;
	}
	assess.run.files = files ? (const char *const *)(argv + 1) : standard;
	assess.run.file_count = files ? (size_t)files : 1;
	reading_apply(&assess.reading, &assess.run);
	assess.run.err = STDERR_FILENO;
	assess.run.progress = isatty(STDERR_FILENO) && !cli_look.quiet;
	if ((code = read_format(&assess, command)) || (code = check_writing(&assess, command)) ||
	    (code = reading_jobs(&assess.run.jobs, "assess", assess.jobs)) ||
	    (code = cli_rulebook(&assess.run.rulebook, &owned, &assess.law)) ||
	    (code = cli_deposits_open(&deposits, assess.run.rulebook, assess.adcvd)) ||
	    (code = open_parties(&assess, &parties, &lines)))
		goto done;
	assess.run.assessor.deposits = deposits;
	assess.parquet = parquet_new(assess.run.jobs);
	if (!assess.parquet) {
		cli_message("out of memory");
		code = CLI_FAILED;
		goto done;
	}
	assess.reading.columns.tables = parquet_opener(assess.parquet);
	if (!(code = open_output(&assess, &output)) && (code = open_parquet(&assess, &output)))
		close_output(&assess, &output, false);
	if (!code) {
		if (assess.run.format == RUN_TABLE && assess.run.out == STDOUT_FILENO)
			terminal_page();
		if (terminal_paged())
			assess.run.progress = false;
		assess.run.width = terminal_width();
		assess.run.color = assess.run.format == RUN_TABLE && cli_color(assess.run.out);
		assess.run.quiet = cli_look.quiet;
		assess.run.quiet_lines = cli_look.quiet || (assess.run.format == RUN_TABLE &&
							    assess.run.out == STDOUT_FILENO);
		code = run(&assess, &output);
	}
done:
	party_lines_free(lines);
	parties_close(parties);
	tw_deposits_free(deposits);
	tw_rulebook_close(owned);
	parquet_free(assess.parquet);
	reading_close(&assess.reading);
	return code;
}

const struct cli_command assess_command = {
    .name = "assess",
    .summary = "assess lines of goods from files: duties, fees, controls",
    .usage = "[OPTION...] [FILE...]",
    .about =
	"Reads CSV (comma, semicolon, tab or pipe; the first row names the columns) or NDJSON (one "
	"object per line), optionally compressed with gzip or zstd, a sheet of a workbook (.xlsx), "
	"Parquet, and an ACE ES-003 export as downloaded. No FILE, or -, is standard input. A line "
	"that "
	"cannot be read is refused with the correction needed; the others are answered.",
    .examples = "tidewaiter assess manifest.csv\n"
		"tidewaiter assess --output duties.csv orders.csv\n"
		"tidewaiter assess --map \"HS6 Code=hts\" --set entered=2025-05-02 f.csv",
    .more =
	"Columns (in any order; only hts, origin, entered and value are always needed)\n"
	"  id shipment into hts origin ship_from via entered imported loaded departed\n"
	"  it_date channel transport entry_type value currency retail_value qty unit\n"
	"  qty2 unit2 weight claims description cas smiles inchikey concentration\n"
	"  consignee shipper order importer consignee_id consignee_address\n"
	"  consignee_phone shipper_address seller buyer\n"
	"Names from ACE, shops and carriers (\"HTS Number - Full\", hs_code, countryOfOrigin) are "
	"understood; an order or shipping date is never taken as the date of entry.\n"
	"\n"
	"Totals and messages go to standard error. Exit code: 0 done; 1 done, and some lines were "
	"refused or are incomplete, or of a kind named by --fail-on; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .words = VALUES_FILE,
    .run = run_assess,
};

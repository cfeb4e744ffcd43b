/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter assess: lines of goods in, findings out. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../src/lines/run.h"
#include "cli.h"

enum { JOBS = 256 };

static const char help[] =
    "tidewaiter assess: lines of goods in, findings out\n"
    "\n"
    "  tidewaiter assess [OPTION...] [FILE...]\n"
    "\n"
    "Reads CSV (comma, semicolon or tab; the first row names the columns) or NDJSON\n"
    "(one object a line), and an ACE ES-003 export as it is. No FILE, or -, is\n"
    "standard input. A line that cannot be read is refused, with what would be\n"
    "right; the others are answered.\n"
    "\n"
    "  tidewaiter assess manifest.csv\n"
    "  tidewaiter assess --format csv --keep --output duties.csv orders.csv\n"
    "  tidewaiter assess --map \"HS6 Code=hts\" --set into=US --set entered=2025-05-02 f.csv\n"
    "\n"
    "Reading\n"
    "  --map THEIRS=OURS    their column is our column; may be given again\n"
    "  --set COLUMN=VALUE   one value for all lines; may be given again\n"
    "  --daily-sum          sum what is let in free by consignee and local day of entry\n"
    "\n"
    "Writing\n"
    "  --format FORMAT      table (default on a terminal), ndjson (default else) or csv\n"
    "  --output FILE        write the answers there\n"
    "  --keep               carry the columns we do not know through to the answers\n"
    "  --jobs N             threads; default all cores. The order stays that of the input\n"
    "  --fail-on KINDS      exit code 1 for lines of these kinds and no others: red,\n"
    "                       yellow, incomplete, refused, with commas between\n"
    "\n"
    "Law\n"
    "  --as-known-on DAY    the law as one could know it on that day\n"
    "  --rulebook FILE      another rulebook than the one built in\n"
    "  --law DIR            compile the law in this folder\n"
    "  --strict-coverage    refuse days after the last one covered; else they are\n"
    "                       answered as the law is known, with a warning\n"
    "  --no-screen          do not look for controlled chemicals\n"
    "\n"
    "Columns (in any order; only hts, origin, entered and value are always needed)\n"
    "  id shipment into hts origin ship_from via entered imported loaded departed\n"
    "  it_date channel transport entry_type value currency retail_value qty unit\n"
    "  qty2 unit2 weight claims description cas smiles inchikey concentration\n"
    "  consignee shipper order\n"
    "Names from ACE, shops and carriers (\"HTS Number - Full\", hs_code, countryOfOrigin)\n"
    "are understood; a date of order or shipping is never taken for the date of entry.\n"
    "\n"
    "Totals and messages go to standard error. Exit code: 0 done; 1 done, and some\n"
    "lines were refused or are incomplete, or of a kind named by --fail-on; 2 could\n"
    "not be carried out.\n";

struct assess {
	struct columns_options columns;
	struct run_options run;
	struct cli_law law;
	struct cli_fail_on fail;
	const char *format, *jobs, *output;
	bool help;
};

static int take_map(void *context, const char *value, struct tw_error *error)
{
	return columns_map(context, value, error);
}

static int take_set(void *context, const char *value, struct tw_error *error)
{
	return columns_set(context, value, error);
}

static int read_flags(struct assess *assess, int *files, int argc, char **argv)
{
	static bool unused;
	struct run_options *run = &assess->run;
	const struct cli_flag flags[] = {
	    {.name = "map", .take = take_map, .context = &assess->columns},
	    {.name = "set", .take = take_set, .context = &assess->columns},
	    {.name = "daily-sum", .flag = &run->daily_sum},
	    {.name = "format", .text = &assess->format},
	    {.name = "output", .text = &assess->output},
	    {.name = "keep", .flag = &run->keep},
	    {.name = "jobs", .text = &assess->jobs},
	    {.name = "fail-on", .take = cli_take_fail_on, .context = &assess->fail},
	    {.name = "as-known-on", .text = &assess->law.known_on},
	    {.name = "rulebook", .text = &assess->law.rulebook},
	    {.name = "law", .text = &assess->law.folder},
	    {.name = "strict-coverage", .flag = &run->assessor.strict_coverage},
	    {.name = "beyond-coverage", .flag = &unused}, /* what is done anyway */
	    {.name = "no-screen", .flag = &run->assessor.no_screen},
	};
	return cli_flags(files, &assess->help, argc, argv, flags, sizeof flags / sizeof *flags);
}

static int read_format(struct assess *assess)
{
	static const char *const names[] = {"ndjson", "csv", "table"};
	if (!assess->format) {
		assess->run.format =
		    !assess->output && isatty(STDOUT_FILENO) ? RUN_TABLE : RUN_NDJSON;
		return CLI_DONE;
	}
	for (int i = 0; i < 3; i++)
		if (!strcmp(assess->format, names[i])) {
			assess->run.format = (enum run_format)i;
			return CLI_DONE;
		}
	return cli_no_such("assess", "format", assess->format, names, 3);
}

static int read_jobs(struct assess *assess)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN), jobs = cores < 1 ? 1 : cores;
	if (assess->jobs) {
		char *end;
		errno = 0;
		jobs = strtol(assess->jobs, &end, 10);
		if (errno || *end || end == assess->jobs || jobs < 1 || jobs > JOBS) {
			cli_message("assess: --jobs needs a number from 1 to %d, not \"%s\"", JOBS,
				    assess->jobs);
			return CLI_FAILED;
		}
	}
	assess->run.jobs = (unsigned)(jobs > JOBS ? JOBS : jobs);
	return CLI_DONE;
}

/* Opens --output, which must be none of the inputs. */
static int open_output(struct assess *assess)
{
	struct stat out, in;
	assess->run.out = STDOUT_FILENO;
	if (!assess->output || !strcmp(assess->output, "-"))
		return CLI_DONE;
	for (size_t i = 0; i < assess->run.file_count; i++)
		if (!stat(assess->output, &out) && !stat(assess->run.files[i], &in) &&
		    out.st_dev == in.st_dev && out.st_ino == in.st_ino && S_ISREG(out.st_mode)) {
			cli_message("assess: --output %s is one of the inputs: name another file",
				    assess->output);
			return CLI_FAILED;
		}
	assess->run.out = open(assess->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (assess->run.out < 0) {
		cli_message("assess: --output %s cannot be written: %s", assess->output,
			    strerror(errno));
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static void print_totals(struct totals *totals)
{
	struct buffer text = {0};
	totals_print(&text, totals, cli_color(STDERR_FILENO));
	fwrite(text.at, 1, text.length, stderr);
	buffer_free(&text);
}

static int run(struct assess *assess)
{
	struct totals *totals = calloc(1, sizeof *totals);
	struct tw_error error = {0};
	int code = CLI_DONE;
	if (!totals) {
		cli_message("no memory left");
		return CLI_FAILED;
	}
	if (run_lines(totals, &assess->run, &error)) {
		cli_error(&error);
		code = CLI_FAILED;
	} else {
		if (assess->run.format == RUN_TABLE && assess->run.out == STDOUT_FILENO)
			fputc('\n', stderr);
		print_totals(totals);
		struct cli_seen seen = {.red = totals->lane[TW_LANE_RED],
					.yellow = totals->lane[TW_LANE_YELLOW],
					.incomplete = totals->status[TW_STATUS_INCOMPLETE],
					.refused = totals->status[TW_STATUS_REFUSED]};
		code = cli_fail_code(&assess->fail, &seen);
	}
	free(totals);
	return code;
}

int command_assess(int argc, char **argv)
{
	static const char *const standard[] = {"-"};
	struct assess assess = {.run.assessor = TW_OPTIONS_INIT};
	assess.run.assessor.today = cli_today();
	tw_rulebook *owned = NULL;
	int files, code;

	if ((code = read_flags(&assess, &files, argc, argv)))
		return code;
	if (assess.help) {
		fputs(help, stdout);
		return CLI_DONE;
	}
	if (!files && isatty(STDIN_FILENO)) {
		cli_message("assess: name a file, or - for standard input; see tidewaiter assess "
			    "--help");
		return CLI_FAILED;
	}
	assess.run.files = files ? (const char *const *)(argv + 1) : standard;
	assess.run.file_count = files ? (size_t)files : 1;
	assess.run.columns = &assess.columns;
	assess.run.err = STDERR_FILENO;
	assess.run.progress = isatty(STDERR_FILENO);
	if ((code = read_format(&assess)) || (code = read_jobs(&assess)) ||
	    (code = cli_rulebook(&assess.run.rulebook, &owned, &assess.law)))
		return code;
	if (!(code = open_output(&assess))) {
		assess.run.color = assess.run.format == RUN_TABLE && cli_color(assess.run.out);
		assess.run.quiet_lines =
		    assess.run.format == RUN_TABLE && assess.run.out == STDOUT_FILENO;
		code = run(&assess);
		if (assess.run.out != STDOUT_FILENO && close(assess.run.out)) {
			cli_message("assess: %s cannot be written: %s", assess.output,
				    strerror(errno));
			code = CLI_FAILED;
		}
	}
	tw_rulebook_close(owned);
	return code;
}

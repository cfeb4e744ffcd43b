/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter refund`: entries in, what can be had back out. Joins the readers
 * of files with src/refund; decides nothing.
 */
#include "cli/refund/refund.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/terminal.h"
#include "common/error.h"
#include "common/write.h"
#include "lines/input.h"
#include "lines/output.h"
#include "refund/deadlines.h"
#include "refund/question.h"
#include "refund/run.h"
#include "refund/upload.h"
#include "refund/write.h"

enum { RESULTS = 256, FACTS = 32, TOLD = 100 };
#define BLOCK ((size_t)64 << 10)

struct refund {
	const char *as_of, *interest_to, *payee, *format, *cape, *totals_file, *deadlines_file,
	    *sheet, *memory;
	const char *results[RESULTS];
	size_t result_count;
	const char *facts[FACTS];
	size_t fact_count;
	bool known, safe;
	struct cli_law law;
	/* The run. */
	struct refund_options options;
	struct refund_run run;
	struct refund_totals totals;
	struct refund_upload *upload;
	struct refund_deadlines *deadlines;
	struct buffer out;
	const char **names;
	bool is_page;
	uint64_t told;
};

static int too_many(struct tw_error *error, const char *what)
{
	return error_set(error, TW_BAD_ARGUMENT, "%s is given too often", what);
}

static int take_results(void *context, const char *value, struct tw_error *error)
{
	struct refund *refund = context;
	if (refund->result_count == RESULTS)
		return too_many(error, "--results");
	refund->results[refund->result_count++] = value;
	return TW_OK;
}

static int take_fact(void *context, const char *value, struct tw_error *error)
{
	struct refund *refund = context;
	if (refund->fact_count == FACTS)
		return too_many(error, "--fact");
	refund->facts[refund->fact_count++] = value;
	return TW_OK;
}

static const char *const formats[] = {"table", "csv", "ndjson", "text=table", NULL};
static const char *const payees[] = {"corporation", "other", NULL};

#define AT(member) offsetof(struct refund, member)
#define ONE(option, value, heading, what, member, ...)                                             \
	{                                                                                          \
		.name = option, .argument = value, .group = heading, .help = what,                 \
		.at = AT(member), __VA_ARGS__                                                      \
	}
#define QUESTION "Question"
#define ANSWER "Answer"

static const struct cli_option options[] = {
    ONE("as-of", "DAY", QUESTION, "the day of filing: the rules of that day; default: today", as_of,
	.values = VALUES_DAY, .config = DEFAULT_NEVER),
    ONE("interest-to", "DAY", QUESTION,
	"the day of liquidation or reliquidation, to which interest runs; default: as long after "
	"filing as customs aims at, which the note says",
	interest_to, .values = VALUES_DAY, .config = DEFAULT_NEVER),
    ONE("payee", "WHO", QUESTION,
	"whose rate of interest applies: corporation (default) or other, by the importer of record",
	payee, .choices = payees),
    {.name = "fact",
     .argument = "COLUMN=WORD",
     .group = QUESTION,
     .help = "what holds for every entry whose files do not say: drawback=no; may be repeated",
     .at = 0,
     .take = take_fact,
     .config = DEFAULT_NEVER},
    {.name = "results",
     .argument = "FILE",
     .group = QUESTION,
     .help = "the details of a claim from the portal, to be compared; may be repeated",
     .at = 0,
     .take = take_results,
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    ONE("sheet", "NAME", QUESTION, "sheet of a workbook; default: the first", sheet,
	.config = DEFAULT_NEVER),
    ONE("known", NULL, QUESTION,
	"print the tests, the rates of interest, and what is open or disputed; no files are read",
	known, .config = DEFAULT_NEVER),
    ONE("cape", "DIR", ANSWER, "write the files to upload for the accepted entries, and a summary",
	cape, .values = VALUES_FOLDER, .config = DEFAULT_NEVER),
    ONE("totals", "FILE", ANSWER, "write the totals by status, reason, heading and month as CSV",
	totals_file, .values = VALUES_FILE, .config = DEFAULT_NEVER),
    ONE("deadlines", "FILE", ANSWER,
	"write the entries to be protested within 90 days as CSV, the first deadline first",
	deadlines_file, .values = VALUES_FILE, .config = DEFAULT_NEVER),
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer; default: table on a terminal, else ndjson",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    CLI_SPREADSHEET_SAFE(struct refund, safe, ANSWER),
    {.name = "memory", .argument = "BYTES", .at = AT(memory), .config = DEFAULT_NEVER},
    CLI_LAW_OPTIONS(struct refund, law),
};

static int read_day(int32_t *out, const char *option, const char *text)
{
	struct tw_error error;
	if (!refund_question_day(out, cli_day(text), &error))
		return CLI_DONE;
	cli_message("refund: --%s %s", option, error.message);
	return CLI_FAILED;
}

/* "drawback=no". */
static int give_fact(struct refund *refund, const char *text)
{
	struct tw_error error;
	if (!refund_question_fact(&refund->options, refunder_law(refund->run.refunder), text,
				  &error))
		return CLI_DONE;
	cli_message("refund: --fact %s", error.message);
	return CLI_FAILED;
}

static int read_question(struct refund *refund)
{
	refund_question_begin(&refund->options);
	if (read_day(&refund->options.filed, "as-of", refund->as_of ? refund->as_of : "today") ||
	    (refund->interest_to &&
	     read_day(&refund->options.interest_to, "interest-to", refund->interest_to)))
		return CLI_FAILED;
	refund->options.payee =
	    refund->payee && !strcmp(refund->payee, "other") ? REFUND_OTHER : REFUND_CORPORATION;
	return CLI_DONE;
}

/* What is wrong with a row: the first hundred are told, the others counted. */
static void tell_fault(void *context, const struct tw_error *fault)
{
	struct refund *refund = context;
	if (refund->told++ < TOLD)
		cli_error(fault);
}

static int next_text(void *context, struct tw_text *out, struct tw_error *error)
{
	return input_text(context, out, error);
}

static int read_file(struct refund *refund, const char *path, enum row_kind kind)
{
	struct tw_error error = {0};
	struct input input;
	struct refund_reading *reading = &refund->run.reading;
	int code = input_open_text(&input, path, refund->sheet, &error);
	const struct refund_text text = {input.name, next_text, &input};
	refund->names[reading->file] = path;
	if (!code)
		code = refund_run_read(&refund->run, &text, kind, &error);
	if (!code && *input.note && !cli_look.quiet)
		cli_message("%s: %s", path, input.note);
	if (!code && *reading->unread && !cli_look.quiet)
		cli_message("%s: not read: %s", path, reading->unread);
	input_close(&input);
	if (code)
		cli_error(&error);
	return code ? CLI_FAILED : CLI_DONE;
}

static int flush(struct refund *refund, struct tw_error *error)
{
	if (refund->out.failed) {
		return error_memory(error);
	}
	if (refund->is_page)
		terminal_write(refund->out.at, refund->out.length, false);
	else if (!write_buffer(stdout, &refund->out)) {
		return error_set(error, TW_BAD_FILE, "the output cannot be written: %s",
				 strerror(errno));
	}
	refund->out.length = 0;
	return TW_OK;
}

static int take_answer(void *context, const struct refund_answer *answer, struct tw_error *error)
{
	struct refund *refund = context;
	const struct refunds *law = refunder_law(refund->run.refunder);
	int code = TW_OK;
	if (refund->is_page)
		refund_page_entry(&refund->out, law, answer);
	else if (refund->format && !strcmp(refund->format, "csv"))
		refund_csv(&refund->out, law, answer, refund->safe);
	else
		refund_ndjson(&refund->out, law, answer);
	code = refund_totals_add(&refund->totals, answer, error);
	if (!code && refund->upload && answer->agreement != REFUND_NOT_ASKED)
		code = refund_upload_add(refund->upload, answer, error);
	if (!code && refund->deadlines)
		code = refund_deadlines_add(refund->deadlines, answer, error);
	if (!code && refund->out.length > BLOCK)
		code = flush(refund, error);
	return code;
}

/* A file that was written is put in its place, or nothing of it stays. */
static int end_file(struct output *output, int code, struct tw_error *error)
{
	if (code)
		output_drop(output);
	else
		code = output_keep(output, error);
	if (code)
		cli_error(error);
	return code ? CLI_FAILED : CLI_DONE;
}

static int write_totals(struct refund *refund)
{
	struct tw_error error = {0};
	struct output output;
	struct buffer text = {0};
	if (!refund->totals_file)
		return CLI_DONE;
	if (output_open(&output, "--totals", refund->totals_file, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	refund_totals_csv(&text, &refund->totals);
	int code = text.failed ? TW_NO_MEMORY : output_write(&output, text.at, text.length, &error);
	buffer_free(&text);
	return end_file(&output, code, &error);
}

static int write_deadlines(struct refund *refund)
{
	struct tw_error error = {0};
	struct output output;
	if (!refund->deadlines)
		return CLI_DONE;
	if (output_open(&output, "--deadlines", refund->deadlines_file, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	int code = refund_deadlines_csv(refund->deadlines, output.fd, refund->safe, &error);
	return end_file(&output, code, &error);
}

static int write_upload(struct refund *refund)
{
	struct tw_error error = {0};
	unsigned files;
	uint64_t entries;
	if (!refund->upload)
		return CLI_DONE;
	if (refund_upload_end(refund->upload, &files, &entries, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	if (!cli_look.quiet)
		cli_message("%s: %llu entries in %u file%s to upload, and summary.csv",
			    refund->cape, (unsigned long long)entries, files,
			    files == 1 ? "" : "s");
	return CLI_DONE;
}

/* The sums, behind the rows of a page and beside the rows of data. */
static void say_totals(struct refund *refund)
{
	const struct refund_totals *totals = &refund->totals;
	if (refund->told > TOLD)
		cli_message("%llu more faults in rows are not told",
			    (unsigned long long)(refund->told - TOLD));
	if (!refund->payee && !cli_look.quiet && totals->status[REFUND_ACCEPTED].interest)
		cli_message("interest is at the rate of corporations; --payee other is for others");
	if (cli_look.quiet || refund->is_page)
		return;
	struct buffer text = {0};
	refund_page_totals(&text, totals);
	fflush(stdout);
	(void)write_buffer(stderr, &text);
	buffer_free(&text);
}

static int answer_all(struct refund *refund)
{
	struct tw_error error = {0};
	if (refund->is_page) {
		terminal_page();
		refund->out.width = terminal_width();
		refund_page_header(&refund->out);
	} else if (refund->format && !strcmp(refund->format, "csv")) {
		refund_csv_header(&refund->out, refund->options.compared);
	}
	int code = refund_run_answers(&refund->run, take_answer, refund, &error);
	if (!code && refund->is_page)
		refund_page_totals(&refund->out, &refund->totals);
	if (!code)
		code = flush(refund, &error);
	if (code) {
		cli_error(&error);
		return CLI_FAILED;
	}
	say_totals(refund);
	if (write_totals(refund) || write_deadlines(refund) || write_upload(refund))
		return CLI_FAILED;
	bool open = refund->totals.status[REFUND_UNDECIDED].entries || refund->totals.unknown ||
		    refund->run.reading.faults;
	return open ? CLI_SOME_REFUSED : CLI_DONE;
}

static int begin(struct refund *refund, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	const struct refunds *law;
	size_t memory = refund->memory ? strtoul(refund->memory, NULL, 10) : 0;
	int code = refund_run_begin(&refund->run, rulebook, &refund->options, memory, &error);
	if (!code) {
		law = refunder_law(refund->run.refunder);
		refund->run.reading.tell = tell_fault;
		refund->run.reading.context = refund;
		code = refund_totals_begin(&refund->totals, law);
	}
	if (!code && refund->cape)
		code = refund_upload_new(&refund->upload, refund->cape, law, &error);
	if (!code && refund->deadlines_file)
		code = refund_deadlines_new(&refund->deadlines, law, &error);
	if (code)
		cli_error(&error);
	for (size_t i = 0; !code && i < refund->fact_count; i++)
		code = give_fact(refund, refund->facts[i]);
	return code ? CLI_FAILED : CLI_DONE;
}

static int run_files(struct refund *refund, const tw_rulebook *rulebook, int count, char **files)
{
	int code = begin(refund, rulebook);
	for (int i = 0; !code && i < count; i++)
		code = read_file(refund, files[i], ROW_OF_ENTRY);
	for (size_t i = 0; !code && i < refund->result_count; i++)
		code = read_file(refund, refund->results[i], ROW_OF_RESULTS);
	if (!code && !refund->run.reading.row_count) {
		cli_message("refund: the files have no rows: were they completely written?");
		code = CLI_FAILED;
	}
	if (!code)
		code = answer_all(refund);
	refund_run_end(&refund->run);
	refund_totals_end(&refund->totals);
	refund_upload_free(refund->upload);
	refund_deadlines_free(refund->deadlines);
	buffer_free(&refund->out);
	return code;
}

static int say_known(const struct refund *refund, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	struct refunds law;
	struct buffer out = {.width = terminal_width()};
	if (refunds_open(&law, rulebook, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	refund_page_known(&out, rulebook, &law, refund->options.filed);
	int code = terminal_answer(&out, true, false);
	buffer_free(&out);
	return code;
}

static int run_refund(const struct cli_command *command, int argc, char **argv)
{
	struct refund refund = {0};
	const tw_rulebook *rulebook;
	tw_rulebook *owned = NULL;
	int words, code;
	if (!cli_options(&words, &code, &refund, command, argc, argv))
		return code;
	if (read_question(&refund))
		return CLI_FAILED;
	if (!words && !refund.known) {
		cli_message("refund: give a file of entries, or - for standard input; see "
			    "tidewaiter refund --help");
		return CLI_FAILED;
	}
	if (cli_rulebook(&rulebook, &owned, &refund.law))
		return CLI_FAILED;
	refund.is_page = refund.format ? !strcmp(refund.format, "table") : terminal_out();
	refund.names = calloc((size_t)words + refund.result_count + 1, sizeof *refund.names);
	refund.options.files = refund.names;
	code = CLI_FAILED;
	if (refund.known)
		code = say_known(&refund, rulebook);
	else if (refund.names)
		code = run_files(&refund, rulebook, words, argv + 1);
	else
		cli_message("out of memory");
	free(refund.names);
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command refund_command = {
    .name = "refund",
    .summary = "what of the IEEPA duties can be had back, by when, and the file to upload",
    .usage = "FILE... [OPTION...]\n--known [--as-of DAY]",
    .about =
	"Reads entries as ACE report ES-003 exports them, with columns of the reports beside it, "
	"or "
	"plain CSV with the columns entry, entry_type, entry_date, liquidation_date, deposit_date, "
	"line, hts, value, heading and duty (a heading a row, the base duty under its own code) "
	"and summary, liquidation, protest, recon_flag, recon_filed, drawback, surety_paid, "
	"prior_cape and adcvd. Rows of an entry may stand in several files. Of each entry it tells "
	"whether customs takes it today and why not, what is refunded, with interest to the cent, "
	"and by when a protest must be filed. What no column says is asked for and not guessed: "
	"such an entry is undecided. This is a computation, not legal advice.",
    .examples = "tidewaiter refund entries.csv --as-of 2026-05-18 --interest-to 2026-07-02\n"
		"tidewaiter refund es-003.csv liquidations.csv --fact drawback=no --cape upload\n"
		"tidewaiter refund entries.csv --results claim-details.csv --format csv\n"
		"tidewaiter refund --known",
    .more = "Interest is compounded daily at the rate of each quarter, by whole numbers of any "
	    "size, and rounded once, half up, to the cent.\n"
	    "\n"
	    "Exit code: 0 done; 1 done, and an entry is undecided, an amount is not known or a row "
	    "was not read; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .words = VALUES_FILE,
    .run = run_refund,
};

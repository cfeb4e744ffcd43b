/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter law`: check, list, show, diff and compile the law text. Reads
 * the flags and the law; the pages are in show.c, law/list.c and changes/page.c.
 */
#include "cli/law/law.h"

#include "cli/law/request.h"
#include "cli/scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/country.h"
#include "common/instant.h"
#include "compiler/compile.h"
#include "law/list.h"
#include "law/text.h"
#include "law/yaml.h"
#include "lines/output.h"

int law_open(struct request *request)
{
	struct tw_error error = {0};
	tw_time known;
	if (request_known(&known, request))
		return CLI_FAILED;
	request->query.known = law_known_day(known);
	if (law_read(&request->law, request->folder, &error)) {
		law_message(request->folder, &error);
		return CLI_FAILED;
	}
	if (request->with) {
		request->under = request->law;
		if (scenario_open(&request->law, request->under, request->with, &error)) {
			cli_error(&error);
			return CLI_FAILED;
		}
	}
	if (law_as_known(&request->view, request->law, known, &error)) {
		law_message(request->folder, &error);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int run_compiler(struct request *request, void **book, size_t *size)
{
	struct tw_error error = {0};
	tw_time known;
	int code = law_open(request);
	if (code || request_known(&known, request))
		return CLI_FAILED;
	if (!compile_law(book, size, request->law, request->folder, known, &error))
		return CLI_DONE;
	law_message_of(request->law, request->folder, &error);
	return CLI_FAILED;
}

static int check(struct request *request)
{
	tw_time known;
	int code = law_open(request);
	if (code || (code = request_known(&known, request)))
		return code;
	return law_check_command(request->law, request->folder, known);
}

static int compile(struct request *request)
{
	void *book = NULL;
	size_t size = 0;
	int code = CLI_FAILED;
	struct output output;
	struct tw_error error;
	if (!request->output) {
		cli_message("law compile: give the file for the rulebook: -o FILE");
		return CLI_FAILED;
	}
	if ((code = run_compiler(request, &book, &size)))
		return code;
	if (output_open(&output, "--output", request->output, &error)) {
		cli_message("law compile: %s", error.message);
		code = CLI_FAILED;
	} else {
		output_watch(&output);
		int result = output_write(&output, book, size, &error);
		if (result)
			output_drop(&output);
		else
			result = output_keep(&output, &error);
		if (result)
			cli_message("law compile: %s", error.message);
		code = result ? CLI_FAILED : CLI_DONE;
	}
	free(book);
	return code;
}

int law_print(const struct buffer *out, const struct law_query *query)
{
	return terminal_answer(out, !query->json && query->rows == LAW_ROWS_NONE, query->color);
}

static int list(struct request *request)
{
	int code = law_open(request);
	if (!code)
		code = request_read(request);
	struct buffer out = {.width = terminal_width()};
	struct tw_error error = {0};
	if (!code && law_list(&out, &request->query, &error)) {
		if (error.code == TW_BAD_ARGUMENT)
			cli_message("law: --on %s", error.message);
		else
			cli_error(&error);
		code = CLI_FAILED;
	}
	if (!code)
		code = law_print(&out, &request->query);
	buffer_free(&out);
	return code;
}

static int show(struct request *request)
{
	char id[256] = "";
	size_t length = 0;
	for (int i = 1; i <= request->count && length < sizeof id; i++) /* EO 14266 */
		length += (size_t)snprintf(id + length, sizeof id - length, "%s%s",
					   i > 1 ? " " : "", request->word[i]);
	if (!length || length >= sizeof id) {
		cli_message("law show: give one id, as in tidewaiter law show EO-14266");
		return CLI_FAILED;
	}
	int code = law_open(request);
	if (!code)
		code = request_read(request);
	if (!code && !request->known_on) /* superseded measures have ids too */
		request->query.law = request->law;
	if (code)
		return code;
	const char *meant = law_id_meant(request->query.law, id);
	return law_show_command(&request->query, meant ? meant : id);
}

static int import(struct request *request)
{
	int day;
	if (request->import.profile && !strcmp(request->import.profile, "list"))
		return law_import_list_profiles();
	if (request->count != 1 || !request->import.day || !request->into) {
		cli_message("law import-schedule: give the country, the first day of the edition "
			    "and its file, as in tidewaiter law import-schedule --into US --from "
			    "2027-01-01 hts_2027_basic.json");
		return CLI_FAILED;
	}
	if (request->output && request->import.write) {
		cli_message("law import-schedule: --write puts the rows into the law folder, "
			    "--output FILE writes them elsewhere: give one of the two");
		return CLI_FAILED;
	}
	if (request->import.write && !strcmp(request->folder, cli_law_folder())) {
		cli_message("law import-schedule: --write changes a law folder: name it, as in "
			    "--law law");
		return CLI_FAILED;
	}
	if (request_day(&day, request->import.day))
		return CLI_FAILED;
	int code = law_open(request);
	if (!code)
		code = request_read(request);
	request->query.law = request->law;
	request->import.file = request->word[1];
	request->import.output = request->output;
	return code ? code : law_import_command(&request->query, &request->import);
}

/* CSV, or Parquet: as --format says, or else the ending of the file. */
static int export_format(bool *parquet, const struct request *request)
{
	const char *end = request->output ? strrchr(request->output, '.') : NULL;
	bool is_named = end && !strcasecmp(end, ".parquet");
	*parquet = request->format ? !strcmp(request->format, "parquet") : is_named;
	if (is_named && !*parquet) {
		cli_message("law export: --output %s says parquet and --format says csv: omit one, "
			    "or make them agree",
			    request->output);
		return CLI_FAILED;
	}
	if (*parquet && !request->output && isatty(STDOUT_FILENO)) {
		cli_message("law export: Parquet is not for a terminal: name a file, as in -o "
			    "measures.parquet");
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int export(struct request *request)
{
	if (request->schedule &&
	    (request->origin || request->hts || request->query.program || request->query.kind)) {
		cli_message("law export: --schedule is the whole schedule of a country: leave out "
			    "--origin, --hts, --program and --kind");
		return CLI_FAILED;
	}
	struct law_export export = {.output = request->output, .schedule = request->schedule};
	int code = export_format(&export.parquet, request);
	if (!code)
		code = law_open(request);
	if (!code)
		code = request_read(request);
	return code ? code : law_export_command(&request->query, &export);
}

/* Bits of the commands that share the table of options. */
enum { CHECK = 1, LIST = 2, SHOW = 4, DIFF = 8, COMPILE = 16, IMPORT = 32, EXPORT = 64 };

#define AT(member) offsetof(struct request, member)
#define ONLY "Selection"
#define EDITION "Edition"
#define ANSWER "Answer"

static const char *const kinds[] = {"duty",        "exemption", "entry", "fee",
				    "prohibition", "tax",       NULL};
static const char *const formats[] = {"table", "json", "text=table", NULL};
static const char *const export_formats[] = {"csv", "parquet", NULL};
static const char *const list_formats[] = {"table", "csv", "json", "ndjson", "text=table", NULL};

static const struct cli_option options[] = {
    {.name = "on",
     .argument = "TIME",
     .group = ONLY,
     .help = "in force on that day, at that instant, or at any time in a period (2025-05, "
	     "2025-04-09..11); default: the last day covered",
     .at = AT(query.on),
     .values = VALUES_DAY,
     .of = LIST},
    {.name = "on",
     .argument = "TIME",
     .group = ONLY,
     .help = "only what is in force on that day, at that instant, or at any time in a period; of "
	     "the schedule the day, by default the last day covered",
     .at = AT(query.on),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER,
     .of = EXPORT},
    {.name = "announced",
     .argument = "DAY",
     .group = ONLY,
     .help = "what was announced on that day, whenever it takes effect",
     .at = AT(announced),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER,
     .of = DIFF},
    {.name = "into",
     .argument = "COUNTRY",
     .group = ONLY,
     .help = "only imports into this country",
     .at = AT(into),
     .values = VALUES_INTO,
     .of = LIST | SHOW | DIFF | EXPORT},
    {.name = "into",
     .argument = "COUNTRY",
     .group = EDITION,
     .help = "the country whose schedule it is",
     .at = AT(into),
     .values = VALUES_INTO,
     .of = IMPORT},
    {.name = "origin",
     .argument = "COUNTRY",
     .group = ONLY,
     .help = "only what applies to products of this country",
     .at = AT(origin),
     .values = VALUES_COUNTRY,
     .of = LIST | SHOW | DIFF | EXPORT},
    {.name = "hts",
     .argument = "CODE",
     .group = ONLY,
     .help = "only what concerns this tariff code, 2 to 10 digits",
     .at = AT(hts),
     .of = LIST | SHOW | DIFF | EXPORT},
    {.name = "program",
     .argument = "GLOB",
     .group = ONLY,
     .help = "only these programs: 'us.ieepa.*'",
     .at = AT(query.program),
     .values = VALUES_PROGRAM,
     .of = LIST | SHOW | DIFF | EXPORT},
    {.name = "kind",
     .argument = "KIND",
     .group = ONLY,
     .help = "only measures of this kind",
     .at = AT(query.kind),
     .choices = kinds,
     .of = LIST | SHOW | DIFF | EXPORT},
    {.name = "from",
     .argument = "DAY",
     .group = EDITION,
     .help = "the first day of the edition",
     .at = AT(import.day),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER,
     .of = IMPORT},
    {.name = "profile",
     .argument = "NAME|FILE",
     .group = EDITION,
     .help = "read a table (CSV, TSV, .xlsx) whose columns this profile names: one of this "
	     "program, or a file of your own; --profile list names them",
     .at = AT(import.profile),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = IMPORT},
    {.name = "sheet",
     .argument = "NAME|N",
     .group = EDITION,
     .help = "the sheet of a workbook (.xlsx) to read, by name or number; default: the first",
     .at = AT(import.sheet),
     .config = DEFAULT_NEVER,
     .of = IMPORT},
    {.name = "part",
     .group = EDITION,
     .help = "the file holds some chapters only",
     .at = AT(import.part),
     .config = DEFAULT_NEVER,
     .of = IMPORT},
    {.name = "write",
     .group = EDITION,
     .help = "put the dated rows into the schedule of the folder that --law names, in one step",
     .at = AT(import.write),
     .config = DEFAULT_NEVER,
     .of = IMPORT},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .group = ANSWER,
     .help = "write the rulebook there",
     .at = AT(output),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = COMPILE},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .group = ANSWER,
     .help = "write the new schedule there; the present one is unchanged",
     .at = AT(output),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = IMPORT},
    {.name = "schedule",
     .group = ANSWER,
     .help = "the base schedule on a day, as law import-schedule reads it, in place of the "
	     "measures",
     .at = AT(schedule),
     .config = DEFAULT_NEVER,
     .of = EXPORT},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .group = ANSWER,
     .help = "write the table there; default: standard output",
     .at = AT(output),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = EXPORT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the table; parquet needs DuckDB's library; default: as the name of the "
	     "output ends, else csv",
     .at = AT(format),
     .choices = export_formats,
     .config = DEFAULT_SILENT,
     .of = EXPORT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT,
     .of = SHOW | IMPORT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer; csv and ndjson: a change a line, without the acts in full",
     .at = AT(format),
     .choices = list_formats,
     .config = DEFAULT_SILENT,
     .of = DIFF},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer; csv and ndjson: one measure per line",
     .at = AT(format),
     .choices = list_formats,
     .config = DEFAULT_SILENT,
     .of = LIST},
    {.name = "with",
     .argument = "NAME|FILE",
     .group = "Law",
     .help = "the law with this scenario laid over it; without a day, tell the scenario",
     .at = AT(with),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = DIFF},
    {.name = "with",
     .argument = "NAME|FILE",
     .group = "Law",
     .help = "the law with this scenario laid over it",
     .at = AT(with),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = LIST | SHOW | CHECK | COMPILE},
    {.name = "as-known-on",
     .argument = "DAY",
     .group = "Law",
     .help = "the law as it was known on that day",
     .at = AT(known_on),
     .values = VALUES_DAY},
    {.name = "law",
     .argument = "DIR",
     .group = "Law",
     .help = "the law in this folder; default: the law inside this program",
     .at = AT(folder),
     .values = VALUES_FOLDER},
};

static int run_part(const struct cli_command *command, int argc, char **argv,
		    int (*part)(struct request *))
{
	struct request request = {.name = command->name, .word = argv};
	bool takes_folder = command->bit & (CHECK | COMPILE);
	int code;
	if (!cli_options(&request.count, &code, &request, command, argc, argv))
		return code;
	if (takes_folder && request.count == 1 && !request.folder) {
		request.folder = request.word[1];
		request.count = 0;
	}
	if ((takes_folder || command->bit & (LIST | EXPORT)) && request.count) {
		cli_message("%s: unexpected argument \"%s\"; see tidewaiter %s --help",
			    command->name, request.word[1], command->name);
		return CLI_FAILED;
	}
	if (!request.folder)
		request.folder = cli_law_folder();
	request.query.folder = request.folder;
	if (request.with && !strcmp(request.with, "list")) {
		scenario_list();
		return CLI_DONE;
	}
	code = part(&request);
	law_free(request.view);
	law_free(request.law);
	law_free(request.under);
	return code;
}

#define RUN(part)                                                                                  \
	static int run_##part(const struct cli_command *command, int argc, char **argv)            \
	{                                                                                          \
		return run_part(command, argc, argv, part);                                        \
	}
RUN(list)
RUN(show)
static int run_diff(const struct cli_command *command, int argc, char **argv)
{
	return run_part(command, argc, argv, law_diff);
}
RUN(check)
RUN(compile)
RUN(import)
RUN(export)

static const struct cli_command law_command = {
    .name = "law",
    .summary = "read the law: what is in force, what changed, whether it is valid",
    .usage = "COMMAND [OPTION...]",
};
static const struct cli_command list_command = {
    .name = "law list",
    .summary = "the measures in force on a day",
    .usage = "[OPTION...]",
    .examples = "tidewaiter law list --on 2025-05-02 --origin CN --hts 6109.10.00.12\n"
		"tidewaiter law list --program 'us.232.*' --format json",
    CLI_OPTIONS(options),
    .bit = LIST,
    .run = run_list,
};
static const struct cli_command show_command = {
    .name = "law show",
    .summary = "a measure, program, act, list or heading",
    .usage = "[OPTION...] ID",
    .examples = "tidewaiter law show EO-14266\n"
		"tidewaiter law show 9903.01.63\n"
		"tidewaiter law show us.301.list4a",
    CLI_OPTIONS(options),
    .bit = SHOW,
    .words = VALUES_LAW,
    .run = run_show,
};
static const struct cli_command diff_command = {
    .name = "law diff",
    .summary = "what changed between two days",
    .usage = "[OPTION...] DAY [DAY]\n--announced DAY [OPTION...]\n--with NAME|FILE [OPTION...]",
    .about = "Tells every change from 00:00 of the first day to 24:00 of the last, both days "
	     "counted, in legal time of the importing country; with --announced what was announced "
	     "on a day, whenever it takes effect, with the effect of changes of lists. DAY is a "
	     "day, today, or a period: 2025-05, 2025-04-09..11.",
    .examples = "tidewaiter law diff 2025-04-09 2025-04-10 --origin CN\n"
		"tidewaiter law diff 2025-05 --origin CN --hts 6109\n"
		"tidewaiter law diff --announced 2025-04-11 --origin CN\n"
		"tidewaiter law diff --with geneva-lapses",
    CLI_OPTIONS(options),
    .bit = DIFF,
    .words = VALUES_DAY,
    .run = run_diff,
};
static const struct cli_command check_command = {
    .name = "law check",
    .summary = "read and compile the law, or report what is wrong",
    .usage = "[OPTION...] [DIR]",
    .examples = "tidewaiter law check law",
    CLI_OPTIONS(options),
    .bit = CHECK,
    .words = VALUES_FOLDER,
    .run = run_check,
};
static const struct cli_command compile_command = {
    .name = "law compile",
    .summary = "make a rulebook for --rulebook",
    .usage = "-o FILE [OPTION...] [DIR]",
    .examples = "tidewaiter law compile law -o mine.rulebook",
    CLI_OPTIONS(options),
    .bit = COMPILE,
    .words = VALUES_FOLDER,
    .run = run_compile,
};
static const struct cli_command import_command = {
    .name = "law import-schedule",
    .summary = "compare a new edition of a tariff schedule with the present one",
    .usage = "--into COUNTRY --from DAY [OPTION...] FILE",
    .about =
	"Reads an edition as the USITC exports it (JSON or CSV), or a table of codes and rates "
	"(CSV, TSV, .xlsx) whose columns a profile names, and reports what changes on its first "
	"day. Writes nothing unless asked to.",
    .examples = "tidewaiter law import-schedule --into US --from 2027-01-01 hts_2027_basic.json\n"
		"tidewaiter law import-schedule --profile list",
    CLI_OPTIONS(options),
    .bit = IMPORT,
    .words = VALUES_FILE,
    .run = run_import,
};

static const struct cli_command export_command = {
    .name = "law export",
    .summary = "the law as a table, to join with other data",
    .usage = "[OPTION...]\n--schedule --into COUNTRY [--on DAY] [OPTION...]",
    .about =
	"Writes CSV or Parquet, a row for each measure, period, range of codes and origin. "
	"code_first and "
	"code_last are ten digits, both counted; from and until are UTC, until not counted, "
	"either empty without end; origin is * for every origin.\n\n"
	"A join with this table does not give the duty. It leaves out which program steps back for "
	"which, the conditions in the column when, parts of the value, base duty, fees on the "
	"whole shipment, the exemption for low values and controlled chemicals. For these, "
	"use tidewaiter assess.",
    .examples = "tidewaiter law export --into US --origin CN --on 2025-05-02 -o measures.csv\n"
		"tidewaiter law export --schedule --into US --on 2026-07-01 -o schedule.csv",
    CLI_OPTIONS(options),
    .bit = EXPORT,
    .run = run_export,
};

const struct cli_command *const law_commands[] = {
    &law_command,     &list_command,   &show_command,   &diff_command, &check_command,
    &compile_command, &import_command, &export_command, NULL};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter record`: events, series, plot, sources, news and talks. Reads the
 * flags and the rulebook; what is said is said in src/record.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/record/lines.h"
#include "cli/terminal.h"
#include "record/record.h"

/* Bits of the commands that share the table of options. */
enum { EVENTS = 1, SERIES = 2, PLOT = 4, SOURCES = 8, NEWS = 16, TALKS = 32 };

struct request {
	const char *since, *until, *about, *actor, *every, *format, *lines;
	bool all, sum, with_events;
	struct cli_law law;
	/* What is asked. */
	struct record_question question;
	struct record record;
	const tw_rulebook *rulebook;
	const char *const *names;
	size_t name_count;
	struct buffer out;
};

#define AT(member) offsetof(struct request, member)
#define ONLY "Selection"
#define ANSWER "Answer"

static const char *const formats[] = {"table", "csv", "json", "ndjson", "text=table", NULL};
static const char *const plot_formats[] = {"table", "svg", "text=table", NULL};
static const char *const everies[] = {"year", "fiscal-year", "month", NULL};

static const struct cli_option options[] = {
    {.name = "since",
     .argument = "DAY",
     .group = ONLY,
     .help = "from that day on: 2025-05-02, 2025-05 or 2025; of figures those whose periods "
	     "begin then or later",
     .at = AT(since),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER,
     .of = EVENTS | SERIES | PLOT | TALKS},
    {.name = "until",
     .argument = "DAY",
     .group = ONLY,
     .help = "to the end of that day, month or year; of figures those whose periods are over by "
	     "then",
     .at = AT(until),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER,
     .of = EVENTS | SERIES | PLOT | TALKS},
    {.name = "about",
     .argument = "WORD",
     .group = ONLY,
     .help = "events that have it in their words, acts or measures, or are of that kind",
     .at = AT(about),
     .config = DEFAULT_NEVER,
     .of = EVENTS | PLOT | TALKS},
    {.name = "actor",
     .argument = "WHO",
     .group = ONLY,
     .help = "events of that actor: US, CN, courts",
     .at = AT(actor),
     .values = VALUES_ACTOR,
     .config = DEFAULT_NEVER,
     .of = EVENTS | PLOT | TALKS},
    {.name = "every",
     .argument = "PERIOD",
     .group = ONLY,
     .help = "figures of calendar years, fiscal years or months alone",
     .at = AT(every),
     .choices = everies,
     .config = DEFAULT_NEVER,
     .of = SERIES | PLOT},
    {.name = "all",
     .group = ONLY,
     .help = "also the figures that later ones have revised",
     .at = AT(all),
     .config = DEFAULT_NEVER,
     .of = SERIES},
    {.name = "sum",
     .group = ANSWER,
     .help = "add the figures up; refused where something would be counted twice",
     .at = AT(sum),
     .config = DEFAULT_NEVER,
     .of = SERIES},
    {.name = "with-events",
     .group = ANSWER,
     .help = "mark the events that --about and --actor choose, and list them below",
     .at = AT(with_events),
     .config = DEFAULT_NEVER,
     .of = PLOT},
    {.name = "value",
     .argument = "FILE",
     .group = ANSWER,
     .help = "what each step moved on these lines of goods: their duty a minute before the "
	     "measure's change and at it",
     .at = AT(lines),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER,
     .of = TALKS},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer; default: table on a terminal, else ndjson",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT,
     .of = EVENTS | SERIES | SOURCES | NEWS | TALKS},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "svg, or table: a row of blocks; default: table on a terminal, else svg",
     .at = AT(format),
     .choices = plot_formats,
     .config = DEFAULT_SILENT,
     .of = PLOT},
    CLI_LAW_OPTIONS(struct request, law),
};

static int read_days(struct request *request, const char *command)
{
	const struct {
		const char *option, *text;
		int32_t *day;
	} ends[] = {{"since", request->since, &request->question.since},
		    {"until", request->until, &request->question.until}};
	struct tw_error error;
	for (int i = 0; i < 2; i++)
		if (ends[i].text &&
		    record_day_read(ends[i].day, cli_day(ends[i].text), i == 1, &error)) {
			cli_message("%s: --%s %s", command, ends[i].option, error.message);
			return CLI_FAILED;
		}
	if (request->question.since <= request->question.until)
		return CLI_DONE;
	cli_message("%s: --since is after --until: give the earlier day first", command);
	return CLI_FAILED;
}

static int read_question(struct request *request, const char *command)
{
	static const char *const words[] = {[RECORD_PAGE] = "table",
					    [RECORD_CSV] = "csv",
					    [RECORD_NDJSON] = "ndjson",
					    [RECORD_JSON] = "json"};
	record_question_begin(&request->question);
	request->question.about = request->about;
	request->question.actor = request->actor;
	request->question.every = request->every;
	request->question.all = request->all;
	request->question.format = terminal_out() ? RECORD_PAGE : RECORD_NDJSON;
	for (int i = 0; request->format && i <= RECORD_JSON; i++)
		if (!strcmp(words[i], request->format))
			request->question.format = (enum record_format)i;
	return read_days(request, command);
}

/* Of a file that is read again for each step. */
static int write_talks(struct request *request, struct tw_error *error)
{
	struct value_lines from = {request->lines, request->rulebook};
	const struct record_lines lines = {value_lines, &from};
	if (request->lines && !strcmp(request->lines, "-")) {
		cli_message(
		    "record talks: --value reads the lines once for each step: give a file");
		return CLI_FAILED;
	}
	return record_talks_write(&request->out, &request->record, &request->question,
				  request->lines ? &lines : NULL, error);
}

static int write_series(struct request *request, struct tw_error *error)
{
	if (!request->name_count &&
	    (request->since || request->until || request->every || request->all)) {
		cli_message("record series: --%s chooses figures: name the series",
			    request->since   ? "since"
			    : request->until ? "until"
			    : request->every ? "every"
					     : "all");
		return CLI_FAILED;
	}
	if (request->sum && request->all) {
		cli_message("record series: of --sum and --all give one: figures that were "
			    "revised are never summed");
		return CLI_FAILED;
	}
	return (request->sum ? record_sum_write
			     : record_series_write)(&request->out, &request->record, request->names,
						    request->name_count, &request->question, error);
}

static int write_plot(struct request *request, struct tw_error *error)
{
	const bool svg = request->format ? !strcmp(request->format, "svg") : !terminal_out();
	if (!request->with_events && (request->about || request->actor)) {
		cli_message("record plot: --%s chooses events: add --with-events",
			    request->about ? "about" : "actor");
		return CLI_FAILED;
	}
	if (svg)
		return record_plot_write(&request->out, &request->record, request->names,
					 request->name_count, &request->question,
					 request->with_events, error);
	request->question.format = RECORD_PAGE;
	return record_spark_write(&request->out, &request->record, request->names,
				  request->name_count, &request->question, request->with_events,
				  error);
}

static int write_news(struct request *request, uint32_t *differing, struct tw_error *error)
{
	return record_news_write(&request->out, &request->record, request->rulebook,
				 &request->question, differing, error);
}

static int write_answer(struct request *request, unsigned command, uint32_t *differing,
			struct tw_error *error)
{
	switch (command) {
	case EVENTS:
		return record_events_write(&request->out, &request->record, &request->question,
					   error);
	case SERIES:
		return write_series(request, error);
	case PLOT:
		return write_plot(request, error);
	case SOURCES:
		return record_sources_write(&request->out, &request->record, &request->question);
	case NEWS:
		return write_news(request, differing, error);
	default:
		return write_talks(request, error);
	}
}

static int print(const struct request *request, unsigned command)
{
	const bool page = request->question.format == RECORD_PAGE &&
			  !(command == PLOT &&
			    (request->format ? !strcmp(request->format, "svg") : !terminal_out()));
	return terminal_answer(&request->out, page, false);
}

static int answer(struct request *request, const struct cli_command *command)
{
	struct tw_error error = {0};
	uint32_t differing = 0;
	int code = record_open(&request->record, request->rulebook, &error);
	request->out.width = terminal_width();
	if (!code && (code = write_answer(request, command->bit, &differing, &error)) == CLI_FAILED)
		return code;
	if (code && *error.file)
		cli_error(&error);
	else if (code)
		cli_message("%s: %s", command->name, error.message);
	if (code)
		return CLI_FAILED;
	if ((code = print(request, command->bit)))
		return code;
	if (!differing)
		return CLI_DONE;
	cli_message("%s: %u answer%s other than when the record was written", command->name,
		    differing, differing == 1 ? " is" : "s are");
	return CLI_SOME_REFUSED;
}

static int run_record(const struct cli_command *command, int argc, char **argv)
{
	struct request request = {0};
	tw_rulebook *owned = NULL;
	int words, code;
	if (!cli_options(&words, &code, &request, command, argc, argv))
		return code;
	if (words && !(command->bit & (SERIES | PLOT))) {
		cli_message("%s: \"%.60s\" is not read: what is asked is said by options",
			    command->name, argv[1]);
		return CLI_FAILED;
	}
	if (read_question(&request, command->name) ||
	    cli_rulebook(&request.rulebook, &owned, &request.law))
		return CLI_FAILED;
	request.names = (const char *const *)(argv + 1);
	request.name_count = (size_t)words;
	code = answer(&request, command);
	buffer_free(&request.out);
	tw_rulebook_close(owned);
	return code;
}

static const struct cli_command record = {
    .name = "record",
    .summary = "the record of the conflict: events, figures, news, talks",
    .usage = "events|series|plot|sources|news|talks [OPTION...]",
    .about = "What happened on which day and what was measured, each with its source and how "
	     "certain it is. It is text under law/record, in the rulebook beside the law.",
};
static const struct cli_command events = {
    .name = "record events",
    .summary = "talks, orders, rulings and what was done, by day",
    .usage = "[OPTION...]",
    .examples = "tidewaiter record events --since 2025-02 --until 2025-05\n"
		"tidewaiter record events --about piperidone\n"
		"tidewaiter record events --actor CN --format csv",
    CLI_OPTIONS(options),
    .bit = EVENTS,
    .run = run_record,
};
static const struct cli_command series = {
    .name = "record series",
    .summary = "what was counted, and the figures of a series",
    .usage = "[NAME...] [OPTION...]",
    .about = "Without a name the list of series. A figure has a period and a day of "
	     "publication; a later figure for the same period is a revision, and both stay: "
	     "--all shows them. Sums of what overlaps are refused.",
    .examples = "tidewaiter record series\n"
		"tidewaiter record series us_de_minimis_shipments\n"
		"tidewaiter record series us_overdose_deaths_total --since 2015 --until 2024",
    CLI_OPTIONS(options),
    .bit = SERIES,
    .words = VALUES_SERIES,
    .run = run_record,
};
static const struct cli_command plot = {
    .name = "record plot",
    .summary = "series as an SVG, or as a row of blocks on a terminal",
    .usage = "NAME... [OPTION...]",
    .about = "A figure is a bar as wide as its period. What it revised is an open mark; what is "
	     "not final is hatched.",
    .examples = "tidewaiter record plot us_cbp_fentanyl_seized_all > seized.svg\n"
		"tidewaiter record plot us_de_minimis_shipments --with-events > parcels.svg",
    CLI_OPTIONS(options),
    .bit = PLOT,
    .words = VALUES_SERIES,
    .run = run_record,
};
static const struct cli_command sources = {
    .name = "record sources",
    .summary = "where the record has what it says",
    .usage = "[OPTION...]",
    .examples = "tidewaiter record sources --format csv",
    CLI_OPTIONS(options),
    .bit = SOURCES,
    .run = run_record,
};
static const struct cli_command news = {
    .name = "record news",
    .summary = "claims of the news against the record and the law",
    .usage = "[OPTION...]",
    .about = "As stated, what the record shows, what law and figures answer when they are asked "
	     "now, and a verdict.",
    .examples = "tidewaiter record news",
    .more = "Exit code: 0 done; 1 an answer is other than when the record was written; 2 could "
	    "not be carried out.",
    CLI_OPTIONS(options),
    .bit = NEWS,
    .run = run_record,
};
static const struct cli_command talks = {
    .name = "record talks",
    .summary = "the ladder: who asked, offered, gave or imposed what, and what it moved",
    .usage = "[OPTION...]",
    .about = "Demands, offers, concessions and what followed, with the measures that moved.",
    .examples = "tidewaiter record talks --since 2025\n"
		"tidewaiter record talks --actor CN --value lines.csv",
    CLI_OPTIONS(options),
    .bit = TALKS,
    .run = run_record,
};

extern const struct cli_command *const record_commands[];
const struct cli_command *const record_commands[] = {&record,  &events, &series, &plot,
						     &sources, &news,   &talks,  NULL};

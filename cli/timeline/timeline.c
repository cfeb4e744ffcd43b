/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter timeline`: flags to timelines, and these to a format. Decides nothing. */
#include "cli/timeline/timeline.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/reading.h"
#include "cli/terminal.h"
#include "common/error.h"
#include "timeline/write.h"

struct timeline {
	struct cli_goods goods;
	const char *origins, *codes, *from, *until, *every, *format, *jobs;
	bool announced, events, one_code, safe;
	struct cli_law law;
	/* The run. */
	struct tw_timeline_options options;
	struct style style;
	char names[1024]; /* the origins, cut apart */
	const char *origin[PANEL_ORIGINS];
	size_t origin_count;
	struct cli_seen seen;
};

static const char *const formats[] = {"table", "csv", "json", "ndjson", "svg", NULL};
static const char *const every[] = {"step", "day", "week", "month", NULL};

#define AT(member) offsetof(struct timeline, member)
#define SPAN "Time"
#define ANSWER "Answer"

static const struct cli_option options[] = {
    CLI_GOODS_CODE(struct timeline, goods),
    CLI_GOODS_ORIGIN(struct timeline, goods),
    {.name = "origins",
     .argument = "COUNTRIES",
     .group = CLI_GOODS,
     .help = "several countries of origin side by side, as in CN,MX,CA",
     .at = AT(origins),
     .values = VALUES_COUNTRY,
     .config = DEFAULT_NEVER},
    {.name = "codes",
     .argument = "FILE",
     .group = CLI_GOODS,
     .help = "the timelines of all codes of a file, one a line, for every origin, as CSV or "
	     "NDJSON; - is standard input",
     .at = AT(codes),
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    CLI_GOODS_WORTH(struct timeline, goods),
    {.name = "from",
     .argument = "TIME",
     .group = SPAN,
     .help = "where it begins; default: the first day that the law covers",
     .at = AT(from),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER},
    {.name = "until",
     .argument = "TIME",
     .group = SPAN,
     .help = "where it ends, that day included; default: today",
     .at = AT(until),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER},
    {.name = "every",
     .argument = "HOW-OFTEN",
     .group = SPAN,
     .help = "step: whenever the answer changes; day, week, month: at noon of each day, of each "
	     "Monday, of the first of each month",
     .at = AT(every),
     .choices = every},
    {.name = "one-code",
     .group = SPAN,
     .help = "keep to the code as it is written, where the schedule gave its number up for "
	     "another or another up for it; by default it is followed",
     .at = AT(one_code)},
    {.name = "announced",
     .group = ANSWER,
     .help = "mark the day on which each act that moves something became known",
     .at = AT(announced),
     .config = DEFAULT_SILENT},
    {.name = "events",
     .group = ANSWER,
     .help = "put the talks, orders and rulings of the record between the steps that concern the "
	     "origin, an act of the timeline, or are rulings of the importing country",
     .at = AT(events),
     .config = DEFAULT_SILENT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer; svg: a chart",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    CLI_SPREADSHEET_SAFE(struct timeline, safe, ANSWER),
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .group = ANSWER,
     .help = "threads for --codes; default: one for each processor",
     .at = AT(jobs),
     .config = DEFAULT_SILENT},
    CLI_GOODS_REST(struct timeline, goods),
    CLI_GOODS_CLAIMS(struct timeline, goods),
    CLI_LAW_OPTIONS(struct timeline, law),
};

static int failed(const struct tw_error *error)
{
	cli_error(error);
	return CLI_FAILED;
}

/* One more origin; each is named, and once. */
static int take_origin(struct timeline *timeline, char *name)
{
	name += strspn(name, " ");
	for (size_t end = strlen(name); end && name[end - 1] == ' ';)
		name[--end] = '\0';
	if (timeline->origins && !*name) {
		cli_message("timeline: --origins: a country is empty: name them with a comma "
			    "between each two, as in CN,MX,CA");
		return CLI_FAILED;
	}
	for (size_t i = 0; i < timeline->origin_count; i++)
		if (!strcasecmp(timeline->origin[i], name)) {
			cli_message("timeline: --origins: \"%s\" is named twice: name each once",
				    name);
			return CLI_FAILED;
		}
	if (timeline->origin_count == PANEL_ORIGINS) {
		cli_message("timeline: at most %d origins are shown at once", PANEL_ORIGINS);
		return CLI_FAILED;
	}
	timeline->origin[timeline->origin_count++] = name;
	return CLI_DONE;
}

/* Which origins; at least one. */
static int take_origins(struct timeline *timeline)
{
	const char *one = timeline->goods.text[TW_COLUMN_ORIGIN], *all = timeline->origins;
	if (one && all) {
		cli_message("timeline: --origin is one country and --origins are several: give "
			    "one of them");
		return CLI_FAILED;
	}
	if (!one && !all) {
		cli_message("timeline: --origin is needed, as in --origin CN, or --origins CN,MX");
		return CLI_FAILED;
	}
	if (snprintf(timeline->names, sizeof timeline->names, "%s", all ? all : one) >=
	    (int)sizeof timeline->names) {
		cli_message("timeline: the origins are too long a text");
		return CLI_FAILED;
	}
	int code = CLI_DONE;
	for (char *at = timeline->names, *comma; !code && at; at = comma) {
		comma = all ? strchr(at, ',') : NULL;
		if (comma)
			*comma++ = '\0';
		code = take_origin(timeline, at);
	}
	return code;
}

static int take_question(struct timeline *timeline)
{
	struct cli_goods *goods = &timeline->goods;
	timeline->options = (struct tw_timeline_options)TW_TIMELINE_OPTIONS_INIT;
	timeline->options.from = cli_day(timeline->from);
	timeline->options.until = timeline->until ? cli_day(timeline->until) : cli_today();
	timeline->options.today = cli_today();
	timeline->options.one_code = timeline->one_code;
	timeline->options.announced = timeline->announced;
	timeline->options.events = timeline->events;
	for (unsigned i = 0; timeline->every && every[i]; i++)
		if (!strcmp(timeline->every, every[i]))
			timeline->options.every = (enum tw_every)i;
	if (goods->text[TW_COLUMN_HTS] && timeline->codes) {
		cli_message("timeline: --hts is one code and --codes a file of them: give one of "
			    "them");
		return CLI_FAILED;
	}
	if (timeline->codes)
		goods->text[TW_COLUMN_HTS] = ""; /* each line of the panel has its own */
	if (!goods->text[TW_COLUMN_VALUE]) {
		goods->text[TW_COLUMN_VALUE] = TW_TIMELINE_ASSUMED;
		timeline->style.assumed = (tw_money)atoi(TW_TIMELINE_ASSUMED) * 10000;
	}
	int code = take_origins(timeline);
	return code ? code : cli_goods_line(goods, "timeline", "from");
}

static void note_seen(struct timeline *timeline, const struct told *told)
{
	for (size_t i = 0; i < told->count; i++)
		if (told->step[i].answer->status == TW_STATUS_REFUSED)
			timeline->seen.refused = true;
		else if (told->step[i].answer->status == TW_STATUS_INCOMPLETE)
			timeline->seen.incomplete = true;
}

/* A line and its timeline for each origin. */
struct held {
	struct tw_line line;
	tw_timeline *timeline;
};

static int tell(struct told *told, struct held *held, struct timeline *timeline,
		const tw_rulebook *rulebook, size_t index, struct tw_error *error)
{
	const char *origin = timeline->origin[index];
	held->line = timeline->goods.line;
	held->line.column[TW_COLUMN_ORIGIN] = (struct tw_text){origin, strlen(origin)};
	int code = tw_timeline_new(&held->timeline, rulebook, &timeline->options, error);
	if (!code)
		code = told_find(told, held->timeline, &held->line, error);
	if (!code)
		note_seen(timeline, told);
	return code;
}

static void write_as(struct buffer *out, const struct timeline *timeline, const struct told *told)
{
	size_t count = timeline->origin_count;
	const char *format = timeline->format ? timeline->format : "table";
	if (!strcmp(format, "svg")) {
		write_svg(out, told, count, &timeline->style);
	} else if (!strcmp(format, "json")) {
		write_json(out, told, count);
	} else if (!strcmp(format, "table")) {
		write_page(out, told, count, &timeline->style);
	} else {
		if (!strcmp(format, "csv"))
			write_csv_header(out);
		for (size_t i = 0; i < count; i++)
			if (!strcmp(format, "csv"))
				write_csv(out, &told[i], timeline->safe);
			else
				write_ndjson(out, &told[i]);
	}
}

static void say_assumed(const struct timeline *timeline)
{
	if (timeline->style.assumed && !cli_look.quiet)
		cli_message(
		    "no value is given: the rates are those of a value of " TW_TIMELINE_ASSUMED);
}

static int print(struct timeline *timeline, struct buffer *out)
{
	bool table = !timeline->format || !strcmp(timeline->format, "table");
	if (!table)
		say_assumed(timeline);
	return terminal_answer(out, table, timeline->style.color);
}

static_assert((int)PANEL_ORIGINS == (int)TOLD_MOST, "a table has room for all of them");

static int run_origins(struct timeline *timeline, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	struct buffer out = {.width = terminal_width()};
	struct told told[PANEL_ORIGINS] = {{0}};
	struct held held[PANEL_ORIGINS] = {{.timeline = NULL}};
	int code = TW_OK;
	for (size_t i = 0; !code && i < timeline->origin_count; i++)
		code = tell(&told[i], &held[i], timeline, rulebook, i, &error);
	timeline->style.color = cli_color(STDOUT_FILENO);
	if (!code)
		write_as(&out, timeline, told);
	code = code ? failed(&error) : print(timeline, &out);
	for (size_t i = 0; i < timeline->origin_count; i++)
		tw_timeline_free(held[i].timeline);
	buffer_free(&out);
	return code;
}

static int run_panel(struct timeline *timeline, const tw_rulebook *rulebook)
{
	const char *format = timeline->format ? timeline->format : "csv";
	struct panel panel = {.rulebook = rulebook,
			      .options = &timeline->options,
			      .line = timeline->goods.line,
			      .origin_count = timeline->origin_count,
			      .ndjson = !strcmp(format, "ndjson"),
			      .safe = timeline->safe};
	if (!panel.ndjson && strcmp(format, "csv") != 0) {
		cli_message("timeline: --codes writes rows: choose --format csv or ndjson");
		return CLI_FAILED;
	}
	unsigned jobs;
	int code = reading_jobs(&jobs, "timeline", timeline->jobs);
	if (code)
		return code;
	panel.threads = jobs < PANEL_THREADS ? jobs : PANEL_THREADS;
	memcpy(panel.origin, timeline->origin, sizeof panel.origin);
	say_assumed(timeline);
	code = panel_run(&panel, timeline->codes);
	timeline->seen.refused = panel.refused > 0;
	timeline->seen.incomplete = panel.incomplete > 0;
	return code;
}

static int run_timeline(const struct cli_command *command, int argc, char **argv)
{
	struct timeline timeline = {.goods = {.line = TW_LINE_INIT}};
	static const struct cli_fail_on usual = {0};
	const tw_rulebook *rulebook;
	tw_rulebook *owned = NULL;
	int code, words;
	if (!cli_options(&words, &code, &timeline, command, argc, argv))
		return code;
	if (words) {
		cli_message("timeline: \"%s\" is not an option: a code is given as --hts %s",
			    argv[1], argv[1]);
		return CLI_FAILED;
	}
	if ((code = take_question(&timeline)) ||
	    (code = cli_rulebook(&rulebook, &owned, &timeline.law)))
		return code;
	code = timeline.codes ? run_panel(&timeline, rulebook) : run_origins(&timeline, rulebook);
	tw_rulebook_close(owned);
	return code ? code : cli_fail_code(&usual, &timeline.seen);
}

const struct cli_command timeline_command = {
    .name = "timeline",
    .summary = "how the duty on a line moved with the day of entry, and by which acts",
    .usage = "--hts CODE --origin COUNTRY [OPTION...]\n"
	     "--hts CODE --origins COUNTRY,COUNTRY... [OPTION...]\n"
	     "--codes FILE --origins COUNTRY,COUNTRY... [OPTION...]",
    .about = "Each step is an instant at which the answer changes: the rate and the duty from "
	     "then on, the duties that begin, end or change, the exemption and the fees, and the "
	     "acts that did it. The instants are the law's own, to the minute; nothing is "
	     "sampled, unless --every asks for it. Without --value the rates are those of a value "
	     "of " TW_TIMELINE_ASSUMED ". Controlled chemicals are not screened for.",
    .examples = "tidewaiter timeline --hts 9503.00.00.90 --origin CN --value 54\n"
		"tidewaiter timeline --hts 7318.15.20 --origins CN,MX,CA --every month\n"
		"tidewaiter timeline --hts 9503.00.00.90 --origin CN --format svg > toys.svg\n"
		"tidewaiter timeline --codes codes.txt --origins CN,MX,CA,DE > panel.csv",
    .more = "Exit code: 0 done; 1 done, and an answer is refused or incomplete; 2 could not be "
	    "carried out.",
    CLI_OPTIONS(options),
    .run = run_timeline,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter law`: check, list, show, diff and compile the law text. Reads
 * the flags and the law; the pages are in law_list.c, law_show.c, law_news.c.
 */
#include "law.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "../src/assess/instant.h"
#include "../src/compiler/chemistry.h"
#include "../src/compiler/compile.h"
#include "../src/compiler/law_cited.h"
#include "../src/compiler/law_codes.h"
#include "../src/compiler/text.h"
#include "../src/compiler/yaml.h"
#include "law_chemicals.h"
#include "law_diff.h"

static const char help[] =
    "tidewaiter law: read the law text: what is in force, what changed, is it sound\n"
    "\n"
    "  law check [DIR]             read and compile everything, or say what is wrong\n"
    "  law list                    the measures in force on a day\n"
    "  law show ID                 a measure, program, instrument, list or heading\n"
    "  law diff DAY [DAY2]         what changed: every change from 00:00 of DAY to\n"
    "                              24:00 of DAY2, both days counted, legal time of\n"
    "                              the importing country\n"
    "  law diff --announced DAY    what was made public on DAY, whenever it takes\n"
    "                              effect, and what changes of lists come to\n"
    "  law compile [DIR] -o FILE   a rulebook for --rulebook FILE\n"
    "  law import-schedule FILE    a new edition of a tariff schedule (the USITC export,\n"
    "                              JSON or CSV) against the one at hand: what changes\n"
    "                              on the day --from; writes nothing unless told to\n"
    "\n"
    "  --law DIR             the law text in this folder; default: the text inside this\n"
    "                        program\n"
    "  --on DAY|TIME         list: in force then; default: the last day covered\n"
    "  --into CODE           only goods into this country: US, CN, CA\n"
    "  --origin CODE         only what products of this country meet\n"
    "  --hts CODE            only what touches this tariff code, 2 to 10 digits\n"
    "  --program GLOB        only these programs: 'us.ieepa.*'\n"
    "  --kind KIND           only duty, exemption, entry, fee or prohibition\n"
    "  --as-known-on DAY     the law as it could be known on that day\n"
    "  today                 is a day too\n"
    "  --format FORMAT       table or text (default), or json\n"
    "  --output FILE, -o     compile: where the rulebook goes; import-schedule: where\n"
    "                        the new schedule goes, the one at hand stays as it is\n"
    "  --from DAY            import-schedule: the first day of the edition\n"
    "  --write               import-schedule: put the dated rows into the schedule of\n"
    "                        the folder that --law names, in one step\n"
    "  --part                import-schedule: the file holds some chapters only\n"
    "\n"
    "  tidewaiter law diff 2025-04-09 2025-04-10 --origin CN\n"
    "  tidewaiter law diff --announced 2025-04-11 --origin CN\n"
    "  tidewaiter law list --on 2025-05-02 --origin CN --hts 6109.10.00.12\n"
    "  tidewaiter law show EO-14266\n"
    "  tidewaiter law import-schedule --into US --from 2027-01-01 hts_2027_basic.json\n";

struct request {
	struct law_query query;
	const char *folder, *into, *origin, *hts, *format, *output, *known_on, *announced;
	bool help;
	int count; /* words that are no flag: argv[1..count] */
	char **word;
	struct law *law, *view;
	struct law_import import;
};

static int find_jurisdiction(struct request *request)
{
	const struct law *law = request->law;
	const char *names[64];
	size_t count = 0;
	request->query.into = LAW_NONE;
	if (!request->into)
		return CLI_DONE;
	for (uint32_t i = 0; i < law->jurisdiction_count && count < 64; i++) {
		if (!strcasecmp(law->jurisdictions[i].code, request->into)) {
			request->query.into = i;
			return CLI_DONE;
		}
		names[count++] = law->jurisdictions[i].code;
	}
	return cli_no_such("law", "jurisdiction", request->into, names, count);
}

static int find_origin(struct request *request)
{
	const struct law *law = request->law;
	request->query.origin = LAW_NONE;
	if (!request->origin)
		return CLI_DONE;
	for (uint32_t i = 0; i < law->country_count; i++)
		if (!strcasecmp(law->countries[i].iso2, request->origin) ||
		    !strcasecmp(law->countries[i].name, request->origin)) {
			request->query.origin = i;
			return CLI_DONE;
		}
	cli_message("law: --origin \"%s\" is no country: write two letters, as in --origin CN",
		    request->origin);
	return CLI_FAILED;
}

static int find_program(const struct request *request)
{
	const struct law *law = request->law;
	const char **names = calloc(law->program_count + 1, sizeof *names);
	int code = CLI_DONE;
	bool found = !request->query.program || strpbrk(request->query.program, "*?[");
	for (uint32_t i = 0; names && i < law->program_count; i++) {
		names[i] = law->programs[i].id;
		found = found || !strcmp(names[i], request->query.program);
	}
	if (names && !found)
		code = cli_no_such("law", "program", request->query.program, names,
				   law->program_count);
	free(names);
	return code;
}

static int read_query(struct request *request)
{
	static const char *const kinds[] = {"duty", "exemption", "entry", "fee", "prohibition"};
	static const char *const formats[] = {"table", "text", "json"};
	struct tw_error error = {0};
	bool known = !request->query.kind;
	const char *format = request->format ? request->format : "text";
	for (size_t i = 0; i < 5; i++)
		known = known || !strcmp(request->query.kind, kinds[i]);
	if (!known)
		return cli_no_such("law", "kind", request->query.kind, kinds, 5);
	request->query.json = !strcmp(format, "json");
	if (!request->query.json && strcmp(format, "table") != 0 && strcmp(format, "text") != 0)
		return cli_no_such("law", "format", format, formats, 3);
	if (request->hts &&
	    text_range(&request->query.code, request->hts, (struct law_pos){0}, &error)) {
		cli_message("law: --hts %s", error.message);
		return CLI_FAILED;
	}
	request->query.on = cli_day(request->query.on);
	request->query.law = request->view;
	request->query.whole = request->law;
	request->query.color = cli_color(STDOUT_FILENO);
	int code = find_jurisdiction(request);
	if (!code)
		code = find_origin(request);
	return code ? code : find_program(request);
}

static int no_day(const char *text, const char *example)
{
	cli_message("law: \"%s\" is no day: write one like %s", text, example);
	return CLI_FAILED;
}

static int read_day(int *out, const char *text)
{
	struct time_parsed parsed;
	const char *right;
	text = cli_day(text);
	struct tw_text at = {text, strlen(text)};
	if (!time_parse(&parsed, TW_ZONE_UTC, at, &right) || !parsed.is_date)
		return no_day(text, "2025-04-10");
	*out = (int)time_local_day(TW_ZONE_UTC, parsed.at);
	return CLI_DONE;
}

/* The folder as the error shows it: "law/us/duties/x.yaml:7:3". */
static void law_message(const char *folder, struct tw_error *error)
{
	char path[sizeof error->file];
	size_t length = strlen(folder);
	if (*error->file && *error->file != '/' && strncmp(error->file, folder, length) != 0) {
		snprintf(path, sizeof path, "%.100s/%.150s", folder, error->file);
		memcpy(error->file, path, sizeof path);
	}
	cli_error(error);
}

/* --as-known-on as the instant that law_as_known takes. */
static int read_known(tw_time *known, const struct request *request)
{
	int day;
	*known = TW_TIME_MAX;
	if (!request->known_on)
		return CLI_DONE;
	if (read_day(&day, request->known_on))
		return CLI_FAILED;
	*known = time_from_local(TW_ZONE_NEW_YORK, (int64_t)day * 86400 + 43200);
	return CLI_DONE;
}

static int read_law(struct request *request)
{
	struct tw_error error = {0};
	tw_time known;
	if (read_known(&known, request))
		return CLI_FAILED;
	request->query.known = law_known_day(known);
	if (law_read(&request->law, request->folder, &error) ||
	    law_as_known(&request->view, request->law, known, &error)) {
		law_message(request->folder, &error);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int run_compiler(struct request *request, void **book, size_t *size)
{
	struct tw_error error = {0};
	tw_time known;
	if (read_known(&known, request))
		return CLI_FAILED;
	if (!compile_folder(book, size, request->folder, known, &error))
		return CLI_DONE;
	law_message(request->folder, &error);
	return CLI_FAILED;
}

static void tell_code(void *context, const struct tw_error *fault)
{
	const struct request *request = context;
	struct tw_error shown = *fault;
	law_message(request->folder, &shown);
}

/* Every code of a list or scope that meets no line of the schedule, not the first alone. */
static int check_codes(struct request *request, struct law_codes *codes)
{
	*codes = (struct law_codes){.tell = tell_code, .context = request};
	if (law_codes_check(request->law, codes)) {
		cli_message("no memory left");
		return CLI_FAILED;
	}
	return codes->faults ? CLI_FAILED : CLI_DONE;
}

struct cited {
	const struct law *law;
	bool *cited;
};

static void note_act(void *context, const char *id)
{
	struct cited *cited = context;
	for (uint32_t i = 0; i < cited->law->instrument_count; i++)
		if (!strcmp(cited->law->instruments[i].id, id))
			cited->cited[i] = true;
}

/* An act that nothing cites is one that was forgotten, or only explains. */
static int check_acts(struct request *request)
{
	const struct law *law = request->law;
	struct cited cited = {law, calloc(law->instrument_count + 1, sizeof *cited.cited)};
	struct tw_error error = {0};
	int code = CLI_DONE;
	if (!cited.cited) {
		cli_message("no memory left");
		return CLI_FAILED;
	}
	law_cited(cited.cited, law);
	if (chemistry_acts(note_act, &cited, request->folder, &error)) {
		law_message(request->folder, &error);
		code = CLI_FAILED;
	}
	for (uint32_t i = 0; !error.code && i < law->instrument_count; i++) {
		const struct law_instrument *act = &law->instruments[i];
		if (cited.cited[i] != act->background)
			continue;
		law_error(&error, act->pos,
			  act->background
			      ? "%s is cited and no background: leave \"background\" out"
			      : "nothing cites %s: name it where it sets a from, an until or a "
				"row, or write \"background: yes\"",
			  act->id);
		law_message(request->folder, &error);
		error.code = TW_OK;
		code = CLI_FAILED;
	}
	free(cited.cited);
	return code;
}

static int check(struct request *request)
{
	struct tw_error error = {0};
	struct law_codes held;
	tw_rulebook *opened = NULL;
	void *book = NULL;
	size_t size = 0;
	uint32_t rows = 0, codes = 0;
	struct buffer first = {0}, last = {0};
	int code = read_law(request);
	if (code || (code = check_codes(request, &held)) || (code = check_acts(request)) ||
	    (code = law_import_check(request->law, request->folder)) ||
	    (code = run_compiler(request, &book, &size)))
		return code;
	if (tw_rulebook_from_memory(&opened, book, size, &error)) {
		cli_error(&error);
		free(book);
		return CLI_FAILED;
	}
	const struct law *law = request->law;
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		rows += law->jurisdictions[i].row_count;
	for (uint32_t i = 0; i < law->list_count; i++)
		codes += law->lists[i].row_count;
	say_time(&first, TW_ZONE_UTC, (tw_time)law->coverage_first * 86400, true);
	say_time(&last, TW_ZONE_UTC, (tw_time)law->coverage_last * 86400, true);
	printf("%s: sound\n"
	       "  edition       %s, covers %.*s to %.*s\n"
	       "  jurisdictions %u\n"
	       "  instruments   %u\n"
	       "  programs      %u\n"
	       "  measures      %u\n"
	       "  lists         %u with %u rows\n"
	       "  schedule      %u rows; %u codes held against it, %u said to be absent\n"
	       "  claims        %u\n"
	       "  rulebook      %zu bytes\n"
	       "  files         %s\n"
	       "  sha256        %s\n",
	       request->folder, law->edition, (int)first.length, first.at, (int)last.length,
	       last.at, law->jurisdiction_count, law->instrument_count, law->program_count,
	       law->measure_count, law->list_count, codes, rows, held.checked, held.absent,
	       law->claim_count, size, law->sha256, tw_rulebook_sha256(opened));
	buffer_free(&first);
	buffer_free(&last);
	tw_rulebook_close(opened);
	free(book);
	return CLI_DONE;
}

static int compile(struct request *request)
{
	void *book = NULL;
	size_t size = 0;
	int code = CLI_FAILED;
	FILE *file = NULL;
	if (!request->output) {
		cli_message("law compile: say where the rulebook goes: -o FILE");
		return CLI_FAILED;
	}
	if ((code = run_compiler(request, &book, &size)))
		return code;
	file = fopen(request->output, "wb");
	bool written = file && fwrite(book, 1, size, file) == size;
	if (file && fclose(file))
		written = false;
	if (!written) {
		cli_message("%s: cannot be written: %s", request->output, strerror(errno));
		code = CLI_FAILED;
	}
	free(book);
	return code;
}

static int list(struct request *request)
{
	int code = read_law(request);
	if (!code)
		code = read_query(request);
	return code ? code : law_list_command(&request->query);
}

static int show(struct request *request)
{
	if (request->count != 1) {
		cli_message("law show: give one id, as in tidewaiter law show EO-14266");
		return CLI_FAILED;
	}
	int code = read_law(request);
	if (!code)
		code = read_query(request);
	if (!code && !request->known_on) /* superseded measures have ids too */
		request->query.law = request->law;
	return code ? code : law_show_command(&request->query, request->word[1]);
}

/* One day of publication, or one or two days of effect. */
static int read_days(struct request *request, struct changes *changes, const char **first,
		     const char **last)
{
	if (request->announced ? request->count != 0 : request->count != 1 && request->count != 2) {
		cli_message("law diff: give one or two days, as in tidewaiter law diff 2025-04-09 "
			    "2025-04-10, or --announced DAY alone");
		return CLI_FAILED;
	}
	changes->announced = request->announced != NULL;
	*first = cli_day(request->announced ? request->announced : request->word[1]);
	*last = cli_day(request->announced ? *first : request->word[request->count]);
	if (read_day(&changes->first, *first) || read_day(&changes->last, *last))
		return CLI_FAILED;
	if (changes->first <= changes->last)
		return CLI_DONE;
	cli_message("law diff: %s is after %s: give the earlier day first", *first, *last);
	return CLI_FAILED;
}

static int diff(struct request *request)
{
	struct changes changes = {.query = &request->query, .arena = arena_new()};
	const char *first, *last;
	int code = read_law(request);
	if (!code)
		code = read_query(request);
	pool_begin(&changes.pool, sizeof(struct change));
	if (!code)
		code = read_days(request, &changes, &first, &last);
	if (!code && (!changes.arena || changes_find(&changes))) {
		cli_message("no memory left");
		code = CLI_FAILED;
	}
	if (!code)
		code = changes_page(&changes, first, last);
	pool_free(&changes.pool);
	arena_free(changes.arena);
	return code;
}

static int import(struct request *request)
{
	int day;
	if (request->count != 1 || !request->import.day || !request->into) {
		cli_message("law import-schedule: give the country, the first day of the edition "
			    "and its file, as in tidewaiter law import-schedule --into US --from "
			    "2027-01-01 hts_2027_basic.json");
		return CLI_FAILED;
	}
	if (request->output && request->import.write) {
		cli_message("law import-schedule: --write puts the rows into the law folder, "
			    "--output FILE somewhere else: say one of the two");
		return CLI_FAILED;
	}
	if (request->import.write && !strcmp(request->folder, cli_law_folder())) {
		cli_message("law import-schedule: --write changes a law folder: name it, as in "
			    "--law law");
		return CLI_FAILED;
	}
	if (read_day(&day, request->import.day))
		return CLI_FAILED;
	int code = read_law(request);
	if (!code)
		code = read_query(request);
	request->query.law = request->law;
	request->import.file = request->word[1];
	request->import.output = request->output;
	return code ? code : law_import_command(&request->query, &request->import);
}

static int read_flags(struct request *request, int argc, char **argv)
{
	const struct cli_flag flags[] = {
	    {.name = "law", .text = &request->folder},
	    {.name = "on", .text = &request->query.on},
	    {.name = "into", .text = &request->into},
	    {.name = "origin", .text = &request->origin},
	    {.name = "hts", .text = &request->hts},
	    {.name = "program", .text = &request->query.program},
	    {.name = "kind", .text = &request->query.kind},
	    {.name = "as-known-on", .text = &request->known_on},
	    {.name = "announced", .text = &request->announced},
	    {.name = "format", .text = &request->format},
	    {.name = "output", .text = &request->output},
	    {.name = "from", .text = &request->import.day},
	    {.name = "write", .flag = &request->import.write},
	    {.name = "part", .flag = &request->import.part},
	};
	static char output[] = "--output";
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "-o"))
			argv[i] = output;
	request->word = argv;
	return cli_flags(&request->count, &request->help, argc, argv, flags,
			 sizeof flags / sizeof *flags);
}

int command_law(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct request *);
		bool takes_folder;
	} commands[] = {{"check", check, true},     {"list", list, false},
			{"show", show, false},      {"diff", diff, false},
			{"compile", compile, true}, {"import-schedule", import, false}};
	static const char *const names[] = {"check", "list",    "show",
					    "diff",  "compile", "import-schedule"};
	struct request request = {0};
	const char *name;
	int code = CLI_FAILED;

	if (argc < 2 || (argv[1][0] == '-' && strcmp(argv[1], "--help") && strcmp(argv[1], "-h"))) {
		cli_message("law: say what: check, list, show, diff, compile or import-schedule; "
			    "see tidewaiter law "
			    "--help");
		return CLI_FAILED;
	}
	name = argv[1];
	if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
		fputs(help, stdout);
		return CLI_DONE;
	}
	argv[1] = argv[0];
	if (read_flags(&request, argc - 1, argv + 1))
		return CLI_FAILED;
	if (request.help) {
		fputs(help, stdout);
		return CLI_DONE;
	}
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(commands[i].name, name) != 0)
			continue;
		if (commands[i].takes_folder && request.count == 1 && !request.folder) {
			request.folder = request.word[1];
			request.count = 0;
		}
		if ((commands[i].takes_folder || commands[i].run == list) && request.count) {
			cli_message(
			    "law %s: there is nothing to do with \"%s\"; see tidewaiter law "
			    "--help",
			    name, request.word[1]);
			return CLI_FAILED;
		}
		if (!request.folder)
			request.folder = cli_law_folder();
		request.query.folder = request.folder;
		code = commands[i].run(&request);
		law_free(request.view);
		law_free(request.law);
		return code;
	}
	return cli_no_such("law", "command", name, names, 6);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter code`: tariff codes by words, and the tree around a code. The
 * words come from the companion of the rulebook, duties from the rulebook and
 * the assessor. It classifies nothing.
 */
#include "cli/code/code.h"
#include "common/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/codes_law.h"
#include "cli/law/law.h"
#include "cli/terminal.h"
#include "common/instant.h"
#include "common/tariff_code.h"
#include "law/law.h"

enum { USUAL_LIMIT = 20 };

struct request {
	const char *on, *origin, *format, *limit_text;
	struct cli_law law;
	size_t limit;
};

static const char *const formats[] = {"table", "csv", "json", "ndjson", "text=table", NULL};

#define AT(member) offsetof(struct request, member)
static const struct cli_option options[] = {
    {.name = "on",
     .argument = "DAY",
     .group = "Question",
     .help = "codes in force on that day; default: today",
     .at = AT(on),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER},
    {.name = "origin",
     .argument = "COUNTRY",
     .group = "Question",
     .help = "list the chapter 99 headings that then apply to products of this country",
     .at = AT(origin),
     .values = VALUES_COUNTRY},
    {.name = "limit",
     .argument = "N",
     .group = "Answer",
     .help =
	 "maximum number of codes; default 20 when searching by words, all when browsing a code",
     .at = AT(limit_text),
     .config = DEFAULT_SILENT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = "Answer",
     .help = "format of the answer",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    CLI_LAW_OPTIONS(struct request, law),
};

bool code_is_leaf(const struct codes_entry *entry)
{
	return entry->kind == CODES_LINE && !entry->lines;
}

/* Digits with dots and blanks between them: a code, and no word. */
static bool is_code(char digits[32], const char *text)
{
	size_t count = 0;
	for (; *text; text++) {
		if (*text == '.' || *text == ' ')
			continue;
		if (*text < '0' || *text > '9' || count == 30)
			return false;
		digits[count++] = *text;
	}
	digits[count] = '\0';
	return count > 0;
}

static int read_code(struct code_answer *answer, const char *digits)
{
	size_t count = strlen(digits);
	if (count >= 2 && count <= 10 && count % 2 == 0) {
		memcpy(answer->digits, digits, count + 1);
		return CLI_DONE;
	}
	cli_message(
	    "code: \"%.40s\" has %zu digit%s: a chapter has 2, a heading 4, a subheading 6, "
	    "a line 8 or 10",
	    answer->text, count, count == 1 ? "" : "s");
	return CLI_FAILED;
}

static int read_day(struct code_answer *answer, const char *text)
{
	struct time_parsed parsed;
	const char *right;
	answer->on = cli_day(text ? text : "today");
	struct tw_text at = {answer->on, strlen(answer->on)};
	if (!time_parse(&parsed, TIME_ZONE_UTC, at, &right) || !parsed.is_date) {
		cli_message("code: --on \"%.40s\" is not a day: write one like 2026-04-10",
			    answer->on);
		return CLI_FAILED;
	}
	static char day[16];
	answer->day = (int32_t)time_local_day(TIME_ZONE_UTC, parsed.at);
	time_print_day(day, answer->day);
	answer->on = day;
	answer->at = time_from_local(TIME_ZONE_NEW_YORK, (int64_t)answer->day * 86400 + 43200);
	return CLI_DONE;
}

static int read_limit(struct request *request)
{
	char *end;
	request->limit = 0;
	if (!request->limit_text)
		return CLI_DONE;
	unsigned long limit = strtoul(request->limit_text, &end, 10);
	if (*end || end == request->limit_text || *request->limit_text == '-' || !limit ||
	    limit > CODES_LIMIT) {
		cli_message("code: --limit \"%.20s\": write a number from 1 to %d",
			    request->limit_text, CODES_LIMIT);
		return CLI_FAILED;
	}
	request->limit = limit;
	return CLI_DONE;
}

static int failed(const struct tw_error *error)
{
	cli_message("code: %s", error->message);
	return CLI_FAILED;
}

static int no_memory(struct tw_error *error)
{
	return error_memory(error);
}

/* A companion of a law folder, for this run. */
static int open_folder(struct codes **out, const char *folder)
{
	char path[] = "/tmp/tidewaiter-codes-XXXXXX";
	struct tw_error error = {0};
	struct law *law = NULL;
	int code;
	int file = mkstemp(path);
	if (file < 0) {
		cli_message("code: a temporary file cannot be made in /tmp");
		return CLI_FAILED;
	}
	close(file);
	if ((code = law_read(&law, folder, &error)) ||
	    (code = codes_law(path, law, folder, &error)) || (code = codes_open(out, path, &error)))
		law_message(folder, &error);
	unlink(path); /* it is open */
	law_free(law);
	return code ? CLI_FAILED : CLI_DONE;
}

static int open_codes(struct codes **out, const struct request *request)
{
	char path[4096];
	struct tw_error error = {0};
	if (request->law.folder)
		return open_folder(out, request->law.folder);
	int code = codes_path(path, sizeof path, &error);
	if (code == TW_NOT_FOUND) { /* a build without SQLite says so first */
		struct tw_error other = {0};
		if (codes_open(out, "", &other) == TW_UNSUPPORTED)
			error = other;
		return failed(&error);
	}
	return codes_open(out, path, &error) ? failed(&error) : CLI_DONE;
}

/* A code that is not there on the day: has it ended, or does it begin later? */
static int look_around(struct code_answer *answer, struct codes *codes, struct tw_error *error)
{
	char dotted[16], day[16], other[64] = "";
	int code;
	if ((code = codes_periods(&answer->before, codes, answer->digits, error)) ||
	    (code = codes_successors(&answer->successors, &answer->named, codes, answer->digits,
				     answer->day, error)))
		return code;
	struct codes_measure measure;
	uint32_t next = 0;
	answer->declared =
	    codes_measure(&measure, answer->rulebook, answer->digits, answer->at, &next);
	if (answer->declared) /* a heading that has words in its measures alone */
		return TW_OK;
	tariff_code_print(dotted, answer->digits);
	for (size_t i = 0; i < answer->before.count; i++) {
		const struct codes_entry *e = &answer->before.item[i];
		if (e->from > answer->day && !*other) {
			time_print_day(day, e->from);
			snprintf(other, sizeof other, "begins on %s", day);
		} else if (e->until <= answer->day) {
			time_print_day(day, e->until);
			snprintf(other, sizeof other, "ended on %s", day);
		}
	}
	if (*other)
		snprintf(answer->hint, sizeof answer->hint, "%s %s.", dotted, other);
	else
		snprintf(answer->hint, sizeof answer->hint, "There is no code %s%s on %s%s", dotted,
			 strlen(answer->digits) == 10 ? " in the schedule" : "", answer->on,
			 answer->way.count ? "; the nearest level above it:" : ".");
	return TW_OK;
}

/* 0101.21 is printed as 0101.21.00 alone: where one line stands for the code, it is asked for. */
static int settle_code(struct code_answer *answer, struct codes *codes, struct tw_error *error)
{
	for (;;) {
		struct codes_list there, beneath = {0};
		int code = codes_at(&there, codes, answer->digits, answer->day, error);
		if (!code && !there.count)
			code = codes_beneath(&beneath, codes, answer->digits, answer->day, error);
		bool one = beneath.count == 1 && *answer->digits;
		if (one)
			memcpy(answer->digits, beneath.item[0].code, sizeof answer->digits);
		codes_list_free(&there);
		codes_list_free(&beneath);
		if (code || !one)
			return code;
	}
}

static int find_code(struct code_answer *answer, struct codes *codes, size_t limit,
		     struct tw_error *error)
{
	int code = settle_code(answer, codes, error);
	if (!code)
		code = codes_way(&answer->way, codes, answer->digits, answer->day, error);
	size_t n = answer->way.count;
	const struct codes_entry *last = n ? &answer->way.item[n - 1] : NULL;
	if (code)
		return code;
	bool there = last && last->digits == (int)strlen(answer->digits);
	answer->declared = there && last->kind == CODES_HEADING;
	code = codes_beneath(&answer->found, codes, answer->digits, answer->day, error);
	if (!code && !there && !answer->found.count) {
		code = look_around(answer, codes, error);
		if (!code && last && !answer->before.count && !answer->declared)
			code = codes_beneath(&answer->found, codes, last->code, answer->day, error);
		if (!limit) /* a look around, and not all of chapter 99 */
			limit = USUAL_LIMIT;
	}
	if (limit)
		codes_list_cut(&answer->found, limit);
	return code;
}

static int find_words(struct code_answer *answer, struct codes *codes, size_t limit,
		      struct tw_error *error)
{
	int code = codes_search(&answer->found, codes, answer->text, answer->day,
				limit ? limit : USUAL_LIMIT, error);
	if (code || answer->found.count)
		return code;
	return codes_hint(answer->hint, sizeof answer->hint, codes, answer->text, answer->day,
			  error);
}

size_t code_count(const struct code_answer *answer)
{
	return answer->way.count + answer->found.count;
}

const struct codes_entry *code_entry(const struct code_answer *answer, size_t i)
{
	return i < answer->way.count ? &answer->way.item[i]
				     : &answer->found.item[i - answer->way.count];
}

static int find_ways(struct code_answer *answer, struct codes *codes, struct tw_error *error)
{
	size_t count = code_count(answer);
	int code = TW_OK;
	answer->words = calloc(count + 1, sizeof *answer->words);
	if (!answer->words)
		return no_memory(error);
	for (size_t i = 0; !code && i < count; i++)
		code = codes_words(&answer->words[i], codes, code_entry(answer, i)->code,
				   answer->day, error);
	return code;
}

/* The headings of everything shown. */
static int find_bites(struct code_answer *answer, struct tw_error *error)
{
	size_t count = code_count(answer);
	struct tw_options assess = TW_OPTIONS_INIT;
	tw_assessor *assessor = NULL;
	if (!answer->origin || !count)
		return TW_OK;
	assess.no_screen = true;
	assess.today = cli_today();
	answer->bites = calloc(count, sizeof *answer->bites);
	if (!answer->bites)
		return no_memory(error);
	int code = tw_assessor_new(&assessor, answer->rulebook, &assess, error);
	for (size_t i = 0; !code && i < count; i++)
		code = code_bite(&answer->bites[i], assessor, answer, code_entry(answer, i), error);
	tw_assessor_free(assessor);
	return code;
}

static int print(const struct code_answer *answer, const char *format)
{
	struct buffer out = {.width = terminal_width()};
	bool table = !format || !strcmp(format, "table");
	if (table)
		code_page(&out, answer);
	else if (!strcmp(format, "json"))
		code_json(&out, answer);
	else if (!strcmp(format, "ndjson"))
		code_ndjson(&out, answer);
	else
		code_csv(&out, answer);
	int code = terminal_answer(&out, table, false);
	buffer_free(&out);
	if (code || table || !strcmp(format, "json"))
		return code;
	fflush(stdout);
	if (*answer->hint)
		cli_message("code: %s", answer->hint);
	if (!cli_look.quiet) /* a row has no room for it */
		cli_message("code: " CODE_NOTICE);
	return code;
}

static int answer_code(struct code_answer *answer, const struct request *request)
{
	struct codes *codes = NULL;
	struct tw_error error = {0};
	if (open_codes(&codes, request))
		return CLI_FAILED;
	int code = *answer->text && !*answer->digits
		       ? find_words(answer, codes, request->limit, &error)
		       : find_code(answer, codes, request->limit, &error);
	if (!code && !(code = find_ways(answer, codes, &error)))
		code = find_bites(answer, &error);
	codes_close(codes);
	if (code)
		return failed(&error);
	if ((code = print(answer, request->format)))
		return code;
	return *answer->hint ? CLI_SOME_REFUSED : CLI_DONE;
}

/* The words of the command line, with blanks between. */
static int join(char out[CODES_TEXT + 1], int count, char **word)
{
	size_t at = 0;
	*out = '\0';
	for (int i = 0; i < count; i++) {
		size_t length = strlen(word[i]);
		if (at + length + 2 > CODES_TEXT) {
			cli_message("code: a search takes at most %d bytes", CODES_TEXT);
			return CLI_FAILED;
		}
		at += (size_t)sprintf(out + at, "%s%s", i ? " " : "", word[i]);
	}
	return CLI_DONE;
}

/* The words of each entry are one block with it. */
static void let_go(struct code_answer *answer)
{
	for (size_t i = 0; answer->words && i < code_count(answer); i++)
		free(answer->words[i]);
	free(answer->words);
	free(answer->bites);
	codes_list_free(&answer->way);
	codes_list_free(&answer->found);
	codes_list_free(&answer->before);
	codes_list_free(&answer->successors);
}

static int run_code(const struct cli_command *command, int argc, char **argv)
{
	struct request request = {0};
	struct code_answer answer = {0};
	char text[CODES_TEXT + 1], digits[32];
	tw_rulebook *owned = NULL;
	int words, code;
	if (!cli_options(&words, &code, &request, command, argc, argv))
		return code;
	if (join(text, words, argv + 1) || read_day(&answer, request.on) || read_limit(&request))
		return CLI_FAILED;
	answer.text = text;
	if (is_code(digits, text) && read_code(&answer, digits))
		return CLI_FAILED;
	if (cli_rulebook(&answer.rulebook, &owned, &request.law))
		return CLI_FAILED;
	answer.origin = request.origin;
	code = answer_code(&answer, &request);
	let_go(&answer);
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command code_command = {
    .name = "code",
    .summary = "search tariff codes by words, and browse the tree around a code",
    .usage = "[TEXT | CODE] [OPTION...]",
    .about = "Finds the codes of the US schedule whose descriptions have all the words of TEXT, in "
	     "whole or as the beginning of a word; the highest code that has them represents those "
	     "beneath it. With a CODE of 2 to 10 digits it shows the levels above and beneath it, "
	     "the base duty and the units; without either, the chapters. " CODE_NOTICE
	     " Classification is for you to decide, by the legal texts of the headings and notes.",
    .examples = "tidewaiter code cotton t-shirts\n"
		"tidewaiter code 6109.10 --origin CN\n"
		"tidewaiter code 9903.01.24 --on 2025-06-01\n"
		"tidewaiter code lithium batteries --format csv",
    .more = "Rows of csv and ndjson have no room for words: that nothing is classified, and why "
	    "nothing was found, is then said on standard error.\n"
	    "\n"
	    "Exit code: 0 found; 1 nothing found, or the code is not in force on that day; 2 could "
	    "not be carried out.",
    CLI_OPTIONS(options),
    .run = run_code,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter code`: tariff codes by words, and the tree around a code. The
 * words come from the companion of the rulebook, duties from the rulebook and
 * the assessor. It classifies nothing.
 */
#include "cli/code/page.h"
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
	int code = code_answer_find(answer, codes, request->limit, cli_today(), &error);
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

static int run_code(const struct cli_command *command, int argc, char **argv)
{
	struct request request = {0};
	struct code_answer answer = {0};
	char text[CODES_TEXT + 1];
	struct tw_error error = {0};
	tw_rulebook *owned = NULL;
	int words, code;
	if (!cli_options(&words, &code, &request, command, argc, argv))
		return code;
	if (join(text, words, argv + 1) || read_limit(&request))
		return CLI_FAILED;
	if (code_answer_ask(&answer, text, cli_day(request.on ? request.on : "today"), &error))
		return failed(&error);
	if (cli_rulebook(&answer.rulebook, &owned, &request.law))
		return CLI_FAILED;
	answer.origin = request.origin;
	code = answer_code(&answer, &request);
	code_answer_free(&answer);
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

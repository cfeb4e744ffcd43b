/* SPDX-License-Identifier: Apache-2.0 */
/* `law diff`: what changed between days, or what a scenario changes. The pages are in changes/. */
#include <stdio.h>
#include <string.h>

#include "changes/page.h"
#include "changes/scenario.h"
#include "cli/law/law.h"
#include "cli/law/request.h"

/* Days of publication, or of effect: one word or two, each a day or a period. */
static int read_days(struct request *request, struct changes *changes, struct cli_days *days)
{
	struct cli_days end;
	char message[160];
	if (request->announced ? request->count != 0 : request->count != 1 && request->count != 2) {
		cli_message("law diff: give one or two days, as in tidewaiter law diff 2025-04-09 "
			    "2025-04-10, or --announced DAY alone");
		return CLI_FAILED;
	}
	const char *first = request->announced ? request->announced : request->word[1];
	const char *last = request->announced ? first : request->word[request->count];
	if (!cli_days_read(days, first, message) || !cli_days_read(&end, last, message)) {
		cli_message("law diff: %s", message);
		return CLI_FAILED;
	}
	days->last = end.last;
	memcpy(days->last_text, end.last_text, sizeof end.last_text);
	changes->announced = request->announced != NULL;
	changes->first = days->first;
	changes->last = days->last;
	if (changes->first <= changes->last)
		return CLI_DONE;
	cli_message("law diff: %s is after %s: give the earlier day first", days->first_text,
		    days->last_text);
	return CLI_FAILED;
}

/* The scenario by itself, when no day is asked for. */
static int tell_scenario(struct request *request)
{
	struct buffer out = {.width = terminal_width()};
	int code = law_open(request);
	if (!code)
		code = request_read(request);
	if (!code && request->query.rows != LAW_ROWS_NONE) {
		cli_message("law diff: a scenario is told as --format table or json");
		code = CLI_FAILED;
	}
	if (!code) {
		changes_scenario(&out, request->law, request->query.json);
		code = law_print(&out, &request->query);
	}
	buffer_free(&out);
	return code;
}

int law_diff(struct request *request)
{
	struct changes changes = {.query = &request->query};
	struct cli_days days;
	struct buffer out = {.width = terminal_width()};
	struct tw_error error = {0};
	if (request->with && !request->count && !request->announced)
		return tell_scenario(request);
	changes.arena = arena_new();
	int code = law_open(request);
	if (!code)
		code = request_read(request);
	pool_begin(&changes.pool, sizeof(struct change));
	if (!code)
		code = read_days(request, &changes, &days);
	if (!code && (!changes.arena || changes_find(&changes))) {
		cli_message("out of memory");
		code = CLI_FAILED;
	}
	if (!code && changes.announced)
		changes.effects = law_effects_new(&request->query);
	if (!code && changes_page(&out, &changes, days.first_text, days.last_text, &error)) {
		cli_error(&error);
		code = CLI_FAILED;
	}
	if (!code)
		code = law_print(&out, &request->query);
	buffer_free(&out);
	law_effects_free(changes.effects);
	pool_free(&changes.pool);
	arena_free(changes.arena);
	return code;
}

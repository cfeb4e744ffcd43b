/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/law/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/instant.h"
#include "law/text.h"

static int find_jurisdiction(struct request *request)
{
	const struct law *law = request->law;
	const char *names[64];
	size_t count = 0;
	request->query.into = LAW_NONE;
	if (!request->into)
		return CLI_DONE;
	request->query.into = query_jurisdiction(law, request->into);
	if (request->query.into != LAW_NONE)
		return CLI_DONE;
	for (uint32_t i = 0; i < law->jurisdiction_count && count < 64; i++)
		names[count++] = law->jurisdictions[i].code;
	return cli_no_such(request->name, "jurisdiction", request->into, names, count);
}

static int find_origin(struct request *request)
{
	request->query.origin = LAW_NONE;
	if (!request->origin)
		return CLI_DONE;
	request->query.origin = query_country(request->law, request->origin);
	if (request->query.origin != LAW_NONE)
		return CLI_DONE;
	cli_message("law: --origin \"%s\" is not a country: write two letters, as in --origin CN",
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
	const char *program = request->query.program;
	size_t length = program ? strlen(program) : 0;
	bool begins = false;
	for (uint32_t i = 0; !found && i < law->program_count; i++)
		begins = begins || (!strncmp(law->programs[i].id, program, length) &&
				    law->programs[i].id[length] == '.');
	if (!found && begins) {
		cli_message("%s: there is no program \"%s\", but some whose names begin so: "
			    "--program '%s.*'",
			    request->name, program, program);
		code = CLI_FAILED;
	} else if (names && !found)
		code = cli_no_such(request->name, "program", request->query.program, names,
				   law->program_count);
	free(names);
	return code;
}

int request_read(struct request *request)
{
	struct tw_error error = {0};
	const char *format = request->format ? request->format : "table";
	request->query.json = !strcmp(format, "json");
	request->query.rows = !strcmp(format, "csv")      ? LAW_ROWS_CSV
			      : !strcmp(format, "ndjson") ? LAW_ROWS_NDJSON
							  : LAW_ROWS_NONE;
	if (request->hts &&
	    text_range(&request->query.code, request->hts, (struct law_pos){0}, &error)) {
		cli_message("law: --hts %s", error.message);
		return CLI_FAILED;
	}
	if (cli_days_is_period(request->query.on)) {
		char unused[160];
		struct cli_days days;
		cli_days_read(&days, request->query.on, unused);
		request->during = (struct law_period){.first = days.first, .last = days.last};
		memcpy(request->during.first_text, days.first_text, sizeof days.first_text);
		memcpy(request->during.last_text, days.last_text, sizeof days.last_text);
		request->query.during = &request->during;
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
	cli_message("law: \"%s\" is not a day: write one like %s", text, example);
	return CLI_FAILED;
}

int request_day(int *out, const char *text)
{
	struct time_parsed parsed;
	const char *right;
	if (cli_days_is_period(text)) {
		cli_message(
		    "law: %s is a period, and one day is required: write one like 2025-04-10",
		    text);
		return CLI_FAILED;
	}
	text = cli_day(text);
	struct tw_text at = {text, strlen(text)};
	if (!time_parse(&parsed, TIME_ZONE_UTC, at, &right) || !parsed.is_date)
		return no_day(text, "2025-04-10");
	*out = (int)time_local_day(TIME_ZONE_UTC, parsed.at);
	return CLI_DONE;
}

int request_known(tw_time *known, const struct request *request)
{
	int day;
	*known = TW_TIME_MAX;
	if (!request->known_on)
		return CLI_DONE;
	if (request_day(&day, request->known_on))
		return CLI_FAILED;
	*known = time_from_local(TIME_ZONE_NEW_YORK, (int64_t)day * 86400 + 43200);
	return CLI_DONE;
}

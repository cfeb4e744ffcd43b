/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of lines of goods for `tidewaiter record talks --value`: each
 * run over the file has one instant of entry in place of what the lines say.
 */
#include "cli/record/lines.h"

#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "lines/run.h"

/* Of the run that is made: the instant, and who answers. Readers of lines hand on no context. */
static char entered[26];
static const char *country;
static tw_assessor *answering;

/* As what lines into other countries are counted. */
#define ELSEWHERE "elsewhere"

static int assess_then(const struct tw_assessment **out, tw_assessor *assessor,
		       const struct tw_line *line, struct tw_error *error)
{
	struct tw_line then = *line;
	(void)assessor; /* of a run with an answerer of its own there is none */
	then.column[TW_COLUMN_ENTERED] = (struct tw_text){entered, strlen(entered)};
	int code = tw_assess(out, answering, &then, error);
	if (code || !(*out)->into || !*(*out)->into || !strcmp((*out)->into, country))
		return code;
	static struct tw_assessment other;
	other = (struct tw_assessment){.status = TW_STATUS_REFUSED,
				       .refusal = {ELSEWHERE, "into", ""},
				       .into = (*out)->into,
				       .origin = "",
				       .currency = "",
				       .entry_type = ""};
	*out = &other;
	return TW_OK;
}

static void take_sum(tw_money *duty, struct record_moved *moved, const struct totals_entry *sum)
{
	*duty += sum->amount;
	memcpy(moved->currency, sum->currency, sizeof moved->currency);
}

/* The duty of the lines into the country, and how many there are. */
static void take_duty(tw_money *duty, struct record_moved *moved, const struct totals *totals)
{
	uint64_t elsewhere = 0;
	for (size_t i = 0; i < totals->sums.count; i++)
		if (!strcmp(totals->sums.entry[i].name, TOTALS_DUTY))
			take_sum(duty, moved, &totals->sums.entry[i]);
	for (size_t i = 0; i < totals->reasons.count; i++)
		if (!strcmp(totals->reasons.entry[i].name, ELSEWHERE))
			elsewhere = totals->reasons.entry[i].lines;
	moved->lines = totals->lines - elsewhere;
	moved->unknown =
	    totals->status[TW_STATUS_INCOMPLETE] + totals->status[TW_STATUS_REFUSED] - elsewhere;
}

static int run_at(struct totals *totals, const struct value_lines *lines, tw_time at, uint32_t zone,
		  struct tw_error *error)
{
	struct columns_options columns = {0};
	struct run_options options = {.files = &lines->file,
				      .file_count = 1,
				      .rulebook = lines->rulebook,
				      .assessor = TW_OPTIONS_INIT,
				      .columns = &columns,
				      .jobs = 1,
				      .quiet_lines = true,
				      .quiet = true,
				      .out = -1,
				      .err = -1,
				      .assess = assess_then,
				      .totals_only = true};
	time_print(entered, at, time_offset((enum time_zone)zone, at));
	return run_lines(totals, &options, error);
}

int value_lines(void *context, struct record_moved *moved, struct tw_error *error)
{
	const struct value_lines *lines = context;
	struct tw_options options = TW_OPTIONS_INIT;
	options.no_screen = options.no_changes = true;
	country = moved->into;
	int code = tw_assessor_new(&answering, lines->rulebook, &options, error);
	for (int i = 0; !code && i < 2; i++) {
		struct totals totals = {0};
		code = run_at(&totals, lines, moved->at - (i ? 0 : 60), moved->zone, error);
		if (!code)
			take_duty(i ? &moved->after : &moved->before, moved, &totals);
		totals_free(&totals);
	}
	tw_assessor_free(answering);
	answering = NULL;
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of lines of goods for `tidewaiter record talks --value`: each
 * run over the file has one instant of entry in place of what the lines say.
 */
#include "cli/record/lines.h"

#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "lines/run.h"

/* Of the run that is made: its instant, the other one, and who answers. Readers of lines hand on no
   context. */
static char entered[26], otherwise[26];
static const char *country;
static tw_assessor *answering;
static char known_in[4]; /* the currency of a line whose duty is known, be it 0 */
static char because[sizeof((struct record_moved *)0)->because]; /* of the first that is not */

/* As what lines that are left out are counted: those into other countries, those whose duty is not
   known at the instant of the run, and those whose duty is known then and not at the other. */
#define ELSEWHERE "elsewhere"
#define NOT_THEN "not-then"
#define NOT_OTHERWISE "not-otherwise"

static void enter(struct tw_line *line, const char *at)
{
	line->column[TW_COLUMN_ENTERED] = (struct tw_text){at, strlen(at)};
}

/* Why an answer has no amount, kept of the first line into the country that has none. */
static void keep_because(const struct tw_assessment *answer)
{
	const bool is_refused = answer->status == TW_STATUS_REFUSED;
	if (answer->has_amount || *because || (*answer->into && strcmp(answer->into, country) != 0))
		return;
	if (is_refused || answer->missing_count)
		fit_print(because, sizeof because, "%s",
			  is_refused ? answer->refusal.text : answer->missing[0]);
}

static const struct tw_assessment *leave_out(const struct tw_assessment *answer, const char *why)
{
	static struct tw_assessment other;
	other = (struct tw_assessment){.status = TW_STATUS_REFUSED,
				       .refusal = {why, "into", ""},
				       .into = answer->into,
				       .origin = "",
				       .currency = "",
				       .entry_type = ""};
	return &other;
}

static int assess_then(const struct tw_assessment **out, tw_assessor *assessor,
		       const struct tw_line *line, struct tw_error *error)
{
	struct tw_line then = *line;
	(void)assessor; /* of a run with an answerer of its own there is none */
	enter(&then, otherwise);
	int code = tw_assess(out, answering, &then, error);
	const bool is_known = !code && (*out)->has_amount;
	if (code)
		return code;
	keep_because(*out);
	enter(&then, entered);
	if ((code = tw_assess(out, answering, &then, error)))
		return code;
	keep_because(*out);
	if ((*out)->into && *(*out)->into && strcmp((*out)->into, country) != 0)
		*out = leave_out(*out, ELSEWHERE);
	else if (!(*out)->has_amount)
		*out = leave_out(*out, NOT_THEN);
	else if (!is_known)
		*out = leave_out(*out, NOT_OTHERWISE);
	else
		memcpy(known_in, (*out)->currency, strnlen((*out)->currency, 3) + 1);
	return TW_OK;
}

/* How many lines were left out so. */
static uint64_t left_out(const struct totals *totals, const char *why)
{
	for (size_t i = 0; i < totals->reasons.count; i++)
		if (!strcmp(totals->reasons.entry[i].name, why))
			return totals->reasons.entry[i].lines;
	return 0;
}

/* The duty of the lines into the country by currency, and how many there are. */
static int take_duty(struct record_moved *moved, bool is_after, const struct totals *totals,
		     struct tw_error *error)
{
	for (size_t i = 0; i < totals->sums.count; i++) {
		const struct totals_entry *sum = &totals->sums.entry[i];
		if (strcmp(sum->name, TOTALS_DUTY) != 0)
			continue;
		struct record_owed *owed = record_owed_of(moved, sum->currency);
		if (!owed)
			return error_memory(error);
		*(is_after ? &owed->after : &owed->before) += sum->amount;
	}
	const uint64_t elsewhere = left_out(totals, ELSEWHERE);
	moved->lines = totals->lines - elsewhere;
	moved->unknown = totals->status[TW_STATUS_REFUSED] - elsewhere;
	*(is_after ? &moved->unknown_after : &moved->unknown_before) =
	    moved->unknown - left_out(totals, NOT_OTHERWISE);
	return TW_OK;
}

static int run_at(struct totals *totals, const struct value_lines *lines, tw_time at, tw_time other,
		  uint32_t zone, struct tw_error *error)
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
	time_print(otherwise, other, time_offset((enum time_zone)zone, other));
	return run_lines(totals, &options, error);
}

int value_lines(void *context, struct record_moved *moved, struct tw_error *error)
{
	const struct value_lines *lines = context;
	struct tw_options options = TW_OPTIONS_INIT;
	options.no_screen = options.no_changes = true;
	country = moved->into;
	*because = '\0';
	int code = tw_assessor_new(&answering, lines->rulebook, &options, error);
	for (int i = 0; !code && i < 2; i++) {
		struct totals totals = {0};
		code = run_at(&totals, lines, moved->at - (i ? 0 : 60), moved->at - (i ? 60 : 0),
			      moved->zone, error);
		if (!code)
			code = take_duty(moved, i, &totals, error);
		totals_free(&totals);
	}
	if (!code && moved->lines > moved->unknown && !moved->owed_count &&
	    !record_owed_of(moved, known_in))
		code = error_memory(error);
	memcpy(moved->because, because, sizeof because);
	tw_assessor_free(answering);
	answering = NULL;
	return code;
}

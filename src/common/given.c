/* SPDX-License-Identifier: Apache-2.0 */
/* What callers give, see given.h. */
#include "common/given.h"

#include "common/error.h"
#include "common/instant.h"

#include <stdio.h>
#include <string.h>

/* What they had when they were first published: later ones have more, never less. */
#define OPTIONS_FIRST (offsetof(struct tw_options, today) + sizeof(const char *))
#define LINE_FIRST (offsetof(struct tw_line, declared_count) + sizeof(size_t))

/* A day as it is written in 2026-11-29; NULL is none. */
static int given_today(const char *text, struct tw_error *error)
{
	struct time_parsed read;
	const char *right;
	if (!text ||
	    (strlen(text) == sizeof "2026-11-29" - 1 && text[4] == '-' &&
	     time_parse(&read, TIME_ZONE_UTC, (struct tw_text){text, strlen(text)}, &right) &&
	     read.is_date))
		return TW_OK;
	return error_set(error, TW_BAD_ARGUMENT,
			 "today is `%.40s`: give a day such as 2026-11-29, or NULL", text);
}

int given_options(struct tw_options *out, const struct tw_options *options, struct tw_error *error)
{
	static const struct error_sizes sizes = {"tw_options", "TW_OPTIONS_INIT", OPTIONS_FIRST,
						 sizeof *out};
	*out = (struct tw_options)TW_OPTIONS_INIT;
	int code = options ? error_size(error, &sizes, options->size) : TW_OK;
	if (!code && options)
		memcpy(out, options, options->size);
	out->size = sizeof *out;
	return code ? code : given_today(out->today, error);
}

bool given_same_options(const struct tw_options *a, const struct tw_options *b)
{
	bool today = a->today && b->today ? !strcmp(a->today, b->today) : a->today == b->today;
	return today && a->strict_coverage == b->strict_coverage && a->no_screen == b->no_screen &&
	       a->restore_zeros == b->restore_zeros && a->no_changes == b->no_changes &&
	       a->deposits == b->deposits;
}

/* The first column whose text is said and not there. */
static int absent_text(const struct tw_line *line, struct tw_error *error)
{
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (!line->column[i].at && line->column[i].length)
			return error_set(error, TW_BAD_ARGUMENT,
					 "the text of the column %s is NULL, and %zu bytes long",
					 tw_column_name((enum tw_column)i), line->column[i].length);
	return TW_OK;
}

/* Amounts that can be added up. */
static int given_declared(const struct tw_line *line, struct tw_error *error)
{
	tw_money left = TW_MONEY_LIMIT;
	if (line->declared_count && !line->declared)
		return error_null(error, "declared");
	for (size_t i = 0; i < line->declared_count; i++) {
		const struct tw_declared *row = &line->declared[i];
		if (!row->heading)
			return error_null(error, "declared[].heading");
		if (row->amount > left)
			return error_set(error, TW_BAD_ARGUMENT,
					 "declared[%zu].amount: the duties of one line are at most "
					 "TW_MONEY_LIMIT together",
					 i);
		left -= row->amount > 0 ? row->amount : 0;
	}
	return TW_OK;
}

static int given_month(const struct tw_month *month, struct tw_error *error)
{
	if (month->count && !month->before)
		return error_null(error, "month.before");
	for (size_t i = 0; i < month->count; i++) {
		const struct tw_sum_before *before = &month->before[i];
		if (before->line_count && !before->line)
			return error_null(error, "month.before[].line");
		if (before->weight < 0 || before->volume < 0 || before->near_weight < 0 ||
		    before->near_volume < 0)
			return error_set(error, TW_BAD_ARGUMENT,
					 "month.before[%zu]: a sum is not negative", i);
	}
	return TW_OK;
}

int given_line(const struct tw_line *line, struct tw_error *error)
{
	static const struct error_sizes sizes = {"tw_line", "TW_LINE_INIT", LINE_FIRST,
						 sizeof *line};
	size_t absent = 0;
	int code = line ? error_size(error, &sizes, line->size) : error_null(error, "line");
	if (code)
		return code;
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		absent |= line->column[i].at ? 0 : line->column[i].length;
	if (absent)
		return absent_text(line, error);
	if (line->shipment_amount_count && !line->shipment_amounts)
		return error_null(error, "shipment_amounts");
	if (line->size >= offsetof(struct tw_line, month) + sizeof line->month && line->month &&
	    (code = given_month(line->month, error)))
		return code;
	if (line->size >= sizeof *line && line->day_value < 0)
		return error_set(error, TW_BAD_ARGUMENT, "day_value: a value is not negative");
	return given_declared(line, error);
}

static int typed_line_of(const struct tw_typed_line *line, struct tw_error *error)
{
	int code = line->line ? given_line(line->line, error) : TW_OK;
	if (!code && line->is_text && !line->line)
		code = error_null(error, "line");
	if (!code && !line->claims.at && line->claims.length)
		code = error_null(error, "claims");
	if (!code && !line->description.at && line->description.length)
		code = error_null(error, "description");
	return code;
}

int given_lines(const struct tw_typed_line *lines, size_t count, struct tw_error *error)
{
	for (size_t i = 0; i < count; i++) {
		struct tw_error of_line;
		int code = typed_line_of(&lines[i], &of_line);
		if (code)
			return error_set(error, code, "lines[%zu]: %s", i, of_line.message);
	}
	return TW_OK;
}

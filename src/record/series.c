/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the series as they are asked for: the list of them, and the figures of some. */
#include "record/record.h"

#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/table.h"
#include "common/words.h"

const char *const record_figure_columns[] = {"series", "first", "last",       "value",  "unit",
					     "bound",  "state", "published",  "stands", "source",
					     "url",    "basis", "confidence", "note",   NULL};

uint32_t record_series_named(const struct record *record, const char *name, struct tw_error *error)
{
	struct nearest nearest = {.word = name};
	char hint[160];
	uint32_t found = record_series_find(record, name);
	if (found != RECORD_NONE)
		return found;
	for (uint32_t i = 0; i < record->count[RECORD_SERIES]; i++)
		nearest_try(&nearest, record_text(record, record->series[i].name));
	error_set(error, TW_BAD_ARGUMENT,
		  "no series is called \"%.60s\"%s; tidewaiter record series lists them", name,
		  nearest_hint(&nearest, hint));
	return RECORD_NONE;
}

/* Does the period begin with a year, a fiscal year or a month, and end with it? */
static bool is_every(const struct record *record, const struct record_figure *figure,
		     const char *every)
{
	int year, month, day, months = strcmp(every, "month") != 0 ? 12 : 1;
	time_date(figure->first, &year, &month, &day);
	const int first_month = !strcmp(every, "fiscal-year") ? (int)record->header->fiscal_month
				: months == 12                ? 1
							      : month;
	const int first_day = !strcmp(every, "fiscal-year") ? (int)record->header->fiscal_day : 1;
	if (month != first_month || day != first_day)
		return false;
	month += months;
	return figure->last ==
	       (int32_t)time_days(year + (month - 1) / 12, (month - 1) % 12 + 1, day) - 1;
}

static bool is_known(const struct record_figure *figure, int32_t known)
{
	return (figure->published == RECORD_NO_DAY ? figure->last : figure->published) <= known;
}

bool record_figure_stands(const struct record *record, const struct record_figure *figure,
			  int32_t known)
{
	const struct record_series *series = &record->series[figure->series];
	const uint32_t at = (uint32_t)(figure - record->figures);
	if (!is_known(figure, known))
		return false;
	for (uint32_t i = series->figures.first; i < series->figures.first + series->figures.count;
	     i++) {
		const struct record_figure *other = &record->figures[i];
		const bool later =
		    i > at && other->first == figure->first && other->last == figure->last;
		if ((later || other->revises == at) && is_known(other, known))
			return false;
	}
	return true;
}

bool record_figure_asked(const struct record *record, const struct record_figure *figure,
			 const struct record_question *question)
{
	return figure->first >= question->since && figure->last <= question->until &&
	       (question->all || record_figure_stands(record, figure, question->known)) &&
	       (!question->every || is_every(record, figure, question->every));
}

void record_figure_row(struct rows *rows, const struct record *record,
		       const struct record_figure *figure)
{
	const struct record_series *series = &record->series[figure->series];
	const bool sourced = figure->source != RECORD_NONE;
	char text[48];
	rows_begin(rows);
	rows_text(rows, "series", record_text(record, series->name));
	rows_text(rows, "first", record_day_text(text, figure->first));
	rows_text(rows, "last", record_day_text(text, figure->last));
	rows_figure(rows, "value", record_value_text(text, figure->value, false));
	rows_text(rows, "unit", record_name_of(record, series->unit));
	rows_maybe(rows, "bound", record_bound_names[figure->bound]);
	rows_maybe(rows, "state", record_state_names[figure->state]);
	rows_maybe(rows, "published",
		   figure->published != RECORD_NO_DAY ? record_day_text(text, figure->published)
						      : NULL);
	rows_flag(rows, "stands", figure->revised == RECORD_NONE);
	rows_maybe(rows, "source",
		   sourced ? record_text(record, record->sources[figure->source].name) : NULL);
	rows_maybe(rows, "url",
		   sourced ? record_text(record, record->sources[figure->source].url) : NULL);
	rows_maybe(rows, "basis", record_basis_names[figure->basis]);
	rows_text(rows, "confidence", record_confidence_names[figure->confidence]);
	rows_maybe(rows, "note", record_text(record, figure->note));
	rows_end(rows);
}

static void page_figure(struct buffer *out, const struct record *record,
			const struct record_figure *figure)
{
	enum { VALUE = 17, BEHIND = 47 };
	struct buffer text = {.within = out};
	char first[16], last[16], value[48];
	buffer_print(out, "  %s to %s  %*s  ", record_day_text(first, figure->first),
		     record_day_text(last, figure->last), VALUE,
		     record_value_text(value, figure->value, true));
	if (figure->bound)
		buffer_print(&text, "%s; ", record_bound_names[figure->bound]);
	if (figure->state)
		buffer_print(&text, "%s; ", record_state_names[figure->state]);
	if (figure->published != RECORD_NO_DAY)
		buffer_print(&text, "published %s; ", record_day_text(first, figure->published));
	if (figure->revised != RECORD_NONE)
		buffer_text(&text, "revised since; ");
	if (figure->note)
		buffer_print(&text, "%s; ", record_text(record, figure->note));
	if (figure->confidence)
		buffer_print(&text, "confidence %s; ", record_confidence_names[figure->confidence]);
	buffer_print(&text, "[%s]",
		     figure->source != RECORD_NONE
			 ? record_text(record, record->sources[figure->source].name)
			 : record_basis_names[figure->basis]);
	buffer_char(&text, '\0');
	if (!text.failed)
		words_wrap(out, text.at, BEHIND, BEHIND);
	buffer_free(&text);
}

/* Every series: what it is, of how many figures, of what days. */
static void list_row(struct rows *rows, const struct record *record,
		     const struct record_series *series)
{
	const struct record_figure *figures = record->figures + series->figures.first;
	const uint32_t count = series->figures.count;
	int32_t last = INT32_MIN;
	char text[24];
	for (uint32_t i = 0; i < count; i++)
		if (figures[i].last > last)
			last = figures[i].last;
	rows_begin(rows);
	rows_text(rows, "series", record_text(record, series->name));
	rows_text(rows, "title", record_text(record, series->title));
	rows_text(rows, "topic", record_text(record, series->topic));
	rows_text(rows, "unit", record_name_of(record, series->unit));
	rows_text(rows, "kind", record_measured_names[series->kind]);
	rows_text(rows, "actor", record_name_of(record, series->actor));
	rows_list(rows, "part_of");
	for (uint32_t i = 0; i < series->part_of.count; i++)
		rows_item(
		    rows,
		    record_text(record,
				record->series[record->indexes[series->part_of.first + i]].name));
	rows_list_end(rows);
	rows_maybe(rows, "apart", record_text(record, series->apart));
	rows_maybe(rows, "program", record_text(record, series->program));
	rows_count(rows, "figures", count);
	rows_maybe(rows, "first", count ? record_day_text(text, figures[0].first) : NULL);
	rows_maybe(rows, "last", count ? record_day_text(text, last) : NULL);
	rows_end(rows);
}

static void page_list(struct buffer *out, const struct record *record)
{
	const char *topic = "";
	for (uint32_t i = 0; i < record->count[RECORD_SERIES]; i++) {
		const struct record_series *series = &record->series[i];
		const char *its = record_text(record, series->topic);
		struct buffer text = {.within = out};
		if (strcmp(its, topic) != 0)
			buffer_print(out, "%s%s\n", i ? "\n" : "", its);
		topic = its;
		buffer_print(out, "  %s\n      ", record_text(record, series->name));
		buffer_print(&text, "%s (%s); %u figure%s", record_text(record, series->title),
			     record_text(record, record->names[series->unit].title),
			     series->figures.count, series->figures.count == 1 ? "" : "s");
		buffer_char(&text, '\0');
		if (!text.failed)
			words_wrap(out, text.at, 6, 6);
		buffer_free(&text);
	}
}

static int write_list(struct buffer *out, const struct record *record,
		      const struct record_question *question)
{
	static const char *const columns[] = {"series", "title",   "topic", "unit",    "kind",
					      "actor",  "part_of", "apart", "program", "figures",
					      "first",  "last",    NULL};
	struct rows rows;
	if (question->format == RECORD_PAGE) {
		page_list(out, record);
		return TW_OK;
	}
	rows_open(&rows, out, question->format, "series", columns);
	for (uint32_t i = 0; i < record->count[RECORD_SERIES]; i++)
		list_row(&rows, record, &record->series[i]);
	rows_close(&rows);
	return TW_OK;
}

/* The figures of one series; how many of it were left out as revised. */
static uint32_t write_figures(struct buffer *out, struct rows *rows, const struct record *record,
			      const struct record_series *series,
			      const struct record_question *question)
{
	struct record_question every = *question;
	uint32_t revised = 0;
	every.all = true;
	if (!rows)
		buffer_print(out, "%s\n%s (%s)\n", record_text(record, series->name),
			     record_text(record, series->title),
			     record_text(record, record->names[series->unit].title));
	for (uint32_t i = 0; i < series->figures.count; i++) {
		const struct record_figure *figure = &record->figures[series->figures.first + i];
		revised +=
		    figure->revised != RECORD_NONE && record_figure_asked(record, figure, &every);
		if (!record_figure_asked(record, figure, question))
			continue;
		if (rows)
			record_figure_row(rows, record, figure);
		else
			page_figure(out, record, figure);
	}
	return revised;
}

int record_series_write(struct buffer *out, const struct record *record, const char *const *names,
			size_t count, const struct record_question *question,
			struct tw_error *error)
{
	const bool page = question->format == RECORD_PAGE;
	struct record_question asked = *question;
	struct rows rows;
	if (!count)
		return write_list(out, record, question);
	asked.all = asked.all || !page; /* rows say which of them stand */
	if (!page)
		rows_open(&rows, out, question->format, "figure", record_figure_columns);
	for (size_t i = 0; i < count; i++) {
		uint32_t at = record_series_named(record, names[i], error);
		if (at == RECORD_NONE)
			return TW_BAD_ARGUMENT;
		if (page && i)
			buffer_char(out, '\n');
		uint32_t revised =
		    write_figures(out, page ? NULL : &rows, record, &record->series[at], &asked);
		if (page && revised && !question->all)
			buffer_print(out, "  %u earlier figure%s of these periods: --all\n",
				     revised, revised == 1 ? "" : "s");
	}
	if (!page)
		rows_close(&rows);
	return TW_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the picture of series for a terminal: a row of blocks over one axis of days. */
#include "record/record.h"

#include <string.h>

#include "common/error.h"
#include "common/words.h"

enum { COLUMNS = 60 };

/* The longest period that covers the day; of equal ones the later. NULL: none does. */
static const struct record_figure *covering(const struct record *record,
					    const struct record_series *series, int32_t day,
					    const struct record_question *question)
{
	const struct record_figure *found = NULL;
	for (uint32_t i = 0; i < series->figures.count; i++) {
		const struct record_figure *f = &record->figures[series->figures.first + i];
		if (f->first <= day && f->last >= day && record_figure_asked(record, f, question) &&
		    (!found || (int64_t)f->last - f->first >= (int64_t)found->last - found->first))
			found = f;
	}
	return found;
}

static int64_t size_of(const struct record_figure *figure)
{
	return figure->value < 0 ? -figure->value : figure->value;
}

static void put_blocks(struct buffer *out, const struct record *record,
		       const struct record_series *series, int32_t first, int32_t last,
		       const struct record_question *question)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	int64_t most = 0;
	for (int pass = 0; pass < 2; pass++)
		for (int64_t i = 0; i < COLUMNS; i++) {
			const int64_t days = (int64_t)last + 1 - first;
			const struct record_figure *f = covering(
			    record, series, first + (int32_t)((2 * i + 1) * days / (2 * COLUMNS)),
			    question);
			if (!pass && f && size_of(f) > most)
				most = size_of(f);
			if (!pass)
				continue;
			const int64_t step = most / 8 + 1;
			buffer_text(out, f ? blocks[size_of(f) / step > 7 ? 7 : size_of(f) / step]
					   : " ");
		}
}

static void put_series(struct buffer *out, const struct record *record,
		       const struct record_series *series, const struct record_question *question)
{
	const struct record_figure *most = NULL, *latest = NULL;
	int32_t first = INT32_MAX, last = INT32_MIN;
	char from[16], to[16], value[48];
	for (uint32_t i = 0; i < series->figures.count; i++) {
		const struct record_figure *f = &record->figures[series->figures.first + i];
		if (!record_figure_asked(record, f, question))
			continue;
		first = f->first < first ? f->first : first;
		last = f->last > last ? f->last : last;
		most = !most || size_of(f) > size_of(most) ? f : most;
		latest = !latest || f->last >= latest->last ? f : latest;
	}
	buffer_print(out, "%s (%s)\n", record_text(record, series->title),
		     record_text(record, record->names[series->unit].title));
	if (!most) {
		buffer_text(out, "  no figures for these days\n");
		return;
	}
	buffer_text(out, "  ");
	put_blocks(out, record, series, first, last, question);
	buffer_print(out, "\n  %-*s%s\n", COLUMNS - 10, record_day_text(from, first),
		     record_day_text(to, last));
	buffer_print(out, "  most   %s, %s to %s\n", record_value_text(value, most->value, true),
		     record_day_text(from, most->first), record_day_text(to, most->last));
	buffer_print(out, "  latest %s, %s to %s\n", record_value_text(value, latest->value, true),
		     record_day_text(from, latest->first), record_day_text(to, latest->last));
}

int record_spark_write(struct buffer *out, const struct record *record, const char *const *names,
		       size_t count, const struct record_question *question, struct tw_error *error)
{
	struct record_question standing = *question;
	standing.all = false;
	if (!count)
		return error_set(error, TW_BAD_ARGUMENT, "name the series to draw");
	for (size_t i = 0; i < count; i++) {
		uint32_t at = record_series_named(record, names[i], error);
		if (at == RECORD_NONE)
			return TW_BAD_ARGUMENT;
		if (i)
			buffer_char(out, '\n');
		put_series(out, record, &record->series[at], &standing);
	}
	return TW_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the picture of series for a terminal: a row of blocks over one axis of days, and marks
 * beneath it where the events are that were asked for.
 */
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

/* A mark beneath each block in whose days an event is. */
static void put_marks(struct buffer *out, const struct record *record, int32_t first, int32_t last,
		      const struct record_question *question)
{
	char row[COLUMNS + 1];
	int64_t end = 0;
	memset(row, ' ', COLUMNS);
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *event = &record->events[i];
		const int64_t day = (int64_t)event->day - first;
		const int64_t column = day * COLUMNS / ((int64_t)last + 1 - first);
		if (event->day < first || event->day > last ||
		    !record_event_asked(record, event, question))
			continue;
		row[column] = '^';
		end = column + 1 > end ? column + 1 : end;
	}
	row[end] = '\0';
	buffer_print(out, "\n  %s", row);
}

static void put_figure(struct buffer *out, const char *what, const struct record_figure *figure)
{
	char value[64], from[16], to[16];
	buffer_print(out, "  %s %s, %s to %s\n", what, record_figure_text(value, figure),
		     record_day_text(from, figure->first), record_day_text(to, figure->last));
}

/* The days of the figures that were asked for, and the largest and the latest of them. */
struct drawn {
	int32_t first, last;
	const struct record_figure *most, *latest;
};

static struct drawn find_drawn(const struct record *record, const struct record_series *series,
			       const struct record_question *question)
{
	struct drawn drawn = {INT32_MAX, INT32_MIN, NULL, NULL};
	for (uint32_t i = 0; i < series->figures.count; i++) {
		const struct record_figure *f = &record->figures[series->figures.first + i];
		if (!record_figure_asked(record, f, question))
			continue;
		drawn.first = f->first < drawn.first ? f->first : drawn.first;
		drawn.last = f->last > drawn.last ? f->last : drawn.last;
		drawn.most = !drawn.most || size_of(f) > size_of(drawn.most) ? f : drawn.most;
		drawn.latest = !drawn.latest || f->last >= drawn.latest->last ? f : drawn.latest;
	}
	return drawn;
}

static void put_series(struct buffer *out, const struct record *record,
		       const struct record_series *series, const struct drawn *drawn,
		       const struct record_question *question, bool with_events)
{
	char from[16], to[16];
	buffer_print(out, "%s (%s)\n", record_text(record, series->title),
		     record_text(record, record->names[series->unit].title));
	if (!drawn->most) {
		buffer_text(out, "  no figures for these days\n");
		return;
	}
	buffer_text(out, "  ");
	put_blocks(out, record, series, drawn->first, drawn->last, question);
	if (with_events)
		put_marks(out, record, drawn->first, drawn->last, question);
	buffer_print(out, "\n  %-*s%s\n", COLUMNS - 10, record_day_text(from, drawn->first),
		     record_day_text(to, drawn->last));
	put_figure(out, "most  ", drawn->most);
	put_figure(out, "latest", drawn->latest);
}

int record_spark_write(struct buffer *out, const struct record *record, const char *const *names,
		       size_t count, const struct record_question *question, bool with_events,
		       struct tw_error *error)
{
	struct record_question standing = *question, events = *question;
	events.since = INT32_MAX;
	events.until = INT32_MIN;
	standing.all = false;
	if (!count)
		return error_set(error, TW_BAD_ARGUMENT, "name the series to draw");
	int code = with_events ? record_actor_find(record, question->actor, error) : TW_OK;
	if (code)
		return code;
	for (size_t i = 0; i < count; i++) {
		uint32_t at = record_series_named(record, names[i], error);
		if (at == RECORD_NONE)
			return TW_BAD_ARGUMENT;
		if (i)
			buffer_char(out, '\n');
		const struct drawn drawn = find_drawn(record, &record->series[at], &standing);
		put_series(out, record, &record->series[at], &drawn, &standing, with_events);
		events.since = drawn.first < events.since ? drawn.first : events.since;
		events.until = drawn.last > events.until ? drawn.last : events.until;
	}
	if (!with_events)
		return TW_OK;
	buffer_text(out, "\n^ events\n");
	return record_events_write(out, record, &events, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one group receives within a window of days that moves: parcels, their values, the names that
 * stand on them, the parts of goods that make something together. Days are added up one by one, so
 * that memory does not grow with the parcels. Windows that hold one after the other and overlap are
 * one time, told once.
 */
#include "across/inner.h"

#include "common/capped.h"
#include "common/fit.h"

#include <string.h>

static const struct patterns_part *part_of(const struct watch *watch, uint32_t part)
{
	return &watch->across->law.parts[watch->row->parts.first + part];
}

static void add_who(struct day *day, int64_t who)
{
	for (size_t i = 0; i < day->whos; i++)
		if (day->who[i] == who)
			return;
	if (who && day->whos < WINDOW_NAMES)
		day->who[day->whos++] = who;
}

/* A line is named where there is room for its part. */
static void add_name(struct day *day, uint64_t card, uint64_t ordinal, uint8_t part, size_t most)
{
	size_t of_part = 0;
	for (size_t i = 0; i < day->named; i++) {
		if (day->ordinal[i] == ordinal)
			return;
		of_part += day->part[i] == part;
	}
	if (day->named == NAMED || of_part >= most)
		return;
	day->card[day->named] = card;
	day->ordinal[day->named] = ordinal;
	day->part[day->named++] = part;
}

static size_t room_of(const struct watch *watch)
{
	return watch->row->parts.count ? NAMED / watch->row->parts.count : NAMED;
}

/* The parts that a day or a time has. */
static uint32_t parts_in(const struct day *day)
{
	uint32_t parts = 0;
	for (int i = 0; i < PATTERN_PARTS; i++)
		parts += day->of_part[i] > 0;
	return parts;
}

/* The numbers of a day. */
static void join(struct day *into, const struct day *from)
{
	into->count += from->count;
	into->valued += from->valued;
	into->sum = capped_sum(into->sum, from->sum);
	for (int i = 0; i < PATTERN_PARTS; i++)
		into->of_part[i] += from->of_part[i];
	for (size_t i = 0; i < from->whos; i++)
		add_who(into, from->who[i]);
}

/* The lines of it that are named. */
static void join_names(struct day *into, const struct day *from, size_t room)
{
	for (size_t i = 0; i < from->named; i++)
		add_name(into, from->card[i], from->ordinal[i], from->part[i], room);
}

static bool holds(const struct watch *watch, const struct day *sum)
{
	const struct patterns_row *row = watch->row;
	if (row->kind == PATTERN_TOGETHER)
		return parts_in(sum) >= row->least;
	return sum->count >= row->least && sum->whos >= row->names &&
	       (row->sum < 0 || sum->sum > row->sum);
}

static void show(struct watch *watch)
{
	struct sighting *s = &watch->sighting;
	const struct window *w = &watch->window;
	const struct patterns_row *row = watch->row;
	char what[120];
	fit_print(what, sizeof what, "most within %u day%s", row->days, row->days > 1 ? "s" : "");
	if (row->kind == PATTERN_TOGETHER) {
		for (uint32_t i = 0; i < row->parts.count; i++)
			sighting_number(s, "part",
					patterns_text(&watch->across->law, part_of(watch, i)->name),
					w->all.of_part[i]);
		return;
	}
	sighting_number(s, "parcels", "parcels", w->all.count);
	sighting_number(s, "most", what, w->most);
	if (w->all.valued)
		sighting_money(s, "value", "value together", w->all.sum);
	if (row->sum >= 0) {
		sighting_money(s, "limit", "limit", row->sum);
		fit_print(what, sizeof what, "greatest sum within %u day%s", row->days,
			  row->days > 1 ? "s" : "");
		sighting_money(s, "most_value", what, w->most_sum);
	}
	if (row->names) {
		fit_print(what, sizeof what, "%s%zu",
			  w->all.whos == WINDOW_NAMES ? "at least " : "", w->all.whos);
		sighting_show(s, "names", "consignees who are named", what);
	}
}

/* The time that is open is told. */
static int close_time(struct watch *watch, struct tw_error *error)
{
	struct window *w = &watch->window;
	struct sighting *s = &watch->sighting;
	if (!w->open)
		return TW_OK;
	w->open = false;
	s->lines = w->all.count;
	s->every = w->all.every;
	for (size_t i = 0; i < w->all.named; i++) {
		s->card[i] = w->all.card[i];
		s->ordinal[i] = w->all.ordinal[i];
	}
	s->named = w->all.named;
	show(watch);
	watch->seen = true;
	int code = sighting_keep(watch->across, s, error);
	sighting_begin(s, watch->pattern, 0);
	return code;
}

/* Joins a day of the window to the time that is told, once. */
static void take_day(struct watch *watch, const struct day *day)
{
	struct window *w = &watch->window;
	if (w->all.count && day->day <= w->all.day)
		return;
	if (!w->all.count)
		w->all.every = day->every;
	join(&w->all, day);
	join_names(&w->all, day, room_of(watch));
	w->all.day = day->day;
	sighting_day(&watch->sighting, day->day);
}

/* The window that ends on the latest day. */
static int look(struct watch *watch, struct tw_error *error)
{
	struct window *w = &watch->window;
	struct day sum;
	int code = TW_OK;
	memset(&sum, 0, sizeof sum);
	for (size_t i = 0; i < w->days; i++)
		join(&sum, &w->day[i]);
	if (!w->days || !holds(watch, &sum))
		return TW_OK;
	if (w->open && w->day[0].day > w->all.day)
		code = close_time(watch, error);
	if (!w->open) {
		memset(&w->all, 0, sizeof w->all);
		w->open = true;
		w->most = 0;
		w->most_sum = 0;
	}
	for (size_t i = 0; i < w->days; i++)
		take_day(watch, &w->day[i]);
	w->most = sum.count > w->most ? sum.count : w->most;
	w->most_sum = sum.sum > w->most_sum ? sum.sum : w->most_sum;
	return code;
}

/* A day begins; those before its window go. */
static void begin_day(struct watch *watch, int64_t day)
{
	struct window *w = &watch->window;
	size_t gone = 0;
	while (gone < w->days && w->day[gone].day <= day - (int64_t)watch->row->days)
		gone++;
	w->days -= gone;
	memmove(w->day, w->day + gone, w->days * sizeof *w->day);
	memset(&w->day[w->days], 0, sizeof *w->day);
	w->day[w->days].every = every_place(&watch->across->every);
	w->day[w->days++].day = day;
}

static void begin(struct watch *watch)
{
	watch->window.days = 0;
	watch->window.open = false;
}

static int add(struct watch *watch, const struct mark *mark, struct tw_error *error)
{
	struct window *w = &watch->window;
	uint64_t ordinal = sort_get(mark->ordinal);
	int code = TW_OK;
	if (!w->days || w->day[w->days - 1].day != mark->day) {
		code = look(watch, error);
		begin_day(watch, mark->day);
	}
	struct day *day = &w->day[w->days - 1];
	if (watch->row->kind == PATTERN_TOGETHER) {
		if (mark->a < 0 || mark->a >= watch->row->parts.count)
			return code;
		day->of_part[mark->a]++;
		add_name(day, mark->card, ordinal, (uint8_t)mark->a, room_of(watch));
		if (day->count && w->last == ordinal) /* parts of one line follow each other */
			return code;
		w->last = ordinal;
		day->count++;
		return code ? code : every_add(&watch->across->every, mark->card, error);
	}
	day->count++;
	if (!mark->b) {
		day->sum = capped_sum(day->sum, mark->a);
		day->valued++;
	}
	add_who(day, mark->c);
	add_name(day, mark->card, ordinal, 0, room_of(watch));
	return code ? code : every_add(&watch->across->every, mark->card, error);
}

static int end(struct watch *watch, struct tw_error *error)
{
	int code = look(watch, error);
	return code ? code : close_time(watch, error);
}

const struct watcher window_watcher = {begin, add, end};

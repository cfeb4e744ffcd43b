/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the picture of series: a panel each over one axis of days. A figure is a
 * bar as wide as its period, whatever that is; what it revised is an open mark.
 */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/order.h"
#include "common/words.h"
#include "findings/svg.h"

enum {
	WIDTH = 960 * SVG_PX,
	LEFT = 108 * SVG_PX,
	RIGHT = 24 * SVG_PX,
	TOP = 20 * SVG_PX,
	HEAD = 46 * SVG_PX, /* of a panel: title and unit */
	PANEL = 170 * SVG_PX,
	FOOT = 40 * SVG_PX,
	TICKS = 5,
	PANELS = 12,
	LABELS = 512
};

struct box {
	int64_t x1, y1, x2, y2;
};

struct plot {
	const struct record *record;
	const struct record_question *question;
	struct svg svg;
	uint32_t series[PANELS];
	size_t count;
	int32_t first, last; /* days of the axis */
	const struct record_event **events;
	size_t event_count;
	uint8_t *event_row;    /* of each: the row of its number */
	int64_t events_height; /* of the strip above the panels */
};

/* One panel while it is drawn. */
struct panel {
	int64_t top, zero;         /* of its area; where 0 is */
	int64_t least, most, step; /* of the axis */
	struct box taken[LABELS];  /* by labels */
	size_t taken_count;
};

static int64_t across(const struct plot *plot, int32_t day)
{
	return LEFT + (WIDTH - LEFT - RIGHT) * ((int64_t)day - plot->first) /
			  ((int64_t)plot->last + 1 - plot->first);
}

static int64_t down(const struct panel *panel, int64_t value)
{
	const __int128 from_top = (__int128)(panel->most - value) * PANEL;
	return panel->top + (int64_t)(from_top / (panel->most - panel->least));
}

static bool is_asked(const struct plot *plot, const struct record_figure *figure)
{
	struct record_question standing = *plot->question;
	standing.all = false;
	return record_figure_asked(plot->record, figure, &standing);
}

/* The days and values of the figures; false: there are none. */
static bool find_days(struct plot *plot)
{
	bool any = false;
	for (size_t i = 0; i < plot->count; i++) {
		const struct record_series *s = &plot->record->series[plot->series[i]];
		for (uint32_t k = 0; k < s->figures.count; k++) {
			const struct record_figure *f =
			    &plot->record->figures[s->figures.first + k];
			if (!is_asked(plot, f))
				continue;
			plot->first = !any || f->first < plot->first ? f->first : plot->first;
			plot->last = !any || f->last > plot->last ? f->last : plot->last;
			any = true;
		}
	}
	return any;
}

/* The bar that holds it comes first: longer periods are behind shorter ones. */
static int by_length(const void *a, const void *b)
{
	const struct record_figure *p = *(const struct record_figure *const *)a;
	const struct record_figure *q = *(const struct record_figure *const *)b;
	const int64_t of_p = (int64_t)p->last - p->first, of_q = (int64_t)q->last - q->first;
	if (of_p != of_q)
		return of_p > of_q ? -1 : 1;
	return p < q ? -1 : p > q;
}

static bool place(struct panel *panel, struct box box)
{
	if (panel->taken_count == LABELS)
		return false;
	for (size_t i = 0; i < panel->taken_count; i++) {
		const struct box *t = &panel->taken[i];
		if (box.x1 < t->x2 && t->x1 < box.x2 && box.y1 < t->y2 && t->y1 < box.y2)
			return false;
	}
	panel->taken[panel->taken_count++] = box;
	return true;
}

/* The value over the bar, or within it where there is no room; else it is told when pointed at. */
static void label(struct plot *plot, struct panel *panel, const struct record_figure *figure)
{
	char text[64];
	record_figure_text(text, figure);
	const int64_t middle = (across(plot, figure->first) + across(plot, figure->last + 1)) / 2;
	const int64_t half = svg_width(text) / 2 + 2 * SVG_PX;
	const int64_t x = middle < LEFT + half            ? LEFT + half
			  : middle > WIDTH - RIGHT - half ? WIDTH - RIGHT - half
							  : middle;
	const int64_t edge = down(panel, figure->value);
	const int64_t over = edge - 5 * SVG_PX, under = edge + 14 * SVG_PX;
	const int64_t high = edge > panel->zero ? edge - panel->zero : panel->zero - edge;
	for (int i = 0; i < (high > 18 * SVG_PX ? 2 : 1); i++) {
		const int64_t y = (i != 0) == (figure->value < 0) ? over : under;
		if (!place(panel,
			   (struct box){x - half, y - 10 * SVG_PX, x + half, y + 2 * SVG_PX}))
			continue;
		svg_text(&plot->svg, "t halo", x, y, SVG_MIDDLE, text);
		return;
	}
}

/* Where the bar of a figure lies. */
static struct box bar_box(const struct plot *plot, const struct panel *panel,
			  const struct record_figure *figure)
{
	const int64_t x = across(plot, figure->first), end = across(plot, figure->last + 1);
	return (struct box){x, down(panel, figure->value > 0 ? figure->value : 0),
			    end - x > SVG_PX ? end : x + SVG_PX,
			    down(panel, figure->value < 0 ? figure->value : 0)};
}

/* Its area, which says and opens what it is of. */
static void bar(struct plot *plot, const struct panel *panel, const struct record_figure *figure)
{
	const struct record *record = plot->record;
	const struct record_series *series = &record->series[figure->series];
	const char *url = figure->source != RECORD_NONE
			      ? record_text(record, record->sources[figure->source].url)
			      : NULL;
	const struct box box = bar_box(plot, panel, figure);
	struct buffer say = {.within = plot->svg.out};
	char first[16], last[16], text[64];
	buffer_print(&say, "%s %s, %s to %s%s%s", record_figure_text(text, figure),
		     record_name_of(record, series->unit), record_day_text(first, figure->first),
		     record_day_text(last, figure->last), figure->state ? ", " : "",
		     record_state_names[figure->state]);
	buffer_char(&say, '\0');
	svg_group(&plot->svg, url, say.failed ? NULL : say.at);
	fit_print(text, sizeof text, "area %s soft", svg_color(series->color));
	svg_rect(&plot->svg, text, box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
	if (figure->state && figure->state != RECORD_FINAL)
		svg_rect(&plot->svg, "area hatch", box.x1, box.y1, box.x2 - box.x1,
			 box.y2 - box.y1);
	svg_group_end(&plot->svg, url);
	buffer_free(&say);
}

/* Edges are drawn over all areas. */
static void bar_edge(struct plot *plot, const struct panel *panel,
		     const struct record_figure *figure)
{
	const struct box box = bar_box(plot, panel, figure);
	char edge[48];
	fit_print(edge, sizeof edge, "edge %s",
		  svg_color(plot->record->series[figure->series].color));
	svg_rect(&plot->svg, edge, box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
}

/* What a figure revised: an open mark at its height, beside the bar's middle. */
static void marks(struct plot *plot, struct panel *panel, const struct record_series *series)
{
	for (uint32_t i = 0; i < series->figures.count; i++) {
		const struct record_figure *f = &plot->record->figures[series->figures.first + i];
		char value[64];
		if (f->revised == RECORD_NONE ||
		    !is_asked(plot, &plot->record->figures[f->revised]) || f->value > panel->most ||
		    f->value < panel->least)
			continue;
		struct buffer say = {.within = plot->svg.out};
		buffer_print(&say, "before: %s", record_figure_text(value, f));
		buffer_char(&say, '\0');
		svg_group(&plot->svg, NULL, say.failed ? NULL : say.at);
		const int64_t x = (across(plot, f->first) + 7 * across(plot, f->last + 1)) / 8;
		const int64_t y = down(panel, f->value);
		(void)place(panel, (struct box){x - 4 * SVG_PX, y - 4 * SVG_PX, x + 4 * SVG_PX,
						y + 4 * SVG_PX});
		svg_circle(&plot->svg, "mark", x, y, 3 * SVG_PX);
		svg_group_end(&plot->svg, NULL);
		buffer_free(&say);
	}
}

static void scale(struct panel *panel, const struct record_figure *const *figures, size_t count)
{
	int64_t size = 0;
	for (size_t i = 0; i < count; i++) {
		if (figures[i]->value > panel->most)
			panel->most = figures[i]->value;
		if (figures[i]->value < panel->least)
			panel->least = figures[i]->value;
	}
	size = panel->most - panel->least;
	const int64_t step = svg_step(size ? size : RECORD_SCALE, TICKS);
	panel->step = step;
	panel->most = (panel->most + step - 1) / step * step;
	panel->least = -((-panel->least + step - 1) / step * step);
	if (panel->most == panel->least)
		panel->most = step;
	panel->zero = down(panel, 0);
}

static void value_axis(struct plot *plot, const struct panel *panel)
{
	char text[48];
	for (int64_t at = panel->least; at <= panel->most; at += panel->step) {
		const int64_t y = down(panel, at);
		svg_line(&plot->svg, at ? "rule" : "axis", LEFT, y, WIDTH - RIGHT, y);
		svg_text(&plot->svg, "q", LEFT - 6 * SVG_PX, y + 4 * SVG_PX, SVG_END,
			 record_value_text(text, at, true));
	}
}

/* The figures that are drawn, those of longer periods first; free it. */
static const struct record_figure **drawn(const struct plot *plot,
					  const struct record_series *series, size_t *count)
{
	const struct record_figure **figures =
	    calloc((size_t)series->figures.count + 1, sizeof *figures);
	*count = 0;
	for (uint32_t i = 0; figures && i < series->figures.count; i++) {
		const struct record_figure *f = &plot->record->figures[series->figures.first + i];
		if (is_asked(plot, f))
			figures[(*count)++] = f;
	}
	if (figures)
		order_items(figures, *count, sizeof *figures, by_length);
	return figures;
}

static int draw_panel(struct plot *plot, size_t at, int64_t top)
{
	const struct record *record = plot->record;
	const struct record_series *series = &record->series[plot->series[at]];
	struct panel *panel = calloc(1, sizeof *panel);
	size_t count;
	const struct record_figure **figures = drawn(plot, series, &count);
	int code = panel && figures ? TW_OK : TW_NO_MEMORY;
	if (code)
		goto done;
	svg_text(&plot->svg, "h", LEFT, top + 18 * SVG_PX, SVG_START,
		 record_text(record, series->title));
	svg_text(&plot->svg, "q", LEFT, top + 34 * SVG_PX, SVG_START,
		 record_text(record, record->names[series->unit].title));
	panel->top = top + HEAD;
	scale(panel, figures, count);
	value_axis(plot, panel);
	for (size_t i = 0; i < count; i++)
		bar(plot, panel, figures[i]);
	for (size_t i = 0; i < count; i++)
		bar_edge(plot, panel, figures[i]);
	marks(plot, panel, series);
	const struct record_figure *latest = NULL;
	for (size_t i = 0; i < count; i++)
		if (!latest || figures[i]->last > latest->last)
			latest = figures[i];
	if (latest)
		label(plot, panel, latest);
	for (size_t i = 0; i < count; i++)
		if (figures[i] != latest)
			label(plot, panel, figures[i]);
	svg_line(&plot->svg, "axis", LEFT, panel->zero, WIDTH - RIGHT, panel->zero);
done:
	free(figures);
	free(panel);
	return code;
}

/* Years, or where there are few of them the months too. */
static void day_axis(struct plot *plot, int64_t top, int64_t bottom)
{
	const int64_t days = (int64_t)plot->last + 1 - plot->first;
	const int step = days > 20 * 366 ? 60 : days > 10 * 366 ? 24 : days > 3 * 366 ? 12 : 3;
	int year, month, day;
	char text[16];
	time_date(plot->first, &year, &month, &day);
	for (int at = year * 12; at < (year + 200) * 12; at += step) {
		const int64_t first = time_days(at / 12, at % 12 + 1, 1);
		if (first > plot->last)
			break;
		if (first < plot->first)
			continue;
		const int64_t x = across(plot, (int32_t)first);
		record_day_text(text, (int32_t)first);
		text[step < 12 ? 7 : 4] = '\0';
		svg_line(&plot->svg, "rule", x, top, x, bottom);
		if (x + svg_width(text) < WIDTH)
			svg_text(&plot->svg, "q", x, bottom + 14 * SVG_PX, SVG_START, text);
	}
}

static void draw_events(struct plot *plot, int64_t top, int64_t bottom)
{
	for (size_t i = 0; i < plot->event_count; i++) {
		const struct record_event *event = plot->events[i];
		const int64_t x = across(plot, event->day);
		const int64_t y = top + plot->event_row[i] * SVG_TEXT;
		const char *url =
		    record_text(plot->record, plot->record->sources[event->source].url);
		char number[32];
		svg_group(&plot->svg, url, record_text(plot->record, event->summary));
		svg_line(&plot->svg, "event", x, y, x, bottom);
		svg_text(&plot->svg, "a halo", x + 2 * SVG_PX, y + SVG_TEXT, SVG_START,
			 words_number(number, i + 1));
		svg_group_end(&plot->svg, url);
	}
}

/* Number, day and summary of each event, and the sources of the figures. */
static int64_t draw_list(struct plot *plot, int64_t y)
{
	const struct record *record = plot->record;
	for (size_t i = 0; i < plot->event_count; i++) {
		const struct record_event *event = plot->events[i];
		const char *url = record_text(record, record->sources[event->source].url);
		struct buffer text = {.within = plot->svg.out};
		char day[16];
		buffer_print(&text, "%zu  %s  %s", i + 1, record_day_text(day, event->day),
			     record_text(record, event->summary));
		buffer_char(&text, '\0');
		svg_group(&plot->svg, url, NULL);
		if (!text.failed)
			svg_text(&plot->svg, "a", LEFT, y, SVG_START, text.at);
		svg_group_end(&plot->svg, url);
		buffer_free(&text);
		y += SVG_ROW;
	}
	return y;
}

/* Is the source of one of the figures that are drawn? */
static bool is_source(const struct plot *plot, uint32_t source)
{
	for (size_t i = 0; i < plot->count; i++) {
		const struct record_series *s = &plot->record->series[plot->series[i]];
		for (uint32_t k = 0; k < s->figures.count; k++) {
			const struct record_figure *f =
			    &plot->record->figures[s->figures.first + k];
			if (f->source == source && is_asked(plot, f))
				return true;
		}
	}
	return false;
}

/* Sources, side by side; with `draw` false only how far down they reach. */
static int64_t draw_sources(struct plot *plot, int64_t y, bool draw)
{
	int64_t x = LEFT + svg_width("Sources: ");
	if (draw)
		svg_text(&plot->svg, "q", LEFT, y, SVG_START, "Sources:");
	for (uint32_t i = 0; i < plot->record->count[RECORD_SOURCES]; i++) {
		const struct record_source *source = &plot->record->sources[i];
		const char *name = record_text(plot->record, source->name);
		const char *url = record_text(plot->record, source->url);
		if (!is_source(plot, i))
			continue;
		if (x + svg_width(name) > WIDTH - RIGHT) {
			x = LEFT;
			y += SVG_ROW;
		}
		if (draw) {
			svg_group(&plot->svg, url, record_text(plot->record, source->publisher));
			svg_text(&plot->svg, "a", x, y, SVG_START, name);
			svg_group_end(&plot->svg, url);
		}
		x += svg_width(name) + 14 * SVG_PX;
	}
	return y + SVG_ROW;
}

/* The events, and the rows of their numbers, so that none stands over another. */
static int find_events(struct plot *plot)
{
	enum { ROWS = 8 };
	const struct record *record = plot->record;
	const size_t most = (size_t)record->count[RECORD_EVENTS] + 1;
	int64_t ends[ROWS] = {0};
	int rows = 0;
	plot->events = calloc(most, sizeof(struct record_event *));
	plot->event_row = calloc(most, 1);
	if (!plot->events || !plot->event_row)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *event = &record->events[i];
		const int64_t x = across(plot, event->day);
		char number[32];
		int row = 0;
		if (event->day < plot->first || event->day > plot->last ||
		    !record_event_asked(record, event, plot->question))
			continue;
		while (row < ROWS - 1 && ends[row] > x)
			row++;
		words_number(number, plot->event_count + 1);
		ends[row] = x + svg_width(number) + 6 * SVG_PX;
		rows = row + 1 > rows ? row + 1 : rows;
		plot->event_row[plot->event_count] = (uint8_t)row;
		plot->events[plot->event_count++] = event;
	}
	plot->events_height = rows * SVG_TEXT + (rows ? 8 * SVG_PX : 0);
	return TW_OK;
}

static int draw(struct plot *plot, struct buffer *out)
{
	const int64_t top = TOP + plot->events_height;
	const int64_t bottom = top + (int64_t)plot->count * (HEAD + PANEL + FOOT) - FOOT;
	const int64_t list = bottom + FOOT + 8 * SVG_PX;
	const int64_t sources =
	    list + (int64_t)plot->event_count * SVG_ROW + (plot->event_count ? SVG_ROW : 0);
	struct buffer about = {.within = out};
	int code = TW_OK;
	char first[16], last[16];
	buffer_print(&about, "%s to %s.", record_day_text(first, plot->first),
		     record_day_text(last, plot->last));
	for (size_t i = 0; i < plot->count; i++)
		buffer_print(
		    &about, " %s.",
		    record_text(plot->record, plot->record->series[plot->series[i]].title));
	buffer_char(&about, '\0');
	if (about.failed) {
		buffer_free(&about);
		return TW_NO_MEMORY;
	}
	const char *title = record_text(plot->record, plot->record->series[plot->series[0]].title);
	svg_open(&plot->svg, out, WIDTH, draw_sources(plot, sources, false) + 8 * SVG_PX, title,
		 about.at);
	for (size_t i = 0; i < plot->count; i++) {
		const int64_t at = top + (int64_t)i * (HEAD + PANEL + FOOT);
		day_axis(plot, at + HEAD, at + HEAD + PANEL);
	}
	for (size_t i = 0; !code && i < plot->count; i++)
		code = draw_panel(plot, i, top + (int64_t)i * (HEAD + PANEL + FOOT));
	draw_events(plot, TOP, bottom);
	draw_list(plot, list);
	draw_sources(plot, sources, true);
	svg_close(&plot->svg);
	buffer_free(&about);
	return code;
}

int record_plot_write(struct buffer *out, const struct record *record, const char *const *names,
		      size_t count, const struct record_question *question, bool with_events,
		      struct tw_error *error)
{
	struct plot plot = {.record = record, .question = question, .count = count};
	int code = TW_OK;
	if (!count || count > PANELS)
		return error_set(error, TW_BAD_ARGUMENT, "name the series to draw, at most %d",
				 PANELS);
	for (size_t i = 0; i < count; i++)
		if ((plot.series[i] = record_series_named(record, names[i], error)) == RECORD_NONE)
			return TW_BAD_ARGUMENT;
	if (with_events && (code = record_actor_find(record, question->actor, error)))
		return code;
	if (!find_days(&plot))
		return error_set(error, TW_NOT_FOUND, "the series have no figures for these days");
	if (with_events)
		code = find_events(&plot);
	if (!code)
		code = draw(&plot, out);
	free(plot.events);
	free(plot.event_row);
	return code ? error_memory(error) : TW_OK;
}

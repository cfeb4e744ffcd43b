/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timelines as charts, one above the other: what they are of, what the hatchings mean, acts and
 * events as rules, and the sources. How a chart looks stands in findings/svg.h.
 */
#include "timeline/svg_parts.h"

#include <stdlib.h>
#include <string.h>

#include "common/fit.h"
#include "common/words.h"
#include "findings/finding.h"

enum {
	HEAD = 640,   /* the title, in tenths of a pixel as all here */
	PLOT = 2400,  /* the height of one chart alone */
	SMALL = 1500, /* of one of several */
	GAP = 620,    /* between two: the names of months, and a title */
	MARK_ROWS = 4 /* of titles above the rules */
};

/* A rule for an act or an event, with a title above it where a row has room; where that ends. */
static int64_t write_mark(struct drawing *d, const struct tw_mark *mark, size_t row, int64_t x)
{
	const char *url = *mark->url ? mark->url : NULL;
	struct buffer say = {.within = d->svg.out};
	const bool is_act = mark->kind == TW_MARK_ANNOUNCED;
	char text[160] = "", day[17];
	int64_t y = d->y - (int64_t)(MARK_ROWS - row) * SVG_ROW - 100;
	buffer_print(&say, "%s: %s%s%s", write_day(day, mark->at, mark->offset),
		     is_act ? mark->id : "", is_act ? ", " : "", mark->title);
	buffer_char(&say, '\0');
	svg_group(&d->svg, url, say.failed ? NULL : say.at);
	svg_line(&d->svg, "event", x, row < MARK_ROWS ? y + 30 : d->y - 60, x, d->y + d->plot);
	if (row < MARK_ROWS) {
		fit_print(text, sizeof text - 4, "%s", is_act ? mark->id : mark->title);
		svg_fit(text, 26 * 68);
		svg_text(&d->svg, url ? "a" : "t", x, y, SVG_START, text);
	}
	svg_group_end(&d->svg, url);
	buffer_free(&say);
	return x + svg_width(text) + 60;
}

/* Acts and events, from the left; how many stand without a title. */
static size_t write_marks(struct drawing *d)
{
	int64_t free_from[MARK_ROWS] = {0};
	const struct told *told = d->told;
	size_t bare = 0;
	for (size_t i = 0; i < told->mark_count; i++) {
		const struct tw_mark *mark = &told->mark[i];
		int64_t x = chart_x(told->timeline, mark->at);
		size_t row = 0;
		if (mark->at < told->timeline->begin || mark->at >= told->timeline->end)
			continue;
		while (row < MARK_ROWS && free_from[row] > x)
			row++;
		int64_t end = write_mark(d, mark, row, x);
		if (row < MARK_ROWS)
			free_from[row] = end;
		else
			bare++;
	}
	return bare;
}

static void write_name(struct drawing *d)
{
	char code[24], origin[24], text[80];
	fit_print(text, sizeof text, "%s from %s", write_code(code, d->told),
		  write_origin(origin, d->told));
	svg_text(&d->svg, "n", CHART_LEFT + CHART_WIDTH + 60, d->y + 30, SVG_START, text);
}

/* The acts that were cited, each once, in the order in which they come. */
struct acts {
	const char **id;
	size_t count;
};

static void add_acts(struct acts *acts, const struct tw_citations *by)
{
	for (size_t n = 0; n < by->count; n++) {
		size_t at = 0;
		while (at < acts->count && strcmp(acts->id[at], by->id[n]) != 0)
			at++;
		if (at == acts->count)
			acts->id[acts->count++] = by->id[n];
	}
}

/* Those of the duties that stand at the beginning, and of what moved since: counted with room for
   none, then noted. */
static size_t see_acts(struct acts *acts, const struct told *told, size_t count)
{
	size_t most = 0;
	for (size_t i = 0; i < count; i++) {
		const struct tw_assessment *first = told[i].step->answer;
		for (size_t k = 0; k < first->layer_count; k++) {
			most += first->layers[k].by.count;
			if (acts)
				add_acts(acts, &first->layers[k].by);
		}
		for (size_t k = 0; k < told[i].count; k++)
			for (size_t m = 0; m < told[i].step[k].move_count; m++) {
				most += told[i].step[k].moves[m].by.count;
				if (acts)
					add_acts(acts, &told[i].step[k].moves[m].by);
			}
	}
	return most;
}

/* The acts, each a link, in as many rows as they need; the height. */
static int64_t write_sources(struct drawing *d, int64_t y)
{
	struct acts acts = {calloc(see_acts(NULL, d->told, d->count) + 1, sizeof *acts.id), 0};
	int64_t x = CHART_LEFT, end = CHART_LEFT + CHART_WIDTH + CHART_RIGHT, first = y;
	if (!acts.id) {
		buffer_fail(d->svg.out);
		return 0;
	}
	see_acts(&acts, d->told, d->count);
	if (acts.count)
		svg_text(&d->svg, "n", x, y, SVG_START, "Sources");
	x += svg_width("Sources") + 160;
	for (size_t i = 0; i < acts.count; i++) {
		struct tw_instrument instrument = {"", "", "", "", ""};
		(void)tw_rulebook_instrument(d->told->timeline->book, acts.id[i], &instrument);
		const char *url = *instrument.url ? instrument.url : NULL;
		int64_t wide = svg_width(acts.id[i]) + 160;
		if (x + wide > end) {
			x = CHART_LEFT;
			y += SVG_ROW;
		}
		svg_group(&d->svg, url, instrument.title);
		svg_text(&d->svg, url ? "a" : "t", x, y, SVG_START, acts.id[i]);
		svg_group_end(&d->svg, url);
		x += wide;
	}
	free(acts.id);
	return y + SVG_ROW - first;
}

/* A swatch and what it means; where the next one begins. */
static int64_t write_meaning(struct drawing *d, int64_t x, const char *color, const char *over,
			     const char *text)
{
	const int64_t y = HEAD - 40;
	if (color)
		svg_rect(&d->svg, color, x, y - 100, 160, 110);
	svg_rect(&d->svg, over, x, y - 100, 160, 110);
	svg_text(&d->svg, "t", x + 210, y, SVG_START, text);
	return x + 210 + svg_width(text) + 300;
}

/* What the hatchings mean, where there are any; whether there are. */
static bool write_meanings(struct drawing *d, const struct chart *chart)
{
	const tw_timeline *t = d->told->timeline;
	bool gap = false, answer = false, is_void = any_void(d->told, d->count);
	int64_t x = CHART_LEFT;
	char text[80];
	for (size_t i = 0; i < d->count; i++) {
		for (size_t k = 0; k < d->told[i].count; k++)
			gap = gap || drawing_gap(d->told[i].step[k].answer);
		for (size_t k = 0; k < chart[i].series_count; k++)
			answer = answer || chart[i].series[k].is_answer;
	}
	if (is_void)
		x = write_meaning(d, x, "area grey", "area void",
				  "held unlawful by a court, but collected");
	if (answer) {
		fit_print(text, sizeof text, "an additional duty of %s",
			  t->jurisdiction ? t->jurisdiction->code : "");
		x = write_meaning(d, x, "area grey", "area answer", text);
	}
	if (gap)
		(void)write_meaning(d, x, NULL, "area none",
				    "the duty is not known, or the line is refused");
	return is_void || answer || gap;
}

static void write_title(struct drawing *d)
{
	const struct tw_assessment *answer = d->told->step->answer;
	const tw_timeline *t = d->told->timeline;
	char code[24], origin[24], text[160], from[17], until[17], money[48];
	fit_print(text, sizeof text, "Duty on %s from %s into %s, as a share of the value",
		  write_code(code, d->told),
		  d->count > 1 ? "several countries" : write_origin(origin, d->told),
		  t->jurisdiction ? t->jurisdiction->code : "?");
	svg_text(&d->svg, "h", CHART_LEFT, 260, SVG_START, text);
	fit_print(text, sizeof text, "%s to %s; ",
		  write_day(from, t->begin, time_offset(t->zone, t->begin)),
		  write_day(until, t->end - 1, time_offset(t->zone, t->end)));
	if (d->style->assumed)
		fit_add(text, sizeof text, "no value was given: rates of a value of %s",
			words_money(money, d->style->assumed));
	else
		fit_add(text, sizeof text, "value %s%s%s", words_money(money, answer->value),
			*answer->currency ? " " : "", answer->currency);
	if (any_estimated(d->told, d->count))
		fit_add(text, sizeof text, "; the base duty is an estimate, of low confidence");
	svg_text(&d->svg, "t", CHART_LEFT, 450, SVG_START, text);
}

static int64_t top_of(const struct chart *chart, size_t count)
{
	int64_t top = 1000; /* ten percent: what is nearly nothing is not drawn large */
	for (size_t i = 0; i < count; i++)
		top = chart[i].top > top ? chart[i].top : top;
	int64_t unit = chart_unit(top);
	return (top + unit - 1) / unit * unit;
}

static void write_bare(struct drawing *d, size_t bare)
{
	char text[120], count[32];
	fit_print(text, sizeof text,
		  "%s more dotted line%s say what they are when pointed at; a table lists all",
		  words_number(count, bare), bare == 1 ? "" : "s");
	svg_text(&d->svg, "q", CHART_LEFT, d->y, SVG_START, text);
	d->y += SVG_ROW;
}

static void write_all(struct drawing *d, struct chart *chart)
{
	const struct told *told = d->told;
	size_t count = d->count, bare = 0;
	write_title(d);
	d->y = HEAD + 60 + (write_meanings(d, chart) ? SVG_ROW + 40 : 0);
	for (size_t i = 0; i < count; i++) {
		d->told = &told[i];
		d->y += told[i].mark_count ? MARK_ROWS * SVG_ROW : 0;
		if (count > 1)
			write_name(d);
		drawing_areas(d, &chart[i]);
		bare += write_marks(d);
		int64_t rows = drawing_labels(d, &chart[i]);
		d->y += d->plot + GAP - (count == 1 ? 240 : 200) + rows * SVG_ROW;
	}
	d->told = told;
	if (bare)
		write_bare(d, bare);
	d->y += write_sources(d, d->y);
}

/* For those who do not see it: the rate of each step. */
static void put_about(struct buffer *out, const struct told *told, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char origin[24];
		buffer_print(out, "%sFrom %s:", i ? " " : "", write_origin(origin, &told[i]));
		for (size_t k = 0; k < told[i].count; k++) {
			const struct tw_step *step = &told[i].step[k];
			char day[17];
			buffer_print(out, "%s %s %s", k ? ";" : "",
				     write_day(day, step->at, step->offset),
				     write_rate(step->answer));
		}
		buffer_char(out, '.');
	}
	if (any_estimated(told, count))
		buffer_text(out, " The base duty is an estimate, of low confidence.");
	buffer_char(out, '\0');
}

void write_svg(struct buffer *out, const struct told *told, size_t count, const struct style *style)
{
	struct chart *chart = calloc(count, sizeof *chart);
	struct buffer body = {.within = out}, about = {.within = out};
	bool whole = chart;
	for (size_t i = 0; whole && i < count; i++)
		whole = chart_make(&chart[i], &told[i]);
	if (!whole) {
		buffer_fail(out);
		goto done;
	}
	const int64_t wide = CHART_LEFT + CHART_WIDTH + CHART_RIGHT;
	struct drawing d = {.svg = {&body, wide, 0}, .told = told, .count = count, .style = style};
	struct svg svg;
	d.top = top_of(chart, count);
	d.unit = chart_unit(d.top);
	d.plot = count > 1 ? SMALL : PLOT;
	write_all(&d, chart);
	put_about(&about, told, count);
	svg_open(&svg, out, wide, d.y, "How the duty moved", about.failed ? "" : about.at);
	buffer_put(out, body.at, body.length);
	svg_close(&svg);
done:
	for (size_t i = 0; chart && i < count; i++)
		chart_free(&chart[i]);
	free(chart);
	buffer_free(&body);
	buffer_free(&about);
}

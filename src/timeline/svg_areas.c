/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One chart's axes, its areas, and the line along their top. Where a duty is not known there is no
 * line and no area, but a band that says so.
 */
#include "timeline/svg_parts.h"

#include <string.h>

#include "common/fit.h"
#include "common/words.h"

int64_t drawing_y(const struct drawing *d, int64_t share)
{
	return d->y + d->plot - (int64_t)((__int128)share * d->plot / d->top);
}

int64_t drawing_stack(const struct chart *chart, size_t step)
{
	int64_t top = 0;
	for (size_t i = 0; i < chart->area_count; i++)
		if (chart->area[i].first <= step && step <= chart->area[i].step &&
		    chart->area[i].high > top)
			top = chart->area[i].high;
	return top;
}

const char *drawing_gap(const struct tw_assessment *answer)
{
	if (answer->status == TW_STATUS_REFUSED)
		return answer->refusal.reason;
	return answer->has_amount         ? NULL
	       : chart_is_partial(answer) ? "base duty not known"
					  : "not known";
}

static void write_axis(struct drawing *d)
{
	for (int64_t share = 0; share <= d->top; share += d->unit) {
		char text[32];
		int64_t y = drawing_y(d, share);
		words_percent(text, share * 100);
		svg_line(&d->svg, share ? "rule" : "axis", CHART_LEFT, y, CHART_LEFT + CHART_WIDTH,
			 y);
		svg_text(&d->svg, "t", CHART_LEFT - 80, y + 40, SVG_END, text);
	}
}

/* How many months lie between two names under the axis. */
static int months_of(const tw_timeline *t)
{
	int64_t days = (t->end - t->begin) / 86400;
	return days <= 220 ? 1 : days <= 1000 ? 3 : days <= 2000 ? 6 : days <= 6000 ? 12 : 120;
}

static void write_months(struct drawing *d)
{
	static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const tw_timeline *t = d->told->timeline;
	int year, month, day, step = months_of(t);
	bool first = true;
	time_date(time_local_day(t->zone, t->begin), &year, &month, &day);
	for (int at = year * 12 + month - 1;; at++) {
		char text[24];
		tw_time begins =
		    time_from_local(t->zone, time_days(at / 12, at % 12 + 1, 1) * 86400);
		if (begins >= t->end)
			break;
		if (begins < t->begin || at % step)
			continue;
		int64_t x = chart_x(t, begins), y = d->y + d->plot;
		svg_line(&d->svg, "axis", x, y, x, y + 50);
		if (first || at % 12 == 0)
			fit_print(text, sizeof text, "%s %d", names[at % 12], at / 12);
		else
			fit_print(text, sizeof text, "%s", names[at % 12]);
		svg_text(&d->svg, "t", x, y + 180, SVG_START, text);
		first = false;
	}
}

/* "2025-02-04 00:01 to 2025-03-04 00:01" */
static void put_span(struct buffer *say, const struct tw_step *first, const struct tw_step *last)
{
	char from[17], until[17];
	buffer_print(say, ", %s to %s", write_day(from, first->at, first->offset),
		     write_day(until, last->until, last->until_offset));
	buffer_char(say, '\0');
}

static void write_area(struct drawing *d, const struct chart *chart, const struct area *area)
{
	const struct series *series = &chart->series[area->series];
	struct buffer say = {.within = d->svg.out};
	int64_t high = drawing_y(d, area->high), low = drawing_y(d, area->low);
	char fill[48];
	buffer_print(&say, "%s %s", *series->title ? series->title : series->program, area->rate);
	if (area->is_void)
		buffer_text(&say, ", held unlawful by a court, but collected");
	put_span(&say, &d->told->step[area->first], &d->told->step[area->step]);
	svg_group(&d->svg, NULL, say.failed ? NULL : say.at);
	fit_print(fill, sizeof fill, "area %s", svg_color(series->hue));
	svg_rect(&d->svg, fill, area->from, high, area->until - area->from, low - high);
	if (area->is_void || series->is_answer)
		svg_rect(&d->svg, area->is_void ? "area void" : "area answer", area->from, high,
			 area->until - area->from, low - high);
	svg_group_end(&d->svg, NULL);
	buffer_free(&say);
}

/* Steps whose duty is not known: a band behind all else, and later the word over it. */
static void write_gap(struct drawing *d, size_t first, size_t last, bool word)
{
	const struct tw_step *step = d->told->step;
	const char *why = drawing_gap(step[first].answer);
	int64_t from = chart_x(d->told->timeline, step[first].at);
	int64_t wide = chart_x(d->told->timeline, step[last].until) - from;
	struct buffer say = {.within = d->svg.out};
	if (word) {
		svg_text(&d->svg, "n halo", from + wide / 2, d->y + 200, SVG_MIDDLE,
			 wide > svg_width(why) + 40 ? why : "?");
		return;
	}
	buffer_print(&say, "no duty: %s", why);
	put_span(&say, &step[first], &step[last]);
	svg_group(&d->svg, NULL, say.failed ? NULL : say.at);
	svg_rect(&d->svg, "area none", from, d->y, wide, d->plot);
	svg_group_end(&d->svg, NULL);
	buffer_free(&say);
}

static void write_gaps(struct drawing *d, bool words)
{
	const struct told *told = d->told;
	for (size_t i = 0, last; i < told->count; i = last + 1) {
		const char *why = drawing_gap(told->step[i].answer), *next;
		for (last = i; why && last + 1 < told->count; last++)
			if (!(next = drawing_gap(told->step[last + 1].answer)) ||
			    strcmp(next, why) != 0)
				break;
		if (why)
			write_gap(d, i, last, words);
	}
}

/* The line along the top, which ends where the duty is not known. */
static void write_edge(struct drawing *d, const struct chart *chart)
{
	const struct told *told = d->told;
	bool draw = false;
	svg_line_open(&d->svg, "edge ink");
	for (size_t i = 0; i < told->count; i++) {
		int64_t y = drawing_y(d, drawing_stack(chart, i));
		if (drawing_gap(told->step[i].answer)) {
			draw = false;
			continue;
		}
		svg_line_to(&d->svg, chart_x(told->timeline, told->step[i].at), y, draw);
		svg_line_to(&d->svg, chart_x(told->timeline, told->step[i].until), y, true);
		draw = true;
	}
	svg_line_close(&d->svg);
}

/* Where the law is no longer covered. */
static void write_coverage(struct drawing *d)
{
	const tw_timeline *t = d->told->timeline;
	tw_time end = time_from_local(t->zone, ((tw_time)t->rb->law->coverage_last + 1) * 86400);
	if (end <= t->begin || end >= t->end)
		return;
	int64_t x = chart_x(t, end);
	svg_line(&d->svg, "end", x, d->y, x, d->y + d->plot);
	svg_text(&d->svg, "t halo", x - 40, d->y + 110, SVG_END, "law covered to here");
}

void drawing_areas(struct drawing *d, const struct chart *chart)
{
	write_axis(d);
	write_gaps(d, false);
	for (size_t i = 0; i < chart->area_count; i++)
		write_area(d, chart, &chart->area[i]);
	write_gaps(d, true);
	write_coverage(d);
	write_edge(d, chart);
	write_months(d);
}

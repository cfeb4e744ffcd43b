/* SPDX-License-Identifier: Apache-2.0 */
/* The names of a chart's areas: within them, beside them, or in a key; and the rate on top. */
#include "timeline/svg_parts.h"

#include <string.h>

#include "common/fit.h"

enum {
	LABEL = 160,
	LABEL_ROWS = 3,
	LABELS = 32,               /* at the most beside a chart */
	LEAST = 150,               /* the least height of an area with a label in it */
	NARROW = 12 * SVG_TEXT / 2 /* the least width of one */
};

/* Do the steps stand so far over both sides that their rate hides none of theirs? */
static bool is_peak(const struct chart *chart, size_t first, size_t last, size_t steps)
{
	int64_t here = drawing_stack(chart, first) * 5 / 6;
	return first && last + 1 < steps && here > drawing_stack(chart, first - 1) &&
	       here > drawing_stack(chart, last + 1);
}

/* The last of the steps that have the rate of this one without a gap; NULL rate: it has none. */
static size_t same_rate(const char **rate, const struct told *told, size_t first)
{
	size_t last = first;
	*rate = drawing_gap(told->step[first].answer) ? NULL : write_rate(told->step[first].answer);
	while (*rate && last + 1 < told->count && !drawing_gap(told->step[last + 1].answer) &&
	       !strcmp(write_rate(told->step[last + 1].answer), *rate))
		last++;
	return last;
}

/* The rate over the line where there is room for it. */
static void write_rates(struct drawing *d, const struct chart *chart)
{
	const struct told *told = d->told;
	int64_t end = INT64_MIN;
	for (size_t i = 0, last; i < told->count; i = last + 1) {
		const char *rate;
		last = same_rate(&rate, told, i);
		if (!rate)
			continue;
		int64_t from = chart_x(told->timeline, told->step[i].at);
		int64_t until = chart_x(told->timeline, told->step[last].until);
		int64_t wide = svg_width(rate) + 40, y = drawing_y(d, drawing_stack(chart, i));
		bool peak = is_peak(chart, i, last, told->count);
		if (!peak && (until - from < wide || from < end))
			continue;
		svg_text(&d->svg, "n halo",
			 peak && until - from < wide ? (from + until - wide) / 2 : from + 30,
			 y - 50, SVG_START, rate);
		end = peak ? end : from + wide; /* a peak is over what follows, not beside it */
	}
}

static void label_text(char out[LABEL], const struct series *series, const char *rate)
{
	fit_print(out, LABEL - 4, "%s%s%s", rate, *rate ? " " : "",
		  *series->title ? series->title : series->program);
}

/* In the area, where there is room for it. */
static void write_inside(struct drawing *d, struct chart *chart)
{
	for (size_t i = 0; i < chart->series_count; i++) {
		struct series *series = &chart->series[i];
		char text[LABEL];
		if (series->largest == SIZE_MAX || series->at_end)
			continue;
		const struct area *area = &chart->area[series->largest];
		int64_t high = drawing_y(d, area->high), low = drawing_y(d, area->low);
		int64_t room = area->until - area->from - 80;
		label_text(text, series, area->rate);
		if (low - high < LEAST || room < NARROW)
			continue;
		svg_fit(text, room);
		if (strlen(text) <= strlen(area->rate) + strlen("…"))
			continue; /* nothing of the name is left */
		svg_text(&d->svg, "t halo", area->from + 40, (high + low) / 2 + 40, SVG_START,
			 text);
		series->is_labelled = true;
	}
}

/* The area at the right end that lies next beneath; NULL: there is none. */
static const struct area *next_beneath(const struct chart *chart, size_t steps, int64_t low)
{
	const struct area *found = NULL;
	for (size_t i = 0; i < chart->area_count; i++) {
		const struct area *area = &chart->area[i];
		if (area->step + 1 == steps && area->low < low &&
		    (!found || area->low > found->low))
			found = area;
	}
	return found;
}

/* The last blank before which a text is narrow enough; NULL: there is none, or it is anyway. */
static char *find_split(char *text, int64_t room)
{
	char *split = NULL;
	for (char *at = text; svg_width(text) > room && *at; at++) {
		if (*at != ' ')
			continue;
		*at = '\0';
		bool fits = svg_width(text) <= room;
		*at = ' ';
		if (!fits)
			break;
		split = at;
	}
	return split;
}

/* A label in as many rows as it needs, up to `most`; how many. Without a drawing it is but counted.
 */
static int64_t write_label(struct drawing *d, int64_t y, char *text, int64_t most)
{
	const int64_t room = CHART_RIGHT - 140, x = CHART_LEFT + CHART_WIDTH + 60;
	int64_t rows = 1;
	char *split;
	for (; rows < most && (split = find_split(text, room)); rows++) {
		*split = '\0';
		if (d)
			svg_text(&d->svg, "t", x, y, SVG_START, text);
		text = split + 1;
		y += SVG_ROW;
	}
	svg_fit(text, room);
	if (d)
		svg_text(&d->svg, "t", x, y, SVG_START, text);
	return rows;
}

struct label {
	const struct area *area;
	int64_t y, rows;
};

/* From the top of the stack down, none over the other. */
static void place_labels(struct label *label, size_t count, const struct drawing *d,
			 const struct chart *chart, int64_t most)
{
	int64_t next = d->y + (d->count > 1 ? SVG_ROW + 60 : 0);
	for (size_t i = 0; i < count; i++) {
		const struct area *area = label[i].area;
		char text[LABEL];
		int64_t y = (drawing_y(d, area->high) + drawing_y(d, area->low)) / 2 + 40;
		label_text(text, &chart->series[area->series], area->rate);
		label[i].y = y < next ? next : y;
		label[i].rows = write_label(NULL, 0, text, most);
		next = label[i].y + label[i].rows * SVG_ROW;
	}
}

/* Up from the foot of the chart, so far as they stand beneath it; whether all are in its height. */
static bool raise_labels(struct label *label, size_t count, const struct drawing *d)
{
	int64_t next = d->y + d->plot + 40 + SVG_ROW;
	for (size_t i = count; i--;) {
		int64_t y = next - label[i].rows * SVG_ROW;
		next = label[i].y = label[i].y < y ? label[i].y : y;
	}
	return next >= d->y + (d->count > 1 ? SVG_ROW + 60 : 0);
}

/* At the right end, beside the chart and nothing else: in fewer rows where they are many. */
static void write_beside(struct drawing *d, struct chart *chart)
{
	struct label label[LABELS];
	size_t count = 0;
	int64_t low = INT64_MAX, most = LABEL_ROWS;
	while (count < LABELS &&
	       (label[count].area = next_beneath(chart, d->told->count, low)) != NULL)
		low = label[count++].area->low;
	do
		place_labels(label, count, d, chart, most);
	while (!raise_labels(label, count, d) && --most);
	for (size_t i = 0; i < count; i++) {
		struct series *series = &chart->series[label[i].area->series];
		char text[LABEL];
		label_text(text, series, label[i].area->rate);
		(void)write_label(d, label[i].y, text, label[i].rows);
		series->is_labelled = true;
	}
}

/* Programs for which there was no room: a key beneath. Returns the rows. */
static int64_t write_key(struct drawing *d, const struct chart *chart, int64_t y)
{
	int64_t x = CHART_LEFT, rows = 0;
	for (size_t i = 0; i < chart->series_count; i++) {
		const struct series *series = &chart->series[i];
		char text[LABEL], fill[48];
		if (series->is_labelled || series->largest == SIZE_MAX)
			continue;
		label_text(text, series, chart->area[series->largest].rate);
		int64_t wide = svg_width(text) + 300;
		if (!rows || x + wide > CHART_LEFT + CHART_WIDTH + CHART_RIGHT) {
			rows++;
			x = CHART_LEFT;
		}
		fit_print(fill, sizeof fill, "area %s", svg_color(series->hue));
		svg_rect(&d->svg, fill, x, y + rows * SVG_ROW - 100, 100, 100);
		if (series->is_answer)
			svg_rect(&d->svg, "area answer", x, y + rows * SVG_ROW - 100, 100, 100);
		svg_text(&d->svg, "t", x + 150, y + rows * SVG_ROW, SVG_START, text);
		x += wide;
	}
	return rows;
}

int64_t drawing_labels(struct drawing *d, struct chart *chart)
{
	write_rates(d, chart);
	write_inside(d, chart);
	write_beside(d, chart);
	return write_key(d, chart, d->y + d->plot + 200);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stepped chart, one above the other for several lines: light and dark by the reader's own
 * setting, without scripts, fonts or files of others. The same timeline is the same bytes.
 */
#include "timeline/chart.h"

#include "common/words.h"
#include "findings/finding.h"
#include "findings/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 640,    /* the title, in tenths of a pixel as all here */
	PLOT = 2400,   /* the height of one chart alone */
	SMALL = 1500,  /* of one of several */
	GAP = 620,     /* between two: the names of months, and a title */
	ROW = 160,     /* of text */
	MARK_ROWS = 4, /* of titles above the rules */
	LETTER = 68,   /* about the width of one */
	LEAST = 150,   /* the least height of an area with a label in it */
	ACTS = 256
};

struct drawing {
	struct buffer *out;
	const struct told *told;
	size_t count;
	const struct style *style;
	int64_t top, unit; /* of the axes */
	int64_t y, plot;   /* of the chart at hand */
};

/* Tenths of a pixel: "12.5". */
static void put(struct buffer *out, int64_t tenths)
{
	buffer_print(out, "%s%lld", tenths < 0 ? "-" : "",
		     (long long)((tenths < 0 ? -tenths : tenths) / 10));
	if (tenths % 10)
		buffer_print(out, ".%lld", (long long)((tenths < 0 ? -tenths : tenths) % 10));
}

/* Text of a document: no markup, no controls. */
static void put_text(struct buffer *out, const char *text)
{
	for (; *text; text++)
		if (*text == '&')
			buffer_text(out, "&amp;");
		else if (*text == '<')
			buffer_text(out, "&lt;");
		else if (*text == '>')
			buffer_text(out, "&gt;");
		else if (*text == '"')
			buffer_text(out, "&quot;");
		else if ((unsigned char)*text >= ' ')
			buffer_char(out, *text);
}

static void begin_text(struct buffer *out, int64_t x, int64_t y, const char *how)
{
	buffer_text(out, "<text x=\"");
	put(out, x);
	buffer_text(out, "\" y=\"");
	put(out, y);
	buffer_print(out, "\"%s>", how);
}

static void text_at(struct buffer *out, int64_t x, int64_t y, const char *how, const char *text)
{
	begin_text(out, x, y, how);
	put_text(out, text);
	buffer_text(out, "</text>\n");
}

static void rule(struct buffer *out, int64_t x1, int64_t y1, int64_t x2, int64_t y2,
		 const char *class_)
{
	const int64_t at[] = {x1, y1, x2, y2};
	static const char *const name[] = {"x1", "y1", "x2", "y2"};
	buffer_print(out, "<line class=\"%s\"", class_);
	for (int i = 0; i < 4; i++) {
		buffer_print(out, " %s=\"", name[i]);
		put(out, at[i]);
		buffer_char(out, '"');
	}
	buffer_text(out, "/>\n");
}

static int64_t y_of(const struct drawing *d, int64_t share)
{
	return d->y + d->plot - (int64_t)((__int128)share * d->plot / d->top);
}

/* Colors and their hatchings. */
static void write_style(struct buffer *out)
{
	buffer_text(
	    out,
	    "<style>\n"
	    "svg{--ink:#1b1f24;--paper:#fbfaf7;--line:#d9d6cf;--link:#084b8f;"
	    "font:12px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
	    "font-variant-numeric:tabular-nums}\n"
	    "@media (prefers-color-scheme:dark){svg{--ink:#e6e3dc;--paper:#16181b;--line:#33373d;"
	    "--link:#7db7f0}}\n"
	    "text{fill:var(--ink)}\n"
	    "a text{fill:var(--link)}\n"
	    ".paper{fill:var(--paper)}\n"
	    ".grid{stroke:var(--line)}\n"
	    ".axis{stroke:var(--ink)}\n"
	    ".edge{fill:none;stroke:var(--ink);stroke-width:1.5}\n"
	    ".mark{stroke:var(--ink);stroke-dasharray:2 3}\n"
	    ".end{stroke:var(--ink);stroke-dasharray:6 3}\n"
	    ".title{font-size:16px;font-weight:600}\n"
	    ".name{font-weight:600}\n"
	    ".in{fill:#fff;stroke:none}\n"
	    ".halo{stroke:var(--paper);stroke-width:3px;paint-order:stroke}\n");
	for (unsigned i = 0; i < LAW_COLORS; i++)
		buffer_print(out, ".h%u{fill:%s}.v%u{fill:url(#v%u)}.a%u{fill:url(#a%u)}\n", i,
			     svg_hues[i], i, i, i, i);
	buffer_text(out, "</style>\n<defs>\n");
	for (unsigned i = 0; i < LAW_COLORS; i++)
		for (int answer = 0; answer < 2; answer++)
			buffer_print(
			    out,
			    "<pattern id=\"%c%u\" width=\"8\" height=\"8\" "
			    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(%d)\">"
			    "<rect class=\"paper\" width=\"8\" height=\"8\"/>"
			    "<rect width=\"5\" height=\"8\" fill=\"%s\"/></pattern>\n",
			    answer ? 'a' : 'v', i, answer ? 135 : 45, svg_hues[i]);
	buffer_text(out, "</defs>\n");
}

static void write_axis(const struct drawing *d)
{
	for (int64_t share = 0; share <= d->top; share += d->unit) {
		char text[32];
		int64_t y = y_of(d, share);
		words_percent(text, share * 100);
		rule(d->out, CHART_LEFT, y, CHART_LEFT + CHART_WIDTH, y, share ? "grid" : "axis");
		text_at(d->out, CHART_LEFT - 80, y + 40, " text-anchor=\"end\"", text);
	}
}

/* How many months lie between two names under the axis. */
static int months_of(const tw_timeline *t)
{
	int64_t days = (t->end - t->begin) / 86400;
	return days <= 220 ? 1 : days <= 1000 ? 3 : days <= 2000 ? 6 : days <= 6000 ? 12 : 120;
}

static void write_months(const struct drawing *d)
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
		rule(d->out, x, y, x, y + 50, "axis");
		if (first || at % 12 == 0)
			snprintf(text, sizeof text, "%s %d", names[at % 12], at / 12);
		else
			snprintf(text, sizeof text, "%s", names[at % 12]);
		text_at(d->out, x, y + 180, "", text);
		first = false;
	}
}

static void write_area(const struct drawing *d, const struct chart *chart, const struct area *area)
{
	const struct series *series = &chart->series[area->series];
	char from[17], until[17];
	const struct tw_step *step = &d->told->step[area->first];
	const struct tw_step *last = &d->told->step[area->step];
	int64_t high = y_of(d, area->high), low = y_of(d, area->low);
	buffer_print(d->out, "<rect class=\"%c%u\" x=\"",
		     area->is_void       ? 'v'
		     : series->is_answer ? 'a'
					 : 'h',
		     series->hue);
	put(d->out, area->from);
	buffer_text(d->out, "\" y=\"");
	put(d->out, high);
	buffer_text(d->out, "\" width=\"");
	put(d->out, area->until - area->from);
	buffer_text(d->out, "\" height=\"");
	put(d->out, low - high);
	buffer_text(d->out, "\"><title>");
	put_text(d->out, *series->title ? series->title : series->program);
	buffer_print(d->out, " %s", area->rate);
	if (area->is_void)
		buffer_text(d->out, ", held unlawful by a court, but collected");
	buffer_print(d->out, ", %s to %s</title></rect>\n", write_day(from, step->at, step->offset),
		     write_day(until, last->until, last->until_offset));
}

/* The height of the whole stack in a step. */
static int64_t stack_of(const struct chart *chart, size_t step)
{
	int64_t top = 0;
	for (size_t i = 0; i < chart->area_count; i++)
		if (chart->area[i].first <= step && step <= chart->area[i].step &&
		    chart->area[i].high > top)
			top = chart->area[i].high;
	return top;
}

/* Does it stand so far over both sides that its rate hides none of theirs? */
static bool is_peak(const struct chart *chart, size_t step, size_t steps)
{
	int64_t here = stack_of(chart, step) * 5 / 6;
	return step && step + 1 < steps && here > stack_of(chart, step - 1) &&
	       here > stack_of(chart, step + 1);
}

/* The line along the top, and the rate where there is room for it. */
static void write_edge(const struct drawing *d, const struct chart *chart)
{
	const struct told *told = d->told;
	int64_t last = INT64_MIN;
	buffer_text(d->out, "<path class=\"edge\" d=\"");
	for (size_t i = 0; i < told->count; i++) {
		buffer_text(d->out, i ? "V" : "M");
		if (!i) {
			put(d->out, chart_x(told->timeline, told->step[i].at));
			buffer_char(d->out, ' ');
		}
		put(d->out, y_of(d, stack_of(chart, i)));
		buffer_char(d->out, 'H');
		put(d->out, chart_x(told->timeline, told->step[i].until));
	}
	buffer_text(d->out, "\"/>\n");
	for (size_t i = 0; i < told->count; i++) {
		const char *rate = write_rate(told->step[i].answer);
		int64_t from = chart_x(told->timeline, told->step[i].at);
		int64_t until = chart_x(told->timeline, told->step[i].until);
		int64_t wide = (int64_t)strlen(rate) * LETTER + 40, y = y_of(d, stack_of(chart, i));
		bool peak = is_peak(chart, i, told->count);
		if (i && !strcmp(rate, write_rate(told->step[i - 1].answer)))
			continue;
		if (!peak && (until - from < wide || from < last))
			continue;
		text_at(d->out, peak && until - from < wide ? (from + until - wide) / 2 : from + 30,
			y - 50, " class=\"name halo\"", rate);
		last = from + wide;
	}
}

static void label_text(char *out, size_t room, const struct series *series, const char *rate)
{
	snprintf(out, room, "%.20s%s%.70s", rate, *rate ? " " : "",
		 *series->title ? series->title : series->program);
}

/* A label cut to so many columns at a blank. */
static void cut_label(char *text, size_t columns)
{
	if (strlen(text) <= columns)
		return;
	size_t at = columns;
	while (at > columns / 2 && text[at] != ' ')
		at--;
	while (at && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	memcpy(text + at, "…", sizeof "…");
}

/* In the area, where there is room for it. */
static void write_inside(const struct drawing *d, struct chart *chart)
{
	for (size_t i = 0; i < chart->series_count; i++) {
		struct series *series = &chart->series[i];
		char text[100];
		if (series->largest == SIZE_MAX || series->at_end)
			continue;
		const struct area *area = &chart->area[series->largest];
		int64_t high = y_of(d, area->high), low = y_of(d, area->low);
		label_text(text, sizeof text, series, area->rate);
		size_t room = (size_t)((area->until - area->from) / LETTER);
		if (low - high < LEAST || room < 12)
			continue;
		cut_label(text, room - 2);
		text_at(d->out, area->from + 40, (high + low) / 2 + 40, " class=\"halo\"", text);
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

/* A label in one row or two; how many. */
static int64_t write_label(const struct drawing *d, int64_t y, char *text)
{
	const size_t columns = (CHART_RIGHT - 60) / LETTER;
	int64_t x = CHART_LEFT + CHART_WIDTH + 60;
	size_t at = columns;
	if (strlen(text) <= columns) {
		text_at(d->out, x, y, "", text);
		return 1;
	}
	while (at && text[at] != ' ')
		at--;
	if (at) {
		text[at] = '\0';
		text_at(d->out, x, y, "", text);
		text += at + 1;
		y += ROW;
	}
	cut_label(text, columns);
	text_at(d->out, x, y, "", text);
	return at ? 2 : 1;
}

/* At the right end, from the top of the stack down, none over the other. */
static void write_beside(const struct drawing *d, struct chart *chart)
{
	const struct area *area;
	int64_t next = d->y + (d->count > 1 ? ROW + 60 : 0), low = INT64_MAX;
	while ((area = next_beneath(chart, d->told->count, low))) {
		struct series *series = &chart->series[area->series];
		char text[100];
		int64_t y = (y_of(d, area->high) + y_of(d, area->low)) / 2 + 40;
		y = y < next ? next : y;
		label_text(text, sizeof text, series, area->rate);
		next = y + write_label(d, y, text) * ROW;
		series->is_labelled = true;
		low = area->low;
	}
}

/* Programs for which there was no room: a key beneath. Returns the rows. */
static int64_t write_key(const struct drawing *d, const struct chart *chart, int64_t y)
{
	int64_t x = CHART_LEFT, rows = 0;
	for (size_t i = 0; i < chart->series_count; i++) {
		const struct series *series = &chart->series[i];
		char text[100];
		if (series->is_labelled)
			continue;
		const char *rate = chart->area[series->largest].rate;
		label_text(text, sizeof text, series, rate);
		int64_t wide = (int64_t)strlen(text) * LETTER + 300;
		if (!rows || x + wide > CHART_LEFT + CHART_WIDTH + CHART_RIGHT) {
			rows++;
			x = CHART_LEFT;
		}
		buffer_print(d->out, "<rect class=\"%c%u\" width=\"10\" height=\"10\" x=\"",
			     series->is_answer ? 'a' : 'h', series->hue);
		put(d->out, x);
		buffer_text(d->out, "\" y=\"");
		put(d->out, y + rows * ROW - 100);
		buffer_text(d->out, "\"/>");
		text_at(d->out, x + 150, y + rows * ROW, "", text);
		x += wide;
	}
	return rows;
}

/* Rules for acts and events, their titles in rows above the chart. */
static void write_marks(const struct drawing *d)
{
	int64_t free_from[MARK_ROWS] = {0};
	const struct told *told = d->told;
	for (size_t i = 0; i < told->mark_count; i++) {
		const struct notice *mark = &told->mark[i];
		int64_t x = chart_x(told->timeline, mark->at);
		char text[100], day[17];
		size_t row = 0;
		if (mark->at < told->timeline->begin || mark->at >= told->timeline->end)
			continue;
		snprintf(text, sizeof text, "%.60s",
			 mark->kind == NOTICE_ANNOUNCED ? mark->act : mark->title);
		cut_label(text, 26);
		while (row < MARK_ROWS && free_from[row] > x)
			row++;
		int64_t y = d->y - (int64_t)(MARK_ROWS - row) * ROW - 100;
		rule(d->out, x, row < MARK_ROWS ? y + 30 : d->y - 60, x, d->y + d->plot, "mark");
		if (row == MARK_ROWS)
			continue;
		free_from[row] = x + (int64_t)strlen(text) * LETTER + 60;
		if (*mark->url) {
			buffer_text(d->out, "<a href=\"");
			put_text(d->out, mark->url);
			buffer_text(d->out, "\">");
		}
		begin_text(d->out, x, y, "");
		put_text(d->out, text);
		buffer_print(d->out, "<title>%s: ", write_day(day, mark->at, mark->offset));
		put_text(d->out, mark->title);
		buffer_print(d->out, "</title></text>%s\n", *mark->url ? "</a>" : "");
	}
}

/* Where the law is no longer covered. */
static void write_coverage(const struct drawing *d)
{
	const tw_timeline *t = d->told->timeline;
	tw_time end = time_from_local(t->zone, ((tw_time)t->rb->law->coverage_last + 1) * 86400);
	if (end <= t->begin || end >= t->end)
		return;
	int64_t x = chart_x(t, end);
	rule(d->out, x, d->y, x, d->y + d->plot, "end");
	text_at(d->out, x - 40, d->y + 110, " text-anchor=\"end\" class=\"halo\"",
		"law covered to here");
}

static void write_name(const struct drawing *d)
{
	char code[24], text[80];
	const struct tw_assessment *answer = d->told->step->answer;
	finding_code(code, answer->hts);
	snprintf(text, sizeof text, "%.20s from %.20s", code, answer->origin);
	text_at(d->out, CHART_LEFT + CHART_WIDTH + 60, d->y + 30, " class=\"name\"", text);
}

static void add_acts(const char **act, size_t *found, const struct tw_citations *by)
{
	for (size_t n = 0; n < by->count; n++) {
		size_t at = 0;
		while (at < *found && strcmp(act[at], by->id[n]) != 0)
			at++;
		if (at == *found && at < ACTS)
			act[(*found)++] = by->id[n];
	}
}

/* Those of the duties that stand at the beginning, and of what moved since. */
static size_t find_acts(const char **act, const struct told *told, size_t count)
{
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		const struct tw_assessment *first = told[i].step->answer;
		for (size_t k = 0; k < first->layer_count; k++)
			add_acts(act, &found, &first->layers[k].by);
		for (size_t k = 0; k < told[i].count; k++)
			for (size_t m = 0; m < told[i].step[k].move_count; m++)
				add_acts(act, &found, &told[i].step[k].moves[m].by);
	}
	return found;
}

/* The acts, each a link, in as many rows as they need; the height. */
static int64_t write_sources(const struct drawing *d, int64_t y)
{
	const char *act[ACTS];
	size_t found = find_acts(act, d->told, d->count);
	int64_t x = CHART_LEFT, end = CHART_LEFT + CHART_WIDTH + CHART_RIGHT, first = y;
	if (found)
		text_at(d->out, x, y, " class=\"name\"", "Sources");
	x += 9 * LETTER;
	for (size_t i = 0; i < found; i++) {
		struct tw_instrument instrument = {"", "", "", "", ""};
		(void)tw_rulebook_instrument(d->told->timeline->book, act[i], &instrument);
		int64_t wide = (int64_t)strlen(act[i]) * LETTER + 160;
		if (x + wide > end) {
			x = CHART_LEFT;
			y += ROW;
		}
		if (*instrument.url) {
			buffer_text(d->out, "<a href=\"");
			put_text(d->out, instrument.url);
			buffer_text(d->out, "\">");
		}
		begin_text(d->out, x, y, "");
		put_text(d->out, act[i]);
		buffer_text(d->out, "<title>");
		put_text(d->out, instrument.title);
		buffer_print(d->out, "</title></text>%s\n", *instrument.url ? "</a>" : "");
		x += wide;
	}
	return y + ROW - first;
}

static void write_title(const struct drawing *d)
{
	const struct tw_assessment *answer = d->told->step->answer;
	const tw_timeline *t = d->told->timeline;
	char code[24], text[160], from[17], until[17], money[48];
	finding_code(code, answer->hts);
	snprintf(text, sizeof text, "Duty on %.20s from %.20s into %.4s, as a share of the value",
		 code, d->count > 1 ? "several countries" : answer->origin, answer->into);
	text_at(d->out, CHART_LEFT, 260, " class=\"title\"", text);
	int used = snprintf(text, sizeof text, "%s to %s; ",
			    write_day(from, t->begin, time_offset(t->zone, t->begin)),
			    write_day(until, t->end - 1, time_offset(t->zone, t->end)));
	const char *hatched =
	    any_void(d->told, d->count) ? "; hatched: held unlawful, but collected" : "";
	if (d->style->assumed)
		snprintf(text + used, sizeof text - (size_t)used,
			 "no value was given: rates of a value of 10,000.00%s", hatched);
	else
		snprintf(text + used, sizeof text - (size_t)used, "value %.40s%s%.4s%s",
			 words_money(money, answer->value), *answer->currency ? " " : "",
			 answer->currency, hatched);
	text_at(d->out, CHART_LEFT, 450, "", text);
}

static int64_t write_chart(struct drawing *d, struct chart *chart)
{
	write_axis(d);
	for (size_t i = 0; i < chart->area_count; i++)
		write_area(d, chart, &chart->area[i]);
	write_coverage(d);
	write_marks(d);
	write_edge(d, chart);
	write_inside(d, chart);
	write_beside(d, chart);
	write_months(d);
	return write_key(d, chart, d->y + d->plot + 200);
}

static int64_t top_of(const struct chart *chart, size_t count)
{
	int64_t top = 1000; /* ten percent: what is nearly nothing is not drawn large */
	for (size_t i = 0; i < count; i++)
		top = chart[i].top > top ? chart[i].top : top;
	int64_t unit = chart_unit(top);
	return (top + unit - 1) / unit * unit;
}

static void write_all(struct drawing *d, struct chart *chart)
{
	const struct told *told = d->told;
	size_t count = d->count;
	write_title(d);
	d->y = HEAD + 60;
	for (size_t i = 0; i < count; i++) {
		d->told = &told[i];
		d->y += told[i].mark_count ? MARK_ROWS * ROW : 0;
		if (count > 1)
			write_name(d);
		int64_t rows = write_chart(d, &chart[i]);
		d->y += d->plot + GAP - (count == 1 ? 240 : 200) + rows * ROW;
	}
	d->told = told;
	d->y += write_sources(d, d->y);
}

void write_svg(struct buffer *out, const struct told *told, size_t count, const struct style *style)
{
	struct chart *chart = calloc(count, sizeof *chart);
	struct buffer body = {.within = out};
	bool whole = chart;
	for (size_t i = 0; whole && i < count; i++)
		whole = chart_make(&chart[i], &told[i]);
	if (!whole) {
		buffer_fail(out);
		goto done;
	}
	struct drawing d = {.out = &body, .told = told, .count = count, .style = style};
	d.top = top_of(chart, count);
	d.unit = chart_unit(d.top);
	d.plot = count > 1 ? SMALL : PLOT;
	write_all(&d, chart);
	int64_t wide = CHART_LEFT + CHART_WIDTH + CHART_RIGHT;
	buffer_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ");
	put(out, wide);
	buffer_char(out, ' ');
	put(out, d.y);
	buffer_text(out, "\" width=\"");
	put(out, wide);
	buffer_text(out, "\" height=\"");
	put(out, d.y);
	buffer_text(out, "\">\n<title>How the duty moved</title>\n");
	write_style(out);
	buffer_text(out, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
	buffer_put(out, body.at, body.length);
	buffer_text(out, "</svg>\n");
done:
	for (size_t i = 0; chart && i < count; i++)
		chart_free(&chart[i]);
	free(chart);
	buffer_free(&body);
}

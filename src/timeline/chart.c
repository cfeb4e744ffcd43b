/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From steps to areas: each layer's share of the value, stacked in the order of the stack.
 * A program has one color wherever it is drawn.
 */
#include "timeline/chart.h"

#include "common/legal.h"

#include <stdlib.h>
#include <string.h>

/* As the law says; of the base duty grey. */
static unsigned hue_of(const struct rb *rb, const char *program)
{
	for (uint32_t i = 0; i < rb->program_count; i++)
		if (!strcmp(rb_text(rb, rb->programs[i].id), program))
			return rb->programs[i].color;
	return LAW_COLOR_GREY;
}

int64_t chart_x(const tw_timeline *t, tw_time at)
{
	tw_time span = t->end - t->begin;
	tw_time in = at < t->begin ? 0 : at > t->end ? span : at - t->begin;
	return CHART_LEFT + (int64_t)((__int128)in * CHART_WIDTH / span);
}

int64_t chart_unit(int64_t top)
{
	int64_t unit = 100; /* one percent */
	for (int i = 0; unit * CHART_TICKS < top; i++)
		unit = i % 3 == 0 ? unit * 2 : i % 3 == 1 ? unit / 2 * 5 : unit * 2;
	return unit;
}

static bool is_base(const struct rb *rb, const char *program)
{
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (!strcmp(rb_text(rb, rb->jurisdictions[i].base_program), program))
			return true;
	return false;
}

static size_t find_series(struct chart *out, const tw_timeline *t, const char *program)
{
	size_t i = 0;
	while (i < out->series_count &&
	       (!out->series[i].program || strcmp(out->series[i].program, program) != 0))
		i++;
	if (i == out->series_count)
		out->series[out->series_count++] = (struct series){
		    .program = program,
		    .title = moves_title(t, program),
		    .hue = hue_of(t->rb, program),
		    .is_answer = t->jurisdiction &&
				 strcmp(t->jurisdiction->code, t->rb->law->into) != 0 &&
				 !is_base(t->rb, program),
		    .largest = SIZE_MAX};
	return i;
}

bool chart_is_partial(const struct tw_assessment *a)
{
	size_t known = 0;
	if (a->status == TW_STATUS_REFUSED || a->has_amount || a->choice_count)
		return false;
	for (size_t i = 0; i < a->layer_count; i++)
		if (a->layers[i].is_unknown && a->layers[i].kind != TW_LAYER_BASE)
			return false;
		else
			known += !a->layers[i].is_unknown;
	return known > 0;
}

/* A line that is refused, free or of no known amount has nothing to draw. */
static bool is_drawn(const struct tw_assessment *a)
{
	return a->value > 0 && (a->has_amount ? a->status != TW_STATUS_REFUSED && a->amount > 0
					      : chart_is_partial(a));
}

static int64_t room_of(const struct area *area)
{
	return (area->until - area->from) * (area->high - area->low);
}

static void add_layer(struct chart *out, const struct told *told, size_t step, size_t layer,
		      int64_t *height)
{
	const struct tw_assessment *a = told->step[step].answer;
	const struct tw_layer *x = &a->layers[layer];
	if (x->is_unknown || x->amount <= 0)
		return;
	int64_t share = (int64_t)((__int128)x->amount * 10000 / a->value);
	size_t series = find_series(out, told->timeline, x->program);
	struct area *area = &out->area[out->area_count];
	struct area *last = out->area_count ? area - 1 : NULL;
	if (last && last->step == step && last->series == series && last->is_void == x->is_void) {
		last->high += share; /* several parts of the value */
		last->rate = "";
	} else {
		/* chart_make goes on only where there is room. NOLINTNEXTLINE(*NullDereference) */
		*area = (struct area){.series = series,
				      .first = step,
				      .step = step,
				      .from = chart_x(told->timeline, told->step[step].at),
				      .until = chart_x(told->timeline, told->step[step].until),
				      .low = *height,
				      .high = *height + share,
				      .is_void = x->is_void,
				      .rate = x->rate};
		out->area_count++;
	}
	*height += share;
}

static bool goes_on(const struct area *a, const struct area *b)
{
	return a->step + 1 == b->step && a->series == b->series && a->low == b->low &&
	       a->high == b->high && a->is_void == b->is_void && !strcmp(a->rate, b->rate);
}

/* What is the same in the step before is one area with it: there is no edge between. */
static void join_step(struct chart *out, size_t from)
{
	size_t kept = from;
	for (size_t i = from; i < out->area_count; i++) {
		size_t before = from;
		while (before > 0 && !goes_on(&out->area[before - 1], &out->area[i]))
			before--;
		if (before) {
			out->area[before - 1].step = out->area[i].step;
			out->area[before - 1].until = out->area[i].until;
		} else {
			out->area[kept++] = out->area[i];
		}
	}
	out->area_count = kept;
}

static void find_room(struct chart *out, size_t steps)
{
	for (size_t i = 0; i < out->area_count; i++) {
		struct series *series = &out->series[out->area[i].series];
		series->at_end = series->at_end || out->area[i].step + 1 == steps;
		if (series->largest == SIZE_MAX ||
		    room_of(&out->area[i]) > room_of(&out->area[series->largest]))
			series->largest = i;
	}
}

bool chart_make(struct chart *out, const struct told *told)
{
	size_t most = 1;
	*out = (struct chart){0};
	for (size_t i = 0; i < told->count; i++)
		most += told->step[i].answer->layer_count;
	out->area = calloc(most, sizeof *out->area);
	out->series = calloc(most, sizeof *out->series);
	if (!out->area || !out->series)
		return false;
	for (size_t i = 0; i < told->count; i++) {
		int64_t height = 0;
		size_t from = out->area_count;
		for (size_t k = 0;
		     is_drawn(told->step[i].answer) && k < told->step[i].answer->layer_count; k++)
			add_layer(out, told, i, k, &height);
		out->top = height > out->top ? height : out->top;
		join_step(out, from);
	}
	find_room(out, told->count);
	return true;
}

void chart_free(struct chart *chart)
{
	free(chart->area);
	free(chart->series);
}

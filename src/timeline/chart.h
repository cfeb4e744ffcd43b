/* SPDX-License-Identifier: Apache-2.0 */
/* A chart of one line: where its areas, labels and rules lie. Numbers in tenths of a pixel. */
#ifndef TW_TIMELINE_CHART_H
#define TW_TIMELINE_CHART_H

#include "timeline/write.h"

enum { CHART_LEFT = 560, CHART_WIDTH = 6400, CHART_RIGHT = 2640, CHART_TICKS = 8 };

/* What one program lays in some steps: a rectangle of the stack. */
struct area {
	size_t series;
	size_t first, step;  /* the first and the last of them */
	int64_t from, until; /* x */
	int64_t low, high;   /* of the stack, in 1/100 of a percent */
	bool is_void;
	const char *rate;
};

struct series {
	const char *program, *title;
	unsigned hue;
	bool is_answer;   /* laid beside the base duty by another country than the default one */
	size_t largest;   /* the area with most room for a label */
	bool at_end;      /* it stands at the right end */
	bool is_labelled; /* somewhere in the chart */
};

struct chart {
	struct series *series;
	size_t series_count;
	struct area *area;
	size_t area_count;
	int64_t top; /* of the largest stack */
};

/* False: no memory. Free with chart_free. */
bool chart_make(struct chart *out, const struct told *told);
void chart_free(struct chart *chart);
/* Only the base duty is not known: the duties beside it are drawn, and no sum of them. */
bool chart_is_partial(const struct tw_assessment *answer);
/* Where an instant lies. */
int64_t chart_x(const tw_timeline *t, tw_time at);
/* The unit in which an axis up to `top` (1/100 of a percent) is marked. */
int64_t chart_unit(int64_t top);

#endif

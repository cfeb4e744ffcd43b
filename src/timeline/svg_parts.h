/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the chart share. Private to src/timeline. */
#ifndef TW_TIMELINE_SVG_PARTS_H
#define TW_TIMELINE_SVG_PARTS_H

#include "findings/svg.h"
#include "timeline/chart.h"

struct drawing {
	struct svg svg;
	const struct told *told;
	size_t count;
	const struct style *style;
	int64_t top, unit; /* of the axes */
	int64_t y, plot;   /* of the chart at hand */
};

int64_t drawing_y(const struct drawing *d, int64_t share);
/* The share of the value that the whole stack comes to in a step. */
int64_t drawing_stack(const struct chart *chart, size_t step);
/* Why nothing is drawn of a step; NULL: its duty is known. */
const char *drawing_gap(const struct tw_assessment *answer);

/* svg_areas.c: axes, areas, gaps and the line along the top. */
void drawing_areas(struct drawing *d, const struct chart *chart);
/* svg_labels.c: what the areas are; the rows of a key beneath, for which there was no room. */
int64_t drawing_labels(struct drawing *d, struct chart *chart);

#endif

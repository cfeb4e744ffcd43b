/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries that were filed: the duty paid under each heading beside the duty
 * computed. What is refundable was paid, so it is what was filed under the
 * headings that a court struck down, whatever the law would have asked.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { HEADING_DIGITS = 8 };

/* The heading as a number of eight digits; 0: none. */
static uint64_t number_of(const char *heading)
{
	uint64_t number = 0;
	int digits = 0;
	for (; *heading != '\0' && digits < HEADING_DIGITS; heading++)
		if (*heading >= '0' && *heading <= '9') {
			number = number * 10 + (uint64_t)(*heading - '0');
			digits++;
		} else if (*heading != '.') {
			return 0;
		}
	return digits == HEADING_DIGITS ? number : 0;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

bool declared_find_voids(tw_assessor *a)
{
	const struct rb *rb = a->rb;
	a->voids = malloc((2 * (size_t)rb->measure_count + 1) * sizeof *a->voids);
	if (a->voids == NULL)
		return false;
	a->void_count = 0;
	for (uint32_t i = 0; i < rb->measure_count; i++) {
		const struct rb_measure *m = &rb->measures[i];
		if (rb->programs[m->program].void_by == RB_NONE)
			continue;
		a->voids[a->void_count++] = number_of(rb_text(rb, m->heading));
		a->voids[a->void_count++] = number_of(rb_text(rb, m->heading_reached));
	}
	qsort(a->voids, a->void_count, sizeof *a->voids, compare);
	return true;
}

static bool is_void(const tw_assessor *a, const char *heading)
{
	uint64_t number = number_of(heading);
	return number != 0 &&
	       bsearch(&number, a->voids, a->void_count, sizeof number, compare) != NULL;
}

/* The same number, with or without dots; of eight digits or more these count. */
static bool same_heading(const char *layer, const char *filed)
{
	uint64_t x = number_of(layer), y = number_of(filed);
	if (x != 0 || y != 0)
		return x == y;
	for (;; layer++, filed++) {
		while (*layer == '.')
			layer++;
		if (*layer != *filed)
			return false;
		if (*layer == '\0')
			return true;
	}
}

/* What was filed under a heading; -1: nothing. */
static tw_money filed_under(const struct tw_line *line, const char *heading)
{
	tw_money sum = -1;
	for (size_t i = 0; i < line->declared_count; i++) {
		const struct tw_declared *row = &line->declared[i];
		if (!same_heading(heading, row->heading) || row->amount < 0)
			continue;
		sum = (sum < 0 ? 0 : sum) + row->amount;
	}
	return sum;
}

void declared_fill(tw_assessor *a, const struct tw_line *line)
{
	tw_money refundable = 0;
	bool any = false;
	a->out.refundable_computed = a->out.refundable;
	for (size_t i = 0; i < line->declared_count; i++) {
		const struct tw_declared *row = &line->declared[i];
		if (row->amount < 0)
			continue;
		any = true;
		if (is_void(a, row->heading))
			refundable += row->amount;
	}
	a->out.is_declared = any;
	if (any) /* of an entry under which nothing is paid, nothing was collected */
		a->out.refundable = a->out.nothing_due ? 0 : refundable;
	for (size_t i = 0; i < a->out.layer_count; i++) {
		struct tw_layer *layer = &a->layer[i];
		bool before = false; /* a heading on several parts is told once */
		for (size_t k = 0; k < i && !before; k++)
			before = same_heading(layer->heading, a->layer[k].heading);
		layer->declared = before ? -1 : filed_under(line, layer->heading);
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries that were filed: the duty paid under each heading beside the duty
 * computed. What is refundable was paid, so it is what was filed under the
 * headings that a court struck down, whatever the law would have asked of them.
 * Where such a heading stood in place of the base duty, that falls due again and
 * what was not paid of it is kept back.
 */
#include "assess/declared.h"

#include "assess/answer.h"
#include "assess/no_code.h"
#include "common/legal.h"
#include "common/money.h"
#include "common/order.h"

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
	const struct void_heading *x = a, *y = b;
	return x->number < y->number ? -1 : x->number > y->number;
}

bool declared_find_voids(tw_assessor *a)
{
	const struct rb *rb = a->rb;
	a->voids = malloc((2 * (size_t)rb->measure_count + 1) * sizeof *a->voids);
	if (!a->voids)
		return false;
	a->void_count = 0;
	for (uint32_t i = 0; i < rb->measure_count; i++) {
		const struct rb_measure *m = &rb->measures[i];
		if (rb->programs[m->program].void_by == RB_NONE)
			continue;
		a->voids[a->void_count++] =
		    (struct void_heading){.number = number_of(rb_text(rb, m->heading)),
					  .replaces = m->effect == LAW_EFFECT_FLOOR};
		a->voids[a->void_count++] =
		    (struct void_heading){.number = number_of(rb_text(rb, m->heading_reached))};
	}
	order_items(a->voids, a->void_count, sizeof *a->voids, compare);
	return true;
}

/* NULL: not struck down. */
static const struct void_heading *find_void(const tw_assessor *a, const char *heading)
{
	struct void_heading wanted = {.number = number_of(heading)};
	return wanted.number == 0
		   ? NULL
		   : order_find(&wanted, a->voids, a->void_count, sizeof wanted, compare);
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

/*
 * What was filed under void headings in place of the base duty, less what of the base duty was not
 * paid beside it; -1: not known, for want of the base duty.
 */
static tw_money less_base(tw_assessor *a, const struct tw_line *line, tw_money replaced,
			  uint64_t heading)
{
	tw_money paid = filed_under(line, a->out.hts), again;
	char amount[32];
	if (replaced <= 0)
		return replaced;
	if (!a->base.known || no_code(a))
		return -1;
	again = a->base.amount - (paid > 0 ? paid : 0);
	if (again <= 0)
		return replaced;
	money_print(amount, again);
	answer_say(&a->warnings,
		   answer_keep(a,
			       "base-due-again: %s replaced the base duty, of which %s was "
			       "not paid and falls due again; it is kept back from the refund",
			       answer_code(a, heading * 100, HEADING_DIGITS), amount));
	return replaced > again ? replaced - again : 0;
}

/* What was filed under void headings and is given back; -1: not known. */
static tw_money find_refundable(tw_assessor *a, const struct tw_line *line, bool *any)
{
	tw_money added = 0, replaced = 0;
	uint64_t heading = 0;
	for (size_t i = 0; i < line->declared_count; i++) {
		const struct tw_declared *row = &line->declared[i];
		const struct void_heading *found;
		if (row->amount < 0)
			continue;
		*any = true;
		found = find_void(a, row->heading);
		if (!found)
			continue;
		*(found->replaces ? &replaced : &added) += row->amount;
		heading = found->replaces ? found->number : heading;
	}
	if (a->out.nothing_due) /* under an entry of this type nothing was collected */
		return 0;
	replaced = less_base(a, line, replaced, heading);
	return replaced < 0 ? -1 : added + replaced;
}

void declared_fill(tw_assessor *a, const struct tw_line *line)
{
	bool any = false;
	a->out.refundable_computed = a->out.refundable;
	if (line->declared_count == 0)
		return;
	tw_money refundable = find_refundable(a, line, &any);
	a->out.is_declared = any;
	if (any)
		a->out.refundable = refundable;
	for (size_t i = 0; i < a->out.layer_count; i++) {
		struct tw_layer *layer = &a->layer[i];
		bool before = false; /* a heading on several parts is told once */
		for (size_t k = 0; k < i && !before; k++)
			before = same_heading(layer->heading, a->layer[k].heading);
		layer->declared = before ? -1 : filed_under(line, layer->heading);
	}
}

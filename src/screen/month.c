/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over a month, see month.h. All of it is arithmetic in whole numbers. */
#include "screen/month.h"

#include <string.h>

#include "common/capped.h"

static bool same_text(const struct ledger *ledger, uint32_t a, uint32_t b)
{
	return a == b || !strcmp(ledger_text(ledger, a), ledger_text(ledger, b));
}

/* Rows of one list with one code are of one entry: an acid, and the class of its esters. */
static bool same_entry(const struct ledger *ledger, const struct ledger_control *a,
		       const struct ledger_control *b)
{
	const struct ledger_list *x = &ledger->lists[a->list], *y = &ledger->lists[b->list];
	if (!same_text(ledger, x->jurisdiction, y->jurisdiction) ||
	    !same_text(ledger, x->name, y->name))
		return false;
	return a->substance == b->substance ||
	       (*ledger_text(ledger, a->code) && same_text(ledger, a->code, b->code));
}

uint32_t month_key(const struct ledger *ledger, const struct ledger_control *row, int direction)
{
	uint32_t first = 0;
	while (&ledger->controls[first] != row &&
	       !same_entry(ledger, &ledger->controls[first], row))
		first++;
	return first * 4 + (uint32_t)direction;
}

bool month_of(struct person_pair *out, const struct ledger *ledger,
	      const struct ledger_control *row, int direction, const struct screen_facts *facts)
{
	enum ledger_sum sum =
	    direction < 0 ? LEDGER_SUM_NONE : ledger_sum_of(&ledger->lists[row->list], direction);
	return facts->month && row->flags & LEDGER_ROW_MONTH && row->limit >= 0 &&
	       sum != LEDGER_SUM_NONE && person_of(out, facts->line, sum);
}

const struct tw_sum_before *month_before(const struct screen_facts *facts, uint32_t key)
{
	for (size_t i = 0; i < facts->month->count; i++)
		if (facts->month->before[i].key == key)
			return &facts->month->before[i];
	return NULL;
}

/*
 * "Meets or exceeds" (21 CFR 1310.04(f)). Where the threshold is printed as a weight and a volume,
 * the two are one quantity of it: parts of each are added.
 */
static bool reaches(const struct ledger_control *row, int64_t weight, int64_t volume)
{
	if (weight >= row->limit)
		return true;
	if (row->volume <= 0 || row->limit <= 0)
		return false;
	return (__int128)weight * row->volume + (__int128)volume * row->limit >=
	       (__int128)row->limit * row->volume;
}

void month_add_up(struct month_total *out, const struct ledger_control *row,
		  const struct screen_facts *facts, const struct tw_sum_before *before, bool counts)
{
	*out = (struct month_total){.lines = counts};
	if (before) {
		out->weight = before->weight;
		out->volume = before->volume;
		out->lines += before->lines;
		out->unknown = before->unknown;
		out->before = reaches(row, before->weight, before->volume);
	}
	if (counts && facts->weight >= 0)
		out->weight = capped_sum(out->weight, facts->weight);
	else if (counts && facts->volume >= 0 && row->volume > 0)
		out->volume = capped_sum(out->volume, facts->volume);
	else if (counts)
		out->unknown++;
	out->reached = reaches(row, out->weight, out->volume);
}

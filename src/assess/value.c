/* SPDX-License-Identifier: Apache-2.0 */
/* What is dutiable of the value of a line, and how it is divided, see value.h. */
#include "assess/value.h"

#include "assess/assessor.h"
#include "assess/decide.h"
#include "common/money.h"

void value_find(const tw_assessor *a, tw_money *value, tw_money *whole)
{
	const struct facts *f = &a->facts;
	tw_money quantum = f->jurisdiction->round_value;
	*whole = money_round(f->value, quantum);
	*value = *whole;
	if (facts_said(f, a->words.chapter98) && facts_said(f, a->words.dutiable_value)) {
		tw_money part = money_round(f->claim[a->words.dutiable_value].number, quantum);
		*value = part < *whole ? part : *whole;
	}
}

/* The most that a declared part may be: a measure that excuses it may bound it by a share. */
static tw_money most_of(const struct stack_input *in, uint8_t part)
{
	tw_money most = in->value;
	for (size_t i = 0; i < in->item_count; i++) {
		uint32_t item = in->items[i];
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		const struct rb_measure *m = &in->reading->rb->measures[item];
		if (m->most_num == 0 || m->parts != (uint8_t)(1u << part) ||
		    !condition_holds(in->reading, m->when))
			continue;
		tw_money share = money_share(in->value, m->most_num, m->most_den,
					     in->reading->facts->jurisdiction->round_value);
		most = share < most ? share : most;
	}
	return most;
}

static bool any_bounded(const struct stack_input *in)
{
	const struct brief *brief = in->reading->words->tables->brief;
	for (size_t i = 0; in->parted && i < in->item_count; i++)
		if ((in->items[i] & RB_ITEM_YIELD) == 0 &&
		    (brief[in->items[i]].flags & BRIEF_BOUNDED) != 0)
			return true;
	return false;
}

void value_cut(struct pieces *pieces, struct stack *out, const struct stack_input *in)
{
	const struct reading *reading = in->reading;
	tw_money most[RB_REST];
	bool bounded = any_bounded(in);
	for (uint8_t i = 0; i < RB_REST; i++)
		most[i] = bounded ? most_of(in, i) : in->value;
	pieces_cut(pieces, reading->facts, reading->words, in->value, most, decide_parts(in),
		   in->metal);
	in->reading->nothing = pieces->nothing;
	out->metals = pieces->open;
	out->assumed_zero = pieces->zero;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a fee comes to, see fees.h. */
#include "assess/fees.h"

#include "assess/base.h"
#include "assess/share.h"
#include "common/legal.h"
#include "common/money.h"

/* What of the line's value a fee is taken on; a sum of money is not. */
static tw_money fee_base(const struct vocabulary *words, const struct facts *facts,
			 const struct rb_measure *m)
{
	tw_money quantum = facts->jurisdiction->round_value;
	tw_money value = money_round(facts->value, quantum), part;
	if ((m->flags & RB_OF_DUTIABLE) == 0 || !facts_said(facts, words->chapter98) ||
	    !facts_said(facts, words->dutiable_value))
		return value;
	part = money_round(facts->claim[words->dutiable_value].number, quantum);
	return part < value ? part : value;
}

static bool is_by_value(const struct rb *rb, uint32_t rate)
{
	const struct rb_rate *r = &rb->rates[rate];
	for (uint32_t i = 0; i < r->terms.count; i++)
		if (rb->terms[r->terms.first + i].kind == LAW_TERM_AD_VALOREM)
			return true;
	return false;
}

bool fees_price(struct fee *fee, const struct reading *reading)
{
	const struct facts *facts = reading->facts;
	const struct rb_measure *m = &reading->rb->measures[fee->measure];
	const struct tw_shipment_amount *all =
	    m->per == LAW_PER_SHIPMENT ? share_of(facts->line, SHARE_FEE(fee->measure)) : NULL;
	tw_money amount;
	struct need missing;
	fee->on = fee_base(reading->words, facts, m);
	fee->by_value = is_by_value(reading->rb, m->rate);
	fee->is_shared = all != NULL;
	fee->all_on = all ? all->amount : fee->on;
	if ((fee->by_value && fee->all_on == 0) ||
	    !base_rate_amount(&amount, &missing, reading->words, facts, NULL, m->rate, fee->all_on,
			      facts->jurisdiction->round_duty))
		return false;
	if (m->fee_min >= 0 && amount < m->fee_min)
		amount = m->fee_min;
	if (m->fee_max >= 0 && amount > m->fee_max)
		amount = m->fee_max;
	fee->all_amount = amount;
	fee->amount = !all || all->here ? amount : 0;
	return true;
}

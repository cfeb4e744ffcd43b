/* SPDX-License-Identifier: Apache-2.0 */
/* The shares of a line, see share.h. */
#include "assess/share.h"

#include "assess/answer.h"
#include "common/legal.h"

static void add(tw_assessor *a, uint32_t key, enum tw_share_rule rule, tw_money amount)
{
	for (size_t i = 0; i < a->out.share_count; i++)
		if (a->share[i].key == key) {
			tw_money more = rule == TW_SHARE_SUM ? amount : 0;
			a->share[i].amount += more;
			if (rule == TW_SHARE_HIGHEST && a->share[i].amount < amount)
				a->share[i].amount = amount;
			return;
		}
	if (a->out.share_count == TW_SHARES) {
		a->overflow = true;
		return;
	}
	a->share[a->out.share_count++] = (struct tw_share){key, rule, amount};
}

static void add_flat(tw_assessor *a, uint32_t measure, tw_money amount)
{
	const struct rb_measure *m = &a->rb->measures[measure];
	if (m->per == LAW_PER_SHIPMENT)
		add(a, SHARE_DUTY(m->program), TW_SHARE_HIGHEST, amount);
}

void share_fill(tw_assessor *a)
{
	const struct relief *relief = &a->relief;
	a->out.share_count = 0;
	a->out.shares = a->share;
	/* What is let in free asks for no entry with the rest, and its flat sum is forgiven. */
	if (relief->filed && relief->type != RB_NONE)
		add(a, SHARE_ENTRY, TW_SHARE_LOWEST, SHARE_FILED(relief->type));
	else if (relief->entry != RB_NONE && !relief->eligible)
		add(a, SHARE_ENTRY, TW_SHARE_LOWEST, SHARE_REQUIRED(relief->entry));
	else if (relief->eligible)
		add(a, SHARE_ENTRY, TW_SHARE_LOWEST, SHARE_NO_ENTRY);
	for (size_t i = 0; !relief->eligible && i < a->stack.layer_count; i++) {
		const struct layer *layer = &a->stack.layer[i];
		if (layer->measure != RB_NONE && !layer->unknown && layer->kind != TW_LAYER_EXEMPT)
			add_flat(a, layer->measure, layer->amount);
	}
	for (size_t i = 0; !relief->eligible && i < a->stack.choice_count; i++)
		add_flat(a, a->stack.choice[i].measure, a->stack.choice[i].amount);
	for (size_t i = 0; i < relief->fee_count; i++)
		if (a->rb->measures[relief->fee[i].measure].per == LAW_PER_SHIPMENT)
			add(a, SHARE_FEE(relief->fee[i].measure), TW_SHARE_SUM, relief->fee[i].on);
}

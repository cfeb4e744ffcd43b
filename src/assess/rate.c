/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rate that is printed beside an amount: the sum of the rates of the law
 * where every layer is a share of the whole value, otherwise what the amount
 * is of the value. Changes no amount.
 */
#include "assess/rate.h"

#include "assess/assessor.h"
#include "common/legal.h"
#include "common/money.h"
#include "common/words.h"

int64_t rate_share(int64_t num, int64_t den)
{
	return money_share(num, 1000000, den, 1); /* 33 1/3% is printed as 33.3333% */
}

/* The share of the value that the base duty is, where it is one. */
static bool base_share(const struct base_duty *base, int64_t *share)
{
	*share = base->plain ? rate_share(base->num, base->den) : 0;
	return base->plain;
}

/* One ad valorem rate on the whole value? */
static bool rate_of(const tw_assessor *a, const struct layer *layer, const struct base_duty *base,
		    tw_money value, int64_t *share)
{
	*share = 0;
	if (layer->kind == TW_LAYER_EXEMPT || layer->nothing)
		return true;
	if (layer->measure == RB_NONE)
		return base_share(base, share) && (layer->whole || *share == 0);
	const struct rb_measure *m = &a->rb->measures[layer->measure];
	const struct rb_rate *rate = &a->rb->rates[m->rate];
	const struct rb_term *term = &a->rb->terms[rate->terms.first];
	if (!layer->whole || rate->terms.count > 1 ||
	    (layer->on != value && layer->on != a->facts.value) ||
	    (rate->terms.count == 1 && term->kind != LAW_TERM_AD_VALOREM))
		return false;
	/* A floor under which the line's own duty does not fall is that duty. */
	if (m->effect == LAW_EFFECT_FLOOR && layer->over_base <= 0 && layer->amount > 0)
		return base_share(base, share);
	*share = rate->terms.count == 1 ? rate_share(term->num, term->den) : 0;
	return true;
}

int64_t rate_sum(const tw_assessor *a, const struct stack *stack, const struct base_duty *base,
		 tw_money value)
{
	int64_t sum = 0, share;
	for (size_t i = 0; i < stack->layer_count; i++) {
		if (!rate_of(a, &stack->layer[i], base, value, &share))
			return -1;
		sum += share;
	}
	return sum;
}

void rate_find(tw_assessor *a, tw_money value)
{
	int64_t sum = a->rates_differ ? -1 : rate_sum(a, &a->stack, &a->base, value);
	if (relief_free(&a->relief))
		sum = 0;
	else if (sum < 0 && value > 0)
		sum = money_share(a->out.amount, 1000000, value, 100);
	a->rate = sum;
	if (sum >= 0)
		words_percent(a->out.rate, sum);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two answers are one step. */
#include "timeline/timeline.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
	return a == b || !strcmp(a ? a : "", b ? b : "");
}

bool alike_layer(const struct tw_layer *a, const struct tw_layer *b)
{
	return a->kind == b->kind && a->amount == b->amount && a->on == b->on &&
	       a->over_base == b->over_base && a->is_void == b->is_void &&
	       a->is_unknown == b->is_unknown && same(a->program, b->program) &&
	       same(a->heading, b->heading) && same(a->rate, b->rate) && same(a->part, b->part);
}

bool alike_choice(const struct tw_choice *a, const struct tw_choice *b)
{
	return a->amount == b->amount && a->is_void == b->is_void &&
	       a->is_unknown == b->is_unknown && same(a->claim, b->claim) && same(a->is, b->is) &&
	       same(a->program, b->program) && same(a->heading, b->heading) &&
	       same(a->rate, b->rate);
}

bool alike_order(const struct tw_adcvd_order *a, const struct tw_adcvd_order *b)
{
	return a->claimed == b->claimed && a->deposit == b->deposit && same(a->id, b->id) &&
	       same(a->state, b->state) && same(a->rate, b->rate);
}

static bool same_orders(const struct tw_adcvd *a, const struct tw_adcvd *b)
{
	if (a->order_count != b->order_count || !same(a->declared, b->declared) ||
	    !same(a->incomplete, b->incomplete))
		return false;
	for (size_t i = 0; i < a->order_count; i++)
		if (!alike_order(&a->orders[i], &b->orders[i]))
			return false;
	return true;
}

static bool same_sums(const struct tw_assessment *a, const struct tw_assessment *b)
{
	return a->status == b->status && same(a->refusal.reason, b->refusal.reason) &&
	       a->has_amount == b->has_amount && (!a->has_amount || a->amount == b->amount) &&
	       a->has_bounds == b->has_bounds &&
	       (!a->has_bounds || (a->least == b->least && a->greatest == b->greatest)) &&
	       a->additional == b->additional && a->refundable == b->refundable &&
	       a->relieved == b->relieved && a->fees_amount == b->fees_amount &&
	       a->is_taxed == b->is_taxed && a->taxes_amount == b->taxes_amount &&
	       a->nothing_due == b->nothing_due && same(a->rate, b->rate) && same(a->hts, b->hts) &&
	       same(a->entry_type, b->entry_type);
}

static bool same_tax(const struct tw_tax *a, const struct tw_tax *b)
{
	return a->amount == b->amount && a->on == b->on && same(a->tax, b->tax) &&
	       same(a->rate, b->rate);
}

bool alike(const struct tw_assessment *a, const struct tw_assessment *b)
{
	if (!same_sums(a, b) || a->layer_count != b->layer_count ||
	    a->choice_count != b->choice_count || a->fee_count != b->fee_count ||
	    a->tax_count != b->tax_count || a->de_minimis.applies != b->de_minimis.applies ||
	    a->de_minimis.eligible != b->de_minimis.eligible ||
	    !same(a->de_minimis.reason, b->de_minimis.reason) || !same_orders(&a->adcvd, &b->adcvd))
		return false;
	for (size_t i = 0; i < a->layer_count; i++)
		if (!alike_layer(&a->layers[i], &b->layers[i]))
			return false;
	for (size_t i = 0; i < a->choice_count; i++)
		if (!alike_choice(&a->choices[i], &b->choices[i]))
			return false;
	for (size_t i = 0; i < a->fee_count; i++)
		if (a->fees[i].amount != b->fees[i].amount || !same(a->fees[i].fee, b->fees[i].fee))
			return false;
	for (size_t i = 0; i < a->tax_count; i++)
		if (!same_tax(&a->taxes[i], &b->taxes[i]))
			return false;
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan comes to, see charge.h. Exact; each heading is rounded once, as the law rounds. */
#include "assess/charge.h"

#include "assess/share.h"
#include "common/capped.h"
#include "common/legal.h"
#include "common/money.h"

#include <string.h>

/* The share of the base duty that falls on part of the value. */
static tw_money base_on(const struct stack_input *in, tw_money base, tw_money on, bool whole)
{
	if (whole || in->value == 0)
		return base;
	return money_share(base, on, in->value, in->reading->facts->jurisdiction->round_duty);
}

static tw_money floor_amount(const struct stack_input *in, const struct rb_measure *m, tw_money on)
{
	const struct rb *rb = in->reading->rb;
	const struct rb_rate *rate = &rb->rates[m->rate];
	const struct rb_term *term = &rb->terms[rate->terms.first];
	return rate->terms.count == 1 ? money_share(on, term->num, term->den,
						    in->reading->facts->jurisdiction->round_duty)
				      : 0;
}

enum floor charge_floor(const struct stack_input *in, uint32_t measure, tw_money on, bool whole)
{
	const struct rb *rb = in->reading->rb;
	const struct rb_measure *m = &rb->measures[measure];
	const struct base_duty *base = in->base;
	const struct rb_term *term = &rb->terms[rb->rates[m->rate].terms.first];
	bool claimed = (m->flags & RB_OVER_COLUMN1) != 0;
	bool plain = claimed ? base->plain : base->general_plain;
	int64_t num = claimed ? base->num : base->general_num;
	int64_t den = claimed ? base->den : base->general_den;
	if (!(claimed ? base->known : base->general_known) || !base->known)
		return FLOOR_UNKNOWN;
	if (plain)
		return (__int128)num * term->den >= (__int128)term->num * den ? FLOOR_REACHED
									      : FLOOR_UNDER;
	tw_money under = base_on(in, claimed ? base->amount : base->general, on, whole);
	return under >= floor_amount(in, m, on) ? FLOOR_REACHED : FLOOR_UNDER;
}

/*
 * The heading prints the floor in the general and in the special column: whatever was
 * claimed, the line pays the greater of its own duty and the floor.
 */
static void price_floor(const struct stack_input *in, struct layer *layer,
			const struct rb_measure *m)
{
	tw_money paid = base_on(in, in->base->amount, layer->on, layer->whole);
	tw_money floor = floor_amount(in, m, layer->on);
	if (layer->unknown || layer->reached)
		return;
	layer->amount = paid > floor ? paid : floor;
	layer->over_base = layer->amount - paid;
}

static tw_money given_amount(tw_money amount)
{
	return amount < TW_MONEY_LIMIT ? amount : TW_MONEY_LIMIT;
}

static void price_duty(const struct stack_input *in, struct layer *layer,
		       const struct rb_measure *m)
{
	const struct facts *facts = in->reading->facts;
	tw_money quantum = facts->jurisdiction->round_duty;
	struct need missing;
	if ((m->flags & RB_ROUND_EXACT) != 0 && layer->whole)
		layer->on = facts->value;
	layer->unknown = !base_rate_amount(&layer->amount, &missing, in->reading->words, facts,
					   NULL, m->rate, layer->on, quantum);
	const struct tw_shipment_amount *all =
	    m->per == LAW_PER_SHIPMENT ? share_of(facts->line, SHARE_DUTY(m->program)) : NULL;
	if (all) /* the highest of the package, once; what a caller gives adds up */
		layer->amount = all->here && all->amount > 0 ? given_amount(all->amount) : 0;
	if (m->instead == LAW_INSTEAD_COLUMN1) {
		layer->unknown = layer->unknown || (!in->base->known && !layer->whole);
		if (in->base->known)
			layer->over_base =
			    layer->amount - base_on(in, in->base->amount, layer->on, layer->whole);
	}
}

static void price_layer(const struct stack_input *in, struct layer *layer)
{
	const struct rb_measure *m = &in->reading->rb->measures[layer->measure];
	if (layer->by_yield)
		return;
	if (m->effect == LAW_EFFECT_FLOOR)
		price_floor(in, layer, m);
	else if (m->effect == LAW_EFFECT_DUTY)
		price_duty(in, layer, m);
}

/* Both lawful amounts of mail where the carrier's choice is not declared. */
static void price_choices(struct stack *out, const struct stack_input *in)
{
	for (size_t i = 0; i < out->choice_count; i++) {
		struct layer layer = {.whole = true, .on = in->value};
		price_duty(in, &layer, &in->reading->rb->measures[out->choice[i].measure]);
		out->choice[i].amount = layer.amount;
		out->choice[i].unknown = layer.unknown;
	}
}

static void add_base(struct stack *out, const struct stack_input *in, const struct pieces *pieces)
{
	const struct base_duty *base = in->base;
	tw_money replaced = 0, paid = base->amount;
	uint8_t left = pieces->all;
	bool all = false, floor = false;
	if (out->mail != RB_NONE)
		return;
	for (size_t i = 0; i < out->layer_count; i++) {
		const struct layer *layer = &out->layer[i];
		if (!layer->replaces)
			continue;
		replaced += layer->on;
		left &= (uint8_t)~layer->pieces;
		all = all || layer->whole;
		floor =
		    floor || in->reading->rb->measures[layer->measure].effect == LAW_EFFECT_FLOOR;
		paid -= layer->amount - layer->over_base;
	}
	if (out->layer_count == STACK_LAYERS) {
		out->overflow = true;
		return;
	}
	struct layer *layer = out->layer;
	out->layer_count++;
	memmove(layer + 1, layer, (out->layer_count - 1) * sizeof *layer);
	memset(layer, 0, sizeof *layer);
	layer->kind = TW_LAYER_BASE;
	layer->measure = RB_NONE;
	layer->by = RB_NONE;
	/* A duty in place of the whole base duty leaves nothing of it to know. */
	layer->unknown = !base->known && (!all || floor);
	layer->whole = all || replaced == 0;
	layer->pieces = layer->whole ? pieces->all : left;
	layer->part = pieces_part(pieces, layer->pieces);
	layer->on = layer->whole ? in->value : in->value - replaced;
	layer->amount = all || paid < 0 ? 0 : paid;
	layer->nothing = all;
}

static void add_to(struct stack *out, tw_money *sum, tw_money amount)
{
	if (!capped_add(sum, amount))
		out->overflow = true;
}

static void add_up(struct stack *out)
{
	out->known = true;
	for (size_t i = 0; i < out->layer_count; i++) {
		struct layer *layer = &out->layer[i];
		tw_money over = layer->kind == TW_LAYER_REPLACE && out->mail == RB_NONE
				    ? layer->over_base
				    : layer->amount;
		if (!layer->unknown && layer->amount == INT64_MAX) /* as money_share says of more */
			layer->unknown = out->overflow = true;
		if (layer->unknown) {
			out->known = false;
			continue;
		}
		add_to(out, &out->amount, layer->amount);
		if (layer->kind == TW_LAYER_BASE || layer->kind == TW_LAYER_EXEMPT)
			continue;
		add_to(out, &out->additional, over > 0 ? over : 0);
		if (layer->is_void)
			add_to(out, &out->refundable, over);
	}
	if (out->choice_count != 0 || out->unknown_count != 0 || out->overflow)
		out->known = false;
}

void charge(struct stack *out, const struct stack_input *in, const struct pieces *pieces)
{
	for (size_t i = 0; i < out->layer_count; i++)
		price_layer(in, &out->layer[i]);
	price_choices(out, in);
	if (!out->choices_alone)
		add_base(out, in, pieces);
	add_up(out);
}

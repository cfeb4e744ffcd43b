/* SPDX-License-Identifier: Apache-2.0 */
/* Building the duty stack of a line, see stack.h. */
#include "stack.h"

#include "law.h"
#include "share.h"

#include <string.h>

struct work {
	struct stack *out;
	const struct stack_input *in;
	const struct rb *rb;
	struct pieces pieces;
	/* Measures that apply so far, with the pieces of the value they took. */
	uint32_t applied[STACK_ITEMS];
	uint8_t applied_pieces[STACK_ITEMS];
	bool applied_charges[STACK_ITEMS];
	size_t applied_count;
};

bool measure_applies(struct reading *reading, const struct rb_measure *measure)
{
	return condition_holds(reading, measure->when);
}

static bool is_charging(const struct rb_measure *m)
{
	return m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR;
}

/* Which parts do the applicable measures name? */
static uint8_t parts_in_play(struct work *w)
{
	uint8_t play = 0;
	for (size_t i = 0; i < w->in->item_count; i++) {
		uint32_t item = w->in->items[i];
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		const struct rb_measure *m = &w->rb->measures[item];
		unsigned part = pieces_named(m->parts);
		if (part < RB_PARTS && is_charging(m) && m->parts == (uint8_t)(1u << part) &&
		    condition_holds(w->in->reading, m->when))
			play |= (uint8_t)(1u << part);
	}
	return play;
}

/* The most that a declared part may be: a measure that excuses it may bound it by a share. */
static tw_money most_of(const struct work *w, uint8_t part)
{
	tw_money most = w->in->value;
	for (size_t i = 0; i < w->in->item_count; i++) {
		uint32_t item = w->in->items[i];
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		const struct rb_measure *m = &w->rb->measures[item];
		if (m->most_num == 0 || m->parts != (uint8_t)(1u << part) ||
		    !condition_holds(w->in->reading, m->when))
			continue;
		tw_money share = money_share(w->in->value, m->most_num, m->most_den,
					     w->in->reading->facts->jurisdiction->round_value);
		most = share < most ? share : most;
	}
	return most;
}

static void cut_value(struct work *w)
{
	const struct reading *reading = w->in->reading;
	tw_money most[RB_REST];
	for (uint8_t i = 0; i < RB_REST; i++)
		most[i] = most_of(w, i);
	pieces_cut(&w->pieces, reading->facts, reading->words, w->in->value, most, parts_in_play(w),
		   w->in->metal);
	w->in->reading->nothing = w->pieces.nothing;
	w->out->metals = w->pieces.open;
	w->out->assumed_zero = w->pieces.zero;
}

static struct layer *add_layer(struct work *w)
{
	if (w->out->layer_count == STACK_LAYERS) {
		w->out->overflow = true;
		return NULL;
	}
	struct layer *layer = &w->out->layer[w->out->layer_count++];
	memset(layer, 0, sizeof *layer);
	return layer;
}

/* Put a layer on its pieces of the value. */
static void place(const struct work *w, struct layer *layer, uint8_t pieces)
{
	layer->pieces = pieces;
	layer->part = pieces_part(&w->pieces, pieces);
	layer->whole = pieces == w->pieces.all;
	layer->on = pieces_value(&w->pieces, pieces);
}

static void remember(struct work *w, uint32_t measure, uint8_t pieces, bool charges)
{
	if (w->applied_count == STACK_ITEMS) {
		w->out->overflow = true;
		return;
	}
	w->applied[w->applied_count] = measure;
	w->applied_pieces[w->applied_count] = pieces;
	w->applied_charges[w->applied_count++] = charges;
}

static void exclude(struct work *w, const struct rb_yield *yield, uint32_t to_program,
		    uint32_t to_measure, uint8_t pieces)
{
	if (w->out->exclusion_count == STACK_EXCLUSIONS) {
		w->out->overflow = true;
		return;
	}
	w->out->exclusion[w->out->exclusion_count++] =
	    (struct exclusion){.program = yield->program,
			       .to_program = to_program,
			       .to_measure = to_measure,
			       .by = yield->by,
			       .heading = yield->heading,
			       .part = pieces_part(&w->pieces, pieces),
			       .whole = pieces == w->pieces.all};
}

/* A measure under consideration in the program at hand. */
struct candidate {
	uint32_t measure;
	uint8_t pieces;
};

static bool yields_of(const struct rb *rb, const struct rb_yield *y, uint32_t measure)
{
	for (uint32_t i = 0; i < y->of.count; i++)
		if (rb->indexes[y->of.first + i] == measure)
			return true;
	return y->of.count == 0;
}

/* The pieces that those to whom the rule yields have taken; the first of them. */
static uint8_t taken_by(const struct work *w, const struct rb_yield *y, uint32_t *program,
			uint32_t *measure)
{
	const struct rb *rb = w->rb;
	uint8_t taken = 0;
	for (size_t a = 0; a < w->applied_count; a++) {
		uint32_t id = w->applied[a], of = rb->measures[id].program;
		bool hit = false;
		for (uint32_t i = 0; !hit && w->applied_charges[a] && i < y->programs.count; i++)
			hit = rb->indexes[y->programs.first + i] == of;
		for (uint32_t i = 0; !hit && i < y->measures.count; i++)
			hit = rb->indexes[y->measures.first + i] == id;
		if (!hit)
			continue;
		if (taken == 0) {
			*program = of;
			*measure = id;
		}
		taken |= w->applied_pieces[a];
	}
	return taken;
}

static void step_back(struct work *w, const struct rb_yield *y, struct candidate *candidate,
		      size_t count)
{
	uint32_t program = RB_NONE, measure = RB_NONE;
	uint8_t removed = 0, taken = taken_by(w, y, &program, &measure);
	if (taken == 0 || !condition_holds(w->in->reading, y->when))
		return;
	for (size_t i = 0; i < count; i++) {
		uint8_t keep = y->for_part ? (uint8_t)~taken : 0;
		if (!yields_of(w->rb, y, candidate[i].measure))
			continue;
		removed |= candidate[i].pieces & (uint8_t)~keep;
		candidate[i].pieces &= keep;
	}
	if (removed == 0)
		return;
	exclude(w, y, program, measure, removed);
	if (y->heading != 0) {
		struct layer *layer = add_layer(w);
		if (layer == NULL)
			return;
		layer->kind = TW_LAYER_EXEMPT;
		layer->measure = candidate[0].measure;
		layer->by_yield = true;
		layer->heading = y->heading;
		layer->by = y->by;
		place(w, layer, removed);
	}
}

static bool is_void_now(const struct work *w, const struct rb_measure *m)
{
	const struct rb_program *program = &w->rb->programs[m->program];
	return program->void_by != RB_NONE && w->in->reading->facts->entered < program->void_until;
}

/* The share of the base duty that falls on part of the value. */
static tw_money base_on(const struct work *w, tw_money base, tw_money on, bool whole)
{
	if (whole || w->in->value == 0)
		return base;
	return money_share(base, on, w->in->value, w->in->reading->facts->jurisdiction->round_duty);
}

static void charge_floor(struct work *w, struct layer *layer, const struct rb_measure *m)
{
	const struct base_duty *base = w->in->base;
	const struct rb_rate *rate = &w->rb->rates[m->rate];
	const struct rb_term *term = &w->rb->terms[rate->terms.first];
	tw_money quantum = w->in->reading->facts->jurisdiction->round_duty;
	bool claimed = (m->flags & RB_OVER_COLUMN1) != 0;
	bool known = (claimed ? base->known : base->general_known) && base->known;
	tw_money under =
	    base_on(w, claimed ? base->amount : base->general, layer->on, layer->whole);
	tw_money paid = base_on(w, base->amount, layer->on, layer->whole);
	tw_money floor =
	    rate->terms.count == 1 ? money_share(layer->on, term->num, term->den, quantum) : 0;
	bool plain = claimed ? base->plain : base->general_plain;
	int64_t num = claimed ? base->num : base->general_num;
	int64_t den = claimed ? base->den : base->general_den;
	bool reached =
	    plain ? (__int128)num * term->den >= (__int128)term->num * den : under >= floor;
	if (!known) {
		layer->kind = TW_LAYER_REPLACE;
		layer->replaces = layer->unknown = true;
		return;
	}
	if (reached) {
		layer->kind = TW_LAYER_EXEMPT;
		layer->reached = true;
		if (m->heading_reached != 0)
			layer->heading = m->heading_reached;
		return;
	}
	/*
	 * The heading prints the floor in the general and in the special column: whatever was
	 * claimed, the line pays the greater of its own duty and the floor.
	 */
	layer->kind = TW_LAYER_REPLACE;
	layer->replaces = true;
	layer->amount = paid > floor ? paid : floor;
	layer->over_base = layer->amount - paid;
}

static void charge_duty(struct work *w, struct layer *layer, const struct rb_measure *m)
{
	const struct facts *facts = w->in->reading->facts;
	tw_money quantum = facts->jurisdiction->round_duty, on = layer->on;
	char missing[96];
	if ((m->flags & RB_ROUND_EXACT) != 0 && layer->whole)
		layer->on = on = facts->value;
	layer->unknown = !base_rate_amount(&layer->amount, missing, w->in->reading->words, facts,
					   NULL, m->rate, on, quantum);
	const struct tw_shipment_amount *all =
	    m->per == LAW_PER_SHIPMENT ? share_of(facts->line, SHARE_DUTY(m->program)) : NULL;
	if (all != NULL) /* the highest of the package, once */
		layer->amount = all->here ? all->amount : 0;
	layer->kind = TW_LAYER_ADD;
	if (m->instead == LAW_INSTEAD_COLUMN1) {
		layer->kind =
		    w->rb->rates[m->rate].terms.count == 0 ? TW_LAYER_EXEMPT : TW_LAYER_REPLACE;
		layer->replaces = true;
		layer->unknown = layer->unknown || (!w->in->base->known && !layer->whole);
		if (w->in->base->known)
			layer->over_base = layer->amount -
					   base_on(w, w->in->base->amount, layer->on, layer->whole);
	}
}

static void charge(struct work *w, const struct candidate *candidate)
{
	const struct rb_measure *m = &w->rb->measures[candidate->measure];
	const struct rb_program *program = &w->rb->programs[m->program];
	struct layer *layer = add_layer(w);
	if (layer == NULL)
		return;
	layer->measure = candidate->measure;
	layer->heading = m->heading;
	layer->by = m->by;
	place(w, layer, candidate->pieces);
	if (program->whole != RB_NONE && layer->whole &&
	    condition_holds(w->in->reading, program->whole))
		layer->on = w->in->whole_value;
	if (m->effect == LAW_EFFECT_FLOOR)
		charge_floor(w, layer, m);
	else
		charge_duty(w, layer, m);
	layer->is_void = layer->kind != TW_LAYER_EXEMPT && is_void_now(w, m);
	remember(w, candidate->measure, candidate->pieces, true);
}

static void excuse(struct work *w, uint32_t measure, uint8_t pieces)
{
	const struct rb_measure *m = &w->rb->measures[measure];
	struct layer *layer = add_layer(w);
	if (layer == NULL)
		return;
	layer->kind = TW_LAYER_EXEMPT;
	layer->measure = measure;
	layer->heading = m->heading;
	layer->by = m->by;
	place(w, layer, pieces);
	remember(w, measure, pieces, false);
}

static void note(struct work *w, uint32_t *list, size_t *count, uint32_t measure)
{
	if (*count == STACK_WARNINGS)
		w->out->overflow = true;
	else
		list[(*count)++] = measure;
}

/* A lawful choice: declared, or every answer is shown. */
static bool choose(struct work *w, uint32_t measure)
{
	const struct rb_measure *m = &w->rb->measures[measure];
	const struct facts *facts = w->in->reading->facts;
	if (m->choice_claim == RB_NONE)
		return true;
	if (facts_said(facts, m->choice_claim))
		return text_same(facts->claim[m->choice_claim].word, rb_text(w->rb, m->choice_is));
	if (w->out->choice_count == STACK_CHOICES)
		w->out->overflow = true;
	else
		w->out->choice[w->out->choice_count++].measure = measure;
	return false;
}

/* Consider one measure of the program at hand; what it takes is gone for the next ones. */
static void consider(struct work *w, uint32_t id, struct candidate *list, size_t *count,
		     uint8_t *taken)
{
	const struct rb_measure *m = &w->rb->measures[id];
	uint8_t pieces = pieces_on(&w->pieces, m->parts) & (uint8_t) ~*taken;
	bool told = m->effect == LAW_EFFECT_WARN || m->effect == LAW_EFFECT_PROHIBITED;
	if ((!told && pieces == 0) || !condition_holds(w->in->reading, m->when))
		return;
	if (m->unknown_scope != 0) {
		note(w, w->out->unknown_scope, &w->out->unknown_count, id);
		return;
	}
	switch ((enum law_effect)m->effect) {
	case LAW_EFFECT_WARN:
		note(w, w->out->warning, &w->out->warning_count, id);
		break;
	case LAW_EFFECT_PROHIBITED:
		if (w->out->prohibited == RB_NONE)
			w->out->prohibited = id;
		break;
	case LAW_EFFECT_EXEMPT:
		excuse(w, id, pieces);
		*taken |= pieces;
		break;
	default:
		if (!is_charging(m) || !choose(w, id))
			break;
		if (m->instead == LAW_INSTEAD_ALL)
			w->out->mail = id;
		list[(*count)++] = (struct candidate){id, pieces};
		*taken |= pieces;
	}
}

/* All items of one program: its measures, then the rules by which it steps back. */
static size_t decide_program(struct work *w, size_t at)
{
	struct candidate list[RB_PARTS]; /* each takes a part that no other has */
	size_t count = 0;
	uint8_t taken = 0;
	uint32_t program = RB_NONE;
	for (; at < w->in->item_count; at++) {
		uint32_t item = w->in->items[at];
		bool yield = (item & RB_ITEM_YIELD) != 0;
		uint32_t of = yield ? w->rb->yields[item & ~RB_ITEM_YIELD].program
				    : w->rb->measures[item].program;
		if (program != RB_NONE && of != program)
			break;
		program = of;
		if (yield) {
			if (count != 0)
				step_back(w, &w->rb->yields[item & ~RB_ITEM_YIELD], list, count);
		} else {
			consider(w, item, list, &count, &taken);
		}
	}
	for (size_t i = 0; i < count; i++)
		if (list[i].pieces != 0)
			charge(w, &list[i]);
	return at;
}

/* Where mail pays one duty in place of all, every other layer steps back. */
static void mail_alone(struct work *w)
{
	struct stack *out = w->out;
	size_t kept = 0;
	for (size_t i = 0; i < out->layer_count; i++) {
		const struct layer *layer = &out->layer[i];
		const struct rb_measure *m = &w->rb->measures[layer->measure];
		const struct rb_measure *mail = &w->rb->measures[out->mail];
		if (layer->measure == out->mail) {
			out->layer[kept++] = *layer;
		} else if (layer->kind != TW_LAYER_EXEMPT &&
			   out->exclusion_count < STACK_EXCLUSIONS) {
			out->exclusion[out->exclusion_count++] =
			    (struct exclusion){.program = m->program,
					       .to_program = mail->program,
					       .to_measure = out->mail,
					       .by = mail->by,
					       .part = layer->part,
					       .whole = true};
		}
	}
	out->layer_count = kept;
	for (size_t i = 0; i < kept; i++)
		out->layer[i].kind = TW_LAYER_REPLACE; /* over_base stays what it adds to nothing */
}

static void add_base(struct work *w)
{
	const struct base_duty *base = w->in->base;
	tw_money replaced = 0, paid = base->amount;
	uint8_t left = w->pieces.all;
	bool all = false, floor = false;
	if (w->out->mail != RB_NONE)
		return;
	for (size_t i = 0; i < w->out->layer_count; i++) {
		const struct layer *layer = &w->out->layer[i];
		if (!layer->replaces)
			continue;
		replaced += layer->on;
		left &= (uint8_t)~layer->pieces;
		all = all || layer->whole;
		floor = floor || w->rb->measures[layer->measure].effect == LAW_EFFECT_FLOOR;
		paid -= layer->amount - layer->over_base;
	}
	struct layer *layer = add_layer(w);
	if (layer == NULL)
		return;
	memmove(w->out->layer + 1, w->out->layer, (w->out->layer_count - 1) * sizeof *layer);
	layer = &w->out->layer[0];
	memset(layer, 0, sizeof *layer);
	layer->kind = TW_LAYER_BASE;
	layer->measure = RB_NONE;
	layer->by = RB_NONE;
	/* A duty in place of the whole base duty leaves nothing of it to know. */
	layer->unknown = !base->known && (!all || floor);
	layer->whole = all || replaced == 0;
	layer->pieces = layer->whole ? w->pieces.all : left;
	layer->part = pieces_part(&w->pieces, layer->pieces);
	layer->on = layer->whole ? w->in->value : w->in->value - replaced;
	layer->amount = all || paid < 0 ? 0 : paid;
	layer->nothing = all;
}

static void add_up(struct work *w)
{
	struct stack *out = w->out;
	out->known = true;
	for (size_t i = 0; i < out->layer_count; i++) {
		const struct layer *layer = &out->layer[i];
		tw_money over = layer->kind == TW_LAYER_REPLACE && out->mail == RB_NONE
				    ? layer->over_base
				    : layer->amount;
		if (layer->unknown) {
			out->known = false;
			continue;
		}
		out->amount += layer->amount;
		if (layer->kind == TW_LAYER_BASE || layer->kind == TW_LAYER_EXEMPT)
			continue;
		out->additional += over > 0 ? over : 0;
		if (layer->is_void)
			out->refundable += over;
	}
	if (out->choice_count != 0 || out->unknown_count != 0 || out->overflow)
		out->known = false;
}

/* Both lawful amounts of mail where the carrier's choice is not declared. */
static void price_choices(struct work *w)
{
	for (size_t i = 0; i < w->out->choice_count; i++) {
		struct layer layer = {.whole = true, .on = w->in->value};
		const struct rb_measure *m = &w->rb->measures[w->out->choice[i].measure];
		charge_duty(w, &layer, m);
		w->out->choice[i].amount = layer.amount;
		w->out->choice[i].unknown = layer.unknown;
		w->out->choice[i].is_void = is_void_now(w, m);
	}
}

/* Where every choice stands in place of all duties, those are not laid: not even in part. */
static void choices_alone(struct work *w)
{
	struct stack *out = w->out;
	for (size_t i = 0; i < out->choice_count; i++)
		if (w->rb->measures[out->choice[i].measure].instead != LAW_INSTEAD_ALL)
			return;
	if (out->choice_count == 0)
		return;
	out->layer_count = out->exclusion_count = out->unknown_count = 0;
	out->metals = out->assumed_zero = 0;
	out->choices_alone = true;
}

/* What was assumed about the content of the value and counted in some layer. */
static void look_back(struct work *w)
{
	struct stack *out = w->out;
	uint8_t groups = 0, named = 0;
	for (size_t i = 0; i < out->layer_count; i++) {
		if (out->layer[i].measure == RB_NONE)
			continue;
		unsigned part = pieces_named(w->rb->measures[out->layer[i].measure].parts);
		if (part == RB_PARTS)
			continue;
		uint32_t claim = w->in->reading->words->part_claim[part];
		named |= (uint8_t)(1u << part);
		groups |= claim != RB_NONE ? (uint8_t)(1u << w->rb->claims[claim].group) : 0;
	}
	/* Of several metals none is assumed: the answer is open. */
	if ((out->metals & (out->metals - 1)) == 0)
		out->assumed_whole = out->metals & named;
	groups &= w->pieces.divided;
	out->apart = (groups & (groups - 1)) != 0;
}

void stack_make(struct stack *out, const struct stack_input *input)
{
	struct work w; /* large: what is not set here is read nowhere */
	w.out = out;
	w.in = input;
	w.rb = input->reading->rb;
	w.applied_count = 0;
	memset(out, 0, offsetof(struct stack, layer));
	out->layer_count = out->exclusion_count = out->choice_count = 0;
	out->warning_count = out->unknown_count = 0;
	out->prohibited = out->mail = RB_NONE;
	out->amount = out->additional = out->refundable = 0;
	out->metals = out->assumed_zero = out->assumed_whole = 0;
	out->apart = out->overflow = out->choices_alone = false;
	input->reading->nothing = 0;
	cut_value(&w);
	for (size_t at = 0; at < input->item_count;)
		at = decide_program(&w, at);
	if (out->mail != RB_NONE)
		mail_alone(&w);
	price_choices(&w);
	choices_alone(&w);
	if (!out->choices_alone)
		add_base(&w);
	add_up(&w);
	look_back(&w);
	input->reading->nothing = 0;
}

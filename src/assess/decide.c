/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which layers apply to which part of the value, and who steps back: every
 * measure of the docket is heard in order. Knows no amount of money: what rests
 * on one is asked in condition.h. See decide.h.
 */
#include "assess/decide.h"

#include "assess/charge.h"
#include "common/legal.h"

#include <string.h>

struct work {
	struct stack *out;
	const struct stack_input *in;
	const struct rb *rb;
	const struct pieces *pieces;
	/* Measures that apply so far, with the pieces of the value they took. */
	uint32_t applied[STACK_ITEMS];
	uint8_t applied_pieces[STACK_ITEMS];
	bool applied_charges[STACK_ITEMS];
	size_t applied_count;
	uint64_t programs, measures; /* of these, as in struct before: those that charge, all */
};

static bool is_charging(const struct rb_measure *m)
{
	return m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR;
}

/* Which parts do the applicable measures name? */
uint8_t decide_parts(const struct stack_input *in)
{
	const struct brief *brief = in->reading->words->tables->brief;
	uint8_t play = 0;
	for (size_t i = 0; in->parted && i < in->item_count; i++) {
		uint32_t item = in->items[i];
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		const struct brief *b = &brief[item];
		if ((b->flags & BRIEF_ALONE) != 0 && facts_may(in->reading->facts, &b->chance) &&
		    condition_holds(in->reading, b->when))
			play |= b->parts;
	}
	return play;
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
	layer->part = pieces_part(w->pieces, pieces);
	layer->whole = pieces == w->pieces->all;
	layer->on = pieces_value(w->pieces, pieces);
}

static void remember(struct work *w, uint32_t measure, uint8_t pieces, bool charges)
{
	if (w->applied_count == STACK_ITEMS) {
		w->out->overflow = true;
		return;
	}
	if (charges)
		w->programs |= UINT64_C(1) << w->rb->measures[measure].program % 64;
	w->measures |= UINT64_C(1) << measure % 64;
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
			       .part = pieces_part(w->pieces, pieces),
			       .whole = pieces == w->pieces->all};
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

static void step_back(struct work *w, uint32_t rule, struct candidate *candidate, size_t count)
{
	const struct before *before = &w->in->reading->words->tables->before[rule];
	const struct rb_yield *y = &w->rb->yields[rule];
	if ((before->programs & w->programs) == 0 && (before->measures & w->measures) == 0)
		return; /* none of them applies */
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
		if (!layer)
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
	return program->void_by != RB_NONE &&
	       condition_compare(w->in->reading, (enum magnitude)LAW_FACT_ENTERED,
				 program->void_until, 1) < 0;
}

/* What a floor asks beside a base duty that is not known, reaches it, or does not. */
static void lay_floor(struct work *w, struct layer *layer, const struct rb_measure *m)
{
	enum floor floor = charge_floor(w->in, layer->measure, layer->on, layer->whole);
	/* All of the value, or worth nothing: each is asked as all of it is, or not at all. */
	bool whole = layer->whole || (w->in->value && (!layer->on || layer->on == w->in->value));
	condition_note_floor(w->in->reading, layer->measure, (uint8_t)floor, whole);
	layer->kind = floor == FLOOR_REACHED ? TW_LAYER_EXEMPT : TW_LAYER_REPLACE;
	layer->replaces = floor != FLOOR_REACHED;
	layer->unknown = floor == FLOOR_UNKNOWN;
	layer->reached = floor == FLOOR_REACHED;
	if (layer->reached && m->heading_reached != 0)
		layer->heading = m->heading_reached;
}

static void lay_duty(const struct work *w, struct layer *layer, const struct rb_measure *m)
{
	layer->kind = TW_LAYER_ADD;
	if (m->instead != LAW_INSTEAD_COLUMN1)
		return;
	layer->kind = w->rb->rates[m->rate].terms.count == 0 ? TW_LAYER_EXEMPT : TW_LAYER_REPLACE;
	layer->replaces = true;
}

static void lay(struct work *w, const struct candidate *candidate)
{
	const struct rb_measure *m = &w->rb->measures[candidate->measure];
	const struct rb_program *program = &w->rb->programs[m->program];
	struct layer *layer = add_layer(w);
	if (!layer)
		return;
	layer->measure = candidate->measure;
	layer->heading = m->heading;
	layer->by = m->by;
	place(w, layer, candidate->pieces);
	if (program->whole != RB_NONE && layer->whole &&
	    condition_holds(w->in->reading, program->whole))
		layer->on = w->in->whole_value;
	if (m->effect == LAW_EFFECT_FLOOR)
		lay_floor(w, layer, m);
	else
		lay_duty(w, layer, m);
	layer->is_void = layer->kind != TW_LAYER_EXEMPT && is_void_now(w, m);
	remember(w, candidate->measure, candidate->pieces, true);
}

static void excuse(struct work *w, uint32_t measure, uint8_t pieces)
{
	const struct rb_measure *m = &w->rb->measures[measure];
	struct layer *layer = add_layer(w);
	if (!layer)
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
		w->out->choice[w->out->choice_count++] =
		    (struct choice){.measure = measure, .is_void = is_void_now(w, m)};
	return false;
}

/* Consider one measure of the program at hand; what it takes is gone for the next ones. */
static void consider(struct work *w, uint32_t id, struct candidate *list, size_t *count,
		     uint8_t *taken)
{
	const struct brief *b = &w->in->reading->words->tables->brief[id];
	if (!facts_may(w->in->reading->facts, &b->chance))
		return;
	uint8_t pieces = b->parts != RB_ALL ? pieces_on(w->pieces, b->parts) : w->pieces->all;
	bool told = b->effect == LAW_EFFECT_WARN || b->effect == LAW_EFFECT_PROHIBITED;
	pieces &= (uint8_t) ~*taken;
	if ((!told && pieces == 0) || !condition_holds(w->in->reading, b->when))
		return;
	const struct rb_measure *m = &w->rb->measures[id];
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
	const struct tables *tables = w->in->reading->words->tables;
	for (; at < w->in->item_count; at++) {
		uint32_t item = w->in->items[at];
		bool yield = (item & RB_ITEM_YIELD) != 0;
		uint32_t of = tables_program(tables, item);
		if (program != RB_NONE && of != program)
			break;
		program = of;
		if (yield) {
			if (count != 0)
				step_back(w, item & ~RB_ITEM_YIELD, list, count);
		} else {
			consider(w, item, list, &count, &taken);
		}
	}
	for (size_t i = 0; i < count; i++)
		if (list[i].pieces != 0)
			lay(w, &list[i]);
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
		uint8_t parts = w->rb->measures[out->layer[i].measure].parts;
		unsigned part = parts != RB_ALL ? pieces_named(parts) : RB_PARTS;
		if (part == RB_PARTS)
			continue;
		uint32_t claim = w->in->reading->words->part_claim[part];
		named |= (uint8_t)(1u << part);
		if (claim != RB_NONE)
			groups |= (uint8_t)(1u << w->rb->claims[claim].group);
	}
	/* Of several metals none is assumed: the answer is open. */
	if ((out->metals & (out->metals - 1)) == 0)
		out->assumed_whole = out->metals & named;
	groups &= w->pieces->divided;
	out->apart = (groups & (groups - 1)) != 0;
}

void decide(struct stack *out, const struct stack_input *in, const struct pieces *pieces)
{
	struct work w; /* large: what is not set here is read nowhere */
	w.out = out;
	w.in = in;
	w.rb = in->reading->rb;
	w.pieces = pieces;
	w.applied_count = 0;
	w.programs = w.measures = 0;
	condition_note_channel(in->reading);
	for (size_t at = 0; at < in->item_count;)
		at = decide_program(&w, at);
	if (out->mail != RB_NONE)
		mail_alone(&w);
	choices_alone(&w);
	look_back(&w);
}

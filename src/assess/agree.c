/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tariff lines under a short code have in common. The stack shown is
 * that of the first line. Where all lines come to the same money, each of its
 * layers stands with every heading that the lines declare it under; where they
 * do not, only the layers that all of them lay are left. Knows no law.
 */
#include "assess/agree.h"

#include "assess/assessor.h"
#include "assess/no_code.h"
#include "common/capped.h"

#include <string.h>

static tw_money over(const struct layer *layer)
{
	return layer->kind == TW_LAYER_REPLACE ? layer->over_base : layer->amount;
}

static bool is_duty(const struct layer *layer)
{
	return layer->kind == TW_LAYER_ADD || layer->kind == TW_LAYER_REPLACE;
}

static bool same_layer(const struct layer *x, const struct layer *y)
{
	return x->measure == y->measure && x->heading == y->heading && x->kind == y->kind &&
	       x->amount == y->amount && x->over_base == y->over_base && x->on == y->on &&
	       x->part == y->part && x->whole == y->whole && x->unknown == y->unknown &&
	       x->is_void == y->is_void;
}

/* The same thing under another heading: the same money, or an excuse from the same program. */
static bool like_layer(const struct rb *rb, const struct layer *x, const struct layer *y,
		       bool any_program)
{
	if (x->measure == RB_NONE || y->measure == RB_NONE)
		return x->measure == y->measure;
	bool same_program = rb->measures[x->measure].program == rb->measures[y->measure].program;
	if (is_duty(x) != is_duty(y) || x->unknown != y->unknown || x->is_void != y->is_void)
		return false;
	if (!is_duty(x))
		return same_program;
	return (same_program || any_program) && over(x) == over(y);
}

void agree_begin(tw_assessor *a)
{
	a->also_count = 0;
	for (size_t i = 0; i < a->stack.layer_count; i++) {
		a->stack.layer[i].common = true;
		a->stack.layer[i].id = (uint32_t)i;
	}
}

/* The layer may stand under this heading, too. */
static void add_heading(tw_assessor *a, size_t layer, uint32_t heading)
{
	if (heading == 0 || heading == a->stack.layer[layer].heading)
		return;
	for (size_t i = 0; i < a->also_count; i++)
		if (a->also[i].layer == layer && a->also[i].heading == heading)
			return;
	if (a->also_count == AGREE_HEADINGS) {
		a->overflow = true;
		return;
	}
	a->also[a->also_count++] = (struct also){(uint32_t)layer, heading};
}

/* Pair what is left of both; round 0: equal, 1: of one program, 2: of any. */
static void pair(tw_assessor *a, const struct stack *other, bool *mine, bool *theirs, int round)
{
	for (size_t i = 0; i < a->stack.layer_count; i++)
		for (size_t k = 0; !mine[i] && k < other->layer_count; k++) {
			struct layer *x = &a->stack.layer[i];
			const struct layer *y = &other->layer[k];
			if (theirs[k] ||
			    !(round == 0 ? same_layer(x, y) : like_layer(a->rb, x, y, round == 2)))
				continue;
			mine[i] = theirs[k] = true;
			x->common = x->common && round == 0;
			if (round != 0) /* the order of layers is still that of their ids */
				add_heading(a, i, y->heading);
		}
}

static void keep_exclusions(struct stack *shown, const struct stack *other)
{
	size_t kept = 0;
	for (size_t i = 0; i < shown->exclusion_count; i++) {
		const struct exclusion *x = &shown->exclusion[i];
		bool common = false;
		for (size_t k = 0; !common && k < other->exclusion_count; k++) {
			const struct exclusion *y = &other->exclusion[k];
			common = x->program == y->program && x->to_program == y->to_program &&
				 x->part == y->part && x->heading == y->heading;
		}
		if (common)
			shown->exclusion[kept++] = *x;
	}
	shown->exclusion_count = kept;
}

/* False: there is no room for all. */
static bool join(uint32_t *list, size_t *count, const uint32_t *more, size_t more_count)
{
	bool fits = true;
	for (size_t i = 0; i < more_count; i++) {
		size_t k = 0;
		while (k < *count && list[k] != more[i])
			k++;
		if (k < *count)
			continue;
		if (k == STACK_WARNINGS)
			fits = false;
		else
			list[(*count)++] = more[i];
	}
	return fits;
}

void agree_warnings(struct stack *shown, const struct stack *other)
{
	if (!join(shown->warning, &shown->warning_count, other->warning, other->warning_count))
		shown->overflow = true;
}

static bool same_choices(const struct stack *x, const struct stack *y)
{
	if (x->choice_count != y->choice_count)
		return false;
	for (size_t i = 0; i < x->choice_count; i++)
		if (x->choice[i].measure != y->choice[i].measure ||
		    x->choice[i].amount != y->choice[i].amount)
			return false;
	return true;
}

bool agree_with(tw_assessor *a, const struct stack *other)
{
	bool mine[STACK_LAYERS] = {false}, theirs[STACK_LAYERS] = {false}, agree = true;
	for (int round = 0; round < 3; round++)
		pair(a, other, mine, theirs, round);
	for (size_t i = 0; i < a->stack.layer_count; i++) {
		a->stack.layer[i].common = a->stack.layer[i].common && mine[i];
		agree = agree && (mine[i] || !is_duty(&a->stack.layer[i]));
	}
	for (size_t k = 0; k < other->layer_count; k++)
		agree = agree && (theirs[k] || !is_duty(&other->layer[k]));
	keep_exclusions(&a->stack, other);
	if (no_code(a))
		no_code_warnings(&a->stack, other);
	else
		agree_warnings(&a->stack, other);
	if (!no_code(a) && !join(a->stack.unknown_scope, &a->stack.unknown_count,
				 other->unknown_scope, other->unknown_count))
		a->overflow = true;
	if (!same_choices(&a->stack, other)) {
		a->stack.choice_count = 0; /* no choice is the same under all lines */
		agree = false;
	}
	return agree;
}

static void add_up(struct stack *shown)
{
	shown->amount = shown->additional = shown->refundable = 0;
	for (size_t i = 0; i < shown->layer_count; i++) {
		const struct layer *x = &shown->layer[i];
		if (x->unknown)
			continue;
		shown->amount = capped_sum(shown->amount, x->amount);
		if (!is_duty(x))
			continue;
		tw_money more = shown->mail != RB_NONE ? x->amount : over(x);
		shown->additional = capped_sum(shown->additional, more > 0 ? more : 0);
		shown->refundable = capped_sum(shown->refundable, x->is_void ? more : 0);
	}
}

void agree_end(tw_assessor *a, bool agree)
{
	struct stack *shown = &a->stack;
	size_t kept = 0;
	for (size_t i = 0; i < shown->layer_count; i++) {
		const struct layer *x = &shown->layer[i];
		if (x->common || (agree && x->kind != TW_LAYER_EXEMPT))
			shown->layer[kept++] = *x;
	}
	shown->layer_count = kept;
	if (!agree)
		a->also_count = 0;
	add_up(shown);
}

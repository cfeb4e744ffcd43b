/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recording a plan from an answer of the engine, see plan.h. Reads what was
 * decided and computes no amount.
 */
#include "assess/plan.h"

#include "assess/assessor.h"
#include "assess/change.h"
#include "assess/rate.h"

#include <string.h>

/* Numbers that tell plans, or remarks, apart. */
struct shape {
	uint32_t *at;
	size_t count;
	bool overflow;
};

static void put(struct shape *shape, uint32_t number)
{
	if (shape->count == PLAN_SHAPE)
		shape->overflow = true;
	else
		shape->at[shape->count++] = number;
}

static bool is_fixed(const struct rb *rb, const struct rb_rate *rate)
{
	for (uint32_t i = 0; i < rate->terms.count; i++) {
		const struct rb_term *t = &rb->terms[rate->terms.first + i];
		if (t->kind != LAW_TERM_SPECIFIC || t->unit != RB_NONE)
			return false;
	}
	return rate->kind == LAW_RATE_SUM;
}

/* The rate of a measure. */
static void record_rate(struct term *out, const tw_assessor *a, uint32_t index)
{
	const struct rb *rb = a->rb;
	struct need missing;
	const struct rb_rate *rate = &rb->rates[index];
	const struct rb_term *first = &rb->terms[rate->terms.first];
	out->rate = index;
	if (is_fixed(rb, rate)) {
		out->how = TERM_FIXED;
		base_rate_amount(&out->least, &missing, &a->words, &a->facts, NULL, index, 0,
				 a->facts.jurisdiction->round_duty);
	} else if (base_plain_rate(rb, index, &out->num, &out->den)) {
		out->how = TERM_SHARE;
		out->reciprocal =
		    share_reciprocal(out->num, out->den, a->facts.jurisdiction->round_duty);
	} else {
		out->how = TERM_RATE;
	}
	out->share = rate->terms.count == 0 ? 0
		     : rate->terms.count > 1 || first->kind != LAW_TERM_AD_VALOREM
			 ? -1
			 : rate_share(first->num, first->den);
}

static void record_duty(struct term *out, const tw_assessor *a, const struct rb_measure *m)
{
	record_rate(out, a, m->rate);
	if (m->flags & RB_ROUND_EXACT)
		out->flags |= TERM_EXACT;
	if (m->instead == LAW_INSTEAD_COLUMN1)
		out->flags |= TERM_OVER;
	if (m->per == LAW_PER_SHIPMENT) {
		out->flags |= TERM_SHIPMENT;
		out->key = SHARE_DUTY(m->program);
	}
}

/* NULL, or why the layer cannot be planned. */
static const char *record_layer(struct term *out, const tw_assessor *a, const struct stack *stack,
				const struct layer *layer)
{
	if (layer->unknown && a->base.known)
		return "an amount that is not known";
	if (layer->measure == RB_NONE) {
		out->how = layer->nothing ? TERM_NOTHING : TERM_BASE;
		return NULL;
	}
	const struct rb_measure *m = &a->rb->measures[layer->measure];
	bool counts = layer->kind == TW_LAYER_ADD || layer->kind == TW_LAYER_REPLACE;
	if (layer->by_yield || layer->reached ||
	    (layer->unknown && m->effect == LAW_EFFECT_FLOOR) ||
	    (m->effect != LAW_EFFECT_DUTY && m->effect != LAW_EFFECT_FLOOR))
		return NULL;
	if (m->effect == LAW_EFFECT_FLOOR) {
		const struct rb_term *t = &a->rb->terms[a->rb->rates[m->rate].terms.first];
		out->how = TERM_FLOOR;
		out->num = t->num;
		out->den = t->den;
		out->reciprocal =
		    share_reciprocal(t->num, t->den, a->facts.jurisdiction->round_duty);
		out->share = rate_share(t->num, t->den);
	} else {
		if (layer->unknown)
			return "an amount that is not known";
		record_duty(out, a, m);
		if (!a->base.known)
			out->flags &= (uint8_t)~TERM_OVER;
	}
	if (layer->kind == TW_LAYER_EXEMPT)
		out->share = 0;
	if (counts)
		out->flags |= TERM_COUNTS;
	if (layer->kind == TW_LAYER_REPLACE && stack->mail == RB_NONE)
		out->flags |= TERM_ADDS;
	if (layer->is_void)
		out->flags |= TERM_VOID;
	return NULL;
}

static const char *record_terms(struct plan *plan, const tw_assessor *a)
{
	const struct stack *stack = &a->stack;
	struct term *term = plan->own;
	const char *why;
	for (size_t i = 0; i < stack->layer_count; i++)
		if (!stack->layer[i].whole)
			return "a duty on part of the value";
	for (size_t i = 0; i < stack->layer_count; i++)
		if ((why = record_layer(term++, a, stack, &stack->layer[i])))
			return why;
	for (size_t i = 0; i < stack->choice_count; i++, term++) {
		const struct choice *choice = &stack->choice[i];
		if (choice->unknown)
			return "an amount that is not known";
		record_duty(term, a, &a->rb->measures[choice->measure]);
		term->flags |= choice->is_void ? TERM_VOID : 0;
	}
	for (size_t i = 0; i < a->relief.fee_count; i++, term++) {
		const struct fee *fee = &a->relief.fee[i];
		const struct rb_measure *m = &a->rb->measures[fee->measure];
		record_rate(term, a, m->rate);
		if (term->how == TERM_FIXED && (m->fee_min >= 0 || m->fee_max >= 0))
			term->how = TERM_RATE; /* its amount was cut */
		if (term->how != TERM_FIXED) {
			term->least = m->fee_min;
			term->most = m->fee_max;
		}
		term->flags |= fee->by_value ? TERM_BY_VALUE : 0;
		if (m->per == LAW_PER_SHIPMENT) {
			term->flags |= TERM_SHIPMENT;
			term->key = SHARE_FEE(fee->measure);
		}
	}
	for (size_t i = 0; i < a->relief.tax_count; i++, term++) {
		const struct rb_measure *m = &a->rb->measures[a->relief.tax[i]];
		base_plain_rate(a->rb, m->rate, &term->num, &term->den);
		term->how = TERM_TAX;
		term->flags = m->flags & RB_OF_DUTY_PAID ? TERM_DUTY_PAID : 0;
	}
	return NULL;
}

void plan_begin(struct plan_draft *draft)
{
	draft->variant_bytes = draft->missing_count = 0;
	draft->variants = draft->metals = 0;
}

/*
 * A layer of another reading, whose parts are each all of the value or worth nothing: what it
 * comes to, if anything.
 */
static const char *record_part(struct variant *out, const tw_assessor *a, const struct stack *stack,
			       const struct layer *layer, tw_money value)
{
	struct term term = {0};
	const char *why = record_layer(&term, a, stack, layer);
	bool all = layer->whole || layer->on == value;
	if (why || term.how == TERM_NOTHING)
		return why;
	if (!all && layer->on)
		return "a duty on part of the value";
	if (!all && term.how != TERM_BASE && term.how != TERM_SHARE && term.how != TERM_FLOOR)
		return "a duty on nothing that is not a share of it";
	if (!all)
		return NULL;
	if (!layer->whole)
		term.flags &= (uint8_t)~TERM_EXACT;
	if (out->terms == VARIANT_TERMS)
		return "more layers of a reading than a plan holds";
	out->term[out->terms++] = term;
	return NULL;
}

static bool is_noted(const struct plan_draft *draft, const struct variant *one)
{
	const struct variant *v = (const struct variant *)(const void *)draft->variant;
	for (unsigned i = 0; i < draft->variants; i++, v = variant_next(v))
		if (variant_size(v) == variant_size(one) && !memcmp(v, one, variant_size(v)))
			return true;
	return false;
}

/* The same fees, if of the same amount. */
static bool same_fees(const struct relief *x, const struct relief *y)
{
	bool same = x->fee_count == y->fee_count && x->tax_count == y->tax_count;
	for (size_t i = 0; same && i < x->tax_count; i++)
		same = x->tax[i] == y->tax[i];
	for (size_t i = 0; same && i < x->fee_count; i++)
		same = x->fee[i].measure == y->fee[i].measure;
	return same;
}

static const char *note_reading(tw_assessor *a, const struct stack *shown,
				const struct relief *relief, tw_money value)
{
	_Alignas(struct variant) unsigned char bytes[VARIANT_BYTES / PLAN_VARIANTS] = {0};
	struct variant *out = (struct variant *)(void *)bytes;
	struct plan_draft *draft = a->plans.draft;
	const struct stack *stack = &a->trial;
	const struct relief *other = &a->trial_relief;
	const char *why;
	if (relief_free(relief) != relief_free(other))
		return "readings of which some are exempt";
	if (relief_free(relief))
		return NULL; /* whatever the duty */
	if (!stack->known || !shown->known || stack->choice_count || shown->choice_count ||
	    stack->prohibited != RB_NONE || !value)
		return "a reading whose amount is not known";
	bool entry = relief->entry == other->entry && same_fees(relief, other);
	for (size_t i = 0; entry && i < relief->fee_count; i++)
		if (relief->fee[i].amount != other->fee[i].amount)
			return "fees of a reading that are unlike";
	out->any = !entry;
	out->alike = entry && stack->amount == shown->amount &&
		     stack->additional == shown->additional &&
		     stack->refundable == shown->refundable;
	for (size_t i = 0; i < stack->layer_count; i++)
		if ((why = record_part(out, a, stack, &stack->layer[i], value)))
			return why;
	if (is_noted(draft, out))
		return NULL;
	if (draft->variants == PLAN_VARIANTS)
		return "more readings than a plan holds";
	memcpy(draft->variant + draft->variant_bytes, out, variant_size(out));
	draft->variant_bytes += variant_size(out);
	draft->variants++;
	return NULL;
}

void plan_note_reading(tw_assessor *a, const struct reading *reading, const struct stack *shown,
		       const struct relief *relief, tw_money value)
{
	const char *why = a->record ? note_reading(a, shown, relief, value) : NULL;
	if (why)
		condition_give_up(reading, why);
}

void plan_note_missing(tw_assessor *a, uint32_t atom)
{
	struct plan_draft *draft = a->plans.draft;
	if (!a->record)
		return;
	for (size_t i = 0; i < draft->missing_count; i++)
		if (draft->missing[i] == atom)
			return;
	if (draft->missing_count < PLAN_MISSING)
		draft->missing[draft->missing_count++] = atom;
	else if (!a->record->unknown)
		a->record->unknown = "more claims wanting than a plan holds";
}

void plan_note_metals(tw_assessor *a, uint8_t metals)
{
	if (a->record)
		a->plans.draft->metals = metals;
}

/* The readings, behind the guards. */
static void take_variants(struct plan_draft *out)
{
	struct plan *plan = plan_of(out);
	plan->variants = out->variants;
	if (out->variant_bytes)
		memcpy((unsigned char *)(plan_guards(plan) + plan->guards), out->variant,
		       out->variant_bytes);
}

static void shape_missing(struct shape *out, const struct plan_draft *draft)
{
	put(out, draft->metals);
	for (size_t i = 0; i < draft->missing_count; i++)
		put(out, draft->missing[i]);
	put(out, RB_NONE);
}

static const char *record_guards(struct plan *plan, const struct record *record)
{
	struct guard *guard = (struct guard *)plan_guards(plan);
	for (uint32_t i = 0; i < record->comparisons; i++) {
		const struct comparison *c = &record->comparison[i];
		if (c->magnitude != LAW_FACT_DUTY && c->magnitude != LAW_FACT_ADDITIONAL)
			continue;
		if (plan->guards == PLAN_GUARDS)
			return "more questions about amounts than a plan holds";
		guard[plan->guards++] = (struct guard){
		    .num = c->num, .den = c->den, .magnitude = c->magnitude, .outcome = c->outcome};
	}
	return NULL;
}

static void shape_layers(struct shape *out, const struct stack *stack)
{
	for (size_t i = 0; i < stack->layer_count; i++) {
		const struct layer *x = &stack->layer[i];
		put(out, x->measure);
		put(out, x->heading);
		put(out, x->by);
		put(out, (uint32_t)x->kind | x->part << 8 | (uint32_t)x->by_yield << 16 |
			     (uint32_t)x->is_void << 17 | (uint32_t)x->reached << 18 |
			     (uint32_t)x->nothing << 19 | (uint32_t)x->replaces << 20 |
			     (uint32_t)x->unknown << 21);
	}
	for (size_t i = 0; i < stack->exclusion_count; i++) {
		const struct exclusion *x = &stack->exclusion[i];
		put(out, x->program);
		put(out, x->to_program);
		put(out, x->by);
		put(out, x->heading);
		put(out, x->part | (uint32_t)x->whole << 8);
	}
	for (size_t i = 0; i < stack->choice_count; i++)
		put(out, stack->choice[i].measure);
}

static void shape_relief(struct shape *out, const struct relief *relief)
{
	put(out, relief->program);
	put(out, relief->by);
	put(out, relief->entry);
	put(out, relief->type);
	put(out, (uint32_t)relief->considered | (uint32_t)relief->eligible << 1 |
		     (uint32_t)relief->filed << 2 | (uint32_t)relief->nothing_due << 3);
	uint64_t reason = (uint64_t)(uintptr_t)relief->reason;
	put(out, (uint32_t)reason);
	put(out, (uint32_t)(reason >> 32));
	for (size_t i = 0; i < relief->fee_count; i++) {
		put(out, relief->fee[i].measure);
		put(out, relief->fee[i].is_shared);
	}
	put(out, relief->taxed);
	for (size_t i = 0; i < relief->tax_count; i++)
		put(out, relief->tax[i]);
}

/* What the remarks of an answer turn on, of what belongs to its plan. */
static void shape_remarks(struct shape *out, const tw_assessor *a)
{
	const struct stack *stack = &a->stack;
	put(out, a->facts.jurisdiction_index);
	for (size_t i = 0; i < CLAIM_WORDS; i++) {
		put(out, (uint32_t)a->matter[i]);
		put(out, (uint32_t)(a->matter[i] >> 32));
		put(out, (uint32_t)a->facts.said[i]);
		put(out, (uint32_t)(a->facts.said[i] >> 32));
	}
	for (size_t i = 0; i < stack->layer_count; i++) {
		const struct layer *x = &stack->layer[i];
		if (x->measure == RB_NONE && x->unknown) /* what the base duty wants is missing */
			put(out, RB_NONE - 1);
		if (x->measure == RB_NONE || x->kind == TW_LAYER_EXEMPT ||
		    a->rb->measures[x->measure].confidence < LAW_LOW)
			continue;
		put(out, x->measure);
		put(out, x->heading);
	}
	put(out, RB_NONE);
	for (size_t i = 0; i < stack->warning_count; i++)
		put(out, stack->warning[i]);
	put(out, RB_NONE);
	for (size_t i = 0; i < stack->unknown_count; i++)
		put(out, stack->unknown_scope[i]);
	put(out, RB_NONE);
	for (size_t i = 0; i < stack->choice_count; i++)
		put(out, stack->choice[i].measure);
	put(out, (uint32_t)stack->assumed_zero | (uint32_t)stack->assumed_whole << 8 |
		     (uint32_t)stack->apart << 16 | (uint32_t)relief_free(&a->relief) << 17);
	put(out, a->relief.type);
	/* Whether "in transit" was said by half, see remind_shipped. */
	put(out, (uint32_t)a->facts.has_loaded | (uint32_t)a->facts.has_departed << 1);
	if (a->facts.has_loaded != a->facts.has_departed)
		shape_layers(out, stack);
}

static void record_outcome(struct plan *plan, const tw_assessor *a)
{
	const struct relief *relief = &a->relief;
	plan->status = (uint8_t)a->out.status;
	plan->flags |= relief_free(relief) ? PLAN_FREE : 0;
	plan->flags |= a->stack.choices_alone ? PLAN_ALONE : 0;
	plan->flags |= a->out.has_amount ? PLAN_AMOUNT : 0;
	plan->flags |= a->out.has_bounds ? PLAN_BOUNDS : 0;
	plan->flags |= a->out.is_taxed ? PLAN_TAXED : 0;
	for (size_t i = 0; i < CLAIM_WORDS; i++)
		plan->flags |= a->matter[i] & a->tables.spi.word[i] ? PLAN_CLAIMS : 0;
	plan->flags |= change_by_mail(relief) ? PLAN_BY_MAIL : 0;
	plan->lane = (uint8_t)(plan->status == TW_STATUS_INCOMPLETE || a->yellow ? TW_LANE_YELLOW
										 : TW_LANE_GREEN);
	plan->filed = change_filed(relief);
}

const char *plan_make(struct plan_draft *out, const tw_assessor *a, const struct record *record)
{
	struct plan *plan = plan_of(out);
	const char *why;
	if (record->unknown)
		return record->unknown;
	if (a->out.status == TW_STATUS_REFUSED)
		return "a line that is refused";
	if (a->overflow || a->stack.overflow)
		return "more than an answer holds";
	size_t terms = a->stack.layer_count + a->stack.choice_count + a->relief.fee_count +
		       a->relief.tax_count;
	if (terms > PLAN_TERMS)
		return "more layers than a plan holds";
	if (a->relief.tax_count > 1)
		return "more than one tax";
	if (a->relief.taxes_unlike)
		return "taxes that are not known";
	memset(plan, 0, sizeof *plan + terms * sizeof *plan->own);
	plan->term = plan->own;
	plan->layers = (uint8_t)a->stack.layer_count;
	plan->choices = (uint8_t)a->stack.choice_count;
	plan->fees = (uint8_t)(a->relief.fee_count + a->relief.tax_count);
	record_outcome(plan, a);
	if ((why = record_terms(plan, a)) || (why = record_guards(plan, record)))
		return why;
	for (size_t i = 0; i < terms; i++)
		plan->flags |= plan->term[i].how == TERM_RATE ? PLAN_RATES : 0;
	take_variants(out);
	const struct variant *v = plan_variants(plan);
	for (unsigned i = 0; i < plan->variants; i++, v = variant_next(v))
		for (unsigned k = 0; k < v->terms; k++)
			plan->flags |= v->term[k].how == TERM_RATE ? PLAN_RATES : 0;
	const unsigned char *variants = (const unsigned char *)plan_variants(plan);
	struct shape shape = {
	    .at = (uint32_t *)(void *)(out->bytes + (variants - out->bytes) + out->variant_bytes)};
	struct shape remarks = {.at = out->remarks};
	shape_layers(&shape, &a->stack);
	shape_relief(&shape, &a->relief);
	put(&shape, a->settled.type);
	put(&shape, a->facts.entered >= a->facts.jurisdiction->schedule_from); /* what is covered */
	shape_missing(&shape, out);
	shape_remarks(&shape, a);
	shape_missing(&remarks, out);
	shape_remarks(&remarks, a);
	if (shape.overflow || remarks.overflow)
		return "more than a plan holds";
	if (shape.count % 2)
		put(&shape, 0);
	out->remark_count = remarks.count;
	plan->size = (uint32_t)((unsigned char *)(shape.at + shape.count) - out->bytes);
	return NULL;
}

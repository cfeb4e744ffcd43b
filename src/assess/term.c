/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line comes to by its plan: exact, each heading rounded once, as
 * charge.c, settle and rate.c come to it. Decides nothing.
 */
#include "assess/term.h"
#include "assess/assessor.h"
#include "assess/plan.h"

/* A plan being charged. */
struct sum {
	const struct plan *plan;
	const struct ask *ask;
	const struct plan_base *base;
	const tw_assessor *a;
	tw_money quantum;
	tw_money amount, additional, refundable, fees, taxes;
	uint64_t rate;
	int64_t no_rate; /* negative: the rate is no sum of shares */
};

/*
 * Sums of a plan are of amounts below this one, of which there are fewer than 64: they need no
 * check. What is more is left to the engine.
 */
#define TERM_MOST (INT64_C(1) << 56)

/* The amount of a rate on a value; false: a quantity is missing, or it is more. */
static inline bool rate_amount(tw_money *out, const struct sum *sum, const struct term *term,
			       tw_money value)
{
	struct need missing;
	if (term->how == TERM_SHARE) {
		*out = term_share(value, term->num, term->den, sum->quantum, term->reciprocal);
		return *out < TERM_MOST;
	}
	if (term->how == TERM_FIXED) {
		*out = term->least;
		return *out < TERM_MOST;
	}
	if (term->how == TERM_TAX)
		return false; /* see add_tax */
	return base_rate_amount(out, &missing, &sum->a->words, &sum->a->facts, NULL, term->rate,
				value, sum->quantum) &&
	       *out < TERM_MOST;
}

/* A duty as layer or choice: on, amount and over_base. */
static inline bool price_duty(tw_money slot[4], const struct sum *sum, const struct term *term)
{
	slot[0] = term->flags & TERM_EXACT ? sum->ask->value : sum->ask->rounded;
	slot[2] = 0;
	slot[3] = -1;
	if (!rate_amount(&slot[1], sum, term, slot[0]))
		return false;
	if (term->flags & TERM_SHIPMENT && sum->ask->line) {
		const struct tw_shipment_amount *all = share_of(sum->ask->line, term->key);
		if (all) { /* the highest of the package, once */
			slot[1] = all->here ? all->amount : 0;
			slot[3] = all->amount;
			if (slot[1] >= TERM_MOST)
				return false;
		}
	}
	if (term->flags & TERM_OVER)
		slot[2] = slot[1] - sum->base->amount;
	return true;
}

/* A sum of the printed shares; once one is none, so is the sum. */
static inline void add_share(struct sum *sum, int64_t share)
{
	sum->no_rate |= share;
	sum->rate += (uint64_t)share;
}

static inline bool add_layer(struct sum *sum, tw_money slot[4], const struct term *term)
{
	const struct plan_base *base = sum->base;
	int64_t share = term->share;
	slot[0] = sum->ask->rounded;
	slot[1] = slot[2] = 0;
	slot[3] = -1;
	switch ((enum term_how)term->how) {
	case TERM_NOTHING:
		return true;
	case TERM_BASE:
		slot[1] = base->amount;
		sum->amount += base->amount;
		add_share(sum, base->share);
		return true;
	case TERM_FLOOR: {
		tw_money floor =
		    term_share(slot[0], term->num, term->den, sum->quantum, term->reciprocal);
		if (floor >= TERM_MOST)
			return false;
		slot[1] = base->amount > floor ? base->amount : floor;
		slot[2] = slot[1] - base->amount;
		/* A floor under which the line's own duty does not fall is that duty. */
		if (slot[2] <= 0 && slot[1] > 0)
			share = base->share;
		break;
	}
	default:
		if (!price_duty(slot, sum, term))
			return false;
	}
	add_share(sum, share);
	sum->amount += slot[1];
	if (!(term->flags & TERM_COUNTS))
		return true;
	tw_money over = term->flags & TERM_ADDS ? slot[2] : slot[1];
	sum->additional += over > 0 ? over : 0;
	sum->refundable += term->flags & TERM_VOID ? over : 0;
	return true;
}

/* amount, relieved, refundable; and what it comes to before relief. */
static bool add_choice(const struct sum *sum, tw_money slot[3], const struct term *term,
		       tw_money *amount)
{
	tw_money duty[4];
	bool free = sum->plan->flags & PLAN_FREE;
	if (!price_duty(duty, sum, term))
		return false;
	*amount = duty[1];
	slot[0] = free ? 0 : duty[1];
	slot[1] = free ? duty[1] : 0;
	slot[2] = term->flags & TERM_VOID && !free ? duty[1] : 0;
	return true;
}

/* amount, on, value, duty: a tax on the value with the duty that is due. False: it is none. */
static __attribute__((noinline)) bool add_tax(struct sum *sum, tw_money slot[4],
					      const struct term *term)
{
	const unsigned flags = sum->plan->flags;
	if (term->how != TERM_TAX)
		return false;
	if (!(flags & PLAN_AMOUNT)) {
		slot[0] = slot[1] = slot[2] = slot[3] = sum->taxes = -1;
		return true;
	}
	slot[2] = sum->ask->rounded;
	slot[3] = term->flags & TERM_DUTY_PAID && !(flags & PLAN_FREE) ? sum->amount : 0;
	slot[1] = slot[2] + slot[3];
	slot[0] = money_share(slot[1], term->num, term->den, sum->quantum);
	sum->taxes += slot[0]; /* the only one, see plan_make */
	return slot[0] < INT64_MAX;
}

/* amount, on, shipment_amount, shipment_on. */
static inline bool add_fee(struct sum *sum, tw_money slot[4], const struct term *term)
{
	const struct tw_line *line = sum->ask->line;
	const struct tw_shipment_amount *all =
	    term->flags & TERM_SHIPMENT && line ? share_of(line, term->key) : NULL;
	tw_money on = all ? all->amount : sum->ask->rounded, amount;
	bool by_value = term->flags & TERM_BY_VALUE;
	if ((by_value && !on) || !rate_amount(&amount, sum, term, on))
		return add_tax(sum, slot, term);
	if (term->how != TERM_FIXED) {
		if (term->least >= 0 && amount < term->least)
			amount = term->least;
		if (term->most >= 0 && amount > term->most)
			amount = term->most;
	}
	slot[0] = !all || all->here ? amount : 0;
	slot[1] = by_value ? sum->ask->rounded : -1;
	slot[2] = amount;
	slot[3] = on;
	sum->fees += slot[0];
	return true;
}

/* Does what the plan comes to answer what was asked of it as when it was made? */
static bool guards_hold(const struct sum *sum)
{
	const struct guard *guard = plan_guards(sum->plan);
	for (unsigned i = 0; i < sum->plan->guards; i++) {
		__int128 is = guard[i].magnitude == LAW_FACT_DUTY ? sum->amount : sum->additional;
		is *= guard[i].den;
		if ((is < guard[i].num ? -1 : is > guard[i].num) != guard[i].outcome)
			return false;
	}
	return true;
}

/*
 * What other readings come to: the least and the greatest of all. False: one that was as what is
 * shown is not, or the other way round.
 */
static bool add_variants(tw_money bounds[2], const struct sum *shown)
{
	const struct variant *v = plan_variants(shown->plan);
	for (unsigned i = 0; i < shown->plan->variants; i++, v = variant_next(v)) {
		struct sum sum = *shown;
		tw_money slot[4];
		sum.amount = sum.additional = sum.refundable = 0;
		for (unsigned k = 0; k < v->terms; k++)
			if (!add_layer(&sum, slot, &v->term[k]))
				return false;
		bool alike = sum.amount == shown->amount && sum.additional == shown->additional &&
			     sum.refundable == shown->refundable;
		if (!v->any && alike != v->alike)
			return false;
		bounds[0] = sum.amount < bounds[0] ? sum.amount : bounds[0];
		bounds[1] = sum.amount > bounds[1] ? sum.amount : bounds[1];
	}
	return true;
}

static void settle(struct tw_charge *out, const struct sum *sum)
{
	const unsigned flags = sum->plan->flags;
	bool free = flags & PLAN_FREE, alone = flags & PLAN_ALONE;
	out->status = sum->plan->status;
	out->lane = sum->plan->lane;
	out->has_amount = flags & PLAN_AMOUNT;
	out->additional = alone ? -1 : sum->additional;
	out->refundable = free ? 0 : alone ? -1 : sum->refundable;
	out->relieved = !free ? 0 : alone ? -1 : sum->amount;
	out->amount = free || !out->has_amount ? 0 : sum->amount;
	out->fees = sum->fees;
	out->is_taxed = flags & PLAN_TAXED;
	out->taxes = sum->taxes;
	out->base_amount = sum->base->amount;
	out->rate = !out->has_amount    ? -1
		    : free              ? 0
		    : sum->no_rate >= 0 ? (int64_t)sum->rate
		    : sum->ask->rounded > 0
			? money_share(out->amount, 1000000, sum->ask->rounded, 100)
			: -1;
}

bool plan_charge(struct tw_charge *out, tw_money *slot, const struct plan *plan,
		 const struct ask *ask, const struct plan_base *base, const tw_assessor *a)
{
	struct sum sum = {.plan = plan,
			  .ask = ask,
			  .base = base,
			  .a = a,
			  .quantum = ask->jurisdiction->round_duty};
	const struct term *term = plan->term;
	tw_money least = INT64_MAX, greatest = INT64_MIN;
	if (base->amount >= TERM_MOST)
		return false;
	for (unsigned i = 0; i < plan->layers; i++, slot += 4)
		if (!add_layer(&sum, slot, term++))
			return false;
	for (unsigned i = 0; i < plan->choices; i++, slot += 3) {
		tw_money amount;
		if (!add_choice(&sum, slot, term++, &amount))
			return false;
		least = amount < least ? amount : least;
		greatest = amount > greatest ? amount : greatest;
	}
	for (unsigned i = 0; i < plan->fees; i++, slot += 4)
		if (!add_fee(&sum, slot, term++))
			return false;
	if (plan->guards && !guards_hold(&sum))
		return false;
	tw_money bounds[2] = {sum.amount, sum.amount};
	if (plan->variants && !add_variants(bounds, &sum))
		return false;
	slot[0] = slot[1] = 0;
	if (plan->flags & PLAN_BOUNDS) {
		slot[0] = plan->choices ? least : bounds[0];
		slot[1] = plan->choices ? greatest : bounds[1];
	}
	settle(out, &sum);
	return true;
}

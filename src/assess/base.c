/* SPDX-License-Identifier: Apache-2.0 */
/* The base duty, see base.h. Exact: fractions until the one rounding at the end. */
#include "assess/base.h"

#include "assess/column.h"
#include "common/legal.h"
#include "common/money.h"
#include "common/quantity.h"

#include <stdio.h>
#include <string.h>

/* A sum of fractions of 1/10000 of the currency; overflow is remembered. */
struct sum {
	__int128 num, den;
	bool overflow;
};

static __int128 divisor(__int128 a, __int128 b)
{
	while (b != 0) {
		__int128 rest = a % b;
		a = b;
		b = rest;
	}
	return a < 0 ? -a : a;
}

static void sum_add(struct sum *sum, __int128 num, __int128 den)
{
	__int128 common = divisor(num, den), left, right;
	if (common > 1) {
		num /= common;
		den /= common;
	}
	common = divisor(sum->den, den);
	sum->overflow |= __builtin_mul_overflow(sum->num, den / common, &left);
	sum->overflow |= __builtin_mul_overflow(num, sum->den / common, &right);
	sum->overflow |= __builtin_add_overflow(left, right, &sum->num);
	sum->overflow |= __builtin_mul_overflow(sum->den, den / common, &sum->den);
}

/* What a term comes to, to what those before it do. */
static void sum_join(struct sum *sum, const struct sum *one, enum law_join join)
{
	__int128 left, right;
	sum->overflow |= one->overflow;
	if (join == LAW_JOIN_ADD) {
		sum_add(sum, one->num, one->den);
		return;
	}
	sum->overflow |= __builtin_mul_overflow(one->num, sum->den, &left);
	sum->overflow |= __builtin_mul_overflow(sum->num, one->den, &right);
	if (!sum->overflow && (join == LAW_JOIN_LEAST ? left > right : left < right)) {
		sum->num = one->num;
		sum->den = one->den;
	}
}

static bool sum_money(tw_money *out, const struct sum *sum, tw_money quantum)
{
	__int128 unit, half, count;
	if (sum->overflow || __builtin_mul_overflow(sum->den, quantum, &unit))
		return false;
	half = unit / 2 + (unit & 1); /* half up */
	if (unit % 2 == 0)
		count = (sum->num + half) / unit;
	else
		count = (2 * sum->num + unit) / (2 * unit);
	if (count < 0 || count > INT64_MAX / quantum)
		return false;
	*out = (tw_money)count * quantum;
	return true;
}

static bool missing_fact(struct need *out, const char *kind, const char *what, const char *why)
{
	*out = (struct need){kind, what, why, ""};
	return false;
}

/* The quantity in this unit, else the first of its dimension; without a unit, the schedule's. */
static bool find_quantity(const struct rb *rb, const struct facts *facts,
			  const struct rb_base *base, uint32_t unit, const struct quantity **out,
			  uint32_t *found)
{
	bool any = false;
	uint32_t dimension = rb->units[unit].dimension;
	uint32_t printed[3] = {base ? base->unit1 : RB_NONE, base ? base->unit2 : RB_NONE, RB_NONE};
	for (size_t i = 0; i < 3; i++) {
		const struct quantity *q = &facts->qty[i];
		uint32_t in = q->unit != RB_NONE ? q->unit : printed[i];
		if (!q->given)
			continue;
		if (i == 2 && in == RB_NONE) { /* weight is in kilograms: the base unit of mass */
			const char *name = rb_text(rb, dimension);
			if (strcmp(name, "mass") != 0)
				continue;
			for (uint32_t u = 0; u < rb->unit_count && in == RB_NONE; u++)
				if (strcmp(rb_text(rb, rb->units[u].name), "kg") == 0)
					in = u;
		}
		if (in == RB_NONE || rb->units[in].dimension != dimension)
			continue;
		if (!any || (in == unit && i < 2)) {
			*out = q;
			*found = in;
		}
		any = true;
		if (in == unit)
			break;
	}
	return any;
}

static bool add_specific(struct sum *sum, struct need *missing, const struct vocabulary *words,
			 const struct facts *facts, const struct rb_base *base,
			 const struct rb_term *term)
{
	const struct rb *rb = words->rb;
	const struct quantity *quantity = NULL;
	uint32_t unit = 0;
	int64_t amount;
	if (term->unit == RB_NONE) {
		sum_add(sum, term->num, term->den);
		return true;
	}
	const struct rb_unit *per = &rb->units[term->unit];
	if (term->basis != RB_NONE) {
		const struct rb_claim *claim = &rb->claims[term->basis];
		const struct value *value = facts_claim(facts, words, term->basis);
		if (value->kind != VALUE_NUMBER)
			return missing_fact(missing, "", rb_text(rb, claim->name),
					    "the rate depends on it");
		/* Claims of quantity are in the unit of the rate. */
		sum_add(sum, (__int128)term->num * value->number,
			(__int128)term->den * QUANTITY_UNIT);
		return true;
	}
	if (!find_quantity(rb, facts, base, term->unit, &quantity, &unit)) {
		return missing_fact(missing, "qty:", rb_text(rb, per->name),
				    "the rate is assessed on this quantity");
	}
	const struct rb_unit *in = &rb->units[unit];
	amount = quantity->amount;
	if (term->above != 0)
		amount =
		    amount > term->above * QUANTITY_UNIT ? amount - term->above * QUANTITY_UNIT : 0;
	__int128 num = (__int128)amount * in->num, den = (__int128)QUANTITY_UNIT * in->den;
	__int128 common = divisor(num, den);
	if (common > 1) {
		num /= common;
		den /= common;
	}
	__int128 top = (__int128)per->den * term->num, bottom = (__int128)per->num * term->den;
	sum->overflow |= __builtin_mul_overflow(num, top, &num);
	sum->overflow |= __builtin_mul_overflow(den, bottom, &den);
	if (!sum->overflow)
		sum_add(sum, num, den);
	return true;
}

bool base_unit_amount(tw_money *out, struct need *missing, const struct vocabulary *words,
		      const struct facts *facts, uint32_t unit, int64_t num, int64_t den,
		      tw_money quantum)
{
	const struct rb_term term = {
	    .kind = LAW_TERM_SPECIFIC, .unit = unit, .basis = RB_NONE, .num = num, .den = den};
	struct sum sum = {0, 1, false};
	return add_specific(&sum, missing, words, facts, NULL, &term) &&
	       sum_money(out, &sum, quantum);
}

static bool add_ad_valorem(struct sum *sum, struct need *missing, const struct vocabulary *words,
			   const struct facts *facts, const struct rb_term *term, tw_money value)
{
	if (term->basis != RB_NONE) {
		const struct value *part = facts_claim(facts, words, term->basis);
		if (part->kind != VALUE_NUMBER)
			return missing_fact(missing, "",
					    rb_text(words->rb, words->rb->claims[term->basis].name),
					    "the rate is assessed on it");
		value = part->number;
	}
	sum_add(sum, (__int128)value * term->num, term->den);
	return true;
}

/* Sugar: a rate a kilogram that falls with each degree of polarization under 100, to a floor. */
static bool add_sugar(struct sum *sum, struct need *missing, const struct vocabulary *words,
		      const struct facts *facts, const struct rb_base *base,
		      const struct rb_rate *rate)
{
	const struct rb_term *term = words->rb->terms + rate->terms.first;
	const struct value *degrees =
	    words->polarization != RB_NONE ? facts_claim(facts, words, words->polarization) : NULL;
	struct rb_term flat = term[0];
	struct sum price = {0, 1, false};
	if (!degrees || degrees->kind != VALUE_NUMBER)
		return missing_fact(missing, "", "polarization",
				    "the rate is assessed by the degree");
	int64_t under = 100 * QUANTITY_UNIT - degrees->number;
	under = under > 0 ? under : 0;
	sum_add(&price, term[0].num, term[0].den);
	sum_add(&price, -(__int128)term[1].num * under, (__int128)term[1].den * QUANTITY_UNIT);
	if (price.overflow || price.num * term[2].den < (__int128)term[2].num * price.den) {
		price.num = term[2].num;
		price.den = term[2].den;
	}
	__int128 common = divisor(price.num, price.den);
	if (common > 1) {
		price.num /= common;
		price.den /= common;
	}
	flat.num = (int64_t)price.num;
	flat.den = (int64_t)price.den;
	return add_specific(sum, missing, words, facts, base, &flat);
}

static bool add_term(struct sum *sum, struct need *missing, const struct vocabulary *words,
		     const struct facts *facts, const struct rb_base *base,
		     const struct rb_term *term, tw_money value)
{
	return term->kind == LAW_TERM_AD_VALOREM
		   ? add_ad_valorem(sum, missing, words, facts, term, value)
		   : add_specific(sum, missing, words, facts, base, term);
}

#define PLAIN_MOST (INT64_C(1) << 56)

/* No duty, or one share of the value or one sum of money, of at most a hundred times: it cannot be
   too large. *of: what it is a share of. */
static bool is_plain(const struct rb *rb, const struct rb_rate *r, tw_money value, tw_money *of)
{
	const struct rb_term *term = &rb->terms[r->terms.first];
	if (r->kind != LAW_RATE_SUM || r->terms.count > 1)
		return false;
	*of = value;
	if (r->terms.count == 0)
		return true;
	if (term->kind != LAW_TERM_AD_VALOREM)
		*of = 1;
	return (term->kind == LAW_TERM_AD_VALOREM ? term->basis == RB_NONE
						  : term->unit == RB_NONE) &&
	       *of >= 0 && *of <= PLAIN_MOST && term->num >= 0 &&
	       (*of == 1 || term->num / 100 <= term->den);
}

bool base_rate_amount(tw_money *out, struct need *missing, const struct vocabulary *words,
		      const struct facts *facts, const struct rb_base *base, uint32_t rate,
		      tw_money value, tw_money quantum)
{
	const struct rb *rb = words->rb;
	const struct rb_rate *r = &rb->rates[rate];
	struct sum sum = {0, 1, false};
	bool good = true;
	tw_money of;
	if (is_plain(rb, r, value, &of)) {
		const struct rb_term *term = &rb->terms[r->terms.first];
		*out = r->terms.count != 0 ? money_share(of, term->num, term->den, quantum) : 0;
		return true;
	}
	switch ((enum law_rate_kind)r->kind) {
	case LAW_RATE_SUM:
		for (uint32_t i = 0; good && i < r->terms.count; i++)
			good = add_term(&sum, missing, words, facts, base,
					&rb->terms[r->terms.first + i], value);
		break;
	case LAW_RATE_BOUNDED:
		for (uint32_t i = 0; good && i < r->terms.count; i++) {
			const struct rb_term *term = &rb->terms[r->terms.first + i];
			struct sum one = {0, 1, false};
			good = add_term(&one, missing, words, facts, base, term, value);
			sum_join(&sum, &one, (enum law_join)term->join);
		}
		break;
	case LAW_RATE_SUGAR:
		good = add_sugar(&sum, missing, words, facts, base, r);
		break;
	default:
		return missing_fact(missing, "", "base_rate",
				    r->reason != 0 ? rb_text(rb, r->reason)
						   : "the schedule prints no rate");
	}
	if (good && !sum_money(out, &sum, quantum))
		return missing_fact(missing, "", "qty",
				    "the quantity is too large to compute with");
	return good;
}

bool base_plain_rate(const struct rb *rb, uint32_t rate, int64_t *num, int64_t *den)
{
	const struct rb_rate *r = &rb->rates[rate];
	*num = 0;
	*den = 1;
	if (r->kind != LAW_RATE_SUM || r->terms.count > 1)
		return false;
	if (r->terms.count == 0)
		return true;
	const struct rb_term *term = &rb->terms[r->terms.first];
	if (term->kind != LAW_TERM_AD_VALOREM || term->basis != RB_NONE)
		return false;
	*num = term->num;
	*den = term->den;
	return true;
}

static void take_claims(struct base_duty *out, const struct vocabulary *words,
			const struct facts *facts, tw_money value)
{
	tw_money quantum = facts->jurisdiction->round_duty;
	if (facts_said(facts, words->base_duty)) {
		out->known = out->general_known = true;
		out->plain = out->general_plain = false;
		out->amount = out->general =
		    money_round(facts->claim[words->base_duty].number, quantum);
		out->rate = "as declared";
	} else if (facts_said(facts, words->base_rate)) {
		out->known = out->general_known = out->plain = out->general_plain = true;
		out->num = out->general_num = facts->claim[words->base_rate].number;
		out->den = out->general_den = 100 * QUANTITY_UNIT;
		out->amount = money_share(value, out->num, out->den, quantum);
		out->general = out->amount;
		out->rate = "as declared";
	} else {
		return;
	}
	out->missing = (struct need){0};
	out->note[1].text =
	    "base-declared: the base duty is the one declared, not that of the schedule";
}

void base_find(struct base_duty *out, const struct vocabulary *words, const struct facts *facts,
	       const struct rb_base *base, tw_money value, tw_time at)
{
	const struct rb *rb = words->rb;
	tw_money quantum = facts->jurisdiction->round_duty;
	memset(out, 0, sizeof *out);
	out->den = out->general_den = 1;
	out->rate = out->general_rate = out->preference = "";
	if (base) {
		uint32_t rate = column_choose(out, words, facts, base, at);
		out->rate = rb_text(rb, rb->rates[rate].text);
		out->general_rate = rb_text(rb, rb->rates[base->general].text);
		out->plain = base_plain_rate(rb, rate, &out->num, &out->den);
		out->general_plain =
		    base_plain_rate(rb, base->general, &out->general_num, &out->general_den);
		out->known = base_rate_amount(&out->amount, &out->missing, words, facts, base, rate,
					      value, quantum);
		struct need unused;
		out->general = out->amount;
		out->general_known = out->known;
		if (rate != base->general)
			out->general_known = base_rate_amount(&out->general, &unused, words, facts,
							      base, base->general, value, quantum);
	} else {
		out->missing = (struct need){"", "base_rate", "no base schedule is available for ",
					     rb_text(rb, facts->jurisdiction->no_schedule)};
	}
	if (base && facts->jurisdiction->has_schedule == RB_ESTIMATE)
		out->confidence = LAW_LOW;
	take_claims(out, words, facts, value);
}

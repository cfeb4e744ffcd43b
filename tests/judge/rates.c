/* SPDX-License-Identifier: Apache-2.0 */
/* Rates, quantities and the base duty of one tariff line, see hearing.h. */
#include "common/money.h"
#include "common/quantity.h"
#include "hearing.h"

#include <string.h>
#include <strings.h>

/* An exact sum in 1/10000 of the currency. */
struct exact {
	__int128 num, den;
};

static void reduce(struct exact *x)
{
	__int128 a = x->num < 0 ? -x->num : x->num, b = x->den;
	while (b != 0) {
		__int128 rest = a % b;
		a = b;
		b = rest;
	}
	if (a > 1) {
		x->num /= a;
		x->den /= a;
	}
}

static struct exact times(struct exact x, __int128 num, __int128 den)
{
	struct exact by = {num, den};
	reduce(&by);
	struct exact cross = {x.num, by.den}, other = {by.num, x.den};
	reduce(&cross);
	reduce(&other);
	return (struct exact){cross.num * other.num, cross.den * other.den};
}

static struct exact plus(struct exact x, struct exact y)
{
	struct exact sum = {x.num * y.den + y.num * x.den, x.den * y.den};
	reduce(&sum);
	return sum;
}

/* Half up to whole cents, or what the jurisdiction rounds to. */
static tw_money rounded(struct exact x, tw_money quantum)
{
	struct exact steps = times(x, 1, quantum);
	return (tw_money)((2 * steps.num + steps.den) / (2 * steps.den)) * quantum;
}

static uint32_t unit_named(const struct law *law, const char *name)
{
	for (uint32_t i = 0; name[0] != '\0' && i < law->unit_count; i++)
		for (uint32_t k = 0; k < law->units[i].spelling_count; k++)
			if (strcasecmp(law->units[i].spellings[k], name) == 0 ||
			    strcmp(law->units[i].name, name) == 0)
				return i;
	return LAW_NONE;
}

/* The quantity declared in the unit of the rate, else the first that can be converted to it. */
static bool quantity_in(struct exact *out, const struct hearing *h, uint32_t unit)
{
	const struct law_unit *want = &h->law->units[unit];
	uint32_t kg = unit_named(h->law, "kg");
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < 3; i++) {
			const struct quantity_said *q = &h->line->quantity[i];
			uint32_t in = i < 2 ? q->unit : kg;
			if (!q->given ||
			    (pass == 0 ? in != unit || i == 2
				       : strcmp(h->law->units[in].dimension, want->dimension) != 0))
				continue;
			struct law_fraction from = h->law->units[in].to_base;
			*out = times((struct exact){q->amount, QUANTITY_UNIT}, from.num, from.den);
			*out = times(*out, want->to_base.den, want->to_base.num);
			return true;
		}
	return false;
}

static bool claim_number(struct exact *out, const struct hearing *h, uint32_t claim)
{
	bool money = h->law->claims[claim].type == LAW_CLAIM_AMOUNT;
	if (!h->claim[claim].given && h->law->claims[claim].assume == NULL)
		return false;
	*out = (struct exact){fact_money(h, LAW_FACT_CLAIM, claim), money ? 1 : QUANTITY_UNIT};
	return true;
}

static bool term_amount(struct exact *out, const struct hearing *h, const struct law_term *term,
			tw_money on)
{
	struct exact quantity = {1, 1};
	if (term->kind == LAW_TERM_AD_VALOREM) {
		struct exact value = {on, 1};
		if (term->basis != LAW_NONE && !claim_number(&value, h, term->basis))
			return false;
		*out = times(value, term->amount.num, term->amount.den);
		return true;
	}
	if (term->unit != LAW_NONE && term->basis != LAW_NONE) {
		if (!claim_number(&quantity, h, term->basis))
			return false;
	} else if (term->unit != LAW_NONE) {
		if (!quantity_in(&quantity, h, term->unit))
			return false;
		if (term->above != 0) {
			quantity = plus(quantity, (struct exact){-term->above, 1});
			if (quantity.num < 0)
				quantity.num = 0;
		}
	}
	*out = times(quantity, term->amount.num, term->amount.den);
	return true;
}

/* terms[0] at 100 degrees, less terms[1] for each degree under, not under terms[2]. */
static bool sugar_amount(struct exact *out, const struct hearing *h, const struct law_rate *rate)
{
	struct exact degrees, price, least, kilograms;
	uint32_t claim = h->judge->polarization;
	if (claim == LAW_NONE || !claim_number(&degrees, h, claim) ||
	    !quantity_in(&kilograms, h, rate->term[0].unit))
		return false;
	struct exact under = plus((struct exact){100, 1}, times(degrees, -1, 1));
	if (under.num < 0)
		under.num = 0;
	price = (struct exact){rate->term[0].amount.num, rate->term[0].amount.den};
	price = plus(price, times(under, -rate->term[1].amount.num, rate->term[1].amount.den));
	least = (struct exact){rate->term[2].amount.num, rate->term[2].amount.den};
	if (price.num * least.den < least.num * price.den)
		price = least;
	*out = times(kilograms, price.num, price.den);
	return true;
}

bool rate_amount(tw_money *out, const struct hearing *h, const struct law_rate *rate, tw_money on)
{
	struct exact sum = {0, 1}, term;
	if (rate->kind == LAW_RATE_SUGAR) {
		if (!sugar_amount(&sum, h, rate))
			return false;
	} else if (rate->kind == LAW_RATE_SUM || rate->kind == LAW_RATE_BOUNDED) {
		for (uint32_t i = 0; i < rate->term_count; i++) {
			if (!term_amount(&term, h, &rate->term[i], on))
				return false;
			__int128 more = term.num * sum.den - sum.num * term.den;
			if (rate->term[i].join == LAW_JOIN_ADD)
				sum = plus(sum, term);
			else if (rate->term[i].join == LAW_JOIN_LEAST ? more > 0 : more < 0)
				sum = term;
		}
	} else {
		return false;
	}
	*out = rounded(sum, h->jurisdiction->round_duty);
	return true;
}

bool rate_plain(const struct law_rate *rate, struct law_fraction *out)
{
	*out = (struct law_fraction){0, 1};
	if (rate->kind != LAW_RATE_SUM || rate->term_count > 1)
		return false;
	if (rate->term_count == 0)
		return true;
	*out = rate->term[0].amount;
	return rate->term[0].kind == LAW_TERM_AD_VALOREM && rate->term[0].basis == LAW_NONE;
}

/* The special rate under a symbol, where the preference is in force for the origin. */
static const struct law_rate *special_rate(const struct hearing *h, const char *symbol)
{
	const struct law_jurisdiction *j = h->jurisdiction;
	bool granted = false;
	tw_time at = h->in_bond ? h->goods_at : h->line->entered;
	for (uint32_t i = 0; i < j->preference_count; i++) {
		const struct law_preference *p = &j->preferences[i];
		if (strcasecmp(p->symbol, symbol) == 0 && p->from.at <= at && at < p->until.at &&
		    (p->origins_all || origin_in(&p->origins, h->line->origin)))
			granted = true;
	}
	for (uint32_t i = 0; granted && i < h->row->special_count; i++)
		if (strcasecmp(h->row->special[i].symbol, symbol) == 0) {
			const struct law_rate *rate = &h->row->special[i].rate;
			uint32_t quota = h->judge->within_quota;
			bool inside =
			    quota != LAW_NONE && h->claim[quota].given && h->claim[quota].yes;
			/* The rate of another heading is for goods inside a quota. */
			return rate->kind == LAW_RATE_SEE && !inside ? NULL : rate;
		}
	return NULL;
}

static const struct law_rate *column_rate(const struct hearing *h)
{
	const struct said *spi = &h->claim[h->judge->spi];
	const struct law_rate *rate;
	if (origin_in(&h->jurisdiction->column2, h->line->origin))
		return &h->row->column2;
	if (h->judge->spi != LAW_NONE && spi->given) {
		rate = special_rate(h, spi->word);
		return rate != NULL ? rate : &h->row->general;
	}
	for (uint32_t i = 0; i < h->law->claim_count; i++) {
		const struct law_claim *claim = &h->law->claims[i];
		if (!h->claim[i].given || !h->claim[i].yes)
			continue;
		for (uint32_t k = 0; k < claim->spi_count; k++)
			if ((rate = special_rate(h, claim->spi[k])) != NULL)
				return rate;
	}
	return &h->row->general;
}

/* The caller may know the base duty better than the schedule. */
static void declared_base(struct base *out, const struct hearing *h)
{
	const struct judge *judge = h->judge;
	if (judge->base_duty != LAW_NONE && h->claim[judge->base_duty].given) {
		*out = (struct base){.known = true, .general_known = true};
		out->amount = out->general =
		    rounded((struct exact){h->claim[judge->base_duty].number, 1},
			    h->jurisdiction->round_duty);
	} else if (judge->base_rate != LAW_NONE && h->claim[judge->base_rate].given) {
		*out = (struct base){
		    .known = true, .general_known = true, .plain = true, .general_plain = true};
		out->rate =
		    (struct law_fraction){h->claim[judge->base_rate].number, 100 * QUANTITY_UNIT};
		out->general_rate = out->rate;
		out->amount = money_share(h->value, out->rate.num, out->rate.den,
					  h->jurisdiction->round_duty);
		out->general = out->amount;
	}
}

void base_duty(struct base *out, const struct hearing *h)
{
	memset(out, 0, sizeof *out);
	if (h->row != NULL) {
		const struct law_rate *rate = column_rate(h);
		out->plain = rate_plain(rate, &out->rate);
		out->general_plain = rate_plain(&h->row->general, &out->general_rate);
		out->known = rate_amount(&out->amount, h, rate, h->value);
		out->general_known = rate_amount(&out->general, h, &h->row->general, h->value);
	}
	declared_base(out, h);
}

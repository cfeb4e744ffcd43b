/* SPDX-License-Identifier: Apache-2.0 */
/* Which column of the schedule applies to a line, see column.h. Knows no amount. */
#include "assess/column.h"

#include "common/legal.h"

#include <string.h>

static bool in_set(const uint64_t *set, uint32_t country)
{
	return country != RB_NONE && (set[country / 64] >> country % 64 & 1) != 0;
}

/* The special rate that the line prints under one symbol, or NULL. */
static const struct rb_special *special_of(const struct vocabulary *words,
					   const struct rb_base *base, struct tw_text symbol)
{
	for (uint32_t i = 0; i < base->specials.count; i++) {
		const struct rb_special *s = &words->rb->specials[base->specials.first + i];
		if (text_same(symbol, rb_text(words->rb, s->symbol)))
			return s;
	}
	return NULL;
}

static const struct rb_preference *preference_of(const struct vocabulary *words,
						 const struct facts *facts, struct tw_text symbol,
						 tw_time at, bool *known)
{
	const struct rb_jurisdiction *j = facts->jurisdiction;
	*known = false;
	for (uint32_t i = 0; i < j->preferences.count; i++) {
		const struct rb_preference *p = &words->rb->preferences[j->preferences.first + i];
		if (!text_same(symbol, rb_text(words->rb, p->symbol)))
			continue;
		*known = true;
		if (p->from <= at && at < p->until && (p->all || in_set(p->origins, facts->origin)))
			return p;
	}
	return NULL;
}

/* The symbols that the line claims, one by one; false when there is no further. */
static bool claimed_symbol(const struct vocabulary *words, const struct facts *facts, uint32_t *at,
			   uint32_t *within, struct tw_text *out)
{
	const struct rb *rb = words->rb;
	if (facts_said(facts, words->spi)) {
		*out = facts->claim[words->spi].word;
		return (*at)++ == 0;
	}
	if (!claims_any(facts, &words->tables->symbols))
		return false;
	for (; *at < rb->claim_count; (*at)++, *within = 0) {
		const struct rb_claim *claim = &rb->claims[*at];
		if (claim->spi.count == 0 || !facts_said(facts, *at) || !facts->claim[*at].yes)
			continue;
		if (*within < claim->spi.count) {
			const char *text = rb_text(rb, rb->indexes[claim->spi.first + (*within)++]);
			*out = (struct tw_text){text, strlen(text)};
			return true;
		}
	}
	return false;
}

/* "See 9822.04.01": the rate of goods inside a quota, which is not claimed. */
static bool is_elsewhere(const struct vocabulary *words, const struct facts *facts, uint32_t rate)
{
	return words->rb->rates[rate].kind == LAW_RATE_SEE &&
	       !(facts_said(facts, words->within_quota) && facts->claim[words->within_quota].yes);
}

uint32_t column_choose(struct base_duty *out, const struct vocabulary *words,
		       const struct facts *facts, const struct rb_base *base, tw_time at)
{
	struct tw_text symbol, tried = {"", 0};
	const char *why = NULL;
	int worth = 0; /* of what is tried in vain, the nearest to a rate is told */
	uint32_t claim = 0, within = 0;
	if (in_set(facts->jurisdiction->column2, facts->origin))
		return base->column2;
	while (claimed_symbol(words, facts, &claim, &within, &symbol)) {
		bool known;
		const struct rb_special *special = special_of(words, base, symbol);
		const struct rb_preference *p = preference_of(words, facts, symbol, at, &known);
		if (p && special && is_elsewhere(words, facts, special->rate)) {
			tried = symbol;
			worth = 3;
			why =
			    "preference-in-quota: the rate is in another heading, for goods within "
			    "a quota; unless within_quota is declared the general rate applies";
			continue;
		}
		if (p && special) {
			out->preference = rb_text(words->rb, special->symbol);
			out->confidence = p->confidence;
			return special->rate;
		}
		int here = p ? 2 : known;
		if (why && here < worth)
			continue;
		worth = here;
		tried = symbol;
		why = !p ? (known ? "preference-not-available: this origin had no such "
				    "preference on that day; the general rate applies"
				  : "preference-unknown: the schedule at hand has no such "
				    "program indicator; the general rate applies")
			 : "preference-not-printed: the tariff line gives no rate under "
			   "this indicator; the general rate applies";
	}
	const struct rb_rate *general = &words->rb->rates[base->general];
	bool is_printed = *rb_text(words->rb, general->text); /* what stood there is known */
	if (why && is_printed && !(general->kind == LAW_RATE_SUM && general->terms.count == 0))
		out->note[0] = (struct base_note){why, tried};
	return base->general;
}

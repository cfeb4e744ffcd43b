/* SPDX-License-Identifier: Apache-2.0 */
/* Exemptions, entry types and fees, see relief.h. */
#include "relief.h"

#include "base.h"
#include "law.h"
#include "share.h"

#include <string.h>

struct work {
	struct relief *out;
	struct reading *reading;
	struct facts *facts;
	const struct rb *rb;
};

/* Why the limit is passed, or NULL. */
static const char *over_limit(const struct work *w, const struct rb_measure *m)
{
	const struct tw_line *line = w->facts->line;
	tw_money here = condition_amount(w->reading, m->limit_of, 0);
	if (m->per != LAW_PER_LINE && m->limit_of == LAW_FACT_RETAIL_VALUE)
		here = w->facts->shipment_retail;
	if (m->per != LAW_PER_LINE && m->limit_of == LAW_FACT_VALUE)
		here = w->facts->shipment_value;
	if (here > m->limit)
		return "over-limit";
	if (m->per != LAW_PER_PERSON_DAY)
		return NULL;
	if (line->order_retail > m->limit)
		return "order-split";
	if (line->free_before > m->limit - here)
		return "day-sum";
	return NULL;
}

static void consider_exemption(struct work *w, const struct rb_measure *m, uint32_t *decided)
{
	struct relief *out = w->out;
	const char *reason = "";
	if (out->eligible || *decided == m->program || !condition_holds(w->reading, m->when))
		return;
	if (m->effect == LAW_EFFECT_REFUSE)
		reason = rb_text(w->rb, m->word);
	else if (m->effect == LAW_EFFECT_GRANT && w->facts->has_value)
		reason = over_limit(w, m);
	else
		return;
	*decided = m->program;
	if (reason != NULL && out->considered)
		return; /* the first exemption that looked at the line says why not */
	out->considered = true;
	out->eligible = reason == NULL;
	out->reason = reason != NULL ? reason : "";
	out->program = m->program;
	out->by = m->by;
}

/* What of the line's value a fee is taken on; a sum of money is not. */
static tw_money fee_base(const struct work *w, const struct rb_measure *m)
{
	const struct facts *facts = w->facts;
	const struct vocabulary *words = w->reading->words;
	tw_money quantum = facts->jurisdiction->round_value;
	tw_money value = money_round(facts->value, quantum), part;
	if ((m->flags & RB_OF_DUTIABLE) == 0 || !facts_said(facts, words->chapter98) ||
	    !facts_said(facts, words->dutiable_value))
		return value;
	part = money_round(facts->claim[words->dutiable_value].number, quantum);
	return part < value ? part : value;
}

static bool is_by_value(const struct rb *rb, uint32_t rate)
{
	const struct rb_rate *r = &rb->rates[rate];
	for (uint32_t i = 0; i < r->terms.count; i++)
		if (rb->terms[r->terms.first + i].kind == LAW_TERM_AD_VALOREM)
			return true;
	return false;
}

/*
 * A fee of the shipment is computed on what all its lines bring to it, with one
 * minimum and one maximum, and stands whole on the line that carries it. Where
 * nothing is there to take it on, none is owed, not the minimum.
 */
static bool price_fee(const struct work *w, struct fee *fee, const struct rb_measure *m)
{
	const struct facts *facts = w->facts;
	const struct tw_shipment_amount *all =
	    m->per == LAW_PER_SHIPMENT ? share_of(facts->line, SHARE_FEE(fee->measure)) : NULL;
	tw_money amount;
	char missing[96];
	fee->on = fee_base(w, m);
	fee->by_value = is_by_value(w->rb, m->rate);
	fee->is_shared = all != NULL;
	fee->all_on = all != NULL ? all->amount : fee->on;
	if ((fee->by_value && fee->all_on == 0) ||
	    !base_rate_amount(&amount, missing, w->reading->words, facts, NULL, m->rate,
			      fee->all_on, facts->jurisdiction->round_duty))
		return false;
	if (m->fee_min >= 0 && amount < m->fee_min)
		amount = m->fee_min;
	if (m->fee_max >= 0 && amount > m->fee_max)
		amount = m->fee_max;
	fee->all_amount = amount;
	fee->amount = all == NULL || all->here ? amount : 0;
	return true;
}

static void consider_fee(struct work *w, uint32_t id, uint32_t *decided)
{
	const struct rb_measure *m = &w->rb->measures[id];
	struct relief *out = w->out;
	struct fee fee = {.measure = id};
	if (*decided == m->program || !condition_holds(w->reading, m->when))
		return;
	*decided = m->program;
	if (m->effect != LAW_EFFECT_FEE || out->fee_count == RELIEF_FEES || !w->facts->has_value ||
	    !price_fee(w, &fee, m))
		return;
	out->fee[out->fee_count++] = fee;
	out->fees += fee.amount;
}

static void set_entry(struct work *w, uint32_t id)
{
	const char *word = rb_text(w->rb, w->rb->measures[id].word);
	w->out->entry = id;
	w->facts->entry_type = (struct tw_text){word, strlen(word)};
}

static void consider_entry(struct work *w, uint32_t id)
{
	const struct rb_measure *m = &w->rb->measures[id];
	const struct tw_shipment_amount *all = share_of(w->facts->line, SHARE_ENTRY);
	if (w->out->entry != RB_NONE || w->facts->entry_type.length != 0 ||
	    m->effect != LAW_EFFECT_ENTRY)
		return;
	/* A shipment is one entry, of the first type that the law asks for any line of it. */
	tw_money required = all != NULL ? all->amount - SHARE_REQUIRED(0) : -1;
	if (!w->out->eligible && required >= 0 && required < w->rb->measure_count &&
	    w->rb->measures[required].effect == LAW_EFFECT_ENTRY)
		set_entry(w, (uint32_t)required);
	else if (condition_holds(w->reading, m->when))
		set_entry(w, id);
}

/* What the law says about the type of entry; RB_NONE: no type of this day. */
static uint32_t find_type(const struct work *w, const uint32_t *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct rb_measure *m = &w->rb->measures[items[i] & ~RB_ITEM_YIELD];
		if ((items[i] & RB_ITEM_YIELD) == 0 && m->effect == LAW_EFFECT_FILED &&
		    text_same(w->facts->entry_type, rb_text(w->rb, m->word)) &&
		    condition_holds(w->reading, m->when))
			return items[i];
	}
	return RB_NONE;
}

static bool has_types(const struct work *w, const uint32_t *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((items[i] & RB_ITEM_YIELD) == 0 &&
		    w->rb->measures[items[i]].effect == LAW_EFFECT_FILED)
			return true;
	return false;
}

void relief_find(struct relief *out, struct reading *reading, struct facts *facts,
		 const uint32_t *items, size_t count)
{
	struct work w = {out, reading, facts, reading->rb};
	uint32_t decided = RB_NONE;
	memset(out, 0, offsetof(struct relief, fee));
	out->entry = out->by = out->program = RB_NONE;
	out->reason = "";
	out->type = RB_NONE;
	out->filed = facts->entry_type.length != 0;
	if (out->filed) {
		out->type = find_type(&w, items, count);
		out->no_such_type = out->type == RB_NONE
					? has_types(&w, items, count)
					: w.rb->measures[out->type].pays == LAW_PAYS_NEVER;
		out->nothing_due =
		    out->type != RB_NONE && w.rb->measures[out->type].pays == LAW_PAYS_NOTHING;
	}
	for (size_t i = 0; i < count; i++) {
		if ((items[i] & RB_ITEM_YIELD) != 0)
			continue;
		const struct rb_measure *m = &w.rb->measures[items[i]];
		switch ((enum law_kind)w.rb->programs[m->program].kind) {
		case LAW_KIND_EXEMPTION:
			consider_exemption(&w, m, &decided);
			facts->exempt = out->eligible;
			break;
		case LAW_KIND_ENTRY:
			consider_entry(&w, items[i]);
			break;
		case LAW_KIND_FEE:
			consider_fee(&w, items[i], &decided);
			break;
		default:
			break;
		}
	}
	if (out->type == RB_NONE && facts->entry_type.length != 0)
		out->type = find_type(&w, items, count);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Exemptions, entry types and fees, see relief.h. */
#include "relief.h"

#include "base.h"
#include "law.h"

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

static void consider_fee(struct work *w, uint32_t id, uint32_t *decided)
{
	const struct rb_measure *m = &w->rb->measures[id];
	const struct facts *facts = w->facts;
	struct relief *out = w->out;
	bool shipment = m->per == LAW_PER_SHIPMENT;
	tw_money quantum = facts->jurisdiction->round_duty, amount;
	tw_money value = money_round(shipment ? facts->shipment_value : facts->value,
				     facts->jurisdiction->round_value);
	char missing[96];
	if (*decided == m->program || !condition_holds(w->reading, m->when))
		return;
	*decided = m->program;
	if (m->effect != LAW_EFFECT_FEE || out->fee_count == RELIEF_FEES || !facts->has_value ||
	    (shipment && facts->line->shipment_continued) ||
	    !base_rate_amount(&amount, missing, w->reading->words, facts, NULL, m->rate, value,
			      quantum))
		return;
	if (m->fee_min >= 0 && amount < m->fee_min)
		amount = m->fee_min;
	if (m->fee_max >= 0 && amount > m->fee_max)
		amount = m->fee_max;
	out->fee[out->fee_count++] = (struct fee){id, amount};
	out->fees += amount;
}

static void consider_entry(struct work *w, uint32_t id)
{
	const struct rb_measure *m = &w->rb->measures[id];
	if (w->out->entry != RB_NONE || w->facts->entry_type.length != 0 ||
	    m->effect != LAW_EFFECT_ENTRY || !condition_holds(w->reading, m->when))
		return;
	const char *word = rb_text(w->rb, m->word);
	w->out->entry = id;
	w->facts->entry_type = (struct tw_text){word, strlen(word)};
}

void relief_find(struct relief *out, struct reading *reading, struct facts *facts,
		 const uint32_t *items, size_t count)
{
	struct work w = {out, reading, facts, reading->rb};
	uint32_t decided = RB_NONE;
	memset(out, 0, sizeof *out);
	out->entry = out->by = out->program = RB_NONE;
	out->reason = "";
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
}

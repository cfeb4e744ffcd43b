/* SPDX-License-Identifier: Apache-2.0 */
/* Exemptions, entry types and fees, see relief.h. */
#include "assess/relief.h"

#include "assess/fees.h"
#include "assess/share.h"
#include "common/capped.h"
#include "common/legal.h"

#include <string.h>

struct work {
	struct relief *out;
	struct reading *reading;
	const struct facts *facts;
	struct settled *settled;
	const struct rb *rb;
	const struct brief *brief;
	const uint32_t *items;
	const struct agenda *agenda;
	size_t filed, end; /* among these are all that say what types are */
	bool has_types;
	uint32_t passed; /* the program that would decide next, were the day's sum over the limit */
};

/* Why the limit is passed, or NULL. */
static const char *over_limit(const struct work *w, const struct rb_measure *m)
{
	const struct reading *reading = w->reading;
	enum magnitude here = (enum magnitude)m->limit_of, day = MAGNITUDE_DAY_VALUE;
	if (m->per != LAW_PER_LINE && m->limit_of == LAW_FACT_RETAIL_VALUE)
		here = (enum magnitude)LAW_FACT_SHIPMENT_RETAIL_VALUE;
	if (m->per != LAW_PER_LINE && m->limit_of == LAW_FACT_VALUE)
		here = (enum magnitude)LAW_FACT_SHIPMENT_VALUE;
	if (here == (enum magnitude)LAW_FACT_SHIPMENT_RETAIL_VALUE)
		day = MAGNITUDE_DAY_RETAIL;
	if (condition_compare(reading, here, m->limit, 1) > 0)
		return "over-limit";
	if (m->per != LAW_PER_PERSON_DAY)
		return NULL;
	if (condition_compare(reading, MAGNITUDE_ORDER, m->limit, 1) > 0)
		return "order-split";
	if (condition_compare(reading, day, m->limit, 1) > 0)
		return "day-sum";
	return NULL;
}

/* What may have been let in before under this exemption, which the line has passed. */
static tw_money room_under(const struct work *w, const struct rb_measure *m)
{
	const struct facts *f = w->facts;
	if (m->per != LAW_PER_PERSON_DAY)
		return TW_ROOM_ANY;
	return m->limit -
	       (m->limit_of == LAW_FACT_RETAIL_VALUE ? f->shipment_retail : f->shipment_value);
}

/* An exemption behind the one that admits the line: it would admit it where that no longer does. */
static void widen_room(struct work *w, uint32_t id)
{
	const struct rb_measure *m = &w->rb->measures[id];
	struct reading alone = *w->reading; /* nothing is decided: nothing is noted */
	struct work other = *w;
	alone.record = NULL;
	alone.frozen = true;
	other.reading = &alone;
	if (w->out->room == TW_ROOM_ANY || w->passed == m->program ||
	    (m->effect != LAW_EFFECT_REFUSE && m->effect != LAW_EFFECT_GRANT) ||
	    !condition_holds(&alone, w->brief[id].when))
		return;
	w->passed = m->program;
	if (m->effect == LAW_EFFECT_REFUSE || over_limit(&other, m))
		return;
	tw_money room = room_under(w, m);
	if (room > w->out->room)
		w->out->room = room;
}

static void consider_exemption(struct work *w, uint32_t id, uint32_t *decided)
{
	const struct rb_measure *m = &w->rb->measures[id];
	struct relief *out = w->out;
	const char *reason = "";
	if (out->eligible)
		widen_room(w, id);
	if (out->eligible || *decided == w->brief[id].program ||
	    !condition_holds(w->reading, w->brief[id].when))
		return;
	if (m->effect == LAW_EFFECT_REFUSE)
		reason = rb_text(w->rb, m->word);
	else if (m->effect == LAW_EFFECT_GRANT && w->facts->has_value)
		reason = over_limit(w, m);
	else
		return;
	*decided = m->program;
	if (reason && out->considered)
		return; /* the first exemption that looked at the line says why not */
	out->considered = true;
	out->eligible = !reason;
	out->reason = reason ? reason : "";
	out->program = w->passed = m->program;
	out->by = m->by;
	out->room = out->eligible ? room_under(w, m) : 0;
}

static void consider_fee(struct work *w, uint32_t id, uint32_t *decided)
{
	const struct rb_measure *m = &w->rb->measures[id];
	struct relief *out = w->out;
	struct fee fee = {.measure = id};
	if (*decided == w->brief[id].program || !condition_holds(w->reading, w->brief[id].when))
		return;
	*decided = m->program;
	if (m->effect != LAW_EFFECT_FEE || out->fee_count == RELIEF_FEES || !w->facts->has_value ||
	    !fees_price(&fee, w->reading))
		return;
	out->fee[out->fee_count++] = fee;
	if (!capped_add(&out->fees, fee.amount))
		out->overflow = true;
}

static void consider_tax(struct work *w, uint32_t id, uint32_t *decided)
{
	struct relief *out = w->out;
	out->taxed = true;
	if (*decided == w->brief[id].program || !condition_holds(w->reading, w->brief[id].when))
		return;
	*decided = w->brief[id].program;
	if (w->brief[id].effect != LAW_EFFECT_FEE)
		return;
	if (out->tax_count == RELIEF_TAXES)
		out->overflow = true;
	else
		out->tax[out->tax_count++] = id;
}

static void set_entry(struct work *w, uint32_t id)
{
	const char *word = rb_text(w->rb, w->rb->measures[id].word);
	w->out->entry = id;
	w->settled->entry_type = (struct tw_text){word, strlen(word)};
	w->settled->type = w->brief[id].type;
}

static void consider_entry(struct work *w, uint32_t id)
{
	const struct rb_measure *m = &w->rb->measures[id];
	if (w->out->entry != RB_NONE || w->settled->entry_type.length != 0)
		return;
	const struct tw_shipment_amount *all = share_of(w->facts->line, SHARE_ENTRY);
	/* A shipment is one entry, of the first type that the law asks for any line of it. */
	tw_money required = all ? all->amount - SHARE_REQUIRED(0) : -1;
	if (!w->out->eligible && required >= 0 && required < w->rb->measure_count &&
	    w->rb->measures[required].effect == LAW_EFFECT_ENTRY)
		set_entry(w, (uint32_t)required);
	else if (condition_holds(w->reading, m->when))
		set_entry(w, id);
}

/* What the law says about the type of entry; RB_NONE: no type of this day. */
static uint32_t find_type(const struct work *w, uint32_t type)
{
	size_t first = type < 64 ? w->agenda->type[type] : w->filed;
	for (size_t i = first; type != RB_NONE && i < w->end; i++) {
		if ((w->items[i] & RB_ITEM_YIELD) != 0)
			continue;
		const struct brief *b = &w->brief[w->items[i]];
		if (b->type == type && b->effect == LAW_EFFECT_FILED &&
		    condition_holds(w->reading, b->when))
			return w->items[i];
	}
	return RB_NONE;
}

/* What was filed: is there such a type, and is anything paid under it? */
static void look_at_filed(const struct work *w)
{
	struct relief *out = w->out;
	out->type = find_type(w, w->settled->type);
	out->no_such_type =
	    out->type == RB_NONE ? w->has_types : w->rb->measures[out->type].pays == LAW_PAYS_NEVER;
	out->nothing_due =
	    out->type != RB_NONE && w->rb->measures[out->type].pays == LAW_PAYS_NOTHING;
}

static void consider(struct work *w, uint32_t item, uint32_t *decided)
{
	switch ((enum law_kind)w->brief[item].kind) {
	case LAW_KIND_EXEMPTION:
		consider_exemption(w, item, decided);
		w->settled->exempt = w->out->eligible;
		break;
	case LAW_KIND_ENTRY:
		if (w->brief[item].effect == LAW_EFFECT_ENTRY)
			consider_entry(w, item);
		break;
	case LAW_KIND_FEE:
		consider_fee(w, item, decided);
		break;
	case LAW_KIND_TAX:
		consider_tax(w, item, decided);
		break;
	default:
		break;
	}
}

static void consider_all(struct work *w, const struct agenda *agenda)
{
	uint32_t decided = RB_NONE;
	for (uint32_t i = 0; w->facts->said_folded != 0 && i < agenda->count; i++)
		if ((w->items[i] & RB_ITEM_YIELD) == 0 &&
		    facts_may(w->facts, &w->brief[w->items[i]].chance))
			consider(w, w->items[i], &decided);
	if (w->facts->said_folded != 0)
		return;
	for (uint32_t i = 0; i < (agenda->count + 63) / 64; i++)
		for (uint64_t left = agenda->may[w->facts->channel_number][i]; left != 0;
		     left &= left - 1)
			consider(w, w->items[i * 64 + (uint32_t)__builtin_ctzll(left)], &decided);
}

void relief_find(struct relief *out, struct reading *reading, struct settled *settled,
		 const uint32_t *items, size_t count)
{
	const struct tables *tables = reading->words->tables;
	const struct agenda *agenda = tables_agenda(tables, reading->rb, items, (uint32_t)count);
	struct work w = {.out = out,
			 .reading = reading,
			 .facts = reading->facts,
			 .settled = settled,
			 .rb = reading->rb,
			 .brief = tables->brief,
			 .items = items,
			 .agenda = agenda,
			 .filed = agenda->scattered ? 0 : agenda->filed,
			 .end = agenda->scattered ? count : agenda->end,
			 .has_types = agenda->end != 0};
	condition_note_channel(reading);
	memset(out, 0, offsetof(struct relief, fee));
	out->entry = out->by = out->program = RB_NONE;
	out->reason = "";
	out->type = RB_NONE;
	out->filed = settled->entry_type.length != 0;
	if (out->filed)
		look_at_filed(&w);
	consider_all(&w, agenda);
	if (out->type == RB_NONE && settled->entry_type.length != 0)
		out->type = find_type(&w, settled->type);
}

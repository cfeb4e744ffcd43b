/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the decision about one substance on one route, day and quantity. What a
 * list asks is data; here is only how a route is read.
 */
#include "screen/control.h"

#include "common/instant.h"
#include "screen/month.h"

#include <string.h>

static bool holds(const struct ledger *ledger, const struct ledger_list *list, const char *country)
{
	return *country && (ledger_has(ledger, list->members, country) ||
			    !strcmp(ledger_text(ledger, list->jurisdiction), country));
}

static bool passes(const struct control_question *q, const struct ledger_list *list)
{
	for (size_t i = 0; i < q->facts->via_count; i++)
		if (holds(q->ledger, list, q->facts->via[i]))
			return true;
	return false;
}

/*
 * How the list's jurisdiction stands to the route, or -1. Goods that were made
 * in a jurisdiction count as exported from it also when they are sent from
 * elsewhere. Trade between two members of one jurisdiction crosses no border
 * of it; goods that come back to where they were made are imported. What is said
 * to be sent within the country is domestic to lists that know of it.
 */
static int direction_of(const struct control_question *q, const struct ledger_list *list)
{
	const struct screen_facts *f = q->facts;
	const char *sender = *f->ship_from ? f->ship_from : f->origin;
	bool into = holds(q->ledger, list, f->into);
	if (list->everywhere)
		return *f->into ? LEDGER_IMPORT : LEDGER_EXPORT;
	if (into && !strcmp(f->ship_from, f->into) && list->requirement[LEDGER_DOMESTIC])
		return LEDGER_DOMESTIC;
	if (into)
		return holds(q->ledger, list, sender) && strcmp(sender, f->into) != 0
			   ? -1
			   : LEDGER_IMPORT;
	if (holds(q->ledger, list, f->origin) || holds(q->ledger, list, f->ship_from))
		return LEDGER_EXPORT;
	return passes(q, list) ? LEDGER_TRANSIT : -1;
}

enum weighed { WEIGHED_UNDER, WEIGHED_OVER, WEIGHED_UNKNOWN };

/* On the sum of the person's month, this line with it. */
static enum weighed weigh_sum(struct control_answer *out, const struct control_question *q)
{
	struct month_total total;
	uint32_t key = month_key(q->ledger, out->row, out->direction);
	month_add_up(&total, out->row, q->facts, month_before(q->facts, key), true);
	if (total.reached)
		return WEIGHED_OVER;
	out->earlier_unknown = total.unknown && (q->facts->weight >= 0 || q->facts->volume >= 0);
	return total.unknown ? WEIGHED_UNKNOWN : WEIGHED_UNDER;
}

/* "Meets or exceeds" (21 CFR 1310.04(f)): the limit itself is over. */
static enum weighed weigh(struct control_answer *out, const struct control_question *q)
{
	const struct ledger_control *row = out->row;
	const struct screen_facts *facts = q->facts;
	if (out->is_summed)
		return weigh_sum(out, q);
	if (row->limit == LEDGER_NO_LIMIT)
		return WEIGHED_OVER;
	if (row->limit == LEDGER_UNKNOWN_LIMIT)
		return WEIGHED_UNKNOWN;
	if (facts->weight >= 0)
		return facts->weight < row->limit ? WEIGHED_UNDER : WEIGHED_OVER;
	if (facts->volume >= 0 && row->volume >= 0)
		return facts->volume < row->volume ? WEIGHED_UNDER : WEIGHED_OVER;
	return WEIGHED_UNKNOWN;
}

static bool goes_toward(const struct control_question *q, const struct ledger_control *row)
{
	return !row->toward.count ||
	       (*q->facts->into && ledger_has(q->ledger, row->toward, q->facts->into));
}

/* What decides is not on the line: the quantity, or with a quantity something else. */
static void not_known(struct control_answer *out, const struct control_question *q, bool ask)
{
	const struct ledger_control *row = out->row;
	bool given = q->facts->weight >= 0 || (q->facts->volume >= 0 && row->volume >= 0);
	if (!given && q->facts->volume >= 0)
		given = row->limit < 0; /* a volume that no figure could be compared with */
	if (q->ledger->substances[row->substance].flags & LEDGER_EQUIPMENT)
		given = true; /* of machines it never decides */
	out->status = given ? TW_CONTROL_UNDECIDED : TW_CONTROL_QUANTITY_UNKNOWN;
	if (!given)
		return;
	if (out->earlier_unknown)
		out->undecided = "an earlier line of the month does not say its quantity";
	else if (row->flags & LEDGER_ROW_MAYBE)
		out->undecided = "the names on this list are not published here";
	else if (ask)
		out->undecided = "it depends on facts that a line does not state";
	else
		out->undecided = "this threshold is not on record";
}

static void decide(struct control_answer *out, const struct control_question *q,
		   const struct ledger_control *row)
{
	const struct ledger_list *list = &q->ledger->lists[row->list];
	int direction = direction_of(q, list);
	struct person_pair person;
	*out = (struct control_answer){
	    .row = row, .direction = -1, .status = TW_CONTROL_OFF_ROUTE, .undecided = ""};
	out->requirement = direction < 0 ? 0 : list->requirement[direction];
	if (direction < 0 || list->must[direction] == LEDGER_MUST_NOT || !goes_toward(q, row))
		return;
	out->direction = direction;
	out->is_summed = month_of(&person, q->ledger, row, direction, q->facts);
	if (q->ppm >= 0 && q->ppm <= row->mixture_ppm && (row->mixture_mask & 1 << direction)) {
		out->mixture = true;
		out->status = TW_CONTROL_BELOW_THRESHOLD;
		return;
	}
	enum weighed weighed = weigh(out, q);
	out->prohibited = list->must[direction] == LEDGER_PROHIBITED;
	bool ask = list->must[direction] == LEDGER_ASK || (row->flags & LEDGER_ROW_ASK);
	if (weighed == WEIGHED_UNDER)
		out->status = TW_CONTROL_BELOW_THRESHOLD;
	else if (weighed == WEIGHED_UNKNOWN || ask)
		not_known(out, q, ask);
	else
		out->status = TW_CONTROL_REQUIRED;
}

static bool is_active(const struct control_question *q, const struct ledger_control *row)
{
	enum time_zone zone = (enum time_zone)q->ledger->lists[row->list].zone;
	return ledger_covers(row, time_local_day(zone, q->facts->entered));
}

static bool same_list(const struct ledger *ledger, const struct ledger_control *a,
		      const struct ledger_control *b)
{
	const struct ledger_list *x = &ledger->lists[a->list], *y = &ledger->lists[b->list];
	return x->jurisdiction == y->jurisdiction && x->name == y->name;
}

/* A newer wording of the same list covers the day too. */
static bool is_outdated(const struct control_question *q, const struct ledger_control *row)
{
	const struct ledger_substance *s = &q->ledger->substances[row->substance];
	for (uint32_t i = 0; i < s->controls.count; i++) {
		const struct ledger_control *other = &q->ledger->controls[s->controls.first + i];
		if (other != row && same_list(q->ledger, row, other) && is_active(q, other) &&
		    (other->from > row->from || (other->from == row->from && other > row)))
			return true;
	}
	return false;
}

/* The substance has an entry of its own on the class's list or a drug list of the jurisdiction. */
static bool has_entry(const struct control_question *q, uint32_t substance,
		      const struct ledger_control *of)
{
	uint32_t jurisdiction = q->ledger->lists[of->list].jurisdiction;
	const struct ledger_substance *s = &q->ledger->substances[substance];
	if (s->flags & LEDGER_CLASS)
		return false;
	for (uint32_t i = 0; i < s->controls.count; i++) {
		const struct ledger_control *row = &q->ledger->controls[s->controls.first + i];
		const struct ledger_list *list = &q->ledger->lists[row->list];
		if (list->jurisdiction == jurisdiction &&
		    (list->narcotic || same_list(q->ledger, row, of)) && is_active(q, row))
			return true;
	}
	return false;
}

/* A class leaves out what the same jurisdiction lists by name (21 USC 812(c) (e)(3); the Chinese
 * notice of 2019-04-01). */
static bool is_named(const struct control_question *q, const struct ledger_control *row)
{
	for (size_t i = 0; i < q->named_count; i++)
		if (has_entry(q, q->named[i], row))
			return true;
	return false;
}

/* A list of domestic dealings alone holds nothing on a route that crosses a border. */
static bool is_told(const struct control_question *q, const struct control_answer *answer)
{
	const struct ledger_list *list = &q->ledger->lists[answer->row->list];
	if (answer->status != TW_CONTROL_OFF_ROUTE)
		return true;
	return !(answer->row->flags & LEDGER_ROW_MAYBE) &&
	       (list->must[LEDGER_DOMESTIC] == LEDGER_MUST_NOT || list->must[LEDGER_IMPORT] ||
		list->must[LEDGER_EXPORT] || list->must[LEDGER_TRANSIT]);
}

static size_t add_rows(struct control_answer *out, size_t capacity,
		       const struct control_question *q, uint32_t from)
{
	const struct ledger_substance *s = &q->ledger->substances[from];
	bool is_class = s->flags & LEDGER_CLASS;
	size_t count = 0;
	for (uint32_t i = 0; i < s->controls.count && count < capacity; i++) {
		const struct ledger_control *row = &q->ledger->controls[s->controls.first + i];
		if (!is_active(q, row) || is_outdated(q, row) || (is_class && is_named(q, row)))
			continue;
		decide(&out[count], q, row);
		out[count].by_class = is_class;
		count += is_told(q, &out[count]);
	}
	return count;
}

size_t control_decide(struct control_answer *out, size_t capacity,
		      const struct control_question *question, uint32_t substance)
{
	struct control_question own = *question;
	const struct ledger_substance *s = &question->ledger->substances[substance];
	size_t count = add_rows(out, capacity, question, substance);
	if (!(s->flags & LEDGER_CLASS)) {
		own.named = &substance;
		own.named_count = 1;
	}
	for (uint32_t i = 0; i < s->classes.count && !question->alone; i++)
		count += add_rows(out + count, capacity - count, &own,
				  question->ledger->indexes[s->classes.first + i]);
	return count;
}

enum tw_lane control_lane(const struct control_answer *answers, size_t count,
			  enum tw_certainty certainty)
{
	bool exact = certainty == TW_CERTAINTY_EXACT;
	enum tw_lane lane = TW_LANE_GREEN;
	for (size_t i = 0; i < count; i++) {
		if (exact && answers[i].status == TW_CONTROL_REQUIRED)
			return TW_LANE_RED;
		if (!exact || answers[i].status != TW_CONTROL_BELOW_THRESHOLD)
			lane = TW_LANE_YELLOW;
	}
	return lane;
}

bool control_is_narcotic(const struct ledger *ledger, uint32_t substance)
{
	const struct ledger_substance *s = &ledger->substances[substance];
	for (uint32_t i = 0; i < s->controls.count; i++)
		if (ledger->lists[ledger->controls[s->controls.first + i].list].narcotic)
			return true;
	return false;
}

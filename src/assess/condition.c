/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions over facts, see condition.h. Pure but for the list of open atoms. */
#include "assess/condition.h"

#include "common/quantity.h"

#include <stddef.h>
#include <string.h>

void condition_give_up(const struct reading *r, const char *why)
{
	if (r->record && !r->record->unknown)
		r->record->unknown = why;
}

/* Of a line that is planned nothing is known of its consignee's day. */
static bool is_of_day(uint8_t fact)
{
	return fact == LAW_FACT_DAY_SHIPMENTS || fact == LAW_FACT_DAY_VALUE;
}

static void note_word(const struct reading *r, uint8_t fact)
{
	if (r->record && !is_of_day(fact))
		r->record->words |= UINT32_C(1) << fact;
}

/* The same question has the same answer: once is enough. */
static void note_comparison(const struct reading *r, uint8_t magnitude, int64_t num, int64_t den,
			    int outcome)
{
	struct record *record = r->record;
	if (!record)
		return;
	if (record->amounts_unlike &&
	    (magnitude == LAW_FACT_DUTY || magnitude == LAW_FACT_ADDITIONAL))
		condition_give_up(r, "a question about what another reading comes to");
	for (uint32_t i = 0; i < record->comparisons; i++) {
		const struct comparison *c = &record->comparison[i];
		if (c->magnitude == magnitude && c->num == num && c->den == den &&
		    c->outcome == outcome)
			return;
	}
	if (record->comparisons == RECORD_COMPARISONS)
		condition_give_up(r, "more comparisons than a record holds");
	else
		record->comparison[record->comparisons++] =
		    (struct comparison){magnitude, (int8_t)outcome, num, den};
}

void condition_note_floor(const struct reading *r, uint32_t measure, uint8_t floor, bool whole)
{
	struct record *record = r->record;
	if (!record)
		return;
	if (!whole)
		condition_give_up(r, "a floor on part of the value");
	else if (record->floors == RECORD_FLOORS)
		condition_give_up(r, "more floors than a record holds");
	else {
		record->floor[record->floors].measure = measure;
		record->floor[record->floors++].floor = floor;
	}
}

/* Is the claim the value of a part that is not there in this reading? Then it is as if said. */
static bool is_nothing(const struct reading *r, uint32_t claim)
{
	for (unsigned i = 0; r->nothing != 0 && i < RB_REST; i++)
		if ((r->nothing >> i & 1) != 0 && r->words->part_claim[i] == claim)
			return true;
	return false;
}

static const struct value *claim_of(const struct reading *r, uint32_t claim)
{
	static const struct value nothing = {.kind = VALUE_NUMBER};
	if (is_nothing(r, claim))
		return &nothing;
	return facts_claim(r->facts, r->words, claim);
}

/* The money of a fact that is one, 0 when there is none. */
static tw_money amount_of(const struct reading *r, uint8_t fact)
{
	const struct facts *f = r->facts;
	switch ((enum law_fact)fact) {
	case LAW_FACT_VALUE:
		return f->value;
	case LAW_FACT_RETAIL_VALUE:
		return f->retail;
	case LAW_FACT_SHIPMENT_VALUE:
		return f->shipment_value;
	case LAW_FACT_SHIPMENT_RETAIL_VALUE:
		return f->shipment_retail;
	case LAW_FACT_DUTY:
		return r->settled->duty;
	case LAW_FACT_ADDITIONAL:
		return r->settled->additional;
	case LAW_FACT_DAY_VALUE:
		return f->line->day_value;
	default:
		return 0;
	}
}

/* The words of a fact: a text and, for a place, its ISO code. */
static struct tw_text word_of(const struct reading *r, const struct rb_atom *atom)
{
	const struct facts *f = r->facts;
	uint32_t country = RB_NONE;
	switch ((enum law_fact)atom->fact) {
	case LAW_FACT_CHANNEL:
		return f->channel;
	case LAW_FACT_TRANSPORT:
		return f->transport;
	case LAW_FACT_ENTRY_TYPE:
		return r->settled->entry_type;
	case LAW_FACT_CURRENCY:
		return f->currency;
	case LAW_FACT_INTO:
		return (struct tw_text){f->jurisdiction->code, strlen(f->jurisdiction->code)};
	case LAW_FACT_SHIP_FROM:
		country = f->ship_from;
		break;
	case LAW_FACT_ORIGIN:
		country = f->origin;
		break;
	case LAW_FACT_CLAIM:
		return claim_of(r, atom->claim)->word;
	default:
		break;
	}
	if (country == RB_NONE)
		return (struct tw_text){"", 0};
	return (struct tw_text){r->rb->countries[country].iso2, 2};
}

/* Codes are compared by their digits, and one covers all beneath it; a claim may name several. */
static bool same_code(struct tw_text said, const char *word)
{
	for (size_t at = 0; at < said.length; at++) {
		const char *w = word;
		bool same = true;
		for (; at < said.length && !strchr(",+| ", said.at[at]); at++) {
			if (said.at[at] == '.' || *w == '\0')
				continue;
			same = same && *w == said.at[at];
			w++;
		}
		if (same && *w == '\0')
			return true;
	}
	return false;
}

static bool in_words(const struct reading *r, const struct rb_atom *atom)
{
	note_word(r, atom->fact);
	struct tw_text said = word_of(r, atom);
	bool code =
	    atom->fact == LAW_FACT_CLAIM && r->rb->claims[atom->claim].type == LAW_CLAIM_CODE;
	if (said.length == 0)
		return false;
	for (uint32_t i = 0; i < atom->words.count; i++) {
		const char *word = rb_text(r->rb, r->rb->indexes[atom->words.first + i]);
		if (code ? same_code(said, word) : text_same(said, word))
			return true;
	}
	return false;
}

/* The number of a fact and the scale in which it counts; false: nothing to compare. */
static bool number_of(const struct reading *r, uint8_t fact, uint32_t claim, int64_t *number,
		      int64_t *scale)
{
	const struct facts *f = r->facts;
	*scale = 1;
	switch ((enum law_fact)fact) {
	case LAW_FACT_ENTERED:
		*number = f->entered;
		return true;
	case LAW_FACT_IMPORTED:
		*number = f->imported;
		return f->has_imported;
	case LAW_FACT_LOADED:
		*number = f->loaded;
		return f->has_loaded;
	case LAW_FACT_DEPARTED:
		*number = f->departed;
		return f->has_departed;
	case LAW_FACT_IT_DATE:
		*number = f->it_date;
		return f->has_it_date;
	case LAW_FACT_SHIPPED: /* where both are said, both tests must be met */
		*number = f->has_loaded && (!f->has_departed || f->loaded > f->departed)
			      ? f->loaded
			      : f->departed;
		return f->has_loaded || f->has_departed;
	case LAW_FACT_WEIGHT:
		*number = f->qty[2].amount;
		*scale = QUANTITY_UNIT;
		return f->qty[2].given;
	case LAW_FACT_DAY_SHIPMENTS:
		*number = f->line->day_shipments < INT64_MAX ? (int64_t)f->line->day_shipments
							     : INT64_MAX;
		return true;
	case LAW_FACT_CLAIM: {
		const struct value *value = claim_of(r, claim);
		uint8_t type = r->rb->claims[claim].type;
		*number = value->number;
		if (value->kind == VALUE_NUMBER && type != LAW_CLAIM_AMOUNT)
			*scale = QUANTITY_UNIT;
		return value->kind == VALUE_NUMBER || value->kind == VALUE_TIME;
	}
	default:
		*number = amount_of(r, fact);
		return true;
	}
}

static int order_of(__int128 left, __int128 right)
{
	return left < right ? -1 : left > right;
}

static int compare(const struct reading *r, const struct rb_atom *atom, int64_t number,
		   int64_t scale)
{
	int order = scale == 1 && atom->den == 1
			? (number < atom->num ? -1 : number > atom->num)
			: order_of((__int128)number * atom->den, (__int128)atom->num * scale);
	if (atom->fact != LAW_FACT_CLAIM && !is_of_day(atom->fact))
		note_comparison(r, atom->fact, atom->num, atom->den, order);
	return order;
}

int condition_compare(const struct reading *r, enum magnitude magnitude, int64_t num, int64_t den)
{
	const struct facts *f = r->facts;
	__int128 left;
	switch (magnitude) {
	case MAGNITUDE_ORDER:
		left = f->line->order_retail;
		break;
	case MAGNITUDE_DAY_VALUE:
		left = (__int128)f->line->free_before + f->shipment_value;
		break;
	case MAGNITUDE_DAY_RETAIL:
		left = (__int128)f->line->free_before + f->shipment_retail;
		break;
	default:
		left = magnitude == (enum magnitude)LAW_FACT_ENTERED
			   ? f->entered
			   : amount_of(r, (uint8_t)magnitude);
		break;
	}
	int order = order_of(left * den, num);
	note_comparison(r, (uint8_t)magnitude, num, den, order);
	return order;
}

static bool numbers_hold(const struct reading *r, const struct rb_atom *atom)
{
	int64_t number, scale;
	note_word(r, atom->fact); /* whether there is one */
	if (!number_of(r, atom->fact, atom->claim, &number, &scale))
		return false;
	int order;
	if (atom->operand == LAW_OPERAND_SHARE) {
		int64_t other; /* of the same kind, and so in the same scale */
		condition_give_up(r, "a comparison with a share");
		if (!number_of(r, atom->other, atom->other_claim, &other, &scale))
			return false;
		order = order_of((__int128)number * atom->den, (__int128)other * atom->num);
	} else {
		order = compare(r, atom, number, scale);
	}
	switch ((enum law_operator)atom->op) {
	case LAW_OP_LT:
		return order < 0;
	case LAW_OP_LE:
		return order <= 0;
	case LAW_OP_GT:
		return order > 0;
	default: /* the law has no other between numbers */
		return order >= 0;
	}
}

static bool said(const struct reading *r, const struct rb_atom *atom)
{
	const struct facts *f = r->facts;
	int64_t number, scale;
	note_word(r, atom->fact);
	switch ((enum law_fact)atom->fact) {
	case LAW_FACT_CLAIM:
		return facts_said(f, atom->claim) || is_nothing(r, atom->claim);
	case LAW_FACT_IMPORTED:
	case LAW_FACT_LOADED:
	case LAW_FACT_DEPARTED:
	case LAW_FACT_IT_DATE:
	case LAW_FACT_SHIPPED:
	case LAW_FACT_WEIGHT:
		return number_of(r, atom->fact, atom->claim, &number, &scale);
	case LAW_FACT_VALUE:
		return f->has_value;
	case LAW_FACT_CHANNEL:
	case LAW_FACT_TRANSPORT:
	case LAW_FACT_ENTRY_TYPE:
	case LAW_FACT_CURRENCY:
		return word_of(r, atom).length != 0;
	default:
		return true;
	}
}

static bool atom_true(const struct reading *r, const struct rb_atom *atom)
{
	switch ((enum law_operator)atom->op) {
	case LAW_OP_YES:
		return atom->fact == LAW_FACT_EXEMPT ? r->settled->exempt
						     : claim_of(r, atom->claim)->yes;
	case LAW_OP_SAID:
		return said(r, atom);
	case LAW_OP_EQ:
	case LAW_OP_IN:
		return in_words(r, atom);
	case LAW_OP_NE:
		return !in_words(r, atom);
	default:
		return numbers_hold(r, atom);
	}
}

/* Many records may say the same thing; they are one question. */
static bool same_atom(const struct rb *rb, uint32_t a, uint32_t b)
{
	const struct rb_atom *x = &rb->atoms[a], *y = &rb->atoms[b];
	if (a == b)
		return true;
	if (x->claim != y->claim || x->op != y->op || x->operand != y->operand ||
	    x->num != y->num || x->den != y->den || x->words.count != y->words.count)
		return false;
	for (uint32_t i = 0; i < x->words.count; i++)
		if (rb->indexes[x->words.first + i] != rb->indexes[y->words.first + i])
			return false;
	return true;
}

static bool bit_of(const struct steps *steps, const struct probe *probe, uint32_t country)
{
	return country != RB_NONE &&
	       (steps->country[probe->with][country / 64] >> country % 64 & 1) != 0;
}

/* By the law's assumption where a claim that is not declared could be taken either way. */
static bool weigh(struct reading *r, uint32_t index)
{
	const struct rb_atom *atom = &r->rb->atoms[index];
	bool holds = atom_true(r, atom);
	if (atom->fact != LAW_FACT_CLAIM || atom->op == LAW_OP_SAID ||
	    !r->rb->claims[atom->claim].unknown || facts_said(r->facts, atom->claim))
		return holds;
	uint32_t at = 0;
	while (at < r->open_count && !same_atom(r->rb, r->open[at], index))
		at++;
	if (at == r->open_count) {
		r->overflow = r->overflow || (at == OPEN_ATOMS && !r->frozen);
		if (at == OPEN_ATOMS || r->frozen)
			return holds;
		r->open[r->open_count++] = index;
	}
	return holds != ((r->flipped >> at & 1) != 0);
}

/* Most questions are answered by what was prepared of them. */
static inline bool answer(struct reading *r, uint32_t index)
{
	const struct facts *f = r->facts;
	const struct steps *steps = &r->words->tables->steps;
	const struct probe *probe = &steps->probe[index];
	/* Claims are most of what is asked; a jump by number would wait for the probe. */
	if (probe->how == PROBE_CLAIM)
		return facts_said(f, probe->with) ? weigh(r, index) : probe->turned;
	if (probe->how == PROBE_ASK)
		return weigh(r, index);
	switch ((enum probe_how)probe->how) {
	case PROBE_CHANNEL:
		note_word(r, LAW_FACT_CHANNEL);
		return (probe->with >> f->channel_number & 1) != probe->turned;
	case PROBE_TRANSPORT:
		note_word(r, LAW_FACT_TRANSPORT);
		return (probe->with >> f->transport_number & 1) != probe->turned;
	case PROBE_ORIGIN:
		note_word(r, LAW_FACT_ORIGIN);
		return bit_of(steps, probe, f->origin) != probe->turned;
	case PROBE_SHIP_FROM:
		note_word(r, LAW_FACT_SHIP_FROM);
		return bit_of(steps, probe, f->ship_from) != probe->turned;
	case PROBE_TYPE:
		note_word(r, LAW_FACT_ENTRY_TYPE);
		return (r->settled->type < 64 &&
			(steps->types[probe->with] >> r->settled->type & 1) != 0) != probe->turned;
	case PROBE_CLAIM:
	case PROBE_ASK:
	default:
		return weigh(r, index);
	}
}

static bool walk(struct reading *r, uint32_t node)
{
	const struct rb_node *n = &r->rb->nodes[node];
	if (n->kind == LAW_NODE_ATOM)
		return answer(r, n->child.first);
	const uint32_t *child = r->rb->indexes + n->child.first;
	if (n->kind == LAW_NODE_NOT)
		return !condition_holds(r, child[0]);
	bool all = n->kind == LAW_NODE_ALL;
	for (uint32_t i = 0; i < n->child.count; i++)
		if (condition_holds(r, child[i]) != all)
			return !all;
	return all;
}

bool condition_holds(struct reading *r, uint32_t node)
{
	if (node == RB_NONE)
		return true;
	const struct steps *steps = &r->words->tables->steps;
	uint32_t at = steps->first[node];
	if (at == RB_NONE)
		return walk(r, node);
	do {
		const struct step *step = &steps->step[at];
		at = answer(r, step->atom) ? step->yes : step->no;
	} while (at < STEPS_NO);
	return at == STEPS_YES;
}

void condition_assume(struct tables *tables, const struct vocabulary *words)
{
	struct facts silent;
	struct reading r = {.rb = words->rb, .words = words, .facts = &silent};
	memset(&silent, 0, offsetof(struct facts, claim));
	for (uint32_t i = 0; i < words->rb->atom_count; i++) {
		const struct rb_atom *atom = &words->rb->atoms[i];
		struct probe *probe = &tables->steps.probe[i];
		if (atom->fact != LAW_FACT_CLAIM || atom->operand == LAW_OPERAND_SHARE)
			continue;
		const struct rb_claim *claim = &words->rb->claims[atom->claim];
		if (claim->part < RB_REST || (claim->unknown && atom->op != LAW_OP_SAID))
			continue; /* it may be taken as nothing, or either way */
		probe->how = PROBE_CLAIM;
		probe->with = atom->claim;
		probe->turned = atom_true(&r, atom);
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which facts that nobody declared could matter: a claim on which a condition
 * of some candidate still turns when everything that the line says is taken as
 * said, and every claim to be reminded of may be declared either way. What is
 * decided without them is not asked for. Changes no figure.
 */
#include "assess/matter.h"

#include "assess/assessor.h"
#include "common/legal.h"
#include "rulebook/docket.h"

#include <string.h>

enum outcome { FAILS, HOLDS, OPEN };

struct question {
	struct reading reading;
	const struct tables *tables;
	const uint64_t *open;     /* claims that may yet be declared */
	uint64_t open_bits;       /* the same, folded as in tables.h */
	struct claim_set *matter; /* those on which a condition turns */
	uint8_t zero;             /* parts of the value that are taken as 0 */
};

static bool has(const uint64_t *set, uint32_t claim)
{
	return claim != RB_NONE && (set[claim / 64] >> claim % 64 & 1) != 0;
}

static bool names_open(const struct question *q, const struct rb_atom *atom)
{
	return (atom->fact == LAW_FACT_CLAIM && has(q->open, atom->claim)) ||
	       (atom->operand == LAW_OPERAND_SHARE && atom->other == LAW_FACT_CLAIM &&
		has(q->open, atom->other_claim));
}

static void mark(struct claim_set *set, const struct question *q, uint32_t claim)
{
	if (has(q->open, claim))
		set->word[claim / 64] |= UINT64_C(1) << claim % 64;
}

static void mark_atom(struct claim_set *set, const struct question *q, const struct rb_atom *atom)
{
	if (atom->fact == LAW_FACT_CLAIM)
		mark(set, q, atom->claim);
	if (atom->operand == LAW_OPERAND_SHARE && atom->other == LAW_FACT_CLAIM)
		mark(set, q, atom->other_claim);
}

/* Of a condition that is open, add the claims of those parts of it that are open, too. */
static enum outcome look(struct question *q, uint32_t node, struct claim_set *claims)
{
	const struct rb *rb = q->reading.rb;
	const struct rb_node *n = &rb->nodes[node];
	if ((q->tables->node[node] & q->open_bits) == 0) /* it names none of them */
		return condition_holds(&q->reading, node) ? HOLDS : FAILS;
	if (n->kind == LAW_NODE_ATOM) {
		const struct rb_atom *atom = &rb->atoms[n->child.first];
		if (!names_open(q, atom))
			return condition_holds(&q->reading, node) ? HOLDS : FAILS;
		mark_atom(claims, q, atom);
		return OPEN;
	}
	const uint32_t *child = rb->indexes + n->child.first;
	if (n->kind == LAW_NODE_NOT) {
		enum outcome found = look(q, child[0], claims);
		return found == OPEN ? OPEN : found == HOLDS ? FAILS : HOLDS;
	}
	enum outcome settles = n->kind == LAW_NODE_ALL ? FAILS : HOLDS;
	enum outcome whole = settles == FAILS ? HOLDS : FAILS;
	struct claim_set open = {{0}};
	for (uint32_t i = 0; i < n->child.count; i++) {
		enum outcome found = look(q, child[i], &open);
		if (found == settles)
			return settles; /* and what was open does not matter */
		whole = found == OPEN ? OPEN : whole;
	}
	for (uint32_t i = 0; i < CLAIM_WORDS; i++)
		claims->word[i] |= open.word[i];
	return whole;
}

/* Is every part of the value that the measure falls on declared, or taken, to be nothing? */
static bool falls_on_nothing(const struct question *q, const struct rb_measure *m)
{
	const struct facts *f = q->reading.facts;
	for (unsigned i = 0; i < RB_PARTS; i++) {
		uint32_t claim = i < RB_REST ? q->reading.words->part_claim[i] : RB_NONE;
		if ((m->parts >> i & 1) != 0 && (q->zero >> i & 1) == 0 &&
		    (!facts_said(f, claim) || f->claim[claim].number != 0))
			return false;
	}
	return true;
}

static void look_at(struct question *q, uint32_t item)
{
	const struct rb *rb = q->reading.rb;
	uint32_t when, choice = RB_NONE;
	if ((item & RB_ITEM_YIELD) != 0) {
		when = rb->yields[item & ~RB_ITEM_YIELD].when;
	} else if (falls_on_nothing(q, &rb->measures[item])) {
		return;
	} else {
		when = rb->measures[item].when;
		choice = rb->measures[item].choice_claim;
	}
	enum outcome found = when != RB_NONE ? look(q, when, q->matter) : HOLDS;
	if (found != FAILS)
		mark(q->matter, q, choice);
}

static void look_along(struct question *q, uint32_t chain)
{
	const struct rb *rb = q->reading.rb;
	uint32_t last = narrow_get(&rb->chain[RB_CHAIN_LINKS], chain + 1);
	for (uint32_t i = narrow_get(&rb->chain[RB_CHAIN_LINKS], chain); i < last; i++) {
		const struct link *here =
		    tables_link(q->tables, rb, narrow_get(&rb->chain_link, i));
		if ((here->named & q->open_bits) == 0 ||
		    !facts_could(q->reading.facts, &here->chance))
			continue;
		const uint32_t *at = rb->items + here->first;
		const uint32_t *end = rb->items + here->end;
		for (; at < end; at++)
			if ((tables_named(q->tables, *at) & q->open_bits) != 0 &&
			    facts_could(q->reading.facts, tables_chance(q->tables, *at)))
				look_at(q, *at);
	}
}

static void look_at_tail(struct question *q, uint32_t docket)
{
	uint32_t count;
	const uint32_t *item = rb_tail_items(q->reading.rb, docket, &count);
	const struct agenda *agenda = tables_agenda(q->tables, q->reading.rb, item, count);
	const struct facts *f = q->reading.facts;
	const uint64_t *places =
	    f->said_folded == 0 ? agenda->could[f->channel_number] : agenda->named;
	for (uint32_t i = 0; i < (count + 63) / 64; i++)
		for (uint64_t left = places[i]; left != 0; left &= left - 1) {
			uint32_t at = i * 64 + (uint32_t)__builtin_ctzll(left);
			if ((tables_named(q->tables, item[at]) & q->open_bits) != 0)
				look_at(q, item[at]);
		}
}

void matter_find(tw_assessor *a, uint32_t docket, uint8_t zero)
{
	uint64_t open[RB_CLAIMS / 64] = {0};
	struct claim_set found = {{0}};
	struct question q = {.reading = {.rb = a->rb,
					 .words = &a->words,
					 .facts = &a->facts,
					 .settled = &a->settled,
					 .record = a->record,
					 .frozen = true},
			     .tables = &a->tables,
			     .open = open,
			     .matter = &found,
			     .zero = zero};
	uint64_t bits = 0, said = 0;
	for (uint32_t i = 0; i < CLAIM_WORDS; i++) {
		open[i] = a->tables.remind.word[i] & ~a->facts.said[i];
		said |= a->tables.remind.word[i] & a->facts.said[i];
	}
	for (uint32_t i = 0; said != 0 && i < CLAIM_WORDS; i++)
		for (uint64_t left = open[i]; left != 0; left &= left - 1)
			bits |= a->tables.claim_bit[i * 64 + (uint32_t)__builtin_ctzll(left)];
	q.open_bits = tables_docket(&a->tables, a->rb, docket) & (said != 0 ? bits : UINT64_MAX);
	if (q.open_bits == 0)
		return;
	look_along(&q, rb_items(a->rb, docket));
	look_at_tail(&q, docket);
	for (uint32_t i = 0; i < CLAIM_WORDS; i++)
		a->matter[i] |= found.word[i];
}

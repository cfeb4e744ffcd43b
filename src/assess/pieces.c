/* SPDX-License-Identifier: Apache-2.0 */
/* What the value of a line is made of, see pieces.h. Pure. */
#include "assess/pieces.h"

#include "common/fit.h"
#include "common/money.h"

#include <stdio.h>
#include <string.h>

/* Where a part lies in the value, [from, until). */
struct stretch {
	tw_money from, until;
};

unsigned pieces_named(uint8_t parts)
{
	for (unsigned i = 0; i < RB_REST; i++)
		if (parts == (uint8_t)(1u << i) || parts == (uint8_t) ~(1u << i))
			return i;
	return RB_PARTS;
}

uint8_t pieces_on(const struct pieces *cut, uint8_t parts)
{
	unsigned part = parts != RB_ALL ? pieces_named(parts) : RB_PARTS;
	uint8_t pieces = 0;
	if (part == RB_PARTS)
		return cut->all;
	bool inside = parts == (uint8_t)(1u << part);
	for (unsigned i = 0; i < cut->count; i++)
		if (((cut->piece[i].parts >> part & 1) != 0) == inside)
			pieces |= (uint8_t)(1u << i);
	return pieces;
}

unsigned pieces_part(const struct pieces *cut, uint8_t pieces)
{
	uint8_t covering = 0; /* others make up nothing */
	for (unsigned i = 0; i < cut->count; i++)
		covering |= cut->piece[i].parts;
	for (unsigned i = 0; pieces != 0 && covering >> i != 0 && i < RB_REST; i++)
		if ((covering >> i & 1) != 0 && pieces_on(cut, (uint8_t)(1u << i)) == pieces)
			return i;
	return RB_REST;
}

tw_money pieces_value(const struct pieces *cut, uint8_t pieces)
{
	tw_money sum = 0;
	for (unsigned i = 0; i < cut->count; i++)
		if ((pieces >> i & 1) != 0)
			sum += cut->piece[i].value;
	return sum;
}

/*
 * Lay the declared parts, each at the most what those of its group before it left. What a chapter
 * 98 claim leaves undutiable is content of a country first (US components), and not laid.
 */
static uint8_t lay(struct stretch at[RB_REST], uint8_t *divided, const struct facts *facts,
		   const struct vocabulary *words, tw_money value, const tw_money most[RB_REST])
{
	tw_money start = 0, end = value, quantum = facts->jurisdiction->round_value;
	tw_money free = money_round(facts->value, quantum) - value;
	uint8_t said = 0;
	for (unsigned i = 0; i < RB_REST; i++) {
		uint32_t claim = words->part_claim[i];
		if (!facts_said(facts, claim))
			continue;
		bool first = words->rb->claims[claim].group == 1;
		tw_money amount = money_round(facts->claim[claim].number, quantum);
		tw_money left = first ? value - start : end;
		tw_money outside = first ? 0 : amount < free ? amount : free;
		free -= outside;
		amount -= outside;
		amount = amount < most[i] ? amount : most[i];
		amount = amount < left ? amount : left;
		at[i].from = first ? start : end - amount;
		at[i].until = at[i].from + amount;
		start += first ? amount : 0;
		end -= first ? 0 : amount;
		said |= (uint8_t)(1u << words->rb->claims[claim].group);
		if (amount > 0 && amount < value)
			*divided |= (uint8_t)(1u << words->rb->claims[claim].group);
	}
	return said;
}

/* Cut at the ends of all parts. A value of nothing is one piece. */
static void cut(struct pieces *out, const struct stretch at[RB_REST], tw_money value, uint8_t whole)
{
	tw_money from = 0;
	do {
		struct piece piece = {.value = value, .parts = whole};
		for (unsigned i = 0; i < RB_REST; i++) {
			if (at[i].from > from && at[i].from < piece.value)
				piece.value = at[i].from;
			if (at[i].until > from && at[i].until < piece.value)
				piece.value = at[i].until;
		}
		for (unsigned i = 0; i < RB_REST; i++)
			if (at[i].from <= from && from < at[i].until)
				piece.parts |= (uint8_t)(1u << i);
		tw_money until = piece.value;
		piece.value -= from;
		from = until;
		out->all |= (uint8_t)(1u << out->count);
		out->piece[out->count++] = piece;
	} while (from < value);
}

/* Which of the open parts is the whole value, and of which there is a trace; see pieces.h. */
static void choose(struct pieces *out, unsigned which, uint8_t *whole, uint8_t *trace)
{
	unsigned count = 0, nth = 0;
	for (unsigned i = 0; i < RB_REST; i++)
		count += out->open >> i & 1;
	bool beside = which > 2 * count; /* the others are there, too */
	unsigned first = beside ? which - 2 * count - 1 : which;
	for (unsigned i = 0; i < RB_REST; i++) {
		uint8_t part = (uint8_t)(1u << i);
		if ((out->open & part) == 0)
			continue;
		if (nth == first)
			*whole |= part;
		else if (beside || nth + count + 1 == which)
			*trace |= part;
		nth++;
	}
	out->nothing = (uint8_t)(out->open & ~(*whole | *trace));
}

void pieces_cut(struct pieces *out, const struct facts *facts, const struct vocabulary *words,
		tw_money value, const tw_money most[RB_REST], uint8_t play, uint8_t which)
{
	struct stretch at[RB_REST];
	uint8_t whole = 0, trace = 0;
	memset(out, 0, sizeof *out);
	if (play == 0 && !claims_any(facts, &words->parts)) { /* the value, undivided */
		out->count = out->all = 1;
		out->piece[0].value = value;
		return;
	}
	memset(at, 0, sizeof at);
	uint8_t said = lay(at, &out->divided, facts, words, value, most);
	for (unsigned i = 0; i < RB_REST; i++) {
		const struct rb_claim *claim;
		if ((play >> i & 1) == 0 || words->part_claim[i] == RB_NONE)
			continue;
		claim = &words->rb->claims[words->part_claim[i]];
		if (!claim->whole)
			continue;
		if ((said >> claim->group & 1) == 0)
			out->open |= (uint8_t)(1u << i);
		else if (!facts_said(facts, words->part_claim[i]))
			out->zero |= (uint8_t)(1u << i);
	}
	choose(out, which, &whole, &trace);
	cut(out, at, value, whole);
	for (unsigned i = 0; i < RB_REST && out->count < RB_PARTS; i++)
		if ((trace >> i & 1) != 0) {
			out->all |= (uint8_t)(1u << out->count);
			out->piece[out->count++] = (struct piece){0, (uint8_t)(1u << i)};
		}
}

static bool too_much(struct refusal *out, const struct facts *facts, const struct rb *rb,
		     const struct rb_claim *claim, tw_money sum)
{
	char text[2][32];
	const char *name = rb_text(rb, claim->name);
	money_print(text[0], sum);
	money_print(text[1], facts->value);
	out->reason = "bad-claim";
	out->column = "claims";
	fit_print(out->text, sizeof out->text,
		  "%s: the declared content comes to %s with it, more than the value of the line, "
		  "%s: declare the share of that value for each part",
		  name, text[0], text[1]);
	return false;
}

bool pieces_sound(struct refusal *refusal, const struct facts *facts,
		  const struct vocabulary *words)
{
	tw_money sum[3] = {0, 0, 0};
	if (!facts->has_value || !claims_any(facts, &words->valued))
		return true;
	for (unsigned i = 0; i < RB_REST; i++) {
		uint32_t index = words->part_claim[i];
		const struct rb_claim *claim;
		if (!facts_said(facts, index))
			continue;
		claim = &words->rb->claims[index];
		tw_money amount = facts->claim[index].number;
		sum[claim->group] = amount > facts->value ? amount : sum[claim->group] + amount;
		if (sum[claim->group] > facts->value)
			return too_much(refusal, facts, words->rb, claim, sum[claim->group]);
	}
	if (facts_said(facts, words->dutiable_value) &&
	    facts->claim[words->dutiable_value].number > facts->value)
		return too_much(refusal, facts, words->rb,
				&words->rb->claims[words->dutiable_value],
				facts->claim[words->dutiable_value].number);
	return true;
}

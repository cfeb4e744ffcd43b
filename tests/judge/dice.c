/* SPDX-License-Identifier: Apache-2.0 */
/* Dice, single facts, and conditions made true or false, see dice.h. */
#include "dice.h"
#include "common/quantity.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static uint64_t roll(struct maker *m)
{
	m->state ^= m->state >> 12;
	m->state ^= m->state << 25;
	m->state ^= m->state >> 27;
	return m->state * UINT64_C(2685821657736338717);
}

uint64_t below(struct maker *m, uint64_t limit)
{
	return limit != 0 ? (roll(m) >> 11) % limit : 0;
}

bool chance(struct maker *m, unsigned percent)
{
	return below(m, 100) < percent;
}

tw_time any_time(struct maker *m, tw_time from, tw_time until)
{
	tw_time first = (tw_time)m->law->coverage_first * DAY + 43200;
	tw_time last = (tw_time)m->law->coverage_last * DAY + 43200;
	from = from > first ? from : first;
	until = until < last ? until : last;
	if (from >= until)
		return first + (tw_time)below(m, (uint64_t)(last - first));
	return from + (tw_time)below(m, (uint64_t)(until - from) / 60 + 1) * 60;
}

/* At an end, or a minute to either side of it. */
static tw_time at_end(struct maker *m, tw_time end)
{
	return end + ((tw_time)below(m, 3) - 1) * 60;
}

tw_time pick_time(struct maker *m, struct law_end from, struct law_end until)
{
	tw_time first = (tw_time)m->law->coverage_first * DAY - DAY;
	tw_time last = (tw_time)m->law->coverage_last * DAY + 2 * DAY;
	uint64_t way = below(m, 10);
	if (way < 3 && from.at > first && from.at < last)
		return at_end(m, from.at);
	if (way >= 3 && way < 6 && until.at > first && until.at < last)
		return at_end(m, until.at);
	return any_time(m, from.at, until.at);
}

tw_money any_money(struct maker *m)
{
	static const int64_t edge[] = {0,     49,    50,     100,    500,    501,     9999,
				       10000, 10001, 20000,  20001,  25000,  25001,   79999,
				       80000, 80001, 249999, 250000, 250001, 1000000, 400000};
	switch (below(m, 6)) {
	case 0:
	case 1:
		return edge[below(m, sizeof edge / sizeof *edge)] * 100;
	case 2:
		return (tw_money)below(m, 10000000) * 100;
	case 3:
		return (tw_money)below(m, 100000000000) * 100;
	case 4:
		return (tw_money)below(m, 1000000) * 100;
	default:
		return (tw_money)below(m, 100000) * TW_MONEY_UNIT;
	}
}

void set_word(struct said *said, const char *word)
{
	said->given = true;
	said->yes = strcasecmp(word, "no") != 0;
	memset(said->word, 0, sizeof said->word);
	if (strlen(word) < sizeof said->word)
		memcpy(said->word, word, strlen(word));
}

void set_flag(struct said *said, bool yes)
{
	memset(said, 0, sizeof *said);
	said->given = true;
	said->yes = yes;
}

uint32_t first_row(const struct law_jurisdiction *j, uint64_t code)
{
	uint32_t low = 0, high = j->row_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (j->rows[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A provision of chapter 98 as a claim, where the schedule has one. */
static void chapter_98(struct maker *m, const struct line *line, struct said *said)
{
	const struct law_jurisdiction *j = &m->law->jurisdictions[line->into];
	uint32_t from = first_row(j, UINT64_C(9800000000)), to = first_row(j, UINT64_C(9900000000));
	char code[32];
	if (from == to)
		return;
	snprintf(code, sizeof code, "%08llu",
		 (unsigned long long)(j->rows[from + below(m, to - from)].code / 100));
	set_word(said, code);
}

/* Some value for a claim. */
void any_claim(struct maker *m, struct line *line, uint32_t claim)
{
	const struct law_claim *c = &m->law->claims[claim];
	struct said *said = &line->claim[claim];
	switch (c->type) {
	case LAW_CLAIM_FLAG:
	case LAW_CLAIM_FLAG_OR_WORD:
		set_flag(said, chance(m, 60));
		break;
	case LAW_CLAIM_AMOUNT:
		*said = (struct said){.given = true};
		said->number = (tw_money)below(m, (uint64_t)line->value / 100 + 1) * 100;
		if (chance(m, 3))
			said->number += said->number / 10;
		break;
	case LAW_CLAIM_NUMBER:
	case LAW_CLAIM_PERCENT:
		*said = (struct said){.given = true};
		said->number = (int64_t)below(m, 100001) * 1000;
		break;
	case LAW_CLAIM_TIME:
		*said = (struct said){.given = true};
		said->number = line->entered - (tw_time)below(m, 200 * 1440) * 60;
		break;
	case LAW_CLAIM_COUNTRY:
		if (c->word_count != 0 && chance(m, 30))
			set_word(said, c->words[below(m, c->word_count)]);
		else
			set_word(said, m->law->countries[below(m, m->law->country_count)].iso2);
		break;
	case LAW_CLAIM_WORD:
		if (c->word_count != 0)
			set_word(said, c->words[below(m, c->word_count)]);
		break;
	case LAW_CLAIM_CODE:
		chapter_98(m, line, said);
		break; /* other codes are those that the law knows, from its atoms */
	}
}

static uint32_t country_named(const struct law *law, const char *iso2)
{
	for (uint32_t i = 0; i < law->country_count; i++)
		if (strcasecmp(law->countries[i].iso2, iso2) == 0)
			return i;
	return LAW_NONE;
}

static void set_fact_word(struct maker *m, struct line *line, const struct law_atom *atom,
			  const char *word)
{
	uint32_t country = country_named(m->law, word);
	switch (atom->fact) {
	case LAW_FACT_CHANNEL:
		line->channel = word;
		break;
	case LAW_FACT_TRANSPORT:
		line->transport = word;
		break;
	case LAW_FACT_ENTRY_TYPE:
		line->entry_type = word;
		break;
	case LAW_FACT_SHIP_FROM:
		line->ship_from = country;
		break;
	case LAW_FACT_ORIGIN:
		line->origin = country != LAW_NONE ? country : line->origin;
		break;
	case LAW_FACT_CLAIM:
		set_word(&line->claim[atom->claim], word);
		break;
	default:
		break;
	}
}

static void satisfy_words(struct maker *m, struct line *line, const struct law_atom *atom,
			  bool want)
{
	if (atom->op == LAW_OP_NE)
		want = !want;
	if (want && atom->word_count != 0) {
		set_fact_word(m, line, atom, atom->words[below(m, atom->word_count)]);
		return;
	}
	switch (atom->fact) {
	case LAW_FACT_CHANNEL: {
		static const char *const channels[] = {"", "commercial", "express", "postal"};
		line->channel = channels[below(m, 4)];
		break;
	}
	case LAW_FACT_ENTRY_TYPE:
		line->entry_type = "";
		break;
	case LAW_FACT_SHIP_FROM:
		line->ship_from = (uint32_t)below(m, m->law->country_count);
		break;
	case LAW_FACT_CLAIM:
		if (chance(m, 50))
			any_claim(m, line, atom->claim);
		else
			line->claim[atom->claim].given = false;
		break;
	default:
		break;
	}
}

static int64_t share_of(const struct line *line, const struct law_atom *atom)
{
	tw_money of = line->value;
	if (atom->other == LAW_FACT_SHIPMENT_VALUE && line->shipment_value >= 0)
		of = line->shipment_value;
	if (atom->other == LAW_FACT_RETAIL_VALUE && line->retail >= 0)
		of = line->retail;
	if (atom->other == LAW_FACT_CLAIM)
		of = line->claim[atom->other_claim].number;
	return (int64_t)((__int128)of * atom->number.num / atom->number.den) / 100 * 100;
}

/* The threshold of a comparison in the unit of its fact, and the smallest step beside it. */
static int64_t threshold(const struct maker *m, const struct line *line,
			 const struct law_atom *atom, int64_t *step)
{
	enum law_claim_type type =
	    atom->fact == LAW_FACT_CLAIM ? m->law->claims[atom->claim].type : LAW_CLAIM_AMOUNT;
	*step = 100;
	if (atom->operand == LAW_OPERAND_SHARE)
		return share_of(line, atom);
	if (atom->operand == LAW_OPERAND_TIME) {
		*step = 60;
		return atom->number.num;
	}
	if (type == LAW_CLAIM_NUMBER || type == LAW_CLAIM_PERCENT ||
	    atom->fact == LAW_FACT_WEIGHT) {
		*step = 1000;
		return (int64_t)((__int128)atom->number.num * QUANTITY_UNIT / atom->number.den);
	}
	return atom->number.num / atom->number.den;
}

static void set_fact_number(struct line *line, const struct law_atom *atom, int64_t number)
{
	number = number > 0 ? number : 0;
	switch (atom->fact) {
	case LAW_FACT_VALUE:
		line->value = number;
		break;
	case LAW_FACT_RETAIL_VALUE:
		line->retail = number;
		break;
	case LAW_FACT_SHIPMENT_VALUE:
		line->shipment_value = number;
		break;
	case LAW_FACT_SHIPMENT_RETAIL_VALUE:
		line->shipment_retail = number;
		break;
	case LAW_FACT_WEIGHT:
		line->quantity[2].given = true;
		line->quantity[2].amount = number;
		break;
	case LAW_FACT_IMPORTED:
	case LAW_FACT_LOADED:
	case LAW_FACT_DEPARTED:
	case LAW_FACT_IT_DATE:
		line->has_time[atom->fact - LAW_FACT_IMPORTED] = true;
		line->time[atom->fact - LAW_FACT_IMPORTED] = number;
		break;
	case LAW_FACT_SHIPPED: /* the line may say the other one too, before or after it */
		line->has_time[LINE_LOADED] = line->has_time[LINE_DEPARTED] = false;
		line->has_time[number / 60 % 2 != 0 ? LINE_LOADED : LINE_DEPARTED] = true;
		line->time[LINE_LOADED] = line->time[LINE_DEPARTED] = number;
		break;
	case LAW_FACT_ENTERED:
		line->entered = number;
		break;
	case LAW_FACT_CLAIM:
		line->claim[atom->claim] = (struct said){.given = true, .number = number};
		break;
	default:
		break;
	}
}

static void satisfy_number(struct maker *m, struct line *line, const struct law_atom *atom,
			   bool want)
{
	int64_t step, edge = threshold(m, line, atom, &step);
	int64_t under = chance(m, 70) ? step : step * (1 + (int64_t)below(m, 5000));
	switch (atom->op) {
	case LAW_OP_LT:
		edge = want ? edge - under : edge;
		break;
	case LAW_OP_LE:
		edge = want ? edge : edge + under;
		break;
	case LAW_OP_GT:
		edge = want ? edge + under : edge;
		break;
	case LAW_OP_GE:
		edge = want ? edge : edge - under;
		break;
	default:
		edge = want == (atom->op == LAW_OP_EQ) ? edge : edge + under;
	}
	set_fact_number(line, atom, edge);
}

void satisfy_atom(struct maker *m, struct line *line, const struct law_atom *atom, bool want)
{
	if (atom->op == LAW_OP_YES) {
		if (atom->fact == LAW_FACT_CLAIM && (want || chance(m, 50)))
			set_flag(&line->claim[atom->claim], want);
		else if (atom->fact == LAW_FACT_CLAIM)
			line->claim[atom->claim].given = false;
	} else if (atom->op == LAW_OP_SAID) {
		if (atom->fact == LAW_FACT_CLAIM && want)
			any_claim(m, line, atom->claim);
		else if (atom->fact == LAW_FACT_CLAIM)
			line->claim[atom->claim].given = false;
		else if (atom->fact >= LAW_FACT_IMPORTED && atom->fact <= LAW_FACT_IT_DATE)
			line->has_time[atom->fact - LAW_FACT_IMPORTED] = want;
	} else if (atom->operand == LAW_OPERAND_WORDS) {
		satisfy_words(m, line, atom, want);
	} else {
		satisfy_number(m, line, atom, want);
	}
}

void satisfy(struct maker *m, struct line *line, const struct law_node *node, bool want)
{
	if (node == NULL)
		return;
	if (node->kind == LAW_NODE_ATOM) {
		satisfy_atom(m, line, &node->atom, want);
	} else if (node->kind == LAW_NODE_NOT) {
		satisfy(m, line, node->child[0], !want);
	} else if ((node->kind == LAW_NODE_ALL) == want) {
		for (uint32_t i = 0; i < node->child_count; i++)
			satisfy(m, line, node->child[i], want);
	} else {
		satisfy(m, line, node->child[below(m, node->child_count)], want);
	}
}

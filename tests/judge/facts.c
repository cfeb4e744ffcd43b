/* SPDX-License-Identifier: Apache-2.0 */
/* Scopes, conditions and the facts they name, see hearing.h. Knows no duties. */
#include "common/money.h"
#include "common/quantity.h"
#include "hearing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/order.h"

static int compare_rows(const void *a, const void *b)
{
	const struct law_list_row *x = *(const struct law_list_row *const *)a;
	const struct law_list_row *y = *(const struct law_list_row *const *)b;
	if (x->codes.low != y->codes.low)
		return x->codes.low < y->codes.low ? -1 : 1;
	return x->codes.high < y->codes.high ? -1 : x->codes.high > y->codes.high;
}

static bool sort_list(struct judge *judge, uint32_t index)
{
	const struct law_list *list = &judge->law->lists[index];
	judge->rows[index] = calloc(list->row_count + 1, sizeof **judge->rows);
	if (judge->rows[index] == NULL)
		return false;
	for (uint32_t i = 0; i < list->row_count; i++)
		judge->rows[index][i] = &list->rows[i];
	order_items(judge->rows[index], list->row_count, sizeof **judge->rows, compare_rows);
	return true;
}

static uint32_t claim_named(const struct law *law, const char *name)
{
	for (uint32_t i = 0; i < law->claim_count; i++)
		if (strcmp(law->claims[i].name, name) == 0)
			return i;
	return LAW_NONE;
}

static void assume(struct judge *judge, uint32_t i)
{
	const struct law_claim *claim = &judge->law->claims[i];
	struct said *said = &judge->assumed[i];
	const char *right;
	if (claim->assume == NULL)
		return;
	struct tw_text text = {claim->assume, strlen(claim->assume)};
	said->yes = strcmp(claim->assume, "yes") == 0;
	if (claim->type == LAW_CLAIM_AMOUNT)
		money_parse(&said->number, text, &right);
	else if (claim->type == LAW_CLAIM_NUMBER || claim->type == LAW_CLAIM_PERCENT)
		quantity_parse(&said->number, text, &right);
}

int judge_new(struct judge **out, const struct law *law)
{
	struct judge *judge = calloc(1, sizeof *judge);
	*out = judge;
	if (judge == NULL || law->claim_count > LINE_CLAIMS)
		goto failed;
	judge->law = law;
	judge->rows = calloc(law->list_count + 1, sizeof *judge->rows);
	if (judge->rows == NULL)
		goto failed;
	for (uint32_t i = 0; i < law->list_count; i++)
		if (!sort_list(judge, i))
			goto failed;
	for (uint32_t i = 0; i < law->claim_count; i++) {
		assume(judge, i);
		if (law->claims[i].part != NULL && judge->part_count < PART_REST)
			judge->part_claim[judge->part_count++] = i;
	}
	judge->spi = claim_named(law, "spi");
	judge->base_rate = claim_named(law, "base_rate");
	judge->base_duty = claim_named(law, "base_duty");
	judge->chapter98 = claim_named(law, "chapter98");
	judge->dutiable_value = claim_named(law, "dutiable_value");
	judge->ftz_admitted = claim_named(law, "ftz_admitted");
	judge->final_mode = claim_named(law, "final_mode");
	judge->polarization = claim_named(law, "polarization");
	judge->within_quota = claim_named(law, "within_quota");
	return TW_OK;
failed:
	judge_free(judge);
	*out = NULL;
	return TW_NO_MEMORY;
}

void judge_free(struct judge *judge)
{
	if (judge == NULL)
		return;
	for (uint32_t i = 0; judge->rows != NULL && i < judge->law->list_count; i++)
		free(judge->rows[i]);
	free(judge->rows);
	free(judge);
}

bool origin_in(const struct law_origins *origins, uint32_t country)
{
	return (origins->bit[country / 64] >> country % 64 & 1) != 0;
}

/* A row is a prefix of 2 to 10 digits: look for each prefix of the code. */
static bool list_holds(const struct judge *judge, uint32_t index, uint64_t code, tw_time at)
{
	const struct law_list *list = &judge->law->lists[index];
	const struct law_list_row **row = judge->rows[index];
	for (uint64_t width = 1; width <= 100000000; width *= 10) {
		uint64_t prefix = code / width * width;
		uint32_t low = 0, high = list->row_count;
		while (low < high) {
			uint32_t middle = low + (high - low) / 2;
			if (row[middle]->codes.low < prefix)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < list->row_count && row[low]->codes.low == prefix; low++)
			if (code < row[low]->codes.high && row[low]->from.at <= at &&
			    at < row[low]->until.at)
				return true;
	}
	return false;
}

static bool named(const struct judge *judge, const uint32_t *lists, uint32_t list_count,
		  uint64_t code, tw_time at)
{
	for (uint32_t i = 0; i < list_count; i++)
		if (list_holds(judge, lists[i], code, at))
			return true;
	return false;
}

static bool covered(const struct law_range *ranges, uint32_t count, uint64_t code)
{
	for (uint32_t i = 0; i < count; i++)
		if (ranges[i].low <= code && code < ranges[i].high)
			return true;
	return false;
}

bool scope_holds(const struct judge *judge, const struct law_scope *s, uint64_t code, tw_time at)
{
	if (covered(s->not_codes, s->not_code_count, code) ||
	    named(judge, s->not_lists, s->not_list_count, code, at))
		return false;
	if (s->all || (s->any_code_count == 0 && s->any_list_count == 0))
		return true;
	return covered(s->any_codes, s->any_code_count, code) ||
	       named(judge, s->any_lists, s->any_list_count, code, at);
}

tw_money fact_money(const struct hearing *h, enum law_fact fact, uint32_t claim)
{
	const struct line *line = h->line;
	tw_money retail = line->retail >= 0 ? line->retail : line->value;
	switch (fact) {
	case LAW_FACT_VALUE:
		return line->value;
	case LAW_FACT_RETAIL_VALUE:
		return retail;
	case LAW_FACT_SHIPMENT_VALUE:
		return line->shipment_value >= 0 ? line->shipment_value : line->value;
	case LAW_FACT_SHIPMENT_RETAIL_VALUE:
		return line->shipment_retail >= 0 ? line->shipment_retail : retail;
	case LAW_FACT_DUTY:
		return h->duty;
	case LAW_FACT_ADDITIONAL:
		return h->additional;
	case LAW_FACT_CLAIM:
		return h->claim[claim].given ? h->claim[claim].number
					     : h->judge->assumed[claim].number;
	default:
		return 0;
	}
}

/* The declared claim, or the assumed one where the law assumes something. */
static const struct said *claim_read(const struct hearing *h, uint32_t claim)
{
	if (h->claim[claim].given)
		return &h->claim[claim];
	return h->law->claims[claim].assume != NULL ? &h->judge->assumed[claim] : NULL;
}

/* The word of a fact, NULL where nothing is declared. */
static const char *fact_word(const struct hearing *h, const struct law_atom *atom)
{
	const struct line *line = h->line;
	const struct law_country *countries = h->law->countries;
	switch (atom->fact) {
	case LAW_FACT_CHANNEL:
		return line->channel[0] != '\0' ? line->channel : "commercial";
	case LAW_FACT_TRANSPORT:
		return line->transport[0] != '\0' ? line->transport : NULL;
	case LAW_FACT_ENTRY_TYPE:
		return h->entry_type[0] != '\0' ? h->entry_type : NULL;
	case LAW_FACT_INTO:
		return h->jurisdiction->code;
	case LAW_FACT_ORIGIN:
		return countries[line->origin].iso2;
	case LAW_FACT_SHIP_FROM:
		return countries[line->ship_from != LAW_NONE ? line->ship_from : line->origin].iso2;
	case LAW_FACT_CLAIM:
		return h->claim[atom->claim].given ? h->claim[atom->claim].word : NULL;
	default:
		return NULL;
	}
}

/* Do the digits of a code begin with those of the law? */
static bool begins(const char *code, const char *law)
{
	for (;; code++, law++) {
		code += strspn(code, ".");
		law += strspn(law, ".");
		if (*law == '\0')
			return true;
		if (*code != *law)
			return false;
	}
}

static bool words_hold(const struct hearing *h, const struct law_atom *atom)
{
	const char *word = fact_word(h, atom);
	bool code =
	    atom->fact == LAW_FACT_CLAIM && h->law->claims[atom->claim].type == LAW_CLAIM_CODE;
	bool among = false;
	if (word == NULL)
		return atom->op == LAW_OP_NE;
	for (uint32_t i = 0; i < atom->word_count; i++)
		among |=
		    code ? begins(word, atom->words[i]) : strcasecmp(word, atom->words[i]) == 0;
	return among == (atom->op != LAW_OP_NE);
}

/* A fact as a fraction of its own unit; false: nothing is declared. */
static bool fact_number(const struct hearing *h, enum law_fact fact, uint32_t claim,
			struct law_fraction *out)
{
	const struct line *line = h->line;
	out->den = 1;
	switch (fact) {
	case LAW_FACT_ENTERED:
		out->num = line->entered;
		return true;
	case LAW_FACT_IMPORTED:
	case LAW_FACT_LOADED:
	case LAW_FACT_DEPARTED:
	case LAW_FACT_IT_DATE:
		out->num = line->time[fact - LAW_FACT_IMPORTED];
		return line->has_time[fact - LAW_FACT_IMPORTED];
	case LAW_FACT_SHIPPED:
		out->num = INT64_MIN;
		for (int i = LINE_LOADED; i <= LINE_DEPARTED; i++)
			if (line->has_time[i] && line->time[i] > out->num)
				out->num = line->time[i];
		return line->has_time[LINE_LOADED] || line->has_time[LINE_DEPARTED];
	case LAW_FACT_WEIGHT:
		*out = (struct law_fraction){line->quantity[2].amount, QUANTITY_UNIT};
		return line->quantity[2].given;
	case LAW_FACT_CLAIM: {
		const struct said *said = claim_read(h, claim);
		enum law_claim_type type = h->law->claims[claim].type;
		if (said == NULL)
			return false;
		out->num = said->number;
		out->den =
		    type == LAW_CLAIM_NUMBER || type == LAW_CLAIM_PERCENT ? QUANTITY_UNIT : 1;
		return true;
	}
	default:
		out->num = fact_money(h, fact, claim);
		return true;
	}
}

static bool numbers_hold(const struct hearing *h, const struct law_atom *atom)
{
	struct law_fraction left, right = {1, 1};
	if (!fact_number(h, atom->fact, atom->claim, &left) ||
	    (atom->operand == LAW_OPERAND_SHARE &&
	     !fact_number(h, atom->other, atom->other_claim, &right)))
		return false;
	__int128 a = (__int128)left.num * atom->number.den * right.den;
	__int128 b = (__int128)atom->number.num * right.num * left.den;
	switch (atom->op) {
	case LAW_OP_LT:
		return a < b;
	case LAW_OP_LE:
		return a <= b;
	case LAW_OP_GT:
		return a > b;
	case LAW_OP_GE:
		return a >= b;
	case LAW_OP_NE:
		return a != b;
	default:
		return a == b;
	}
}

static bool is_said(const struct hearing *h, const struct law_atom *atom)
{
	struct law_fraction number;
	switch (atom->fact) {
	case LAW_FACT_CLAIM:
		return h->claim[atom->claim].given;
	case LAW_FACT_IMPORTED:
	case LAW_FACT_LOADED:
	case LAW_FACT_DEPARTED:
	case LAW_FACT_IT_DATE:
	case LAW_FACT_SHIPPED:
	case LAW_FACT_WEIGHT:
		return fact_number(h, atom->fact, 0, &number);
	case LAW_FACT_TRANSPORT:
	case LAW_FACT_ENTRY_TYPE:
		return fact_word(h, atom) != NULL;
	default:
		return true;
	}
}

static bool atom_true(const struct hearing *h, const struct law_atom *atom)
{
	if (atom->op == LAW_OP_SAID)
		return is_said(h, atom);
	if (atom->op == LAW_OP_YES) {
		const struct said *said;
		if (atom->fact == LAW_FACT_EXEMPT)
			return h->exempt;
		said = claim_read(h, atom->claim);
		return said != NULL && said->yes;
	}
	return atom->operand == LAW_OPERAND_WORDS ? words_hold(h, atom) : numbers_hold(h, atom);
}

/* An undeclared claim that may not be assumed leaves its comparison open. */
static bool atom_read(struct hearing *h, const struct law_atom *atom)
{
	bool holds = atom_true(h, atom);
	if (atom->fact != LAW_FACT_CLAIM || atom->op == LAW_OP_SAID ||
	    !h->law->claims[atom->claim].unknown_if_unsaid || h->claim[atom->claim].given)
		return holds;
	unsigned i = 0;
	while (i < h->open_count && strcmp(h->open[i]->text, atom->text) != 0)
		i++;
	if (i == VERDICT_OPEN) {
		h->open_full = true;
		return holds;
	}
	if (i == h->open_count)
		h->open[h->open_count++] = atom;
	return holds != ((h->flipped >> i & 1) != 0);
}

bool condition_true(struct hearing *h, const struct law_node *node)
{
	if (node == NULL)
		return true;
	switch (node->kind) {
	case LAW_NODE_ATOM:
		return atom_read(h, &node->atom);
	case LAW_NODE_NOT:
		return !condition_true(h, node->child[0]);
	case LAW_NODE_ALL:
		for (uint32_t i = 0; i < node->child_count; i++)
			if (!condition_true(h, node->child[i]))
				return false;
		return true;
	case LAW_NODE_ANY:
		for (uint32_t i = 0; i < node->child_count; i++)
			if (condition_true(h, node->child[i]))
				return true;
		return false;
	}
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether two charging measures of one program can fall on the same part of
 * the same line without one naming the other. Conditions are compared by
 * their plain literals: what cannot be shown to exclude each other may meet.
 */
#include "compiler/build.h"

#include <string.h>

struct literal {
	const struct law_atom *atom;
	bool negated;
};

/* What must hold for the node to hold: the conjunction, as far as it is plain. */
static void collect(struct pool *out, const struct law_node *node, bool negated)
{
	struct literal literal;
	if (!node)
		return;
	switch (node->kind) {
	case LAW_NODE_ATOM:
		memset(&literal, 0, sizeof literal);
		literal.atom = &node->atom;
		literal.negated = negated;
		pool_add(out, &literal);
		break;
	case LAW_NODE_NOT:
		collect(out, node->child[0], !negated);
		break;
	case LAW_NODE_ALL:
	case LAW_NODE_ANY:
		if ((node->kind == LAW_NODE_ALL) == !negated || node->child_count == 1)
			for (uint32_t i = 0; i < node->child_count; i++)
				collect(out, node->child[i], negated);
		break;
	}
}

static bool same_fact(const struct law_atom *a, const struct law_atom *b)
{
	return a->fact == b->fact && (a->fact != LAW_FACT_CLAIM || a->claim == b->claim);
}

static bool same_operand(const struct law_atom *a, const struct law_atom *b)
{
	if (a->operand != b->operand || a->word_count != b->word_count ||
	    a->number.num != b->number.num || a->number.den != b->number.den ||
	    (a->operand == LAW_OPERAND_SHARE &&
	     (a->other != b->other || a->other_claim != b->other_claim)))
		return false;
	for (uint32_t i = 0; i < a->word_count; i++)
		if (strcmp(a->words[i], b->words[i]) != 0)
			return false;
	return true;
}

static size_t shorter(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Does the word stand in the set? A code covers all codes beneath it; `either`:
 * so it does where the word is the shorter one.
 */
static bool has_word(const struct law_atom *set, const char *word, bool code, bool either)
{
	for (uint32_t i = 0; i < set->word_count; i++) {
		size_t n = strlen(set->words[i]);
		if (code ? strncmp(set->words[i], word, either ? shorter(n, strlen(word)) : n) == 0
			 : strcmp(set->words[i], word) == 0)
			return true;
	}
	return false;
}

static bool is_words(const struct literal *x)
{
	return x->atom->op == LAW_OP_EQ || x->atom->op == LAW_OP_IN || x->atom->op == LAW_OP_NE;
}

/* Both name sets of words of one fact: do the sets exclude each other? */
static bool words_exclude(const struct literal *a, const struct literal *b, bool code)
{
	bool a_in = (a->atom->op == LAW_OP_NE) == a->negated;
	bool b_in = (b->atom->op == LAW_OP_NE) == b->negated;
	if (!a_in && !b_in)
		return false;
	const struct law_atom *set = a_in ? a->atom : b->atom, *other = a_in ? b->atom : a->atom;
	for (uint32_t i = 0; i < set->word_count; i++)
		if (has_word(other, set->words[i], code, a_in && b_in) == (a_in && b_in))
			return false;
	return true;
}

/* As an interval test: the direction of a comparison after negation, or 0. */
static int direction(const struct literal *x, bool *strict)
{
	enum law_operator op = x->atom->op;
	if (op < LAW_OP_LT)
		return 0;
	bool below = op == LAW_OP_LT || op == LAW_OP_LE;
	*strict = (op == LAW_OP_LT || op == LAW_OP_GT) != x->negated;
	return below != x->negated ? -1 : 1;
}

static bool numbers_exclude(const struct literal *a, const struct literal *b)
{
	bool a_strict = false, b_strict = false;
	int a_way = direction(a, &a_strict), b_way = direction(b, &b_strict);
	if (a_way * b_way >= 0 || a->atom->operand != b->atom->operand)
		return false;
	if (a->atom->operand == LAW_OPERAND_SHARE &&
	    (a->atom->other != b->atom->other || a->atom->other_claim != b->atom->other_claim))
		return false;
	const struct law_atom *under = a_way < 0 ? a->atom : b->atom;
	const struct law_atom *over = a_way < 0 ? b->atom : a->atom;
	__int128 top = (__int128)under->number.num * over->number.den;
	__int128 bottom = (__int128)over->number.num * under->number.den;
	return top < bottom || (top == bottom && (a_strict || b_strict));
}

static bool exclude(const struct law *law, const struct literal *a, const struct literal *b)
{
	if (!same_fact(a->atom, b->atom))
		return false;
	if (a->atom->op == b->atom->op && a->negated != b->negated &&
	    same_operand(a->atom, b->atom))
		return true;
	if (is_words(a) && is_words(b))
		return words_exclude(a, b,
				     a->atom->fact == LAW_FACT_CLAIM &&
					 law->claims[a->atom->claim].type == LAW_CLAIM_CODE);
	return numbers_exclude(a, b);
}

static bool conditions_exclude(const struct law *law, const struct law_node *one,
			       const struct law_node *two)
{
	struct pool a, b;
	bool found = false;
	pool_begin(&a, sizeof(struct literal));
	pool_begin(&b, sizeof(struct literal));
	collect(&a, one, false);
	collect(&b, two, false);
	for (size_t i = 0; !found && i < a.count; i++)
		for (size_t k = 0; !found && k < b.count; k++)
			found = exclude(law, pool_at(&a, i), pool_at(&b, k));
	pool_free(&a);
	pool_free(&b);
	return found;
}

static uint8_t group_of(const struct law *law, const char *part)
{
	for (uint32_t i = 0; i < law->claim_count; i++)
		if (law->claims[i].part && strcmp(law->claims[i].part, part) == 0)
			return law->claims[i].group_number;
	return 0;
}

static bool parts_exclude(const struct law *law, const struct law_measure *a,
			  const struct law_measure *b)
{
	if (strcmp(a->part, "value") == 0 || strcmp(b->part, "value") == 0)
		return false;
	bool same = strcmp(a->part, b->part) == 0;
	if (a->part_not || b->part_not)
		return same && a->part_not != b->part_not;
	/* Parts of one group lie side by side, those of another lie on them. */
	return !same && group_of(law, a->part) == group_of(law, b->part);
}

static bool steps_back(const struct law_measure *before, uint32_t measure)
{
	for (uint32_t i = 0; i < before->except_count; i++)
		if (before->except[i] == measure)
			return true;
	return false;
}

bool overlap_clash(const struct law *law, uint32_t one, uint32_t two)
{
	const struct law_measure *a = &law->measures[one], *b = &law->measures[two];
	if (steps_back(a, two) || steps_back(b, one) || parts_exclude(law, a, b))
		return false;
	if (a->choice_claim && b->choice_claim && strcmp(a->choice_claim, b->choice_claim) == 0 &&
	    strcmp(a->choice_is, b->choice_is) != 0)
		return false;
	if (a->scope.unknown || b->scope.unknown)
		return false;
	return !conditions_exclude(law, a->when, b->when);
}

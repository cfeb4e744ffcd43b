/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail without a tariff code, as its worksheets mostly are. What all goods
 * have in common is answered: one tariff line of all goods that the law tells
 * apart is assessed, and what they agree on stands. Where one of them would
 * pay a duty of its own the base rates count too, of which there are as many
 * as tariff lines: then there is no amount and no bound, and the code is
 * missing. Knows no law.
 */
#include "assess/no_code.h"

#include "assess/answer.h"
#include <string.h>

bool no_code(const tw_assessor *a)
{
	return a->facts.digits == 0;
}

void no_code_begin(tw_assessor *a)
{
	if (no_code(a))
		memset(a->goods_met, 0,
		       (a->facts.jurisdiction->goods_count + 63) / 64 * sizeof *a->goods_met);
}

bool no_code_met(tw_assessor *a, const struct rb_leaf *leaf)
{
	if (!no_code(a))
		return false;
	uint64_t *word = &a->goods_met[leaf->goods / 64], bit = UINT64_C(1) << leaf->goods % 64;
	bool met = (*word & bit) != 0;
	*word |= bit;
	return met;
}

void no_code_count(const tw_assessor *a, struct bounds *b, const struct stack *stack,
		   const struct relief *relief)
{
	/* Admitted free, or one duty in place of all: whatever the goods are. */
	if (no_code(a) && !relief_free(relief) && stack->mail == RB_NONE && !stack->choices_alone)
		b->open = true;
}

void no_code_part(tw_assessor *a, const uint64_t *matter)
{
	for (size_t i = 0; i < RB_CLAIMS / 64; i++)
		a->matter[i] &= matter[i];
	a->stack.assumed_zero &= a->other.assumed_zero;
	a->stack.assumed_whole &= a->other.assumed_whole;
	a->stack.apart = a->stack.apart && a->other.apart;
}

/* In place, those of the first that the second has too. */
static size_t meet(uint32_t *list, size_t count, const uint32_t *other, size_t other_count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < other_count; k++)
			if (list[i] == other[k]) {
				list[kept++] = list[i];
				break;
			}
	return kept;
}

void no_code_warnings(struct stack *shown, const struct stack *other)
{
	shown->warning_count =
	    meet(shown->warning, shown->warning_count, other->warning, other->warning_count);
	shown->unknown_count = meet(shown->unknown_scope, shown->unknown_count,
				    other->unknown_scope, other->unknown_count);
}

void no_code_missing(tw_assessor *a, const struct bounds *b)
{
	if (!no_code(a) || (!b->open && !b->codes_differ))
		return;
	answer_say(
	    &a->missing,
	    b->some_free
		? "hts: no tariff code is given; some goods are admitted free, others are not"
		: "hts: no tariff code is given; the amount due depends on it");
}

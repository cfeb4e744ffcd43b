/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A measure that stands behind another of its program, falls on the same part
 * of the value and asks for all that the other asks for, never applies: what
 * it would take is taken. Conditions are compared by their form; what cannot
 * be shown to be implied is not.
 */
#include "compiler/build.h"

#include <string.h>

static bool same_atom(const struct law_atom *a, const struct law_atom *b)
{
	if (a->fact != b->fact || a->op != b->op || a->operand != b->operand ||
	    a->claim != b->claim || a->other != b->other || a->other_claim != b->other_claim ||
	    a->number.num != b->number.num || a->number.den != b->number.den ||
	    a->word_count != b->word_count)
		return false;
	for (uint32_t i = 0; i < a->word_count; i++)
		if (strcmp(a->words[i], b->words[i]) != 0)
			return false;
	return true;
}

static bool same(const struct law_node *a, const struct law_node *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == LAW_NODE_ATOM)
		return same_atom(&a->atom, &b->atom);
	if (a->child_count != b->child_count)
		return false;
	for (uint32_t i = 0; i < a->child_count; i++)
		if (!same(a->child[i], b->child[i]))
			return false;
	return true;
}

/* Whenever a holds, does b? */
static bool implies(const struct law_node *a, const struct law_node *b)
{
	bool all = true, some = false;
	if (same(a, b))
		return true;
	if (a->kind == LAW_NODE_ANY || b->kind == LAW_NODE_ALL) {
		bool left = a->kind == LAW_NODE_ANY;
		const struct law_node *node = left ? a : b;
		for (uint32_t i = 0; i < node->child_count; i++)
			all = all && implies(left ? a->child[i] : a, left ? b : b->child[i]);
		return all;
	}
	for (uint32_t i = 0; a->kind == LAW_NODE_ALL && i < a->child_count; i++)
		some = some || implies(a->child[i], b);
	for (uint32_t i = 0; b->kind == LAW_NODE_ANY && i < b->child_count; i++)
		some = some || implies(a, b->child[i]);
	return some;
}

bool implied_dead(const struct law_measure *before, const struct law_measure *m)
{
	bool takes = before->effect <= LAW_EFFECT_BANDS || before->effect == LAW_EFFECT_EXEMPT;
	bool taken = m->effect <= LAW_EFFECT_BANDS || m->effect == LAW_EFFECT_EXEMPT;
	if (!takes || !taken || before->choice_claim || m->choice_claim || before->scope.unknown ||
	    m->scope.unknown || before->ftz_entry != m->ftz_entry || m->most.num != 0 ||
	    before->part_not != m->part_not || strcmp(before->part, m->part) != 0)
		return false;
	if (!before->when)
		return true;
	return m->when && implies(m->when, before->when);
}

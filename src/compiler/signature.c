/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of a docket can change an answer: its signature. Two measures of one
 * program that say the same under the same conditions are twins, whoever made
 * them; a rule to step back before goods that cannot meet here says nothing.
 * Dockets of equal signature lay the same duties, so that nothing changes on the
 * day on which one follows the other. It decides no order and no duty.
 */
#include "compiler/build.h"

#include <stdlib.h>
#include <string.h>

#define EXCEPT UINT32_C(0x40000000)

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_node(const struct law_node *a, const struct law_node *b)
{
	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->child_count != b->child_count)
		return false;
	if (a->kind == LAW_NODE_ATOM)
		return same_text(a->atom.text, b->atom.text);
	for (uint32_t i = 0; i < a->child_count; i++)
		if (!same_node(a->child[i], b->child[i]))
			return false;
	return true;
}

static bool same_effect(const struct law_measure *a, const struct law_measure *b)
{
	return a->effect == b->effect && a->effect != LAW_EFFECT_SUM &&
	       a->effect != LAW_EFFECT_BANDS && same_text(a->rate.text, b->rate.text) &&
	       a->floor_over_column1 == b->floor_over_column1 && a->instead == b->instead &&
	       a->most.num == b->most.num && a->most.den == b->most.den && a->per == b->per &&
	       a->round_exact == b->round_exact && a->limit == b->limit &&
	       a->limit_of == b->limit_of && a->fee_min == b->fee_min && a->fee_max == b->fee_max &&
	       a->of_dutiable == b->of_dutiable && a->of_duty_paid == b->of_duty_paid &&
	       a->pays == b->pays && same_text(a->say, b->say) && same_text(a->word, b->word);
}

static bool twins(const struct law_measure *a, const struct law_measure *b)
{
	return a->program == b->program && same_effect(a, b) && same_text(a->heading, b->heading) &&
	       same_text(a->heading_reached, b->heading_reached) && same_text(a->part, b->part) &&
	       a->part_not == b->part_not && a->confidence == b->confidence &&
	       a->drawback == b->drawback && a->ftz_entry == b->ftz_entry &&
	       same_text(a->choice_claim, b->choice_claim) &&
	       same_text(a->choice_is, b->choice_is) && same_node(a->when, b->when);
}

uint32_t *signature_twins(const struct law *law)
{
	uint32_t *twin = calloc((size_t)law->measure_count + 1, sizeof *twin);
	for (uint32_t i = 0; twin && i < law->measure_count; i++) {
		const struct law_program *program = &law->programs[law->measures[i].program];
		twin[i] = i;
		for (uint32_t k = program->measure_first; k < i; k++)
			if (twins(&law->measures[k], &law->measures[i])) {
				twin[i] = twin[k];
				break;
			}
	}
	return twin;
}

static bool has_measure(const struct sign_item *item, size_t count, uint32_t measure)
{
	for (size_t i = 0; i < count; i++)
		if (!item[i].yield && item[i].item == measure)
			return true;
	return false;
}

/* Does the docket hold anything that the rule steps back before? */
static bool meets(const struct sign_item *item, size_t count, const struct law_yield *yield)
{
	for (uint32_t i = 0; i < yield->measure_count; i++)
		if (has_measure(item, count, yield->measures[i]))
			return true;
	for (uint32_t i = 0; i < yield->program_count; i++)
		for (size_t k = 0; k < count; k++)
			if (!item[k].yield && item[k].program == yield->programs[i])
				return true;
	return false;
}

void signature_make(struct pool *out, const struct build *b, const struct sign_item *item,
		    size_t count)
{
	out->count = 0;
	for (size_t i = 0; i < count; i++) {
		if (item[i].yield) {
			if (meets(item, count, item[i].yield))
				pool_add(out, &item[i].item);
			continue;
		}
		if (item[i].item >= b->law->measure_count) {
			pool_add(out, &item[i].item);
			continue;
		}
		const struct law_measure *m = &b->law->measures[item[i].item];
		pool_add(out, &b->twin[item[i].item]);
		for (uint32_t k = 0; k < m->except_count; k++) {
			uint32_t word = b->twin[m->except[k]] | EXCEPT;
			if (has_measure(item, count, m->except[k]))
				pool_add(out, &word);
		}
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what can be checked only when all law has been read. Two charging
 * measures on one cell are found by the table compiler, not here.
 */
#include "law/reader.h"

#include <string.h>

static bool charges(const struct law_measure *m)
{
	return m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR ||
	       m->effect == LAW_EFFECT_SUM || m->effect == LAW_EFFECT_BANDS;
}

static int check_except(struct reader *r, const struct law_measure *m)
{
	for (uint32_t i = 0; i < m->except_count; i++) {
		const struct law_measure *other = &r->law->measures[m->except[i]];
		if (!charges(other))
			return law_error(r->error, m->pos,
					 "\"%s\" yields to \"%s\", which does not "
					 "charge: an exempting measure takes precedence anyway",
					 m->id, other->id);
	}
	return TW_OK;
}

/* Every symbol of the special column is a preference. */
static int check_specials(struct reader *r, const struct law_jurisdiction *j)
{
	const struct law_special *last = NULL;
	for (uint32_t i = 0; i < j->row_count; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		if (row->special == last)
			continue;
		last = row->special;
		for (uint32_t k = 0; k < row->special_count; k++) {
			uint32_t n = 0;
			while (n < j->preference_count &&
			       strcmp(j->preferences[n].symbol, row->special[k].symbol) != 0)
				n++;
			if (n == j->preference_count)
				return law_error(
				    r->error, row->pos,
				    "the symbol \"%s\" is not a preference of jurisdiction.yaml",
				    row->special[k].symbol);
		}
	}
	return TW_OK;
}

/* Whether some measure of the jurisdiction says what an entry of this type is; without any, all
 * types are taken. */
static bool is_type(const struct reader *r, uint32_t jurisdiction, const char *word)
{
	bool any = false;
	for (uint32_t i = 0; i < r->law->measure_count; i++) {
		const struct law_measure *m = &r->law->measures[i];
		if (m->effect != LAW_EFFECT_FILED ||
		    r->law->programs[m->program].jurisdiction != jurisdiction)
			continue;
		any = true;
		if (!strcmp(m->word, word))
			return true;
	}
	return !any;
}

static int check_types_asked(struct reader *r, const struct law_measure *m,
			     const struct law_node *node)
{
	int code = TW_OK;
	if (!node)
		return TW_OK;
	for (uint32_t i = 0; !code && i < node->child_count; i++)
		code = check_types_asked(r, m, node->child[i]);
	if (node->kind != LAW_NODE_ATOM || node->atom.fact != LAW_FACT_ENTRY_TYPE)
		return code;
	for (uint32_t i = 0; i < node->atom.word_count; i++)
		if (!is_type(r, r->law->programs[m->program].jurisdiction, node->atom.words[i]))
			return law_error(
			    r->error, m->pos,
			    "\"%s\" is not a type of entry: none is \"filed\" with this word",
			    node->atom.words[i]);
	return TW_OK;
}

static int check_types(struct reader *r, const struct law_measure *m)
{
	if (m->effect == LAW_EFFECT_ENTRY &&
	    !is_type(r, r->law->programs[m->program].jurisdiction, m->word))
		return law_error(r->error, m->pos,
				 "\"%s\" is not a type of entry: none is \"filed\" with this word",
				 m->word);
	return check_types_asked(r, m, m->when);
}

int check_law(struct reader *r)
{
	int code;
	for (uint32_t i = 0; i < r->law->measure_count; i++)
		if ((code = check_except(r, &r->law->measures[i])) ||
		    (code = check_types(r, &r->law->measures[i])))
			return code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = check_specials(r, &r->law->jurisdictions[i])))
			return code;
	return TW_OK;
}

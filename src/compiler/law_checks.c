/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what can be checked only when all law has been read. Two charging
 * measures on one cell are found by the table compiler, not here.
 */
#include "lawread.h"

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
			return law_error(
			    r->error, m->pos,
			    "\"%s\" steps back before \"%s\", which does not charge: an "
			    "exempting measure wins anyway",
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
				    "the symbol \"%s\" is no preference of jurisdiction.yaml",
				    row->special[k].symbol);
		}
	}
	return TW_OK;
}

int check_law(struct reader *r)
{
	int code;
	for (uint32_t i = 0; i < r->law->measure_count; i++)
		if ((code = check_except(r, &r->law->measures[i])))
			return code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = check_specials(r, &r->law->jurisdictions[i])))
			return code;
	return TW_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holds the headings of refunds against the duties that a court held unlawful:
 * each heading under which one is declared must be there, and be dutiable if,
 * and only if, the duty is one.
 */
#include "law/refund_read.h"

#include <string.h>

#include "common/ascii.h"

static const struct law_refund_heading *find(const struct law_refunds *refunds, const char *heading)
{
	uint32_t code = 0;
	int digits = 0;
	for (const char *s = heading; *s; s++)
		if (is_digit(*s) && ++digits <= 8)
			code = code * 10 + (uint32_t)(*s - '0');
	for (uint32_t i = 0; digits == 8 && i < refunds->heading_count; i++)
		if (refunds->headings[i].code == code)
			return &refunds->headings[i];
	return NULL;
}

static int hold(struct reader *r, const struct law_measure *m, const char *heading,
		enum refund_kind wanted)
{
	const struct law_refund_heading *found;
	if (!*heading)
		return TW_OK;
	if (!(found = find(r->law->refunds, heading)))
		return law_error(r->error, m->pos,
				 "the program is held unlawful, and its heading %s is not in "
				 "headings.tsv of refunds",
				 heading);
	bool dutiable = wanted <= REFUND_REPLACEMENT;
	if (dutiable ? found->kind == wanted : found->kind > REFUND_REPLACEMENT)
		return TW_OK;
	return law_error(r->error, found->pos, "%s is %s here, and by the measure \"%s\" %s",
			 heading, refund_kind_names[found->kind], m->id,
			 wanted == REFUND_ADDITIVE      ? "additive"
			 : wanted == REFUND_REPLACEMENT ? "a replacement"
							: "without duty");
}

int refund_check(struct reader *r)
{
	const struct law *law = r->law;
	for (uint32_t i = 0; law->refunds && i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		const struct law_program *p = &law->programs[m->program];
		enum refund_kind kind = m->effect == LAW_EFFECT_FLOOR  ? REFUND_REPLACEMENT
					: m->effect == LAW_EFFECT_DUTY ? REFUND_ADDITIVE
								       : REFUND_EXCEPTION;
		int code;
		if (p->jurisdiction != law->refunds->jurisdiction || p->void_by == LAW_NONE ||
		    p->kind != LAW_KIND_DUTY)
			continue;
		if ((code = hold(r, m, m->heading, kind)) ||
		    (code = hold(r, m, m->heading_reached, REFUND_MARKER)))
			return code;
	}
	return TW_OK;
}

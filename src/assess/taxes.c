/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taxes on what is imported, see taxes.h: a share of the value, or of the value
 * with the duty that is due. Which of them are due is found in relief.c.
 */
#include "assess/taxes.h"

#include "assess/answer.h"
#include "assess/base.h"
#include "common/capped.h"
#include "common/money.h"

static void fill_tax(tw_assessor *a, struct tw_tax *out, uint32_t measure)
{
	const struct rb_measure *m = &a->rb->measures[measure];
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	bool known = a->out.has_amount && a->facts.has_value;
	int64_t num, den;
	base_plain_rate(a->rb, m->rate, &num, &den);
	*out = (struct tw_tax){.tax = rb_text(a->rb, a->rb->programs[m->program].id),
			       .measure = rb_text(a->rb, m->id),
			       .rate = rb_text(a->rb, m->rate_text),
			       .amount = -1,
			       .on = -1,
			       .value = -1,
			       .duty = -1,
			       .by = answer_cite(a, m->by)};
	if (!known)
		return;
	out->value = money_round(a->facts.value, j->round_value);
	out->duty = m->flags & RB_OF_DUTY_PAID ? a->out.amount : 0;
	out->on = capped_sum(out->value, out->duty);
	out->amount = money_share(out->on, num, den, j->round_duty);
	if (out->on == INT64_MAX || out->amount == INT64_MAX) {
		out->on = out->amount = -1;
		a->overflow = true;
	}
}

void taxes_fill(tw_assessor *a)
{
	struct tw_assessment *out = &a->out;
	out->taxes = a->tax;
	out->is_taxed = a->relief.taxed;
	out->tax_count = a->relief.tax_count;
	out->taxes_amount = a->relief.taxes_unlike ? -1 : 0;
	for (size_t i = 0; i < out->tax_count; i++) {
		fill_tax(a, &a->tax[i], a->relief.tax[i]);
		if (a->tax[i].amount < 0)
			out->taxes_amount = -1;
		else if (out->taxes_amount >= 0 &&
			 !capped_add(&out->taxes_amount, a->tax[i].amount)) {
			out->taxes_amount = -1;
			a->overflow = true;
		}
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of answers: the assessor's own live until its next call. */
#include "timeline/timeline.h"

#include <string.h>

struct keeper {
	struct pad *pad;
	bool failed;
};

static void *keep(struct keeper *k, const void *from, size_t count, size_t size)
{
	void *to = pad_alloc(k->pad, count ? count : 1, size);
	if (!to)
		k->failed = true;
	else if (count)
		memcpy(to, from, count * size);
	return to;
}

static const char *text(struct keeper *k, const char *from)
{
	if (!from || !*from)
		return "";
	if (pad_is_fixed(k->pad, from))
		return from;
	const char *to = pad_text(k->pad, from, strlen(from));
	if (!to)
		k->failed = true;
	return to ? to : "";
}

static const char *const *texts(struct keeper *k, const char *const *from, size_t count)
{
	const char **to = keep(k, from, count, sizeof *to);
	for (size_t i = 0; to && i < count; i++)
		to[i] = text(k, from[i]);
	return to;
}

static void citations(struct keeper *k, struct tw_citations *by)
{
	by->id = texts(k, by->id, by->count);
}

static void layer(struct keeper *k, struct tw_layer *x)
{
	x->program = text(k, x->program);
	x->measure = text(k, x->measure);
	x->heading = text(k, x->heading);
	x->rate = text(k, x->rate);
	x->part = text(k, x->part);
	x->confidence = text(k, x->confidence);
	x->headings = texts(k, x->headings, x->heading_count);
	citations(k, &x->by);
}

static void exclusion(struct keeper *k, struct tw_exclusion *x)
{
	x->program = text(k, x->program);
	x->to = text(k, x->to);
	x->part = text(k, x->part);
	x->heading = text(k, x->heading);
	citations(k, &x->by);
}

static void choice(struct keeper *k, struct tw_choice *x)
{
	x->claim = text(k, x->claim);
	x->is = text(k, x->is);
	x->program = text(k, x->program);
	x->measure = text(k, x->measure);
	x->heading = text(k, x->heading);
	x->rate = text(k, x->rate);
	citations(k, &x->by);
}

static void fee(struct keeper *k, struct tw_fee *x)
{
	x->fee = text(k, x->fee);
	x->measure = text(k, x->measure);
	citations(k, &x->by);
}

static void tax(struct keeper *k, struct tw_tax *x)
{
	x->tax = text(k, x->tax);
	x->measure = text(k, x->measure);
	x->rate = text(k, x->rate);
	citations(k, &x->by);
}

static void order(struct keeper *k, struct tw_adcvd_order *x)
{
	x->id = text(k, x->id);
	x->kind = text(k, x->kind);
	x->state = text(k, x->state);
	x->product = text(k, x->product);
	x->cite = text(k, x->cite);
	x->confidence = text(k, x->confidence);
	x->rate = text(k, x->rate);
	x->rate_by = text(k, x->rate_by);
}

static void adcvd(struct keeper *k, struct tw_adcvd *x)
{
	struct tw_adcvd_order *orders = keep(k, x->orders, x->order_count, sizeof *orders);
	for (size_t i = 0; orders && i < x->order_count; i++)
		order(k, &orders[i]);
	x->orders = orders;
	x->declared = text(k, x->declared);
	x->says = text(k, x->says);
	x->incomplete = text(k, x->incomplete);
	citations(k, &x->by);
}

bool keep_adcvd(struct pad *pad, struct tw_adcvd *x)
{
	struct keeper k = {pad, false};
	adcvd(&k, x);
	return !k.failed;
}

static void header(struct keeper *k, struct tw_assessment *a)
{
	a->refusal = (struct tw_refusal){text(k, a->refusal.reason), text(k, a->refusal.column),
					 text(k, a->refusal.text)};
	a->into = text(k, a->into);
	a->origin = text(k, a->origin);
	a->currency = text(k, a->currency);
	a->entry_type = text(k, a->entry_type);
	a->de_minimis.program = text(k, a->de_minimis.program);
	a->de_minimis.reason = text(k, a->de_minimis.reason);
	citations(k, &a->de_minimis.by);
	adcvd(k, &a->adcvd);
	a->missing = texts(k, a->missing, a->missing_count);
	a->warnings = texts(k, a->warnings, a->warning_count);
	a->not_covered = texts(k, a->not_covered, a->not_covered_count);
}

const char *const *keep_texts(struct pad *pad, const char *const *from, size_t count)
{
	struct keeper k = {pad, false};
	const char *const *kept = texts(&k, from, count);
	return k.failed ? NULL : kept;
}

const struct tw_assessment *keep_answer(struct pad *pad, const struct tw_assessment *answer)
{
	struct keeper k = {pad, false};
	struct tw_assessment *a = keep(&k, answer, 1, sizeof *answer);
	if (!a)
		return NULL;
	struct tw_layer *layers = keep(&k, a->layers, a->layer_count, sizeof *layers);
	struct tw_exclusion *exclusions =
	    keep(&k, a->exclusions, a->exclusion_count, sizeof *exclusions);
	struct tw_choice *choices = keep(&k, a->choices, a->choice_count, sizeof *choices);
	struct tw_fee *fees = keep(&k, a->fees, a->fee_count, sizeof *fees);
	struct tw_tax *taxes = keep(&k, a->taxes, a->tax_count, sizeof *taxes);
	struct tw_share *shares = keep(&k, a->shares, a->share_count, sizeof *shares);
	if (k.failed)
		return NULL;
	for (size_t i = 0; i < a->layer_count; i++)
		layer(&k, &layers[i]);
	for (size_t i = 0; i < a->exclusion_count; i++)
		exclusion(&k, &exclusions[i]);
	for (size_t i = 0; i < a->choice_count; i++)
		choice(&k, &choices[i]);
	for (size_t i = 0; i < a->fee_count; i++)
		fee(&k, &fees[i]);
	for (size_t i = 0; i < a->tax_count; i++)
		tax(&k, &taxes[i]);
	header(&k, a);
	a->layers = layers;
	a->exclusions = exclusions;
	a->choices = choices;
	a->fees = fees;
	a->taxes = taxes;
	a->shares = shares;
	a->substances = NULL; /* nothing is screened for */
	a->controls = NULL;
	a->substance_count = a->control_count = 0;
	return k.failed ? NULL : a;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is unlike in two answers, and by which acts: those by which, between the two, the law has
 * something of the same measure begin or end, else of its program, else what the answers cite.
 */
#include "timeline/acts.h"

#include "common/buffer.h"
#include "common/legal.h"
#include "common/words.h"
#include "findings/finding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define UNMATCHED SIZE_MAX

struct finder {
	struct tw_timeline *t;
	const struct tw_assessment *a, *b; /* before, after */
	struct tw_move *move;
	size_t count, room;
	struct acts acts; /* cited for the next move */
	struct buffer text;
	bool failed;
};

static const char *keep_text(struct finder *f, const char *text)
{
	const char *kept = *text ? pad_text(&f->t->pad, text, strlen(text)) : "";
	f->failed = f->failed || !kept;
	return kept ? kept : "";
}

/* What was written into the scratch. */
static const char *take_text(struct finder *f)
{
	const char *kept = pad_text(&f->t->pad, f->text.at ? f->text.at : "", f->text.length);
	f->failed = f->failed || f->text.failed || !kept;
	f->text.length = 0;
	return kept ? kept : "";
}

static void add(struct finder *f, struct tw_move move)
{
	if (f->count == f->room || f->failed) {
		f->failed = true;
		return;
	}
	const char **by = pad_alloc(&f->t->pad, f->acts.count ? f->acts.count : 1, sizeof *by);
	f->failed = !by;
	if (!by)
		return;
	if (f->acts.count)
		memcpy(by, f->acts.act, f->acts.count * sizeof *by);
	move.by = (struct tw_citations){by, f->acts.count};
	move.title = acts_title(&f->acts, move.program);
	f->move[f->count++] = move;
	f->acts.count = 0;
}

/* "25%", "25% on steel of 4000.00", "25%, void": as much as tells it from the other one. */
static const char *say_layer(struct finder *f, const struct tw_layer *x, const struct tw_layer *y)
{
	if (!x)
		return "";
	bool same_rate = y && !strcmp(x->rate, y->rate);
	bool exempt = x->kind == TW_LAYER_EXEMPT;
	buffer_text(&f->text, exempt ? "exempt" : *x->rate ? x->rate : "no rate");
	if (strcmp(x->part, "value") != 0)
		buffer_print(&f->text, " on %s", x->part);
	if (same_rate && x->on != y->on && x->on >= 0) {
		buffer_text(&f->text, strcmp(x->part, "value") != 0 ? " of " : " on ");
		buffer_money(&f->text, x->on);
	}
	if (same_rate && x->on == y->on && x->amount != y->amount && !x->is_unknown) {
		buffer_text(&f->text, ": ");
		buffer_money(&f->text, x->amount);
	}
	if (same_rate && x->on == y->on && x->amount == y->amount &&
	    strcmp(finding_heading(x), finding_heading(y)) != 0)
		buffer_print(&f->text, " under %s", finding_heading(x));
	if (x->is_unknown && y && !y->is_unknown)
		buffer_text(&f->text, ", amount not known");
	if (x->is_void && (!y || !y->is_void))
		buffer_text(&f->text, ", void");
	return take_text(f);
}

/* The base duty ends, or begins again, with the duty that stands in its place. */
static void cite_replacing(struct finder *f, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++)
		if (answer->layers[i].kind == TW_LAYER_REPLACE) {
			const size_t cited = f->acts.count;
			acts_law(&f->acts, answer->layers[i].program, answer->layers[i].measure);
			if (f->acts.count == cited)
				acts_program(&f->acts, answer->layers[i].program);
		}
}

/* What of it is void is not told where nothing is collected: then the exemption is what moved. */
static bool is_told(const struct finder *f, const struct tw_layer *x, const struct tw_layer *y)
{
	struct tw_layer z = *x;
	z.is_void = y->is_void;
	return f->a->de_minimis.eligible == f->b->de_minimis.eligible || !alike_layer(&z, y);
}

/* Of a layer that was, or is, or both. */
static void add_layer(struct finder *f, const struct tw_layer *x, const struct tw_layer *y)
{
	const struct tw_layer *z = y ? y : x;
	if (!z)
		return;
	if (x)
		acts_law(&f->acts, x->program, x->measure);
	if (y && (!x || strcmp(x->measure, y->measure) != 0))
		acts_law(&f->acts, y->program, y->measure);
	if (!f->acts.count && !y)
		acts_exclusions(&f->acts, f->b, z->program);
	if (!f->acts.count && !x)
		acts_exclusions(&f->acts, f->a, z->program);
	if (!f->acts.count)
		acts_law(&f->acts, z->program, NULL);
	if (!f->acts.count)
		acts_program(&f->acts, z->program);
	/* At the rate that it had, it moves by what takes its place, or takes it no longer. */
	if (z->kind == TW_LAYER_BASE && (!x || (y && !strcmp(x->rate, y->rate))))
		cite_replacing(f, f->a);
	if (z->kind == TW_LAYER_BASE && (!y || (x && !strcmp(x->rate, y->rate))))
		cite_replacing(f, f->b);
	if (!f->acts.count && z->kind == TW_LAYER_BASE)
		acts_edition(&f->acts);
	if (!f->acts.count)
		acts_all(&f->acts, &z->by);
	add(f, (struct tw_move){.what = !x   ? TW_MOVED_BEGAN
					: !y ? TW_MOVED_ENDED
					     : TW_MOVED_CHANGED,
				.program = z->program,
				.heading = finding_heading(z),
				.before = say_layer(f, x, y),
				.after = say_layer(f, y, x)});
}

/* Texts of the rulebook are mostly known by their place. */
static bool same(const char *a, const char *b)
{
	return a == b || !strcmp(a, b);
}

/* How much two layers have in common. */
static unsigned likeness(const struct tw_layer *x, const struct tw_layer *y)
{
	if (!same(x->program, y->program))
		return 0;
	return 1u + (unsigned)same(x->part, y->part) * 2 +
	       (unsigned)same(x->heading, y->heading) * 4 + (unsigned)alike_layer(x, y) * 8;
}

/* The layer of the one answer for each of the other, the likest first. */
static void match(size_t *of, bool *taken, const struct tw_assessment *a,
		  const struct tw_assessment *b)
{
	for (unsigned least = 8; least > 0; least /= 2)
		for (size_t i = 0; i < a->layer_count; i++)
			for (size_t k = 0; of[i] == UNMATCHED && k < b->layer_count; k++)
				if (!taken[k] && likeness(&a->layers[i], &b->layers[k]) >= least) {
					of[i] = k;
					taken[k] = true;
				}
}

static void find_layers(struct finder *f)
{
	size_t *of = pad_alloc(&f->t->pad, f->a->layer_count + 1, sizeof *of);
	bool *taken = pad_alloc(&f->t->pad, f->b->layer_count + 1, sizeof *taken);
	if (!of || !taken) {
		f->failed = true;
		return;
	}
	for (size_t i = 0; i < f->a->layer_count; i++)
		of[i] = UNMATCHED;
	memset(taken, 0, f->b->layer_count * sizeof *taken);
	match(of, taken, f->a, f->b);
	for (size_t i = 0; i < f->a->layer_count; i++)
		if (of[i] == UNMATCHED)
			add_layer(f, &f->a->layers[i], NULL);
	for (size_t i = 0; i < f->a->layer_count; i++)
		if (of[i] != UNMATCHED && !alike_layer(&f->a->layers[i], &f->b->layers[of[i]]) &&
		    is_told(f, &f->a->layers[i], &f->b->layers[of[i]]))
			add_layer(f, &f->a->layers[i], &f->b->layers[of[i]]);
	for (size_t k = 0; k < f->b->layer_count; k++)
		if (!taken[k])
			add_layer(f, NULL, &f->b->layers[k]);
}

static const char *say_choice(struct finder *f, const struct tw_choice *x)
{
	if (!x)
		return "";
	buffer_print(&f->text, "%s=%s %s", x->claim, x->is, x->rate);
	return take_text(f);
}

static const struct tw_choice *find_choice(const struct tw_assessment *a, const struct tw_choice *x)
{
	for (size_t i = 0; i < a->choice_count; i++)
		if (!strcmp(a->choices[i].claim, x->claim) && !strcmp(a->choices[i].is, x->is))
			return &a->choices[i];
	return NULL;
}

static void add_choice(struct finder *f, const struct tw_choice *x, const struct tw_choice *y)
{
	const struct tw_choice *z = y ? y : x;
	if (!z)
		return;
	if (x)
		acts_law(&f->acts, x->program, x->measure);
	if (y)
		acts_law(&f->acts, y->program, y->measure);
	if (!f->acts.count)
		acts_program(&f->acts, z->program);
	if (!f->acts.count)
		acts_all(&f->acts, &z->by);
	add(f, (struct tw_move){.what = TW_MOVED_CHOICE,
				.program = z->program,
				.heading = z->heading,
				.before = say_choice(f, x),
				.after = say_choice(f, y)});
}

static void find_choices(struct finder *f)
{
	for (size_t i = 0; i < f->a->choice_count; i++) {
		const struct tw_choice *y = find_choice(f->b, &f->a->choices[i]);
		if (!y || !alike_choice(&f->a->choices[i], y))
			add_choice(f, &f->a->choices[i], y);
	}
	for (size_t i = 0; i < f->b->choice_count; i++)
		if (!find_choice(f->a, &f->b->choices[i]))
			add_choice(f, NULL, &f->b->choices[i]);
}

static const char *say_exemption(const struct tw_assessment *a)
{
	return !a->de_minimis.applies ? "" : a->de_minimis.eligible ? "free" : a->de_minimis.reason;
}

static void find_exemption(struct finder *f)
{
	const char *before = say_exemption(f->a), *after = say_exemption(f->b);
	const struct tw_de_minimis *x =
	    f->b->de_minimis.applies ? &f->b->de_minimis : &f->a->de_minimis;
	if (!strcmp(before, after))
		return;
	acts_program(&f->acts, x->program);
	if (!f->acts.count)
		acts_all(&f->acts, &x->by);
	add(f, (struct tw_move){.what = TW_MOVED_EXEMPTION,
				.program = x->program,
				.heading = "",
				.before = before,
				.after = after});
}

/* A fee or a tax. */
struct levy {
	const char *program, *measure, *rate;
	tw_money amount;
	const struct tw_citations *by;
};

static size_t count_levies(const struct tw_assessment *a, enum tw_moved what)
{
	return what == TW_MOVED_FEE ? a->fee_count : a->tax_count;
}

static struct levy levy_of(const struct tw_assessment *a, enum tw_moved what, size_t i)
{
	if (what == TW_MOVED_FEE)
		return (struct levy){a->fees[i].fee, a->fees[i].measure, "", a->fees[i].amount,
				     &a->fees[i].by};
	return (struct levy){a->taxes[i].tax, a->taxes[i].measure, a->taxes[i].rate,
			     a->taxes[i].amount, &a->taxes[i].by};
}

/* Its program is NULL: there is none. */
static struct levy find_levy(const struct tw_assessment *a, enum tw_moved what, const char *program)
{
	for (size_t i = 0; i < count_levies(a, what); i++) {
		struct levy levy = levy_of(a, what, i);
		if (!strcmp(levy.program, program))
			return levy;
	}
	return (struct levy){NULL, "", "", 0, NULL};
}

static const char *say_levy(struct finder *f, const struct levy *x)
{
	if (!x->program)
		return "";
	if (x->amount < 0)
		buffer_print(&f->text, "%s, amount not known", x->rate);
	else
		buffer_money(&f->text, x->amount);
	return take_text(f);
}

/* A fee or a tax that begins or ends without an act of its own does so with the exemption. */
static void cite_relief(struct finder *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->move[i].what == TW_MOVED_EXEMPTION || f->move[i].what == TW_MOVED_ENTRY)
			acts_all(&f->acts, &f->move[i].by);
}

/* A tax of another amount at the same rate follows the duty. */
static void cite_duty(struct finder *f)
{
	for (size_t i = 0; i < f->count; i++)
		acts_all(&f->acts, &f->move[i].by);
	if (!f->acts.count)
		acts_window(&f->acts);
}

static void add_levy(struct finder *f, enum tw_moved what, const struct levy *x,
		     const struct levy *y)
{
	const struct levy *z = y->program ? y : x;
	if (x->program)
		acts_law(&f->acts, x->program, x->measure);
	if (y->program)
		acts_law(&f->acts, y->program, y->measure);
	if (!f->acts.count && (!x->program || !y->program))
		cite_relief(f);
	if (!f->acts.count && what == TW_MOVED_TAX)
		cite_duty(f);
	if (!f->acts.count)
		acts_all(&f->acts, z->by);
	add(f, (struct tw_move){.what = what,
				.program = z->program,
				.heading = "",
				.before = say_levy(f, x),
				.after = say_levy(f, y)});
}

static void find_levies(struct finder *f, enum tw_moved what)
{
	for (size_t i = 0; i < count_levies(f->a, what); i++) {
		const struct levy x = levy_of(f->a, what, i), y = find_levy(f->b, what, x.program);
		if (!y.program || y.amount != x.amount || strcmp(x.rate, y.rate) != 0)
			add_levy(f, what, &x, &y);
	}
	for (size_t i = 0; i < count_levies(f->b, what); i++) {
		const struct levy y = levy_of(f->b, what, i), x = find_levy(f->a, what, y.program);
		if (!x.program)
			add_levy(f, what, &x, &y);
	}
}

static const struct tw_adcvd_order *find_order(const struct tw_assessment *a, const char *id)
{
	for (size_t i = 0; i < a->adcvd.order_count; i++)
		if (!strcmp(a->adcvd.orders[i].id, id))
			return &a->adcvd.orders[i];
	return NULL;
}

/* "antidumping, Vanillin", "antidumping, Vanillin, deposit 1200.00 at 12%". */
static const char *say_order(struct finder *f, const struct tw_adcvd_order *x)
{
	if (!x)
		return "";
	buffer_print(&f->text, "%s%s%s%s%s", x->kind, *x->product ? ", " : "", x->product,
		     strcmp(x->state, "order") != 0 ? ", " : "",
		     strcmp(x->state, "order") != 0 ? x->state : "");
	if (x->claimed && x->deposit >= 0) {
		buffer_text(&f->text, ", deposit ");
		buffer_money(&f->text, x->deposit);
	}
	if (*x->rate)
		buffer_print(&f->text, " at %s", x->rate);
	return take_text(f);
}

/* An order begins or ends by a notice that is no act of the rulebook: what it rests on is cited. */
static void add_order(struct finder *f, const struct tw_adcvd_order *x,
		      const struct tw_adcvd_order *y)
{
	acts_all(&f->acts, y ? &f->b->adcvd.by : &f->a->adcvd.by);
	add(f, (struct tw_move){.what = TW_MOVED_ORDER,
				.program = "",
				.heading = y ? y->id : x->id,
				.before = say_order(f, x),
				.after = say_order(f, y)});
}

static void find_orders(struct finder *f)
{
	for (size_t i = 0; i < f->a->adcvd.order_count; i++) {
		const struct tw_adcvd_order *x = &f->a->adcvd.orders[i];
		const struct tw_adcvd_order *y = find_order(f->b, x->id);
		if (!y || !alike_order(x, y))
			add_order(f, x, y);
	}
	for (size_t i = 0; i < f->b->adcvd.order_count; i++)
		if (!find_order(f->a, f->b->adcvd.orders[i].id))
			add_order(f, NULL, &f->b->adcvd.orders[i]);
}

static const char *say_status(const struct tw_assessment *a)
{
	return a->status == TW_STATUS_REFUSED ? a->refusal.reason : finding_status(a->status);
}

/* What is told once of the whole line. */
static void find_whole(struct finder *f)
{
	const char *before = say_status(f->a), *after = say_status(f->b);
	if (strcmp(f->a->hts, f->b->hts) != 0) {
		acts_edition(&f->acts);
		add(f, (struct tw_move){.what = TW_MOVED_CODE,
					.program = "",
					.heading = "",
					.before = f->a->hts,
					.after = f->b->hts});
	}
	if (strcmp(before, after) != 0) {
		if (!strcmp(before, "unknown-code") || !strcmp(after, "unknown-code"))
			acts_edition(&f->acts);
		if (!strcmp(before, "prohibited") || !strcmp(after, "prohibited"))
			acts_kind(&f->acts, LAW_KIND_PROHIBITION);
		add(f, (struct tw_move){.what = TW_MOVED_STATUS,
					.program = "",
					.heading = "",
					.before = keep_text(f, before),
					.after = keep_text(f, after)});
	}
}

/* The type of entry follows from the exemption and from what is due. */
static void find_entry(struct finder *f)
{
	if (!strcmp(f->a->entry_type, f->b->entry_type))
		return;
	acts_kind(&f->acts, LAW_KIND_ENTRY);
	if (!f->acts.count)
		acts_kind(&f->acts, LAW_KIND_EXEMPTION);
	for (size_t i = 0; !f->acts.count && i < f->count; i++)
		acts_all(&f->acts, &f->move[i].by);
	if (!f->acts.count)
		acts_window(&f->acts);
	add(f, (struct tw_move){.what = TW_MOVED_ENTRY,
				.program = "",
				.heading = "",
				.before = f->a->entry_type,
				.after = f->b->entry_type});
}

static const char *say_amount(struct finder *f, const struct tw_assessment *a)
{
	if (a->has_amount) {
		buffer_money(&f->text, a->amount);
	} else if (a->has_bounds) {
		buffer_money(&f->text, a->least);
		buffer_text(&f->text, " to ");
		buffer_money(&f->text, a->greatest);
	} else {
		buffer_text(&f->text, "not known");
	}
	return take_text(f);
}

static const char *say_taxes(struct finder *f, const struct tw_assessment *a)
{
	if (!a->is_taxed)
		return "";
	if (a->taxes_amount < 0)
		return "not known";
	buffer_money(&f->text, a->taxes_amount);
	return take_text(f);
}

/* So with taxes of which none is told: what readings have in common may be nothing. */
static void find_taxes(struct finder *f)
{
	if (f->count)
		return;
	const char *before = say_taxes(f, f->a), *after = say_taxes(f, f->b);
	if (!strcmp(before, after))
		return;
	acts_window(&f->acts);
	add(f, (struct tw_move){.what = TW_MOVED_TAX,
				.program = "",
				.heading = "",
				.before = before,
				.after = after});
}

/* Between bounds no single duty is told: then what it may come to is, and all acts of the time. */
static void find_amount(struct finder *f)
{
	if (f->count)
		return;
	const char *before = say_amount(f, f->a), *after = say_amount(f, f->b);
	if (!strcmp(before, after))
		return; /* of two samples, between which nothing moved */
	acts_window(&f->acts);
	add(f, (struct tw_move){.what = TW_MOVED_AMOUNT,
				.program = "",
				.heading = "",
				.before = before,
				.after = after});
}

bool moves_find(struct tw_step *step, struct tw_timeline *t, const struct tw_assessment *before,
		tw_time after)
{
	const struct tw_assessment *b = step->answer;
	/* Acts are those between the two, whichever comes first. */
	struct finder f = {.t = t, .a = before, .b = b};
	acts_begin(&f.acts, t, after < step->at ? after : step->at,
		   after < step->at ? step->at : after);
	f.room = before->layer_count + b->layer_count + before->choice_count + b->choice_count +
		 before->fee_count + b->fee_count + before->adcvd.order_count +
		 b->adcvd.order_count + before->tax_count + b->tax_count + 5;
	f.move = pad_alloc(&t->pad, f.room, sizeof *f.move);
	f.failed = !f.move;
	if (f.failed)
		goto done;
	find_whole(&f);
	/* A line that is refused has no duties; that they are gone is no news of them. */
	if (before->status != TW_STATUS_REFUSED && b->status != TW_STATUS_REFUSED) {
		find_exemption(&f);
		find_layers(&f);
		find_choices(&f);
		find_levies(&f, TW_MOVED_FEE);
		find_levies(&f, TW_MOVED_TAX);
		find_entry(&f);
		find_amount(&f);
		find_taxes(&f);
		find_orders(&f);
	}
done:
	buffer_free(&f.text);
	acts_end(&f.acts);
	step->moves = f.move;
	step->move_count = f.count;
	return !f.failed && !f.acts.failed;
}

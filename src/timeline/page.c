/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timelines for people, in the width of the buffer: when, at which rate, and what moved. Several
 * lines stand side by side, a column each.
 */
#include "timeline/write.h"

#include "common/style.h"
#include "common/utf8.h"
#include "common/words.h"
#include "findings/finding.h"

#include <stdio.h>
#include <string.h>

enum { WHEN = 16, COLUMN = 11, MONEY = 14, MOVES = 6 };

/* "IEEPA fentanyl duty ...: 10% to 20%" */
static void say_move(struct buffer *out, const struct tw_move *move)
{
	static const char *const what[] = {
	    "code", "answer", "", "", "", "choice", "de minimis", "", "entry type", "duty", "", ""};
	const char *name = *what[move->what]              ? what[move->what]
			   : move->what == TW_MOVED_ORDER ? move->heading
			   : *move->title                 ? move->title
			   : *move->program               ? move->program
							  : "taxes";
	char before[24], after[24];
	bool code = move->what == TW_MOVED_CODE;
	if (code) {
		finding_code(before, move->before);
		finding_code(after, move->after);
	}
	const char *x = code ? before : move->before, *y = code ? after : move->after;
	if (!*x)
		buffer_print(out, "%s: %s begins", name, y);
	else if (!*y)
		buffer_print(out, "%s: %s ends", name, x);
	else
		buffer_print(out, "%s: %s to %s", name, x, y);
	for (size_t i = 0; i < move->by.count; i++)
		buffer_print(out, "%s%s", i ? ", " : " (", move->by.id[i]);
	buffer_text(out, move->by.count ? ")" : "");
}

static void wrap(struct buffer *out, struct buffer *text, size_t indent)
{
	buffer_char(text, '\0');
	words_pad(out, indent);
	words_wrap(out, text->failed ? "" : text->at, indent + 2, indent);
	text->length = 0;
}

void write_moves(struct buffer *out, const struct tw_step *step, const char *origin)
{
	struct buffer text = {.within = out};
	for (size_t i = 0; i < step->move_count; i++) {
		if (*origin)
			buffer_print(&text, "%s: ", origin);
		say_move(&text, &step->moves[i]);
		wrap(out, &text, MOVES);
	}
	if (step->answer->status == TW_STATUS_REFUSED) {
		buffer_text(&text, step->answer->refusal.text);
		wrap(out, &text, MOVES);
	}
	if (step->successor_count) {
		char code[24];
		buffer_text(&text, "the number was given up for ");
		for (size_t i = 0; i < step->successor_count; i++) {
			finding_code(code, step->successors[i]);
			buffer_print(&text, "%s%s", i ? ", " : "", code);
		}
		buffer_text(&text, ": none is followed");
		wrap(out, &text, MOVES);
	}
	buffer_free(&text);
}

/* The orders that list the goods in the first step. */
static void write_orders(struct buffer *out, struct buffer *text, const struct tw_adcvd *adcvd,
			 const char *origin)
{
	const bool denied = !strcmp(adcvd->declared, "no");
	for (size_t i = 0; i < adcvd->order_count && !denied; i++) {
		const struct tw_adcvd_order *order = &adcvd->orders[i];
		if (*origin)
			buffer_print(text, "%s: ", origin);
		buffer_print(text, "%s: %s%s%s%s", order->id, order->kind,
			     *order->product ? ", " : "", order->product,
			     order->claimed ? "; claimed, deposit " : " may apply");
		if (order->claimed)
			buffer_text(text, *order->rate ? order->rate : "not known");
		wrap(out, text, MOVES);
	}
}

/* What the stack is in the first step, from which all later ones differ. */
static void write_first(struct buffer *out, const struct told *told, const char *origin)
{
	struct buffer text = {.within = out};
	const struct tw_assessment *answer = told->step->answer;
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		const char *title = moves_title(told->timeline, layer->program);
		if (*origin)
			buffer_print(&text, "%s: ", origin);
		buffer_print(&text, "%s: %s", *title ? title : layer->program,
			     write_layer_rate(layer));
		if (strcmp(layer->part, "value") != 0)
			buffer_print(&text, " on %s", layer->part);
		buffer_text(&text, layer->is_void ? ", void" : "");
		for (size_t k = 0; k < layer->by.count; k++)
			buffer_print(&text, "%s%s", k ? ", " : " (", layer->by.id[k]);
		buffer_text(&text, layer->by.count ? ")" : "");
		wrap(out, &text, MOVES);
	}
	if (answer->de_minimis.applies) {
		if (*origin)
			buffer_print(&text, "%s: ", origin);
		buffer_print(&text, "de minimis: %s",
			     answer->de_minimis.eligible ? "free" : answer->de_minimis.reason);
		wrap(out, &text, MOVES);
	}
	write_orders(out, &text, &answer->adcvd, origin);
	buffer_free(&text);
}

/* What the duty of an open answer turns on, where the step before did not say it. */
static void write_missing(struct buffer *out, const struct tw_step *step,
			  const struct tw_step *before, const char *origin)
{
	struct buffer text = {.within = out};
	const struct tw_assessment *answer = step->answer;
	for (size_t i = 0; answer->status == TW_STATUS_INCOMPLETE && i < answer->missing_count;
	     i++) {
		bool is_said = false;
		for (size_t k = 0; before && k < before->answer->missing_count; k++)
			is_said =
			    is_said || !strcmp(before->answer->missing[k], answer->missing[i]);
		if (is_said)
			continue;
		buffer_print(&text, "%s%smissing: %s", origin, *origin ? ": " : "",
			     answer->missing[i]);
		wrap(out, &text, MOVES);
	}
	buffer_free(&text);
}

static void write_mark(struct buffer *out, const struct told *told, const struct tw_mark *mark)
{
	char at[17], moves[17];
	struct buffer text = {.within = out};
	write_day(at, mark->at, mark->offset);
	if (mark->kind == TW_MARK_ANNOUNCED)
		buffer_print(&text, "%s known: %s", mark->id, mark->title);
	else
		buffer_text(&text, mark->title);
	if (mark->moves) {
		write_day(moves, mark->moves_on, time_offset(told->timeline->zone, mark->moves_on));
		buffer_print(&text, "; moves %s", moves);
	}
	buffer_print(out, "  %-*s ", WHEN, at);
	buffer_char(&text, '\0');
	words_wrap(out, text.failed ? "" : text.at, WHEN + 3, WHEN + 3);
	buffer_free(&text);
}

static void write_when(struct buffer *out, tw_time at, int offset, const struct style *style)
{
	char text[17];
	buffer_print(out, "  %s%-*s%s", style->color ? STYLE_BOLD : "", WHEN,
		     write_day(text, at, offset), style->color ? STYLE_PLAIN : "");
}

static const struct tw_step *step_at(const struct told *told, tw_time at)
{
	const struct tw_step *found = told->step;
	for (size_t i = 0; i < told->count && told->step[i].at <= at; i++)
		found = &told->step[i];
	return found;
}

/* As the line says it. */
static void put_column(struct buffer *out, const struct told *told, enum tw_column column)
{
	struct tw_text text = told->line->column[column];
	buffer_shown(out, text.length ? text.at : "", text.length);
}

/* The rates of all lines at an instant, and what of them moved. */
static void write_together(struct buffer *out, const struct told *told, size_t count, tw_time at,
			   const struct style *style)
{
	char duty[64], name[24];
	write_when(out, at, step_at(told, at)->offset, style);
	for (size_t i = 0; i < count; i++)
		write_right(out, write_rate(step_at(&told[i], at)->answer), COLUMN);
	if (count == 1 && !style->assumed)
		write_right(out, write_duty(duty, step_at(told, at)->answer), MONEY);
	buffer_char(out, '\n');
	for (size_t i = 0; i < count; i++) {
		const struct tw_step *step = step_at(&told[i], at);
		const char *origin = count > 1 ? write_origin(name, &told[i]) : "";
		if (step->at != at)
			continue;
		if (step == told[i].step)
			write_first(out, &told[i], origin);
		write_moves(out, step, origin);
		write_missing(out, step, step == told[i].step ? NULL : step - 1, origin);
	}
}

/* The first instant behind `at` of a step of any line. */
static tw_time next_of(const struct told *told, size_t count, tw_time at)
{
	tw_time next = TW_TIME_MAX;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < told[i].count; k++)
			if (told[i].step[k].at > at && told[i].step[k].at < next)
				next = told[i].step[k].at;
	return next;
}

static bool is_same(const struct told *told, size_t mark, const struct tw_mark *as)
{
	if (mark == told->mark_count)
		return false;
	const struct tw_mark *next = &told->mark[mark];
	return next->at == as->at && next->kind == as->kind && !strcmp(next->id, as->id);
}

/* What is known of any origin, by time, and what several have once. */
static void write_marks(struct buffer *out, const struct told *told, size_t count, size_t *mark,
			tw_time until)
{
	for (;;) {
		const struct tw_mark *first = NULL;
		size_t of = 0;
		for (size_t i = 0; i < count; i++) {
			if (mark[i] == told[i].mark_count)
				continue;
			const struct tw_mark *next = &told[i].mark[mark[i]];
			if (next->at <= until && (!first || next->at < first->at)) {
				first = next;
				of = i;
			}
		}
		if (!first)
			return;
		write_mark(out, &told[of], first);
		for (size_t i = 0; i < count; i++)
			mark[i] += is_same(&told[i], mark[i], first);
	}
}

static void write_header(struct buffer *out, const struct told *told, size_t count,
			 const struct style *style)
{
	char code[24], from[17], until[17], origin[24];
	const tw_timeline *t = told->timeline;
	const struct tw_assessment *answer = told->step->answer;
	finding_code(code, answer->hts);
	buffer_text(out, style->color ? STYLE_BOLD : "");
	if (*code)
		buffer_text(out, code);
	else
		put_column(out, told, TW_COLUMN_HTS);
	buffer_text(out, " from ");
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? ", " : "");
		put_column(out, &told[i], TW_COLUMN_ORIGIN);
	}
	buffer_print(out, " into %s%s, %s to %s\n", t->jurisdiction ? t->jurisdiction->code : "?",
		     style->color ? STYLE_PLAIN : "",
		     write_day(from, t->begin, time_offset(t->zone, t->begin)),
		     write_day(until, t->end - 1, time_offset(t->zone, t->end)));
	if (!style->assumed && answer->value >= 0) {
		buffer_text(out, "value ");
		buffer_money(out, answer->value);
		buffer_print(out, "%s%s\n", *answer->currency ? " " : "", answer->currency);
	}
	buffer_print(out, "\n  %-*s", WHEN, "FROM");
	for (size_t i = 0; i < count; i++)
		write_right(out, count > 1 ? write_origin(origin, &told[i]) : "RATE", COLUMN);
	if (count == 1 && !style->assumed)
		write_right(out, "DUTY", MONEY);
	buffer_char(out, '\n');
}

bool any_void(const struct told *told, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < told[i].count; k++)
			for (size_t n = 0; n < told[i].step[k].answer->layer_count; n++)
				if (told[i].step[k].answer->layers[n].is_void)
					return true;
	return false;
}

static void write_notes(struct buffer *out, const struct told *told, size_t count,
			const struct style *style)
{
	char money[48];
	int year, month, day;
	const tw_timeline *t = told->timeline;
	time_date(t->rb->law->coverage_last, &year, &month, &day);
	tw_time covered =
	    time_from_local(t->zone, ((tw_time)t->rb->law->coverage_last + 1) * 86400);
	const char *known_on = tw_rulebook_known_on(t->book);
	buffer_char(out, '\n');
	if (strcmp(known_on, tw_rulebook_edition(t->book)) != 0)
		buffer_print(out,
			     "  The law is as it was known on %s: later acts are not reflected.\n",
			     known_on);
	else if (t->end > covered)
		buffer_print(out,
			     "  The law is covered to %04d-%02d-%02d: later acts are not "
			     "reflected.\n",
			     year, month, day);
	if (style->assumed)
		buffer_print(out, "  No value was given: the rates are those of a value of %s.\n",
			     words_money(money, style->assumed));
	write_estimate(out, told, count);
	if (any_void(told, count))
		buffer_text(out, "  void: held unlawful by a court, but collected.\n");
	write_edition(out, t->book);
}

void write_page(struct buffer *out, const struct told *told, size_t count,
		const struct style *style)
{
	size_t mark[TOLD_MOST] = {0};
	count = count < TOLD_MOST ? count : TOLD_MOST;
	write_header(out, told, count, style);
	for (tw_time at = told->step->at; at != TW_TIME_MAX; at = next_of(told, count, at)) {
		write_marks(out, told, count, mark, at);
		write_together(out, told, count, at, style);
	}
	write_marks(out, told, count, mark, TW_TIME_MAX);
	write_notes(out, told, count, style);
}

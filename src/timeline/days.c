/* SPDX-License-Identifier: Apache-2.0 */
/* A line on two days side by side: the duties of both in rows, then what moved and by which act. */
#include "timeline/write.h"

#include "common/fit.h"
#include "common/style.h"
#include "common/utf8.h"
#include "common/words.h"
#include "findings/finding.h"

#include <stdio.h>
#include <string.h>

enum { NAME = 30, RATE = 9, MONEY = 14 };

/* A name, of which what is too long for the column stands in rows before. */
static void put_name(struct buffer *out, const char *name)
{
	size_t length;
	buffer_text(out, "  ");
	while ((length = strlen(name)) && utf8_width(name, length) > NAME) {
		size_t end = length;
		while (end > 1 && (name[end] != ' ' || utf8_width(name, end) > NAME))
			end--;
		if (end == 1)
			break; /* one long word */
		buffer_put(out, name, end);
		buffer_text(out, "\n    ");
		name += end + 1;
	}
	buffer_put(out, name, length);
	const size_t wide = utf8_width(name, length);
	words_pad(out, wide < NAME ? NAME - wide : 1);
}

/* The layer of another answer that stands in the same row; NULL: there is none. */
static const struct tw_layer *find_layer(const struct tw_assessment *a, const struct tw_layer *x)
{
	for (size_t i = 0; i < a->layer_count; i++)
		if (!strcmp(a->layers[i].program, x->program) &&
		    !strcmp(a->layers[i].part, x->part))
			return &a->layers[i];
	return NULL;
}

static void write_row(struct buffer *out, const struct told *told, const struct tw_layer *of)
{
	char money[48];
	const char *title = moves_title(told->timeline, of->program);
	char name[160];
	bool is_void = false;
	for (size_t i = 0; i < told->count; i++) {
		const struct tw_layer *x = find_layer(told->step[i].answer, of);
		is_void = is_void || (x && x->is_void);
	}
	fit_print(name, sizeof name, "%s%s", *title ? title : of->program, is_void ? ", void" : "");
	put_name(out, name);
	for (size_t i = 0; i < told->count; i++) {
		const struct tw_layer *x = find_layer(told->step[i].answer, of);
		write_right(out, x ? write_layer_rate(x) : "-", RATE);
		write_right(out, x && !x->is_unknown ? words_money(money, x->amount) : "", MONEY);
	}
	buffer_char(out, '\n');
}

/* The layers of all days, each once, in the order in which they stand first. */
static void write_layers(struct buffer *out, const struct told *told)
{
	for (size_t i = 0; i < told->count; i++)
		for (size_t k = 0; k < told->step[i].answer->layer_count; k++) {
			const struct tw_layer *x = &told->step[i].answer->layers[k];
			bool told_before =
			    find_layer(told->step[i].answer, x) != x; /* the same part again */
			for (size_t n = 0; n < i; n++)
				told_before = told_before || find_layer(told->step[n].answer, x);
			if (!told_before)
				write_row(out, told, x);
		}
}

static tw_money fees_of(const struct tw_assessment *answer)
{
	return answer->fees_amount;
}

static tw_money taxes_of(const struct tw_assessment *answer)
{
	return answer->is_taxed ? answer->taxes_amount : -1;
}

static tw_money deposit_of(const struct tw_assessment *answer)
{
	return answer->adcvd.deposit;
}

/* What is due beside the duty, of each day. */
static void write_others(struct buffer *out, const struct told *told, const char *name,
			 tw_money (*of)(const struct tw_assessment *answer))
{
	char text[64];
	put_name(out, name);
	for (size_t i = 0; i < told->count; i++) {
		const struct tw_assessment *a = told->step[i].answer;
		bool known = of(a) >= 0 && a->value >= 0;
		write_right(out, "", RATE);
		write_right(out,
			    a->status == TW_STATUS_REFUSED ? ""
			    : known                        ? words_money(text, of(a))
							   : "not known",
			    MONEY);
	}
	buffer_char(out, '\n');
}

static void write_sums(struct buffer *out, const struct told *told)
{
	char text[64];
	put_name(out, "duty");
	for (size_t i = 0; i < told->count; i++) {
		write_right(out, write_rate(told->step[i].answer), RATE);
		write_right(out, write_duty(text, told->step[i].answer), MONEY);
	}
	buffer_char(out, '\n');
	write_others(out, told, "fees", fees_of);
	bool is_taxed = false, is_claimed = false;
	for (size_t i = 0; i < told->count; i++) {
		const struct tw_assessment *answer = told->step[i].answer;
		is_taxed = is_taxed || answer->is_taxed;
		is_claimed = is_claimed || !strcmp(answer->adcvd.declared, "yes");
	}
	if (is_taxed)
		write_others(out, told, "taxes", taxes_of);
	if (is_claimed)
		write_others(out, told, "deposit", deposit_of);
}

static bool is_missing(const struct tw_assessment *answer, const char *what)
{
	for (size_t i = 0; i < answer->missing_count; i++)
		if (!strcmp(answer->missing[i], what))
			return true;
	return false;
}

/* What the duty turns on and the line does not say, each once. */
static void write_missing(struct buffer *out, const struct told *told, const char *bold,
			  const char *plain)
{
	struct buffer text = {.within = out};
	size_t said = 0;
	for (size_t i = 0; i < told->count; i++) {
		const struct tw_assessment *a = told->step[i].answer;
		for (size_t k = 0; a->status == TW_STATUS_INCOMPLETE && k < a->missing_count; k++) {
			bool before = false;
			for (size_t n = 0; n < i; n++)
				before = before || is_missing(told->step[n].answer, a->missing[k]);
			if (before)
				continue;
			if (!said++)
				buffer_print(out, "\n%sMissing%s\n", bold, plain);
			buffer_print(&text, "%s%c", a->missing[k], '\0');
			words_pad(out, 6);
			words_wrap(out, text.failed ? "" : text.at, 8, 6);
			text.length = 0;
		}
	}
	buffer_free(&text);
}

void write_days(struct buffer *out, const struct told *told, const struct style *style)
{
	char code[24], day[17];
	const struct tw_assessment *answer = told->step->answer;
	const char *bold = style->color ? STYLE_BOLD : "", *plain = style->color ? STYLE_PLAIN : "";
	finding_code(code, answer->hts);
	buffer_print(out, "%s%s from %s into %s%s", bold, code, answer->origin, answer->into,
		     plain);
	if (answer->value >= 0) {
		buffer_text(out, ", value ");
		buffer_money(out, answer->value);
		buffer_print(out, " %s", answer->currency);
	}
	buffer_text(out, "\n\n");
	put_name(out, "");
	for (size_t i = 0; i < told->count; i++)
		write_right(out, write_day(day, told->step[i].at, told->step[i].offset),
			    RATE + MONEY);
	buffer_char(out, '\n');
	write_layers(out, told);
	write_sums(out, told);
	write_missing(out, told, bold, plain);
	for (size_t i = 1; i < told->count; i++) {
		buffer_print(out, "\n%sWhat moved%s\n", bold, plain);
		if (!told->step[i].move_count)
			buffer_text(out, "      nothing\n");
		write_moves(out, &told->step[i], "");
	}
	buffer_char(out, '\n');
	write_estimate(out, told, 1);
	if (any_void(told, 1))
		buffer_text(out, "  void: held unlawful by a court, but collected.\n");
	write_edition(out, told->timeline->book);
}

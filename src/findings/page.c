/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of one line, in short. It says what the answer holds and
 * decides nothing; in the width of the buffer, or 80 columns.
 */
#include "findings/page.h"

#include "findings/page_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/capped.h"
#include "common/currency.h"
#include "common/instant.h"
#include "common/style.h"
#include "common/utf8.h"
#include "common/words.h"

enum { NAMES = 30, RATE = 8, NOTE = 48 };

static size_t width_of(const struct buffer *out)
{
	return out->width ? out->width : WORDS_WIDTH;
}

const char *page_program(const struct page *page, const char *program)
{
	const struct finding_style *style = page->style;
	return style->program ? style->program(style->rulebook, program) : "";
}

void page_title(struct buffer *out, const struct page *page, const char *text)
{
	buffer_print(out, "\n%s%s%s\n", page->style->color ? STYLE_BOLD : "", text,
		     page->style->color ? STYLE_PLAIN : "");
}

/* "  reason: text" with a hanging indent. */
void page_item(struct buffer *out, const char *text)
{
	buffer_text(out, "  - ");
	words_wrap(out, text, 4, 4);
}

void page_cited(struct buffer *out, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++)
		buffer_print(out, "%s%s", i ? ", " : "", by->id[i]);
}

bool page_is_whole(const char *part)
{
	return !part || !strcmp(part, "value");
}

/* The bytes of a text that fit into so many columns, broken at a blank where there is one. */
static size_t fitting(const char *text, size_t columns)
{
	size_t length = strlen(text), fit = 0;
	if (utf8_width(text, length) <= columns)
		return length;
	for (size_t at = 0; at < length; at++)
		if (text[at] == ' ' && utf8_width(text, at) <= columns)
			fit = at;
	for (size_t at = 1; !fit && at < length; at++) /* a word of its own that is too long */
		if (((unsigned char)text[at] & 0xC0) != 0x80 && utf8_width(text, at) == columns)
			fit = at;
	return fit ? fit : length;
}

/* A cell of text, filled up to its width; what is left of the text. */
static const char *cell(struct buffer *out, const char *text, size_t columns)
{
	size_t length = fitting(text, columns), width = utf8_width(text, length);
	buffer_put(out, text, length);
	words_pad(out, columns > width ? columns - width : 0);
	text += length;
	return text + strspn(text, " ");
}

/* What a program is called: its title, or its id. */
static const char *called(const struct page *page, const char *program)
{
	const char *name = page_program(page, program);
	return *name ? name : program;
}

/* What did not fit into a cell: rows beneath it. */
static void rows_beneath(struct buffer *out, const char *rest, size_t columns)
{
	while (*rest) {
		size_t length = fitting(rest, columns);
		words_pad(out, 18);
		buffer_put(out, rest, length);
		buffer_char(out, '\n');
		rest += length;
		rest += strspn(rest, " ");
	}
}

/*
 * Name and rate share their columns: a long rate ("0.7 cents each + 3.2%") takes what the name
 * leaves, or stands beneath it. What is left of the name; `beneath`: the rate that is still to say.
 */
static const char *name_and_rate(struct buffer *out, const char *name, const char *rate,
				 const char **beneath)
{
	size_t wide = utf8_width(rate, strlen(rate)), columns = NAMES;
	if (wide > RATE && utf8_width(name, strlen(name)) + wide <= NAMES + RATE)
		columns = NAMES + RATE - wide;
	*beneath = wide > NAMES + RATE - columns ? rate : "";
	const char *rest = cell(out, name, columns), *shown = **beneath ? "" : rate;
	wide = utf8_width(shown, strlen(shown));
	words_pad(out, 1 + NAMES + RATE - columns - wide);
	buffer_text(out, shown);
	return rest;
}

static void row(struct buffer *out, const struct page *page, const struct tw_layer *layer)
{
	char on[48], amount[48];
	const char *beneath;
	struct buffer name = {.within = out};
	buffer_text(&name, called(page, layer->program));
	buffer_text(&name, layer->is_void ? " *" : "");
	buffer_char(&name, '\0');
	buffer_print(out, "  %-15s ", finding_heading(layer));
	const char *rest =
	    name_and_rate(out, name.failed ? "(out of memory)" : name.at, layer->rate, &beneath);
	buffer_print(out, " %10s", layer->on >= 0 ? words_money(on, layer->on) : "-");
	buffer_print(out, " %11s\n", layer->is_unknown ? "?" : words_money(amount, layer->amount));
	rows_beneath(out, rest, NAMES);
	rows_beneath(out, beneath, NAMES + 1 + RATE);
	buffer_free(&name);
	if (!page_is_whole(layer->part))
		buffer_print(out, "  %-15s on the part \"%s\"\n", "", layer->part);
	for (size_t i = 1; i < layer->heading_count; i++)
		buffer_print(out, "  or %s\n", layer->headings[i]);
}

static void rule(struct buffer *out)
{
	words_pad(out, 69);
	buffer_text(out, "-----------\n");
}

#define UNKNOWN "cannot be determined, see below"

static void sum(struct buffer *out, const char *name, const char *note, const char *amount)
{
	buffer_print(out, "  %-15s ", name);
	const char *rest = cell(out, note, NOTE);
	buffer_print(out, " %13s\n", amount);
	rows_beneath(out, rest, NOTE);
}

/* The beginning of a text in so many columns, cut at a blank; where it ends. */
static const char *beginning(struct buffer *out, const char *text, size_t length, size_t columns)
{
	size_t end = length;
	while (end && utf8_width(text, end) > columns)
		for (end--; end && text[end] != ' ';)
			end--;
	while (end && strchr(" ,;", text[end - 1]))
		end--;
	buffer_shown(out, text, end);
	return text + end;
}

/* What the code is, on one row: the heading, and from the end as much as fits. */
static void shorten(struct buffer *out, const char *words)
{
	size_t width = width_of(out), length = strlen(words), start = out->length;
	if (utf8_width(words, length) <= width) {
		buffer_shown(out, words, length);
		return;
	}
	const char *last = words;
	for (const char *at = words; (at = strstr(at, " > ")); last = at)
		at += 3;
	if (last == words) {
		beginning(out, words, length, width - 2);
		buffer_text(out, " …");
		return;
	}
	const char *end = beginning(out, words, strcspn(words, ";>"), width * 3 / 5);
	size_t room = width - utf8_width(out->at + start, out->length - start) - 5;
	const char *from = last; /* as many of those above it as fit */
	for (const char *at = end; (at = strstr(at, " > ")) && from == last; at += 3)
		if (utf8_width(at + 3, strlen(at + 3)) <= room)
			from = at + 3;
	buffer_text(out, " … > ");
	bool fits = utf8_width(from, strlen(from)) <= room;
	if (*beginning(out, from, strlen(from), fits ? room : room - 2))
		buffer_text(out, " …");
}

/* What the code is: one row, or a row for each text from the heading down. */
static void say_words(struct buffer *out, const char *words, bool whole)
{
	size_t indent = 2;
	if (!whole) {
		shorten(out, words);
		buffer_char(out, '\n');
		return;
	}
	for (; *words; indent += 2) {
		const char *end = strstr(words, " > ");
		char *text = strndup(words, end ? (size_t)(end - words) : strlen(words));
		words_pad(out, indent);
		if (!text)
			buffer_fail(out);
		words_wrap(out, text ? text : "", indent + 2, indent);
		free(text);
		words += end ? (size_t)(end - words) + 3 : strlen(words);
	}
}

void page_heading(struct buffer *out, const struct page *page, bool whole)
{
	const struct tw_assessment *answer = page->finding->answer;
	const struct tw_text *column = page->line->column;
	char code[24], at[26];
	finding_code(code, answer->hts);
	time_print(at, answer->entered, answer->entered_offset);
	buffer_print(out, "%s%s from %s into %s, entered %s%s\n",
		     page->style->color ? STYLE_BOLD : "",
		     *code ? code : "Goods without a tariff code", answer->origin, answer->into, at,
		     page->style->color ? STYLE_PLAIN : "");
	if (page->finding->words && *page->finding->words)
		say_words(out, page->finding->words, whole);
	struct tw_text value = currency_split(column[TW_COLUMN_VALUE]).amount;
	buffer_print(out, "value %.*s%s%s", (int)(value.length < 40 ? value.length : 40), value.at,
		     *answer->currency ? " " : "", answer->currency);
	const struct conversion *done = page->finding->conversion;
	if (done) {
		buffer_print(out, ", from ");
		buffer_money(out, done->given);
		buffer_print(out, " %s at %s", done->from, done->rate);
	}
	if (answer->entry_type && *answer->entry_type)
		buffer_print(out, ", entry type %s", answer->entry_type);
	if (page->finding->lane != TW_LANE_NONE)
		buffer_print(out, ", lane %s", finding_lane(page->finding->lane));
	buffer_text(out, "\n\n");
}

static void tax_sum(struct buffer *out, const struct page *page, const char *name,
		    const struct tw_tax *tax)
{
	char amount[48];
	struct buffer text = {.within = out};
	buffer_print(&text, "%s, %s", called(page, tax->tax), tax->rate);
	buffer_char(&text, '\0');
	sum(out, name, text.failed ? "(out of memory)" : text.at,
	    tax->amount < 0 ? "?" : words_money(amount, tax->amount));
	buffer_free(&text);
}

/* A deposit is no duty: it stands beneath what is due. */
static void deposit(struct buffer *out, const struct tw_adcvd *adcvd)
{
	char amount[48];
	for (size_t i = 0; i < adcvd->order_count; i++) {
		const struct tw_adcvd_order *order = &adcvd->orders[i];
		if (order->claimed && order->deposit >= 0)
			sum(out, "deposit", order->id, words_money(amount, order->deposit));
	}
}

/* What is to be paid: duty, fees and taxes. */
static void total_due(struct buffer *out, const struct tw_assessment *answer)
{
	char text[48];
	const tw_money taxes = answer->is_taxed ? answer->taxes_amount : 0;
	tw_money due = capped_sum(answer->amount, answer->fees_amount);
	if (!answer->has_amount || (!answer->fee_count && !answer->tax_count && taxes >= 0))
		return;
	due = taxes < 0 ? INT64_MAX : capped_sum(due, taxes);
	rule(out);
	sum(out, "total due", due == INT64_MAX ? UNKNOWN : "",
	    due == INT64_MAX ? "?" : words_money(text, due));
}

void page_stack(struct buffer *out, const struct page *page)
{
	const struct tw_assessment *answer = page->finding->answer;
	char amount[48], note[64];
	buffer_print(out, "  %-15s %-30s %8s %10s %11s\n", "HEADING", "PROGRAM", "RATE", "DUTIABLE",
		     "AMOUNT");
	for (size_t i = 0; i < answer->layer_count; i++)
		row(out, page, &answer->layers[i]);
	rule(out);
	snprintf(note, sizeof note, "%s%s", answer->rate, *answer->rate ? " of the value" : "");
	if (answer->relieved > 0)
		sum(out, "relieved",
		    answer->nothing_due ? "no duty is payable at this entry"
					: "admitted free (de minimis)",
		    words_money(amount, answer->relieved));
	sum(out, "duty", answer->has_amount ? note : UNKNOWN,
	    answer->has_amount ? words_money(amount, answer->amount) : "?");
	for (size_t i = 0; i < answer->fee_count; i++) {
		const struct tw_fee *fee = &answer->fees[i];
		sum(out, i ? "" : "fees", called(page, fee->fee), words_money(amount, fee->amount));
	}
	for (size_t i = 0; i < answer->tax_count; i++)
		tax_sum(out, page, i ? "" : "taxes", &answer->taxes[i]);
	if (answer->is_taxed && answer->taxes_amount < 0 && !answer->tax_count)
		sum(out, "taxes", UNKNOWN, "?");
	total_due(out, answer);
	deposit(out, &answer->adcvd);
}

/* Orders that may reach the goods, and what is not known of them. */
static void adcvd_orders(struct buffer *out, const struct page *page)
{
	const struct tw_adcvd *adcvd = &page->finding->answer->adcvd;
	struct buffer text = {.within = out};
	if (adcvd->order_count)
		page_title(out, page, "Antidumping and countervailing orders");
	for (size_t i = 0; i < adcvd->order_count; i++) {
		const struct tw_adcvd_order *order = &adcvd->orders[i];
		text.length = 0;
		buffer_print(&text, "%s, %s%s: %s%s%s%s%s", order->id, order->kind,
			     !strcmp(order->state, "order")       ? ""
			     : !strcmp(order->state, "suspended") ? ", suspended investigation"
			     : !strcmp(order->state, "unread")    ? ", its notice not read"
								  : ", not on the list",
			     *order->product ? order->product : "product not known",
			     *order->cite ? " (" : "", order->cite, *order->cite ? ")" : "",
			     order->claimed ? "; claimed" : "");
		if (*order->rate)
			buffer_print(&text, "; %s (%s)%s", order->rate, order->rate_by,
				     order->all_others ? ", of all others" : "");
		buffer_char(&text, '\0');
		page_item(out, text.failed ? "(out of memory)" : text.at);
	}
	if (*adcvd->says && *adcvd->declared)
		page_item(out, adcvd->says);
	buffer_free(&text);
}

/* The goods: which lists hold them, and what each asks. */
static void controlled(struct buffer *out, const struct page *page)
{
	const struct tw_assessment *answer = page->finding->answer;
	struct buffer text = {.within = out};
	if (answer->control_count)
		page_title(out, page, "Controlled");
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *hit = &answer->controls[i];
		text.length = 0;
		buffer_print(&text, "%s: %s %s%s%s%s: %s%s%s%s%s", hit->substance,
			     hit->jurisdiction, hit->list, *hit->title ? " (" : "", hit->title,
			     *hit->title ? ")" : "", finding_asks(hit), *hit->undecided ? ": " : "",
			     hit->undecided, *hit->requirement ? "; " : "", hit->requirement);
		buffer_char(&text, '\0');
		page_item(out, text.failed ? "(out of memory)" : text.at);
	}
	buffer_free(&text);
}

/* Before the code of a bound. That of the line itself: its numbers that the law does not name. */
static const char *under(const struct tw_assessment *answer, const char *code)
{
	if (!*code)
		return "";
	return strcmp(code, answer->hts) ? " under " : " under other numbers of ";
}

/* What the figures do not say: bounds, choices, refunds, what is missing. */
void page_remarks(struct buffer *out, const struct page *page)
{
	const struct tw_assessment *answer = page->finding->answer;
	char amount[48], other[48], code[24];
	if (answer->refundable > 0)
		buffer_print(
		    out,
		    "\n  * held unlawful by a court but still collected: %s is refundable\n"
		    "    (of entries, and by when: tidewaiter refund)\n",
		    words_money(amount, answer->refundable));
	if (answer->has_bounds) {
		page_title(out, page, "Between");
		finding_code(code, answer->least_code);
		buffer_print(out, "  at least %s%s%s\n", words_money(amount, answer->least),
			     under(answer, answer->least_code), code);
		finding_code(code, answer->greatest_code);
		buffer_print(out, "  at most  %s%s%s\n", words_money(other, answer->greatest),
			     under(answer, answer->greatest_code), code);
	}
	if (answer->choice_count)
		page_title(out, page,
			   "The carrier may choose the method (declare one with --claim)");
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		buffer_print(out, "  --claim %s=%s: %s (%s)%s%s\n", choice->claim, choice->is,
			     choice->is_unknown ? "?" : words_money(amount, choice->amount),
			     choice->rate, choice->is_void ? ", refundable" : "",
			     choice->relieved > 0 ? ", admitted free" : "");
	}
	if (answer->missing_count)
		page_title(out, page, "Missing");
	for (size_t i = 0; i < answer->missing_count; i++)
		page_item(out, answer->missing[i]);
	if (answer->warning_count)
		page_title(out, page, "Note");
	for (size_t i = 0; i < answer->warning_count; i++)
		page_item(out, answer->warnings[i]);
	adcvd_orders(out, page);
	controlled(out, page);
}

void page_tail(struct buffer *out, const struct page *page)
{
	const struct tw_assessment *answer = page->finding->answer;
	char at[26];
	buffer_char(out, '\n');
	if (answer->de_minimis.applies)
		buffer_print(out, "  de minimis     %s%s%s\n",
			     answer->de_minimis.eligible ? "admitted free" : "not admitted free",
			     answer->de_minimis.reason && *answer->de_minimis.reason ? ": " : "",
			     answer->de_minimis.reason ? answer->de_minimis.reason : "");
	if (answer->changes_on == TW_TIME_MAX) {
		buffer_text(out, "  changes on     no later change is on record\n");
	} else {
		time_print(at, answer->changes_on, answer->changes_offset);
		buffer_print(out, "  changes on     %s\n", at);
	}
	if (answer->not_covered_count) {
		struct buffer text = {.within = out};
		for (size_t i = 0; i < answer->not_covered_count; i++) {
			buffer_text(&text, i ? "; " : "");
			buffer_text(&text, answer->not_covered[i]);
		}
		buffer_char(&text, '\0');
		buffer_text(out, "  not covered    ");
		words_wrap(out, text.failed ? "(out of memory)" : text.at, 17, 17);
		buffer_free(&text);
	}
	const char *edition = tw_rulebook_edition(page->rulebook);
	const char *known_on = tw_rulebook_known_on(page->rulebook);
	bool cut = strcmp(edition, known_on) != 0;
	buffer_print(out, "  law            edition %s%s%s, sha256 %.16s...\n", edition,
		     cut ? " as known on " : "", cut ? known_on : "",
		     tw_rulebook_sha256(page->rulebook));
}

void page_refused(struct buffer *out, const struct page *page)
{
	const struct finding *finding = page->finding;
	buffer_print(out, "%srefused%s (%s)%s%s\n  ", page->style->color ? STYLE_RED : "",
		     page->style->color ? STYLE_PLAIN : "", finding->reason ? finding->reason : "",
		     finding->lane != TW_LANE_NONE ? ", lane " : "", finding_lane(finding->lane));
	if (*finding->column)
		buffer_print(out, "%s: ", finding->column);
	words_wrap(out, finding->text, 2, 4 + strlen(finding->column));
	for (size_t i = 0; i < finding->answer->warning_count; i++)
		page_item(out, finding->answer->warnings[i]);
	controlled(out, page);
}

void page_short(struct buffer *out, const struct page *page)
{
	if (page->finding->status == TW_STATUS_REFUSED) {
		page_refused(out, page);
		return;
	}
	page_heading(out, page, false);
	page_stack(out, page);
	page_remarks(out, page);
	page_tail(out, page);
}

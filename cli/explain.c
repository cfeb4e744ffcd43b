/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of `duty` and `duty --explain`. It says what the answer holds and
 * decides nothing; at most 80 columns.
 */
#include "explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../src/assess/instant.h"
#include "../src/lines/utf8.h"

enum { WIDTH = 80, CITED = 64, INDENT = 2 };

static void put(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct buffer *out, const char *format, ...)
{
	char text[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	buffer_text(out, text);
}

static void pad(struct buffer *out, size_t columns)
{
	for (; columns; columns--)
		buffer_char(out, ' ');
}

static void title(struct buffer *out, const struct explain *explain, const char *text)
{
	put(out, "\n%s%s%s\n", explain->color ? "\033[1m" : "", text,
	    explain->color ? "\033[0m" : "");
}

/* "1,234.56"; `text` needs 48 bytes. */
static const char *money(char text[48], tw_money amount)
{
	char plain[32];
	struct buffer buffer = {plain, 0, sizeof plain, false};
	buffer_money(&buffer, amount);
	size_t whole = 0, to = 0;
	while (whole < buffer.length && plain[whole] != '.')
		whole++;
	for (size_t i = 0; i < buffer.length; i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			text[to++] = ',';
		text[to++] = plain[i];
	}
	text[to] = '\0';
	return text;
}

/* Text over as many rows as it needs; rows after the first begin at `indent`. */
static void wrap(struct buffer *out, const char *text, size_t indent, size_t column)
{
	bool first = true;
	while (*text) {
		size_t length = strcspn(text, " \n"), width = utf8_width(text, length);
		if (!first && column + 1 + width > WIDTH) {
			buffer_char(out, '\n');
			pad(out, indent);
			column = indent;
			first = true;
		}
		if (!first) {
			buffer_char(out, ' ');
			column++;
		}
		for (size_t i = 0; i < length; i++) /* what others wrote must not move the cursor */
			buffer_char(
			    out, (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? '?' : text[i]);
		column += width;
		first = false;
		text += length;
		while (*text == ' ' || *text == '\n')
			text++;
	}
	buffer_char(out, '\n');
}

/* "  reason: text" with a hanging indent. */
static void item(struct buffer *out, const char *text)
{
	buffer_text(out, "  - ");
	wrap(out, text, 4, 4);
}

static void cited(struct buffer *out, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++)
		put(out, "%s%s", i ? ", " : "", by->id[i]);
}

static bool is_whole(const char *part)
{
	return !part || !strcmp(part, "value");
}

static void row(struct buffer *out, const struct tw_layer *layer)
{
	char on[48], amount[48], name[64];
	snprintf(name, sizeof name, "%s%s", layer->program, layer->is_void ? " *" : "");
	put(out, "  %-15.15s %-30.30s %8.8s", finding_heading(layer), name, layer->rate);
	put(out, " %10s", layer->on >= 0 ? money(on, layer->on) : "-");
	put(out, " %11s\n", layer->is_unknown ? "?" : money(amount, layer->amount));
	if (!is_whole(layer->part))
		put(out, "  %-15s on the part \"%s\"\n", "", layer->part);
	for (size_t i = 1; i < layer->heading_count; i++)
		put(out, "  or %s\n", layer->headings[i]);
}

static void rule(struct buffer *out)
{
	pad(out, 69);
	buffer_text(out, "-----------\n");
}

static void sum(struct buffer *out, const char *name, const char *note, const char *amount)
{
	put(out, "  %-15s %-40.40s", name, note);
	put(out, " %21s\n", amount);
}

static void heading_line(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	const struct tw_text *column = explain->line->column;
	char code[24], at[26];
	finding_code(code, answer->hts);
	time_print(at, answer->entered, answer->entered_offset);
	put(out, "%s%s from %s into %s, entered %s%s\n", explain->color ? "\033[1m" : "", code,
	    answer->origin, answer->into, at, explain->color ? "\033[0m" : "");
	put(out, "value %.*s%s%s",
	    (int)(column[TW_COLUMN_VALUE].length < 40 ? column[TW_COLUMN_VALUE].length : 40),
	    column[TW_COLUMN_VALUE].at, *answer->currency ? " " : "", answer->currency);
	if (answer->entry_type && *answer->entry_type)
		put(out, ", entry type %s", answer->entry_type);
	if (explain->finding->lane != TW_LANE_NONE)
		put(out, ", lane %s", finding_lane(explain->finding->lane));
	buffer_text(out, "\n\n");
}

static void stack(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	char amount[48], note[64];
	put(out, "  %-15s %-30s %8s %10s %11s\n", "HEADING", "PROGRAM", "RATE", "ON", "AMOUNT");
	for (size_t i = 0; i < answer->layer_count; i++)
		row(out, &answer->layers[i]);
	rule(out);
	snprintf(note, sizeof note, "%s%s", answer->rate, *answer->rate ? " of the value" : "");
	if (answer->relieved > 0)
		sum(out, "relieved",
		    answer->nothing_due ? "nothing is paid at this entry"
					: "let in free (de minimis)",
		    money(amount, answer->relieved));
	sum(out, "duty", answer->has_amount ? note : "cannot be said, see below",
	    answer->has_amount ? money(amount, answer->amount) : "?");
	for (size_t i = 0; i < answer->fee_count; i++) {
		const struct tw_fee *fee = &answer->fees[i];
		sum(out, i ? "" : "fees", fee->fee, money(amount, fee->amount));
	}
	if (answer->fee_count && answer->has_amount) {
		rule(out);
		sum(out, "to pay", "", money(amount, answer->amount + answer->fees_amount));
	}
}

/* What the figures do not say: bounds, choices, refunds, what is missing. */
/* The goods: which lists hold them, and what each asks. */
static void controlled(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	char text[900];
	if (answer->control_count)
		title(out, explain, "Controlled");
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *hit = &answer->controls[i];
		snprintf(text, sizeof text, "%s: %s %s%s%s%s: %s%s%s%s%s", hit->substance,
			 hit->jurisdiction, hit->list, *hit->title ? " (" : "", hit->title,
			 *hit->title ? ")" : "", finding_asks(hit), *hit->undecided ? ": " : "",
			 hit->undecided, *hit->requirement ? "; " : "", hit->requirement);
		item(out, text);
	}
}

static void remarks(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	char amount[48], other[48], code[24];
	if (answer->refundable > 0)
		put(out, "\n  * struck down by a court, but collected: %s is refundable\n",
		    money(amount, answer->refundable));
	if (answer->has_bounds) {
		title(out, explain, "Between");
		finding_code(code, answer->least_code);
		put(out, "  at least %s%s%s\n", money(amount, answer->least),
		    *code ? " under " : "", code);
		finding_code(code, answer->greatest_code);
		put(out, "  at most  %s%s%s\n", money(other, answer->greatest),
		    *code ? " under " : "", code);
	}
	if (answer->choice_count)
		title(out, explain, "The carrier may choose (declare one with --claim)");
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		put(out, "  --claim %s=%s: %s (%s)%s%s\n", choice->claim, choice->is,
		    choice->is_unknown ? "?" : money(amount, choice->amount), choice->rate,
		    choice->is_void ? ", refundable" : "",
		    choice->relieved > 0 ? ", let in free" : "");
	}
	if (answer->missing_count)
		title(out, explain, "Missing");
	for (size_t i = 0; i < answer->missing_count; i++)
		item(out, answer->missing[i]);
	if (answer->warning_count)
		title(out, explain, "Mind");
	for (size_t i = 0; i < answer->warning_count; i++)
		item(out, answer->warnings[i]);
	controlled(out, explain);
}

static void tail(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	char at[26];
	buffer_char(out, '\n');
	if (answer->de_minimis.applies)
		put(out, "  de minimis     %s%s%s\n",
		    answer->de_minimis.eligible ? "let in free" : "not free",
		    answer->de_minimis.reason && *answer->de_minimis.reason ? ": " : "",
		    answer->de_minimis.reason ? answer->de_minimis.reason : "");
	if (answer->changes_on == TW_TIME_MAX) {
		buffer_text(out, "  changes on     no later change is known\n");
	} else {
		time_print(at, answer->changes_on, answer->changes_offset);
		put(out, "  changes on     %s\n", at);
	}
	if (answer->not_covered_count) {
		struct buffer text = {0};
		for (size_t i = 0; i < answer->not_covered_count; i++) {
			buffer_text(&text, i ? "; " : "");
			buffer_text(&text, answer->not_covered[i]);
		}
		buffer_char(&text, '\0');
		buffer_text(out, "  not covered    ");
		wrap(out, text.failed ? "(no memory)" : text.at, 17, 17);
		buffer_free(&text);
	}
	const char *edition = tw_rulebook_edition(explain->rulebook);
	const char *known_on = tw_rulebook_known_on(explain->rulebook);
	bool cut = strcmp(edition, known_on) != 0;
	put(out, "  law            edition %s%s%s, sha256 %.16s...\n", edition,
	    cut ? " as known on " : "", cut ? known_on : "", tw_rulebook_sha256(explain->rulebook));
}

static void refused(struct buffer *out, const struct explain *explain)
{
	const struct finding *finding = explain->finding;
	put(out, "%srefused%s (%s)%s%s\n  ", explain->color ? "\033[31m" : "",
	    explain->color ? "\033[0m" : "", finding->reason ? finding->reason : "",
	    finding->lane != TW_LANE_NONE ? ", lane " : "", finding_lane(finding->lane));
	if (*finding->column)
		put(out, "%s: ", finding->column);
	wrap(out, finding->text, 2, 4 + strlen(finding->column));
	for (size_t i = 0; i < finding->answer->warning_count; i++)
		item(out, finding->answer->warnings[i]);
	controlled(out, explain);
}

void explain_duty(struct buffer *out, const struct explain *explain)
{
	if (explain->finding->status == TW_STATUS_REFUSED) {
		refused(out, explain);
		return;
	}
	heading_line(out, explain);
	stack(out, explain);
	remarks(out, explain);
	tail(out, explain);
}

/* The instruments an answer cites, each once, in the order in which they are met. */
struct cited_list {
	const char *id[CITED];
	size_t count;
	bool overflow; /* more are cited */
};

static void gather_cited(struct cited_list *list, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++) {
		size_t at = 0;
		while (at < list->count && strcmp(list->id[at], by->id[i]) != 0)
			at++;
		list->overflow = list->overflow || at == CITED;
		if (at == list->count && list->count < CITED)
			list->id[list->count++] = by->id[i];
	}
}

static void all_cited(struct cited_list *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++)
		gather_cited(list, &answer->layers[i].by);
	for (size_t i = 0; i < answer->exclusion_count; i++)
		gather_cited(list, &answer->exclusions[i].by);
	for (size_t i = 0; i < answer->choice_count; i++)
		gather_cited(list, &answer->choices[i].by);
	for (size_t i = 0; i < answer->fee_count; i++)
		gather_cited(list, &answer->fees[i].by);
	if (answer->de_minimis.applies)
		gather_cited(list, &answer->de_minimis.by);
	for (size_t i = 0; i < answer->control_count; i++)
		gather_cited(list, &answer->controls[i].by);
}

static void why_layers(struct buffer *out, const struct explain *explain)
{
	static const char *const kinds[] = {"the base duty of the schedule", "added",
					    "in place of the base duty", "excuses; nothing is due"};
	const struct tw_assessment *answer = explain->finding->answer;
	char on[48], amount[48];
	title(out, explain, "Each layer");
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		put(out, "  %s  %s\n", finding_heading(layer), layer->program);
		put(out, "      %s", kinds[layer->kind]);
		if (layer->kind != TW_LAYER_EXEMPT)
			put(out, ": %s on %s%s%s%s = %s", layer->rate,
			    is_whole(layer->part) ? "the value of " : "the part ",
			    is_whole(layer->part) ? "" : layer->part,
			    is_whole(layer->part) ? "" : ", ",
			    layer->on >= 0 ? money(on, layer->on) : "?",
			    layer->is_unknown ? "?" : money(amount, layer->amount));
		buffer_char(out, '\n');
		if (layer->kind == TW_LAYER_REPLACE && !layer->is_unknown)
			put(out, "      of which over the base duty: %s\n",
			    money(amount, layer->over_base));
		if (layer->is_void)
			buffer_text(out,
				    "      struck down by a court, but collected: refundable\n");
		if (layer->confidence && *layer->confidence)
			put(out, "      confidence: %s\n", layer->confidence);
		buffer_text(out, "      by ");
		cited(out, &layer->by);
		buffer_char(out, '\n');
	}
}

static void why_excluded(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	if (answer->exclusion_count)
		title(out, explain, "Stepped back");
	for (size_t i = 0; i < answer->exclusion_count; i++) {
		const struct tw_exclusion *excluded = &answer->exclusions[i];
		put(out, "  %s\n      yields to %s", excluded->program, excluded->to);
		if (!is_whole(excluded->part))
			put(out, " on the part %s", excluded->part);
		if (excluded->heading && *excluded->heading)
			put(out, ", declared under %s", excluded->heading);
		buffer_text(out, "\n      by ");
		cited(out, &excluded->by);
		buffer_char(out, '\n');
	}
}

static void why_fees(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	char amount[48];
	if (answer->fee_count || answer->de_minimis.applies)
		title(out, explain, "Fees and de minimis");
	for (size_t i = 0; i < answer->fee_count; i++) {
		const struct tw_fee *fee = &answer->fees[i];
		put(out, "  %s: %s by ", fee->measure && *fee->measure ? fee->measure : fee->fee,
		    money(amount, fee->amount));
		cited(out, &fee->by);
		buffer_char(out, '\n');
	}
	if (answer->de_minimis.applies) {
		put(out, "  de minimis: %s%s%s by ",
		    answer->de_minimis.eligible ? "let in free" : "not free",
		    answer->de_minimis.reason && *answer->de_minimis.reason ? ", " : "",
		    answer->de_minimis.reason ? answer->de_minimis.reason : "");
		cited(out, &answer->de_minimis.by);
		buffer_char(out, '\n');
	}
}

/* Title, citation and link of an instrument, as the rulebook has them. */
static void instrument(struct buffer *out, const tw_rulebook *rulebook, const char *id)
{
	struct tw_instrument act;
	put(out, "  %s\n", id);
	if (tw_rulebook_instrument(rulebook, id, &act))
		return;
	if (act.title && *act.title) {
		pad(out, 6);
		wrap(out, act.title, 6, 6);
	}
	if (act.cite && *act.cite)
		put(out, "      %s\n", act.cite);
	if (act.url && *act.url)
		put(out, "      %s\n", act.url);
}

void explain_page(struct buffer *out, const struct explain *explain)
{
	const struct tw_assessment *answer = explain->finding->answer;
	struct cited_list list = {.count = 0};
	if (explain->finding->status == TW_STATUS_REFUSED) {
		refused(out, explain);
		return;
	}
	heading_line(out, explain);
	stack(out, explain);
	remarks(out, explain);
	why_layers(out, explain);
	why_excluded(out, explain);
	why_fees(out, explain);
	all_cited(&list, answer);
	if (list.count)
		title(out, explain, "Cited");
	for (size_t i = 0; i < list.count; i++)
		instrument(out, explain->rulebook, list.id[i]);
	if (list.overflow)
		buffer_text(out, "  overflow: more acts are cited than are shown here\n");
	tail(out, explain);
}

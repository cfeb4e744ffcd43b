/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table for people: a row of figures a line, and under it, dimmed, why.
 * In the width asked for; money stands on its decimal point. Text from outside is
 * shown with its control characters replaced, so that it cannot speak to the
 * terminal.
 */
#include "findings/finding.h"

#include <stdio.h>
#include <string.h>

#include "common/utf8.h"
#include "common/words.h"

enum {
	ID = 14,
	CODE = 13,
	FROM = 4,
	LANE = 10,
	DUTY = 14,
	FEES = 10,
	RATE = 9,
	INDENT = 4,
	UNBOUNDED = 10000 /* a width beyond this is none */
};

#define DIM "\033[2m"
#define BOLD "\033[1m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

static void style(struct buffer *out, const struct finding_style *look, const char *code)
{
	if (look->color)
		buffer_text(out, code);
}

/* Text in at most `width` columns; what does not fit ends in an ellipsis. Returns its columns. */
static size_t shown(struct buffer *out, struct tw_text text, size_t width)
{
	size_t used = 0, whole = utf8_width(text.at, text.length);
	size_t limit = whole > width ? width - 1 : width;
	for (size_t i = 0; i < text.length;) {
		size_t bytes = utf8_length(text.at + i, text.length - i);
		int columns = bytes ? utf8_columns(utf8_decode(text.at + i, bytes)) : -1;
		size_t wide = columns < 0 ? 1 : (size_t)columns;
		if (used + wide > limit)
			break;
		buffer_shown(out, text.at + i, bytes ? bytes : 1);
		used += wide;
		i += bytes ? bytes : 1;
	}
	if (whole > width) {
		buffer_text(out, "…");
		used++;
	}
	return used;
}

static void left(struct buffer *out, struct tw_text text, size_t width)
{
	words_pad(out, width - shown(out, text, width));
}

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text ? text : "", text ? strlen(text) : 0};
}

static void right(struct buffer *out, const char *text, size_t width)
{
	size_t length = utf8_width(text, strlen(text));
	if (length < width)
		words_pad(out, width - length);
	buffer_shown(out, text, strlen(text));
}

/* Right-aligned so that the point stands four columns from the edge: two decimals, room for two
 * more. */
static void money(struct buffer *out, tw_money amount, bool known, size_t width)
{
	char text[48] = "-";
	if (known)
		words_money(text, amount);
	const char *point = strchr(text, '.');
	size_t decimals = point ? strlen(point + 1) : 2;
	size_t tail = decimals < 2 ? 2 - decimals : 0;
	if (!known) /* a dash under the last whole digit */
		tail = 3;
	right(out, text, width - tail);
	words_pad(out, tail);
}

/* Text ends before the last column, for terminals that break there. */
static struct words_rows wrap_begin(struct buffer *out, const struct finding_style *look)
{
	size_t width = look->width ? look->width : WORDS_WIDTH;
	return (struct words_rows){.out = out, .indent = INDENT, .edge = width - 1, .cut = true};
}

static void wrap_word(struct words_rows *wrap, struct tw_text word)
{
	if (word.length && word.at[0] == ';') { /* stands close to what is before */
		word.at++;
		word.length--;
		while (word.length && word.at[0] == ' ')
			word.at++, word.length--;
		if (wrap->column) {
			buffer_char(wrap->out, ';');
			wrap->column++;
		}
		if (!word.length)
			return;
	}
	if (!wrap->column) {
		words_pad(wrap->out, INDENT);
		wrap->column = INDENT;
	}
	words_row(wrap, word.at, word.length);
}

static void wrap_text(struct words_rows *wrap, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, " \n");
		if (length)
			wrap_word(wrap, (struct tw_text){text, length});
		text += length + (text[length] != '\0');
	}
}

/* The same broken at blanks: a long name is not cut. */
static void wrap_phrase(struct words_rows *wrap, struct buffer *phrase)
{
	buffer_char(phrase, '\0');
	if (!phrase->failed)
		wrap_text(wrap, phrase->at);
	phrase->length = 0;
}

static void wrap_item(struct words_rows *wrap, struct buffer *phrase)
{
	buffer_char(phrase, '\0');
	if (!phrase->failed)
		wrap_word(wrap, (struct tw_text){phrase->at, phrase->length - 1});
	phrase->length = 0;
}

/* "16.5% + 9903.88.15 7.5% + ..." */
static void why_layers(struct words_rows *wrap, struct buffer *phrase,
		       const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (layer->kind == TW_LAYER_BASE)
			buffer_text(phrase, "base ");
		else
			buffer_text(phrase, i ? "+ " : "");
		if (layer->kind != TW_LAYER_BASE) {
			buffer_text(phrase, finding_heading(layer));
			for (size_t k = 1; k < layer->heading_count; k++) {
				buffer_text(phrase, " or ");
				buffer_text(phrase, layer->headings[k]);
			}
			buffer_char(phrase, ' ');
		}
		if (layer->kind == TW_LAYER_EXEMPT)
			buffer_text(phrase, "exempt");
		else
			buffer_text(phrase, *layer->rate ? layer->rate : "unknown");
		if (layer->is_void)
			buffer_char(phrase, '*');
		if (strcmp(layer->part, "value") != 0) {
			buffer_text(phrase, " on ");
			buffer_text(phrase, layer->part);
		}
		wrap_item(wrap, phrase);
	}
}

static void why_free(struct words_rows *wrap, const struct tw_de_minimis *exemption)
{
	if (!exemption->applies)
		return;
	if (exemption->eligible) {
		wrap_text(wrap, "; admitted free (de minimis)");
	} else if (exemption->reason && *exemption->reason &&
		   strcmp(exemption->reason, "over-limit") != 0) { /* the value says that */
		wrap_text(wrap, "; not admitted free:");
		wrap_text(wrap, exemption->reason);
	}
}

/* Deposits under orders that are claimed, and what other order may apply unless that is denied. */
static void why_orders(struct words_rows *wrap, struct buffer *phrase, const struct tw_adcvd *adcvd)
{
	char amount[48];
	for (size_t i = 0; i < adcvd->order_count; i++) {
		const struct tw_adcvd_order *order = &adcvd->orders[i];
		if (order->claimed)
			buffer_print(phrase, "; deposit %s %s", order->id,
				     order->deposit < 0 ? "?"
							: words_money(amount, order->deposit));
		else if (strcmp(adcvd->declared, "no") != 0)
			buffer_print(phrase, "; %s may apply", order->id);
		else
			continue;
		wrap_item(wrap, phrase);
	}
}

/* Amounts that the duty column cannot hold. */
static void why_amounts(struct words_rows *wrap, struct buffer *phrase,
			const struct tw_assessment *answer)
{
	char amount[48];
	if (answer->refundable > 0) {
		words_money(amount, answer->refundable);
		buffer_text(phrase, "; ");
		buffer_text(phrase, amount);
		buffer_text(phrase, " refundable*");
		wrap_item(wrap, phrase);
		if (answer->is_declared)
			wrap_text(wrap, "of the duty declared");
	}
	for (size_t i = 0; i < answer->tax_count; i++) {
		const struct tw_tax *tax = &answer->taxes[i];
		buffer_print(phrase, "; %s %s %s", tax->tax, tax->rate,
			     tax->amount < 0 ? "?" : words_money(amount, tax->amount));
		wrap_item(wrap, phrase);
	}
	if (answer->is_taxed && answer->taxes_amount < 0 && !answer->tax_count) {
		buffer_text(phrase, "; taxes ?");
		wrap_item(wrap, phrase);
	}
	why_orders(wrap, phrase, &answer->adcvd);
	for (size_t i = 0; !answer->has_amount && i < answer->choice_count; i++) {
		words_money(amount, answer->choices[i].amount);
		buffer_text(phrase, i ? "or " : "; ");
		buffer_text(phrase, answer->choices[i].is);
		buffer_char(phrase, ' ');
		buffer_text(phrase, amount);
		wrap_item(wrap, phrase);
	}
	if (answer->has_bounds && !answer->has_amount && !answer->choice_count) {
		words_money(amount, answer->least);
		buffer_text(phrase, "; between ");
		buffer_text(phrase, amount);
		words_money(amount, answer->greatest);
		buffer_text(phrase, " and ");
		buffer_text(phrase, amount);
		wrap_item(wrap, phrase);
	}
}

/* Controls that stop or delay the line by name, the others by number. */
static void why_controls(struct words_rows *wrap, struct buffer *phrase,
			 const struct tw_assessment *answer)
{
	size_t others = 0;
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *hit = &answer->controls[i];
		if (hit->status != TW_CONTROL_REQUIRED &&
		    hit->status != TW_CONTROL_QUANTITY_UNKNOWN &&
		    hit->status != TW_CONTROL_UNDECIDED) {
			others++;
			continue;
		}
		buffer_text(phrase, "; ");
		buffer_text(phrase, hit->substance);
		buffer_text(phrase, ": ");
		buffer_text(phrase, hit->jurisdiction);
		buffer_char(phrase, ' ');
		buffer_text(phrase, hit->list);
		if (*hit->title) {
			buffer_text(phrase, " (");
			buffer_text(phrase, hit->title);
			buffer_char(phrase, ')');
		}
		buffer_char(phrase, ' ');
		buffer_text(phrase, finding_asks(hit));
		if (*hit->undecided) {
			buffer_text(phrase, ": ");
			buffer_text(phrase, hit->undecided);
		}
		wrap_phrase(wrap, phrase);
	}
	if (others) {
		buffer_text(phrase, "; ");
		buffer_number(phrase, others);
		buffer_text(phrase, others == 1 ? " list that does not hold the goods"
						: " lists that do not hold the goods");
		wrap_item(wrap, phrase);
	}
}

static void why_declared(struct words_rows *wrap, struct buffer *phrase,
			 const struct finding *finding)
{
	struct finding_difference difference[FINDING_DIFFERENCES];
	size_t count = finding_differences(difference, FINDING_DIFFERENCES, finding);
	char text[160];
	for (size_t i = 0; i < count; i++) {
		finding_difference_text(text, &difference[i]);
		buffer_text(phrase, i ? "; " : "; declared differs: ");
		buffer_text(phrase, text);
		wrap_item(wrap, phrase);
	}
}

/* A line that is not green says why: what it warns of, reminders apart. */
static void why_warned(struct words_rows *wrap, const struct tw_assessment *answer)
{
	size_t shown_count = 0;
	if (answer->lane == TW_LANE_GREEN)
		return;
	for (size_t i = 0; i < answer->warning_count && shown_count < 2; i++) {
		if (!strncmp(answer->warnings[i], "could-matter", 12))
			continue;
		wrap_text(wrap, ";");
		wrap_text(wrap, answer->warnings[i]);
		shown_count++;
	}
}

static void why_parties(struct words_rows *wrap, struct buffer *phrase,
			const struct finding *finding)
{
	const struct tw_text *words = &finding->parties.words;
	if (!words->length)
		return;
	buffer_text(phrase, "; ");
	buffer_put(phrase, words->at, words->length);
	wrap_phrase(wrap, phrase);
}

static void why(struct buffer *out, const struct finding *finding, const struct finding_style *look)
{
	const struct tw_assessment *answer = finding->answer;
	struct words_rows wrap = wrap_begin(out, look);
	struct buffer phrase = {.within = out};

	why_layers(&wrap, &phrase, answer);
	why_free(&wrap, &answer->de_minimis);
	why_amounts(&wrap, &phrase, answer);
	for (size_t i = 0; i < answer->missing_count; i++) {
		wrap_text(&wrap, i ? ";" : "; missing:");
		wrap_text(&wrap, answer->missing[i]);
	}
	why_controls(&wrap, &phrase, answer);
	why_warned(&wrap, answer);
	why_declared(&wrap, &phrase, finding);
	why_parties(&wrap, &phrase, finding);
	if (wrap.column)
		buffer_char(out, '\n');
	out->failed = out->failed || phrase.failed;
	buffer_free(&phrase);
}

void finding_table_header(struct buffer *out, const struct finding_style *look)
{
	style(out, look, BOLD);
	left(out, text_of("ID"), ID);
	buffer_char(out, ' ');
	left(out, text_of("CODE"), CODE);
	buffer_char(out, ' ');
	left(out, text_of("FROM"), FROM);
	buffer_char(out, ' ');
	left(out, text_of("LANE"), LANE);
	right(out, "DUTY", DUTY);
	right(out, "FEES", FEES);
	right(out, "RATE", RATE);
	style(out, look, PLAIN);
	buffer_char(out, '\n');
}

/* An id that is longer than its column is cut, or, where the table may be as wide as it likes, not.
 */
static size_t id_columns(const struct finding *finding, const struct finding_style *look)
{
	size_t whole = utf8_width(finding->id.at, finding->id.length);
	return look->width > UNBOUNDED && whole > ID ? whole : ID;
}

static void lane(struct buffer *out, const struct finding *finding,
		 const struct finding_style *look)
{
	static const char *const colors[] = {"", GREEN, YELLOW, RED};
	style(out, look, colors[finding->lane]);
	left(out, text_of(finding_lane(finding->lane)), LANE);
	style(out, look, PLAIN);
}

static void refused(struct buffer *out, const struct finding *finding,
		    const struct finding_style *look)
{
	struct words_rows wrap = wrap_begin(out, look);
	struct buffer phrase = {.within = out};
	char line[48];
	left(out, finding->id, id_columns(finding, look));
	words_pad(out, CODE + FROM + 3);
	style(out, look, RED);
	buffer_text(out, "refused");
	style(out, look, PLAIN);
	if (finding->lane != TW_LANE_NONE) {
		buffer_text(out, "  ");
		lane(out, finding, look);
	}
	buffer_char(out, '\n');
	style(out, look, DIM);
	if (finding->file) {
		snprintf(line, sizeof line, "line %llu:", (unsigned long long)finding->number);
		wrap_text(&wrap, line);
	}
	if (*finding->column) {
		buffer_text(&phrase, finding->column);
		buffer_char(&phrase, ':');
		wrap_phrase(&wrap, &phrase);
	}
	wrap_text(&wrap, *finding->text ? finding->text : finding->reason ? finding->reason : "");
	if (finding->answer)
		why_controls(&wrap, &phrase, finding->answer);
	if (finding->answer && finding->lane != TW_LANE_NONE)
		why_warned(&wrap, finding->answer);
	why_parties(&wrap, &phrase, finding);
	style(out, look, PLAIN);
	buffer_char(out, '\n');
	out->failed = out->failed || phrase.failed;
	buffer_free(&phrase);
}

void finding_table(struct buffer *out, const struct finding *finding,
		   const struct finding_style *look)
{
	const struct tw_assessment *answer = finding->answer;
	char code[24];
	if (finding->status == TW_STATUS_REFUSED) {
		refused(out, finding, look);
		return;
	}
	finding_code(code, answer->hts);
	left(out, finding->id, id_columns(finding, look));
	buffer_char(out, ' ');
	left(out, text_of(code), CODE);
	buffer_char(out, ' ');
	left(out, text_of(answer->origin), FROM);
	buffer_char(out, ' ');
	lane(out, finding, look);
	money(out, answer->amount, answer->has_amount, DUTY);
	money(out, answer->fees_amount, answer->fees_amount >= 0, FEES);
	size_t length = strlen(answer->rate);
	right(out, length && length < RATE ? answer->rate : "-", RATE);
	buffer_char(out, '\n');
	style(out, look, DIM);
	why(out, finding, look);
	style(out, look, PLAIN);
}

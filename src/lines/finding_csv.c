/* SPDX-License-Identifier: Apache-2.0 */
/* Flat columns for spreadsheets; several values of one cell are joined by a bar. */
#include "finding.h"

#include <string.h>

/* Appends to a cell: a bar within a value becomes a slash. */
static void cell_text(struct buffer *cell, const char *text)
{
	for (; text && *text; text++)
		buffer_char(cell, *text == '|' ? '/' : *text);
}

static void bar(struct buffer *cell)
{
	if (cell->length)
		buffer_char(cell, '|');
}

/* Ends a cell: quotes it into the line, and begins the next. */
static void end_cell(struct buffer *out, struct buffer *cell)
{
	buffer_char(out, ',');
	buffer_csv(out, cell->at, cell->length);
	cell->length = 0;
}

static void money_cell(struct buffer *out, tw_money amount, bool known)
{
	buffer_char(out, ',');
	if (known)
		buffer_money(out, amount);
}

static void money_short(struct buffer *out, tw_money amount)
{
	if (amount % TW_MONEY_UNIT == 0)
		buffer_number(out, (uint64_t)(amount / TW_MONEY_UNIT));
	else
		buffer_money(out, amount);
}

/* 9903.01.24:20%|9903.85.08:50%@4000|9903.02.20:=15%@6000|9903.01.32:0 */
static void headings(struct buffer *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (layer->kind == TW_LAYER_BASE)
			continue;
		bar(cell);
		cell_text(cell, finding_heading(layer));
		for (size_t k = 1; k < layer->heading_count; k++) {
			buffer_char(cell, '/');
			cell_text(cell, layer->headings[k]);
		}
		buffer_char(cell, ':');
		cell_text(cell, layer->rate);
		if (strcmp(layer->part, "value") != 0 && layer->on >= 0) {
			buffer_char(cell, '@');
			money_short(cell, layer->on);
		}
	}
}

/* What each open choice is declared under, as a layer of it would be. */
static void choice_headings(struct buffer *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		bar(cell);
		cell_text(cell, *choice->heading ? choice->heading : choice->measure);
		buffer_text(cell, ":=");
		cell_text(cell, choice->rate);
	}
}

static void choices(struct buffer *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->choice_count; i++) {
		bar(cell);
		cell_text(cell, answer->choices[i].claim);
		buffer_char(cell, '=');
		cell_text(cell, answer->choices[i].is);
		buffer_char(cell, ':');
		buffer_money(cell, answer->choices[i].amount);
	}
}

static void substances(struct buffer *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->substance_count; i++) {
		bar(cell);
		cell_text(cell, answer->substances[i].substance);
	}
}

static void controls(struct buffer *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *hit = &answer->controls[i];
		bar(cell);
		cell_text(cell, hit->jurisdiction);
		buffer_char(cell, '/');
		cell_text(cell, hit->list);
		buffer_char(cell, ':');
		cell_text(cell, finding_control(hit->status));
		if (*hit->undecided) {
			buffer_text(cell, ": ");
			cell_text(cell, hit->undecided);
		}
	}
}

static void texts(struct buffer *cell, const char *const *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bar(cell);
		cell_text(cell, text[i]);
	}
}

static void differences(struct buffer *cell, const struct finding *finding)
{
	struct finding_difference difference[ITEM_ROWS];
	char text[160];
	size_t count = finding_differences(difference, ITEM_ROWS, finding);
	for (size_t i = 0; i < count; i++) {
		bar(cell);
		finding_difference_text(text, &difference[i]);
		buffer_text(cell, "declared-differs: ");
		buffer_text(cell, text);
	}
}

/* Where and why: stands in the warnings of a refused line. */
static void refusal(struct buffer *cell, const struct finding *finding)
{
	if (finding->item) {
		buffer_text(cell, "line ");
		buffer_number(cell, finding->item->number);
		buffer_text(cell, ": ");
	}
	cell_text(cell, finding->reason);
	buffer_text(cell, ": ");
	if (*finding->column) {
		cell_text(cell, finding->column);
		buffer_text(cell, ": ");
	}
	cell_text(cell, finding->text);
}

static void kept(struct buffer *out, struct buffer *cell, const struct item *item,
		 const struct finding_style *style)
{
	for (size_t i = 0; i < style->kept_count; i++) {
		int from = item->columns ? item->columns->kept_from[i] : -1;
		if (from >= 0 && (size_t)from < item->kept_count)
			buffer_put(cell, item->kept[from].at, item->kept[from].length);
		end_cell(out, cell);
	}
	if (!style->kept_json)
		return;
	for (size_t i = 0; i < item->kept_keys; i++) {
		buffer_char(cell, i ? ',' : '{');
		buffer_put(cell, item->kept_key[i].at, item->kept_key[i].length);
		buffer_char(cell, ':');
		buffer_put(cell, item->kept_value[i].at, item->kept_value[i].length);
	}
	if (item->kept_keys)
		buffer_char(cell, '}');
	end_cell(out, cell);
}

void finding_csv_header(struct buffer *out, const struct finding_style *style)
{
	buffer_text(out,
		    "id,status,lane,duty,duty_least,duty_greatest,refundable,fees,rate,headings,"
		    "choices,de_minimis,substances,controls,missing,warnings");
	if (style->has_filed)
		buffer_text(out, ",declared,difference");
	for (size_t i = 0; style->keep && i < style->kept_count; i++) {
		buffer_char(out, ',');
		buffer_csv(out, style->kept_names[i].at, style->kept_names[i].length);
	}
	if (style->keep && style->kept_json)
		buffer_text(out, ",kept");
	buffer_text(out, "\n");
}

static void answered(struct buffer *out, struct buffer *cell, const struct finding *finding)
{
	const struct tw_assessment *answer = finding->answer;
	money_cell(out, answer->amount, answer->has_amount);
	money_cell(out, answer->least, answer->has_bounds);
	money_cell(out, answer->greatest, answer->has_bounds);
	money_cell(out, answer->refundable, answer->refundable >= 0);
	money_cell(out, answer->fees_amount, answer->fees_amount >= 0);
	cell_text(cell, answer->rate);
	end_cell(out, cell);
	headings(cell, answer);
	if (!answer->layer_count)
		choice_headings(cell, answer);
	end_cell(out, cell);
	choices(cell, answer);
	end_cell(out, cell);
	if (answer->de_minimis.applies)
		cell_text(cell,
			  answer->de_minimis.eligible ? "eligible" : answer->de_minimis.reason);
	end_cell(out, cell);
	substances(cell, answer);
	end_cell(out, cell);
	controls(cell, answer);
	end_cell(out, cell);
	texts(cell, answer->missing, answer->missing_count);
	end_cell(out, cell);
	texts(cell, answer->warnings, answer->warning_count);
	differences(cell, finding);
	end_cell(out, cell);
}

/* The duty of the whole line as it was filed, and how far it is from the duty computed. */
static void filed(struct buffer *out, const struct finding *finding)
{
	const struct tw_assessment *answer = finding->answer;
	const struct item *item = finding->item;
	bool known = item && item->is_es003 && item->declared.has_amount &&
		     finding->status != TW_STATUS_REFUSED;
	tw_money over = known ? item->declared.amount - answer->amount : 0;
	money_cell(out, known ? item->declared.amount : 0, known);
	known = known && answer->has_amount;
	if (known && over < 0) {
		buffer_text(out, ",-");
		buffer_money(out, -over);
	} else {
		money_cell(out, over, known);
	}
}

void finding_csv(struct buffer *out, const struct finding *finding,
		 const struct finding_style *style)
{
	struct buffer cell = {0};
	buffer_csv(out, finding->id.at, finding->id.length);
	buffer_char(out, ',');
	buffer_text(out, finding_status(finding->status));
	buffer_char(out, ',');
	buffer_text(out, finding_lane(finding->lane));
	if (finding->status == TW_STATUS_REFUSED) {
		buffer_text(out, ",,,,,,,,,"); /* duty to de_minimis are empty */
		if (finding->answer)
			substances(&cell, finding->answer);
		end_cell(out, &cell);
		if (finding->answer)
			controls(&cell, finding->answer);
		end_cell(out, &cell);
		buffer_char(out, ',');
		refusal(&cell, finding);
		if (finding->answer)
			texts(&cell, finding->answer->warnings, finding->answer->warning_count);
		end_cell(out, &cell);
	} else {
		answered(out, &cell, finding);
	}
	if (style->has_filed)
		filed(out, finding);
	if (style->keep && finding->item)
		kept(out, &cell, finding->item, style);
	buffer_char(out, '\n');
	out->failed = out->failed || cell.failed;
	buffer_free(&cell);
}

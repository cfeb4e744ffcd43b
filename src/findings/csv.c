/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a finding as a row of flat columns, for spreadsheets; several values of
 * one cell are joined by a bar. Which columns are written, and the line they
 * stand behind, are the caller's.
 */
#include "findings/finding.h"
#include "findings/marks.h"

#include <string.h>

/* A cell that grows at the end of the output. */
struct cell {
	struct buffer *out;
	size_t start;
	size_t replaced; /* characters of the line that could not stand in a cell */
	const struct finding_style *style;
	size_t index; /* of the column in the answer */
};

/* A bar within a value becomes a slash. */
static void cell_text(struct cell *cell, const char *text)
{
	while (text && *text) {
		size_t length = strcspn(text, "|");
		buffer_put(cell->out, text, length);
		text += length;
		if (*text) {
			buffer_char(cell->out, '/');
			text++;
		}
	}
}

static void bar(struct cell *cell)
{
	if (cell->out->length > cell->start)
		buffer_char(cell->out, '|');
}

/* HEADING:RATE|HEADING:RATE@BASE|HEADING:=RATE in place of the base duty|HEADING:0 */
static void headings(struct cell *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (layer->kind == TW_LAYER_BASE)
			continue;
		bar(cell);
		cell_text(cell, finding_heading(layer));
		for (size_t k = 1; k < layer->heading_count; k++) {
			buffer_char(cell->out, '/');
			cell_text(cell, layer->headings[k]);
		}
		buffer_char(cell->out, ':');
		cell_text(cell, layer->rate);
		if (strcmp(layer->part, "value") != 0 && mark_known(cell->out, &layer->on)) {
			buffer_char(cell->out, '@');
			mark_money(cell->out, &layer->on, MARK_SHORT);
		}
	}
}

/* What each open choice is declared under, as a layer of it would be. */
static void choice_headings(struct cell *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		bar(cell);
		cell_text(cell, *choice->heading ? choice->heading : choice->measure);
		buffer_text(cell->out, ":=");
		cell_text(cell, choice->rate);
	}
}

static void choices(struct cell *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->choice_count; i++) {
		bar(cell);
		cell_text(cell, answer->choices[i].claim);
		buffer_char(cell->out, '=');
		cell_text(cell, answer->choices[i].is);
		buffer_char(cell->out, ':');
		mark_money(cell->out, &answer->choices[i].amount, MARK_MONEY);
	}
}

static void substances(struct cell *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->substance_count; i++) {
		bar(cell);
		cell_text(cell, answer->substances[i].substance);
	}
}

static void controls(struct cell *cell, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *hit = &answer->controls[i];
		bar(cell);
		cell_text(cell, hit->jurisdiction);
		buffer_char(cell->out, '/');
		cell_text(cell, hit->list);
		buffer_char(cell->out, ':');
		cell_text(cell, finding_control(hit->status));
		if (*hit->undecided) {
			buffer_text(cell->out, ": ");
			cell_text(cell, hit->undecided);
		}
	}
}

static void texts(struct cell *cell, const char *const *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bar(cell);
		cell_text(cell, text[i]);
	}
}

static void differences(struct cell *cell, const struct finding *finding)
{
	struct finding_difference difference[FINDING_DIFFERENCES];
	char text[160];
	size_t count = finding_differences(difference, FINDING_DIFFERENCES, finding);
	for (size_t i = 0; i < count; i++) {
		bar(cell);
		finding_difference_text(text, &difference[i]);
		buffer_text(cell->out, "declared-differs: ");
		buffer_text(cell->out, text);
	}
}

/* Where and why: stands in the warnings of a refused line. */
static void refusal(struct cell *cell, const struct finding *finding)
{
	if (finding->file) {
		buffer_text(cell->out, "line ");
		buffer_number(cell->out, finding->number);
		buffer_text(cell->out, ": ");
	}
	cell_text(cell, finding->reason);
	buffer_text(cell->out, ": ");
	if (*finding->column) {
		cell_text(cell, finding->column);
		buffer_text(cell->out, ": ");
	}
	cell_text(cell, finding->text);
}

/* The columns of the answer, in the order that is part of the contract. */

static void id_cell(struct cell *cell, const struct finding *finding)
{
	buffer_put(cell->out, finding->id.at, finding->id.length);
}

static void status_cell(struct cell *cell, const struct finding *finding)
{
	buffer_text(cell->out, finding_status(finding->status));
}

static void lane_cell(struct cell *cell, const struct finding *finding)
{
	buffer_text(cell->out, finding_lane(finding->lane));
}

static void money_cell(struct cell *cell, const tw_money *amount, bool known)
{
	if (known)
		mark_money(cell->out, amount, MARK_MONEY);
}

static void duty_cell(struct cell *cell, const struct finding *finding)
{
	money_cell(cell, &finding->answer->amount, finding->answer->has_amount);
}

static void least_cell(struct cell *cell, const struct finding *finding)
{
	money_cell(cell, &finding->answer->least, finding->answer->has_bounds);
}

static void greatest_cell(struct cell *cell, const struct finding *finding)
{
	money_cell(cell, &finding->answer->greatest, finding->answer->has_bounds);
}

static void refundable_cell(struct cell *cell, const struct finding *finding)
{
	mark_money(cell->out, &finding->answer->refundable, MARK_EMPTY);
}

static void fees_cell(struct cell *cell, const struct finding *finding)
{
	mark_money(cell->out, &finding->answer->fees_amount, MARK_EMPTY);
}

static void taxes_cell(struct cell *cell, const struct finding *finding)
{
	if (finding->answer->is_taxed)
		mark_money(cell->out, &finding->answer->taxes_amount, MARK_EMPTY);
}

static void rate_cell(struct cell *cell, const struct finding *finding)
{
	cell_text(cell, finding->answer->rate);
	marks_add(cell->out, cell->start, finding->answer->rate, MARK_WORDS);
}

static void headings_cell(struct cell *cell, const struct finding *finding)
{
	headings(cell, finding->answer);
	if (!finding->answer->layer_count)
		choice_headings(cell, finding->answer);
}

static void choices_cell(struct cell *cell, const struct finding *finding)
{
	choices(cell, finding->answer);
}

static void de_minimis_cell(struct cell *cell, const struct finding *finding)
{
	const struct tw_de_minimis *exemption = &finding->answer->de_minimis;
	if (exemption->applies)
		cell_text(cell, exemption->eligible ? "eligible" : exemption->reason);
}

static void substances_cell(struct cell *cell, const struct finding *finding)
{
	if (finding->answer)
		substances(cell, finding->answer);
}

static void controls_cell(struct cell *cell, const struct finding *finding)
{
	if (finding->answer)
		controls(cell, finding->answer);
}

static void missing_cell(struct cell *cell, const struct finding *finding)
{
	texts(cell, finding->answer->missing, finding->answer->missing_count);
}

static size_t replaced_later(const struct cell *cell, const struct finding *finding);

static void warnings_cell(struct cell *cell, const struct finding *finding)
{
	if (finding->status == TW_STATUS_REFUSED)
		refusal(cell, finding);
	if (finding->answer)
		texts(cell, finding->answer->warnings, finding->answer->warning_count);
	differences(cell, finding);
	size_t replaced =
	    cell->replaced + replaced_later(cell, finding) +
	    buffer_flaws(cell->out->at + cell->start, cell->out->length - cell->start);
	if (!replaced)
		return;
	bar(cell);
	buffer_text(cell->out, "replaced: ");
	buffer_number(cell->out, replaced);
	buffer_text(cell->out, replaced == 1
				   ? " character that is a control character or not UTF-8 is"
				   : " characters that are control characters or not UTF-8 are");
	buffer_text(cell->out, " written as U+FFFD");
}

/* The duty of the whole line as it was filed; false: it is not known. */
static bool filed(tw_money *out, const struct finding *finding)
{
	if (!finding->declared || !finding->declared->has_amount)
		return false;
	*out = finding->declared->amount;
	return true;
}

static void declared_cell(struct cell *cell, const struct finding *finding)
{
	tw_money amount;
	if (filed(&amount, finding))
		buffer_money(cell->out, amount);
}

static void difference_cell(struct cell *cell, const struct finding *finding)
{
	tw_money amount;
	if (!filed(&amount, finding) || !finding->answer->has_amount)
		return;
	amount -= finding->answer->amount;
	if (amount < 0)
		buffer_char(cell->out, '-');
	buffer_money(cell->out, amount < 0 ? -amount : amount);
}

static void parties_cell(struct cell *cell, const struct finding *finding)
{
	buffer_put(cell->out, finding->parties.cell.at, finding->parties.cell.length);
}

/* The hits as NDJSON has them, each with its pairs of words. */
static void party_detail_cell(struct cell *cell, const struct finding *finding)
{
	const struct tw_text *json = &finding->parties.json;
	if (!json->length)
		return;
	buffer_char(cell->out, '{');
	buffer_put(cell->out, json->at, json->length);
	buffer_char(cell->out, '}');
}

static void party_lists_cell(struct cell *cell, const struct finding *finding)
{
	(void)finding;
	buffer_put(cell->out, cell->style->lists_cell.at, cell->style->lists_cell.length);
}

static const struct {
	const char *name;
	void (*write)(struct cell *cell, const struct finding *finding);
	bool of_answer; /* empty where the line is refused */
	bool is_text;   /* may hold words from outside */
	enum finding_part part;
	unsigned kinds; /* where it is written; 0: everywhere */
} columns[] = {
    {"id", id_cell, false, true, FINDING_ID, 0},
    {"status", status_cell, false, false, FINDING_STATUS, 0},
    {"lane", lane_cell, false, false, FINDING_LANE, 0},
    {"duty", duty_cell, true, false, FINDING_PLAN, 0},
    {"duty_least", least_cell, true, false, FINDING_PLAN, 0},
    {"duty_greatest", greatest_cell, true, false, FINDING_PLAN, 0},
    {"refundable", refundable_cell, true, false, FINDING_PLAN, 0},
    {"fees", fees_cell, true, false, FINDING_PLAN, 0},
    {"taxes", taxes_cell, true, false, FINDING_PLAN, 0},
    {"rate", rate_cell, true, true, FINDING_PLAN, 0},
    {"headings", headings_cell, true, true, FINDING_PLAN, 0},
    {"choices", choices_cell, true, true, FINDING_PLAN, 0},
    {"de_minimis", de_minimis_cell, true, true, FINDING_PLAN, 0},
    {"substances", substances_cell, false, true, FINDING_GOODS, 0},
    {"controls", controls_cell, false, true, FINDING_GOODS, 0},
    {"missing", missing_cell, true, true, FINDING_REMARKS, 0},
    {"warnings", warnings_cell, false, true, FINDING_REMARKS, 0},
    {"declared", declared_cell, true, false, FINDING_PLAN, FINDING_FILED},
    {"difference", difference_cell, true, false, FINDING_PLAN, FINDING_FILED},
    /* of a line that is written by its plan no list says anything */
    {"parties", parties_cell, false, true, FINDING_PLAN, FINDING_PARTIES},
    {"party_lists", party_lists_cell, false, true, FINDING_PLAN, FINDING_PARTIES},
    {"party_detail", party_detail_cell, false, true, FINDING_PLAN, FINDING_PARTY_DETAIL},
};
enum { COLUMNS = sizeof columns / sizeof *columns };
_Static_assert(sizeof columns / sizeof *columns <= FINDING_NAMES, "room for all columns");

enum finding_part finding_csv_part_of(const struct finding_style *style, size_t index)
{
	int field = style->field[index];
	return field < 0 ? FINDING_INPUT : columns[field].part;
}

/* Appends the text of the column at cell->index. */
static void write_column(struct cell *cell, const struct finding *finding)
{
	int field = cell->style->field[cell->index];
	if (field >= 0) {
		if (finding->status != TW_STATUS_REFUSED || !columns[field].of_answer)
			columns[field].write(cell, finding);
	} else if (finding->cell) {
		buffer_put(cell->out, finding->cell[~field].at, finding->cell[~field].length);
	}
}

/* The characters that the columns after this one will have replaced; it is given once a line. */
static size_t replaced_later(const struct cell *cell, const struct finding *finding)
{
	struct cell later = {.out = cell->out, .style = cell->style, .start = cell->out->length};
	struct marks *marks = cell->out->marks;
	size_t replaced = 0;
	cell->out->marks = NULL; /* it is taken back */
	for (later.index = cell->index + 1; later.index < cell->style->field_count; later.index++) {
		int field = cell->style->field[later.index];
		if (field >= 0 && !columns[field].is_text)
			continue;
		write_column(&later, finding);
		replaced +=
		    buffer_flaws(later.out->at + later.start, later.out->length - later.start);
		later.out->length = later.start;
	}
	cell->out->marks = marks;
	return replaced;
}

static bool is_of(size_t column, unsigned kinds)
{
	return !columns[column].kinds || columns[column].kinds & kinds;
}

size_t finding_csv_names(const char *names[FINDING_NAMES], unsigned kinds)
{
	size_t count = 0;
	for (size_t i = 0; i < COLUMNS; i++)
		if (is_of(i, kinds))
			names[count++] = columns[i].name;
	return count;
}

int finding_csv_column(size_t place, unsigned kinds)
{
	size_t column = 0;
	for (; column + 1 < COLUMNS; column++)
		if (is_of(column, kinds) && !place--)
			break;
	return (int)column;
}

const char *finding_csv_name(size_t column)
{
	return columns[column].name;
}

bool finding_csv_is_amount(size_t column)
{
	return columns[column].write == duty_cell || columns[column].write == least_cell ||
	       columns[column].write == greatest_cell || columns[column].write == refundable_cell ||
	       columns[column].write == fees_cell || columns[column].write == taxes_cell ||
	       columns[column].write == declared_cell || columns[column].write == difference_cell;
}

size_t finding_csv_header(struct buffer *out, const struct finding_style *style)
{
	size_t replaced = 0;
	for (size_t i = 0; i < style->field_count; i++) {
		if (i)
			buffer_char(out, ',');
		size_t start = out->length;
		if (style->field[i] < 0) {
			const struct tw_text *name = &style->kept[~style->field[i]];
			buffer_put(out, name->at, name->length);
		} else {
			buffer_text(out, columns[style->field[i]].name);
		}
		replaced += buffer_end_cell(out, start, style->safe);
	}
	buffer_char(out, '\n');
	return replaced;
}

/* What is noted of a cell follows it. */
static size_t end_cell(struct cell *cell)
{
	size_t length = cell->out->length;
	marks_before_cell(cell->out, cell->start);
	size_t replaced = buffer_end_cell(cell->out, cell->start, cell->style->safe);
	marks_after_cell(cell->out, cell->start, length);
	return replaced;
}

size_t finding_csv_part(struct buffer *out, const struct finding *finding,
			const struct finding_style *style, size_t first, size_t count)
{
	struct cell cell = {.out = out, .style = style, .index = first};
	for (; cell.index < first + count; cell.index++) {
		int field = style->field[cell.index];
		if (cell.index > first)
			buffer_char(out, ',');
		cell.start = out->length;
		write_column(&cell, finding);
		if (field < 0 || columns[field].is_text)
			cell.replaced += end_cell(&cell);
	}
	return cell.replaced;
}

size_t finding_csv(struct buffer *out, const struct finding *finding,
		   const struct finding_style *style)
{
	size_t replaced = finding_csv_part(out, finding, style, 0, style->field_count);
	buffer_char(out, '\n');
	return replaced;
}

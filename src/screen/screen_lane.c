/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the lists ask of the hits of a line, and the lane.
 *
 * Red: a licence or permit is required and the hit is exact. Yellow: a hit on
 * something that a list holds on that day, but not surely, or not surely on
 * this route or in this quantity; a structure that could not be looked at.
 * Green: nothing, or below every threshold. A hit in words that turn its sense
 * ("acetone-free") is shown; it makes a line yellow only where the text denies
 * the presence of a drug.
 */
#include "screen/screen_state.h"

#include "screen/cells.h"
#include "screen/content.h"

#include "common/fit.h"

#include <stdio.h>
#include <string.h>

const char *const screen_direction[] = {"import", "export", "transit", "domestic"};
const char SCREEN_LISTED[] = "listed by name: its own entry applies, not that of the class";

/* A control turns on the quantity, and the description alone says one. */
static void note_amount(struct screen *screen, const struct tw_line *line,
			const struct screen_facts *facts)
{
	bool wanted = false;
	for (size_t i = 0; i < screen->control_count; i++)
		wanted |= screen->controls[i].status == TW_CONTROL_QUANTITY_UNKNOWN;
	if (!wanted || facts->weight >= 0 || facts->volume >= 0)
		return;
	struct tw_text amount = cell_amount(line->column[TW_COLUMN_DESCRIPTION]);
	char *said = amount.length ? screen_room(screen) : NULL;
	if (!said)
		return;
	fit_print(said, sizeof screen->said[0],
		  "quantity-in-words: the description says \"%.*s\"; give the whole quantity as "
		  "weight, or qty and unit: thresholds are decided on these alone",
		  (int)(amount.length < 60 ? amount.length : 60), amount.at);
	screen_warn(screen, said);
}

static void add_control(struct screen *screen, size_t of, const struct control_answer *answer,
			const struct screen_facts *facts)
{
	const struct ledger *ledger = &screen->ledger;
	const struct ledger_control *row = answer->row;
	const struct ledger_list *list = &ledger->lists[row->list];
	bool on = answer->status != TW_CONTROL_OFF_ROUTE;
	bool held = on && !answer->mixture &&
		    screen->substance[of].certainty == TW_CERTAINTY_EXACT &&
		    screen->found[of].sense == MATCH_SENSE_PLAIN;
	for (size_t i = 0; i < screen->control_count; i++)
		if (screen->row[i] == row)
			return; /* a class's row, told under another hit */
	screen->row[screen->control_count] = row;
	screen->control[screen->control_count++] =
	    (struct tw_control_hit){.substance = screen->substance[of].substance,
				    .jurisdiction = ledger_text(ledger, list->jurisdiction),
				    .list = ledger_text(ledger, list->name),
				    .code = ledger_text(ledger, row->code),
				    .direction = on ? screen_direction[answer->direction] : "",
				    .since = ledger_text(ledger, row->from_text),
				    .until = ledger_text(ledger, row->until_text),
				    .threshold = ledger_text(ledger, row->threshold),
				    .requirement = ledger_text(ledger, answer->requirement),
				    .confidence = ledger_text(ledger, row->confidence),
				    .status = answer->status,
				    .undecided = answer->undecided,
				    .title = ledger_text(ledger, list->english),
				    .prohibited = answer->prohibited,
				    .limit = held && row->limit >= 0 ? row->limit : -1,
				    .limit_volume = held && row->volume >= 0 ? row->volume : -1,
				    .by = {screen->citations + row->by.first, row->by.count}};
	if (answer->is_summed)
		screen_sum(screen, of, answer, facts);
	else if (on && !answer->mixture && row->limit != LEDGER_NO_LIMIT &&
		 (row->flags & (LEDGER_ROW_MONTH | LEDGER_ROW_YEAR)))
		screen_warn(screen,
			    row->flags & LEDGER_ROW_MONTH
				? "threshold-per-month: the threshold applies to all shipments of "
				  "a calendar month; only this line was considered"
				: "threshold-per-year: the threshold applies to all shipments of a "
				  "year; only this line was considered");
	if (on && facts->month && !answer->is_summed && row->flags & LEDGER_ROW_MONTH)
		screen_warn(screen, "month-nobody: the line does not say whose month it is of "
				    "(importer, or consignee; of exports seller and buyer, else "
				    "shipper and consignee), so "
				    "it is in no sum");
	if (on && (row->flags & LEDGER_ROW_MAYBE))
		screen_warn(screen,
			    "list-not-known: a list of this route may include the substance; the "
			    "names on it were not available: consult its annex");
}

/* How far the lists that hold a hit raise the lane. */
static enum tw_lane lane_of(const struct screen *screen, size_t of,
			    const struct control_answer *answers, size_t count)
{
	enum match_sense sense = screen->found[of].sense;
	bool turned = sense == MATCH_SENSE_ABSENT || sense == MATCH_SENSE_ABOUT;
	if (turned && (sense == MATCH_SENSE_ABOUT ||
		       !control_is_narcotic(&screen->ledger, screen->found[of].substance)))
		return TW_LANE_GREEN;
	return control_lane(answers, count, screen->substance[of].certainty);
}

/* Without a day no list can be asked: what any list holds on any day is looked at. */
static enum tw_lane undated_lane(struct screen *screen, size_t of)
{
	struct control_answer some = {.status = TW_CONTROL_UNDECIDED};
	enum tw_lane lane = lane_of(screen, of, &some, 1);
	if (lane > TW_LANE_GREEN)
		screen_warn(screen, "no-day: the date of entry is not known, so no list of "
				    "controlled chemicals could be checked");
	return lane;
}

/* The content that the line says of its only substance, in millionths; -1 none. */
static int32_t content_of(const struct screen *screen, const struct tw_line *line)
{
	int32_t ppm = -1;
	if (screen->substance_count)
		ppm = content_column(line->column[TW_COLUMN_CONCENTRATION]);
	if (ppm < 0 && screen->substance_count == 1)
		ppm = content_text(line->column[TW_COLUMN_DESCRIPTION]);
	return ppm;
}

static enum tw_lane add_controls(struct screen *screen, const struct screen_facts *facts,
				 int32_t ppm)
{
	enum tw_lane lane = screen->unread ? TW_LANE_YELLOW : TW_LANE_GREEN;
	uint32_t named[SUBSTANCES];
	struct control_question question = {
	    .ledger = &screen->ledger, .facts = facts, .ppm = ppm, .named = named};
	for (size_t i = 0; i < screen->substance_count; i++)
		if (screen->substance[i].certainty == TW_CERTAINTY_EXACT)
			named[question.named_count++] = screen->found[i].substance;
	for (size_t i = 0; i < screen->substance_count; i++) {
		if (facts->undated) {
			if (undated_lane(screen, i) > lane)
				lane = undated_lane(screen, i);
			continue;
		}
		uint32_t substance = screen->found[i].substance;
		size_t room = CONTROLS - screen->control_count;
		question.alone = (!strcmp(screen->substance[i].how, "structure") ||
				  screen->substance[i].certainty == TW_CERTAINTY_EXACT) &&
				 (screen->ledger.substances[substance].flags & LEDGER_CLASS);
		size_t count = control_decide(screen->answer, room, &question, substance);
		screen->overflow = screen->overflow || count == room;
		for (size_t k = 0; k < count; k++)
			add_control(screen, i, &screen->answer[k], facts);
		enum tw_lane raised = lane_of(screen, i, screen->answer, count);
		if (raised > lane)
			lane = raised;
		if (!count && (screen->ledger.substances[substance].flags & LEDGER_CLASS) &&
		    !*screen->substance[i].note)
			screen->substance[i].note = SCREEN_LISTED;
	}
	return lane;
}

enum tw_lane screen_lane(struct screen *screen, const struct tw_line *line,
			 const struct screen_facts *facts)
{
	enum tw_lane lane = TW_LANE_GREEN;
	screen->controls = screen->control;
	if (screen->substance_count || screen->unread) {
		int32_t ppm = content_of(screen, line);
		if (!recall_answer(screen, facts, ppm, &lane)) {
			lane = add_controls(screen, facts, ppm);
			screen_say_sums(screen);
			recall_keep(screen, lane);
		}
	}
	note_amount(screen, line, facts);
	return lane;
}

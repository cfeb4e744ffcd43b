/* SPDX-License-Identifier: Apache-2.0 */
/* Timelines as CSV: a row a step, several values of a cell joined by a bar. */
#include "timeline/write.h"

#include "common/words.h"
#include "findings/finding.h"

#include <string.h>

/* Cells of a step that the next one has again, where they stand in what is written. */
enum { AGAIN_RATE, AGAIN_DUTY, AGAIN_LAYERS, AGAIN };
struct again {
	size_t at[AGAIN], length[AGAIN];
};

/* A step or a mark, of a line. */
struct row {
	const struct tw_step *step; /* NULL: a mark */
	const struct tw_step *before;
	const struct tw_mark *mark;
	const struct told *told;
	bool safe;
};

/* A bar within a value becomes a slash. */
static void put_text(struct buffer *out, const char *text)
{
	for (const char *bar; (bar = strchr(text, '|')); text = bar + 1) {
		buffer_put(out, text, (size_t)(bar - text));
		buffer_char(out, '/');
	}
	buffer_text(out, text);
}

static void put_instant(struct buffer *out, tw_time at, int offset)
{
	char text[26];
	time_print(text, at, offset);
	buffer_text(out, text);
}

static void put_layers(struct buffer *out, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (i)
			buffer_char(out, '|');
		put_text(out, finding_heading(layer));
		buffer_char(out, ':');
		put_text(out, layer->rate);
		if (strcmp(layer->part, "value") != 0) {
			buffer_char(out, '@');
			put_text(out, layer->part);
		}
	}
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		buffer_text(out, i || answer->layer_count ? "|" : "");
		put_text(out, *choice->heading ? choice->heading : choice->measure);
		buffer_text(out, ":=");
		put_text(out, choice->rate);
	}
}

static void put_money(struct buffer *out, tw_money amount, bool known)
{
	if (known && amount >= 0)
		buffer_money(out, amount);
}

static bool is_refused(const struct tw_assessment *answer)
{
	return answer->status == TW_STATUS_REFUSED;
}

static void mark_cell(struct buffer *out, const struct row *row)
{
	buffer_text(out, row->step                              ? "step"
			 : row->mark->kind == TW_MARK_ANNOUNCED ? "announced"
								: "event");
}

static void hts_cell(struct buffer *out, const struct row *row)
{
	char code[24];
	struct tw_text asked = row->told->line->column[TW_COLUMN_HTS];
	finding_code(code, row->step && row->step->answer->hts[0] ? row->step->answer->hts : "");
	if (*code)
		buffer_text(out, code);
	else
		buffer_put(out, asked.length ? asked.at : "", asked.length);
}

static void origin_cell(struct buffer *out, const struct row *row)
{
	struct tw_text asked = row->told->line->column[TW_COLUMN_ORIGIN];
	if (row->step && *row->step->answer->origin)
		buffer_text(out, row->step->answer->origin);
	else
		buffer_put(out, asked.length ? asked.at : "", asked.length);
}

static void from_cell(struct buffer *out, const struct row *row)
{
	put_instant(out, row->step ? row->step->at : row->mark->at,
		    row->step ? row->step->offset : row->mark->offset);
}

static void until_cell(struct buffer *out, const struct row *row)
{
	if (row->step)
		put_instant(out, row->step->until, row->step->until_offset);
	else if (row->mark->moves)
		put_instant(out, row->mark->moves_on,
			    time_offset(row->told->timeline->zone, row->mark->moves_on));
}

static void status_cell(struct buffer *out, const struct row *row)
{
	buffer_text(out, finding_status(row->step->answer->status));
}

static void rate_cell(struct buffer *out, const struct row *row)
{
	if (!is_refused(row->step->answer))
		buffer_text(out, row->step->answer->rate);
}

static void duty_cell(struct buffer *out, const struct row *row)
{
	const struct tw_assessment *answer = row->step->answer;
	put_money(out, answer->amount, !is_refused(answer) && answer->has_amount);
}

static void additional_cell(struct buffer *out, const struct row *row)
{
	put_money(out, row->step->answer->additional, !is_refused(row->step->answer));
}

static void refundable_cell(struct buffer *out, const struct row *row)
{
	put_money(out, row->step->answer->refundable, !is_refused(row->step->answer));
}

static void relieved_cell(struct buffer *out, const struct row *row)
{
	put_money(out, row->step->answer->relieved, !is_refused(row->step->answer));
}

static void fees_cell(struct buffer *out, const struct row *row)
{
	put_money(out, row->step->answer->fees_amount, !is_refused(row->step->answer));
}

static void taxes_cell(struct buffer *out, const struct row *row)
{
	const struct tw_assessment *answer = row->step->answer;
	put_money(out, answer->taxes_amount, answer->is_taxed && answer->taxes_amount >= 0);
}

static void de_minimis_cell(struct buffer *out, const struct row *row)
{
	const struct tw_de_minimis *exemption = &row->step->answer->de_minimis;
	if (exemption->applies)
		buffer_text(out, exemption->eligible ? "eligible" : exemption->reason);
}

static void entry_cell(struct buffer *out, const struct row *row)
{
	put_text(out, row->step->answer->entry_type);
}

static void layers_cell(struct buffer *out, const struct row *row)
{
	put_layers(out, row->step->answer);
}

static void moved_cell(struct buffer *out, const struct row *row)
{
	if (!row->step) {
		put_text(out, row->mark->title);
		return;
	}
	for (size_t i = 0; i < row->step->move_count; i++) {
		const struct tw_move *move = &row->step->moves[i];
		buffer_text(out, i ? "|" : "");
		buffer_text(out, write_moved(move->what));
		buffer_text(out, *move->program ? " " : "");
		put_text(out, move->program);
		if (move->what == TW_MOVED_ORDER)
			buffer_print(out, " %s", move->heading);
		buffer_text(out, ": ");
		put_text(out, move->before);
		buffer_text(out, *move->before && *move->after ? " > " : "");
		put_text(out, move->after);
	}
}

/* Was the act named before, in this cell? */
static bool is_told(const struct tw_step *step, size_t move, size_t act)
{
	for (size_t i = 0; i <= move; i++)
		for (size_t k = 0; k < (i < move ? step->moves[i].by.count : act); k++)
			if (!strcmp(step->moves[i].by.id[k], step->moves[move].by.id[act]))
				return true;
	return false;
}

static void by_cell(struct buffer *out, const struct row *row)
{
	size_t count = 0;
	if (!row->step) {
		put_text(out, row->mark->id);
		return;
	}
	for (size_t i = 0; i < row->step->move_count; i++)
		for (size_t k = 0; k < row->step->moves[i].by.count; k++)
			if (!is_told(row->step, i, k)) {
				buffer_text(out, count++ ? "|" : "");
				put_text(out, row->step->moves[i].by.id[k]);
			}
}

static void beyond_cell(struct buffer *out, const struct row *row)
{
	buffer_text(out, row->step->is_beyond ? "yes" : "no");
}

static void note_cell(struct buffer *out, const struct row *row)
{
	char code[24];
	if (!row->step) {
		put_text(out, *row->mark->cite ? row->mark->cite : row->mark->url);
		return;
	}
	if (is_refused(row->step->answer))
		put_text(out, row->step->answer->refusal.text);
	const struct tw_assessment *answer = row->step->answer;
	size_t missing = answer->status == TW_STATUS_INCOMPLETE ? answer->missing_count : 0;
	for (size_t i = 0; i < missing; i++) {
		buffer_text(out, i ? "|missing: " : "missing: ");
		put_text(out, answer->missing[i]);
	}
	const char *estimated = is_refused(answer) ? NULL : write_estimated(answer);
	if (estimated) {
		buffer_text(out, missing ? "|" : "");
		put_text(out, estimated);
	}
	if ((missing || estimated) && row->step->successor_count)
		buffer_char(out, '|');
	for (size_t i = 0; i < row->step->successor_count; i++) {
		finding_code(code, row->step->successors[i]);
		buffer_print(out, "%s%s", i ? ", " : "the number was given up for ", code);
	}
}

enum form {
	SURE,  /* nothing in it is quoted */
	WORDS, /* ends as a cell does */
	BEFORE /* stands in the row of the step before */
};

static const struct {
	const char *name;
	void (*write)(struct buffer *out, const struct row *row);
	bool of_marks;
	enum form form;
	unsigned again; /* BEFORE: which; else which it will be, and 1 */
} columns[] = {{"mark", mark_cell, true, SURE, 0},
	       {"hts", hts_cell, true, WORDS, 0},
	       {"origin", origin_cell, true, WORDS, 0},
	       {"from", from_cell, true, SURE, 0},
	       {"until", until_cell, true, SURE, 0},
	       {"status", status_cell, false, SURE, 0},
	       {"rate", rate_cell, false, WORDS, AGAIN_RATE + 1},
	       {"duty", duty_cell, false, SURE, AGAIN_DUTY + 1},
	       {"additional", additional_cell, false, SURE, 0},
	       {"refundable", refundable_cell, false, SURE, 0},
	       {"relieved", relieved_cell, false, SURE, 0},
	       {"fees", fees_cell, false, SURE, 0},
	       {"taxes", taxes_cell, false, SURE, 0},
	       {"de_minimis", de_minimis_cell, false, WORDS, 0},
	       {"entry_type", entry_cell, false, WORDS, 0},
	       {"layers", layers_cell, false, WORDS, AGAIN_LAYERS + 1},
	       {"rate_before", NULL, false, BEFORE, AGAIN_RATE},
	       {"duty_before", NULL, false, BEFORE, AGAIN_DUTY},
	       {"layers_before", NULL, false, BEFORE, AGAIN_LAYERS},
	       {"moved", moved_cell, true, WORDS, 0},
	       {"by", by_cell, true, WORDS, 0},
	       {"beyond_coverage", beyond_cell, false, SURE, 0},
	       {"note", note_cell, true, WORDS, 0}};

void write_csv_header(struct buffer *out)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		buffer_print(out, "%s%s", i ? "," : "", columns[i].name);
	buffer_char(out, '\n');
}

/* What the row of the step before has in this place. */
static void put_again(struct buffer *out, const struct again *again, unsigned which)
{
	if (!buffer_room(out, again->length[which]))
		return;
	memcpy(out->at + out->length, out->at + again->at[which], again->length[which]);
	out->length += again->length[which];
}

/* `last`: where cells of the step before stand; then those of this one. */
static void write_row(struct buffer *out, const struct row *row, struct again *last)
{
	struct again now = *last;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		if (i)
			buffer_char(out, ',');
		size_t start = out->length;
		if (columns[i].form == BEFORE) {
			if (row->before)
				put_again(out, last, columns[i].again);
			continue;
		}
		if (row->step || columns[i].of_marks)
			columns[i].write(out, row);
		if (columns[i].form == WORDS)
			buffer_end_cell(out, start, row->safe);
		if (row->step && columns[i].again) {
			now.at[columns[i].again - 1] = start;
			now.length[columns[i].again - 1] = out->length - start;
		}
	}
	*last = now;
	buffer_char(out, '\n');
}

void write_csv(struct buffer *out, const struct told *told, bool safe)
{
	struct again last = {{0}, {0}};
	struct row row = {.told = told, .safe = safe};
	for (size_t i = 0, mark = 0; i <= told->count; i++) {
		row.step = row.before = NULL;
		for (; mark < told->mark_count &&
		       (i == told->count || told->mark[mark].at <= told->step[i].at);
		     mark++) {
			row.mark = &told->mark[mark];
			write_row(out, &row, &last);
		}
		if (i == told->count)
			break;
		row.step = &told->step[i];
		row.before = i ? row.step - 1 : NULL;
		write_row(out, &row, &last);
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Timelines as CSV: a row a step, several values of a cell joined by a bar. */
#include "timeline/write.h"

#include "common/words.h"
#include "findings/finding.h"

#include <string.h>

/* A step or a mark, of a line. */
struct row {
	const struct tw_step *step; /* NULL: a mark */
	const struct tw_step *before;
	const struct notice *mark;
	const struct told *told;
};

/* A bar within a value becomes a slash. */
static void put_text(struct buffer *out, const char *text)
{
	for (; *text; text++)
		buffer_char(out, *text == '|' ? '/' : *text);
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
		buffer_text(out, i ? "|" : "");
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
	buffer_text(out, row->step                             ? "step"
			 : row->mark->kind == NOTICE_ANNOUNCED ? "announced"
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
	else if (row->mark->moves_on != TW_TIME_MIN)
		put_instant(out, row->mark->moves_on,
			    time_offset(row->told->timeline->zone, row->mark->moves_on));
}

static void status_cell(struct buffer *out, const struct row *row)
{
	buffer_text(out, finding_status(row->step->answer->status));
}

static void rate_of(struct buffer *out, const struct tw_assessment *answer)
{
	if (!is_refused(answer))
		buffer_text(out, answer->rate);
}

static void rate_cell(struct buffer *out, const struct row *row)
{
	rate_of(out, row->step->answer);
}

static void duty_of(struct buffer *out, const struct tw_assessment *answer)
{
	put_money(out, answer->amount, !is_refused(answer) && answer->has_amount);
}

static void duty_cell(struct buffer *out, const struct row *row)
{
	duty_of(out, row->step->answer);
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

static void rate_before_cell(struct buffer *out, const struct row *row)
{
	if (row->before)
		rate_of(out, row->before->answer);
}

static void duty_before_cell(struct buffer *out, const struct row *row)
{
	if (row->before)
		duty_of(out, row->before->answer);
}

static void layers_before_cell(struct buffer *out, const struct row *row)
{
	if (row->before)
		put_layers(out, row->before->answer);
}

static void moved_cell(struct buffer *out, const struct row *row)
{
	if (!row->step) {
		put_text(out, row->mark->title);
		return;
	}
	for (size_t i = 0; i < row->step->move_count; i++) {
		const struct tw_move *move = &row->step->moves[i];
		buffer_print(out, "%s%s", i ? "|" : "", write_moved(move->what));
		if (*move->program)
			buffer_print(out, " %s", move->program);
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
		put_text(out, row->mark->act);
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
	for (size_t i = 0; i < row->step->successor_count; i++) {
		finding_code(code, row->step->successors[i]);
		buffer_print(out, "%s%s", i ? ", " : "the number was given up for ", code);
	}
}

static const struct {
	const char *name;
	void (*write)(struct buffer *out, const struct row *row);
	bool of_marks;
} columns[] = {{"mark", mark_cell, true},
	       {"hts", hts_cell, true},
	       {"origin", origin_cell, true},
	       {"from", from_cell, true},
	       {"until", until_cell, true},
	       {"status", status_cell, false},
	       {"rate", rate_cell, false},
	       {"duty", duty_cell, false},
	       {"additional", additional_cell, false},
	       {"refundable", refundable_cell, false},
	       {"relieved", relieved_cell, false},
	       {"fees", fees_cell, false},
	       {"de_minimis", de_minimis_cell, false},
	       {"entry_type", entry_cell, false},
	       {"layers", layers_cell, false},
	       {"rate_before", rate_before_cell, false},
	       {"duty_before", duty_before_cell, false},
	       {"layers_before", layers_before_cell, false},
	       {"moved", moved_cell, true},
	       {"by", by_cell, true},
	       {"beyond_coverage", beyond_cell, false},
	       {"note", note_cell, true}};

void write_csv_header(struct buffer *out)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		buffer_print(out, "%s%s", i ? "," : "", columns[i].name);
	buffer_char(out, '\n');
}

static void write_row(struct buffer *out, const struct row *row)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		buffer_text(out, i ? "," : "");
		size_t start = out->length;
		if (row->step || columns[i].of_marks)
			columns[i].write(out, row);
		buffer_end_cell(out, start, false);
	}
	buffer_char(out, '\n');
}

void write_csv(struct buffer *out, const struct told *told)
{
	size_t mark = 0;
	for (size_t i = 0; i < told->count; i++) {
		const struct tw_step *before = i ? &told->step[i - 1] : NULL;
		for (; mark < told->mark_count && told->mark[mark].at <= told->step[i].at; mark++)
			write_row(out, &(struct row){NULL, NULL, &told->mark[mark], told});
		write_row(out, &(struct row){&told->step[i], before, NULL, told});
	}
	for (; mark < told->mark_count; mark++)
		write_row(out, &(struct row){NULL, NULL, &told->mark[mark], told});
}

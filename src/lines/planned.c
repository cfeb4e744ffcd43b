/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/planned.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"
#include "common/error.h"
#include "lines/carried.h"
#include "lines/laws.h"
#include "lines/parts.h"

enum {
	ROWS = 32,    /* of a block */
	DIGITS = 20,  /* of a number at the most */
	EXPECTED = 4, /* lines between the rounds in which a line is expected */
#ifdef TW_CHECK_ALL
	CHECKED = 1
#else
	CHECKED = 4096 /* one line of so many is written both ways; a power of two */
#endif
};

/* A row of a block. */
struct row {
	char *text;           /* of all rows of the scan */
	size_t start, length; /* in it */
	const uint32_t *mark; /* its fields */
	uint64_t number;
	struct tw_text id;
	int offset;    /* seconds east of UTC at its entry */
	int typed;     /* its index among the lines of values, or -1: the ordinary way */
	bool is_plain; /* printable ASCII and tabs, and no comma but between fields and in quotes */
	char digits[DIGITS + SCAN_BLOCK]; /* the id of a row without one */
};

/* When a change comes that is printed, and how the clocks stand then. */
struct change {
	tw_time on;
	uint16_t into;
	bool is_known;
	struct template_instant text;
};
enum {
	CHANGES = 1 << 9,
	CHANGES_REACH = 8 /* places, one behind the other, of which one has it */
};

struct planned {
	struct worker *worker;
	struct typed typed;
	struct parts *parts;
	const struct input *input; /* of the form */
	struct typed_form form;
	struct row row[ROWS];
	size_t rows, lines;
	struct tw_typed_line line[ROWS];
	struct tw_charge charge[ROWS];
	struct parts_line writes; /* the line that is written; words and cells are those of all */
	struct template_words words;
	struct change change[CHANGES + CHANGES_REACH];
	struct tw_text *cell; /* of the columns of the input in an answer */
	bool in_order;        /* these are those of the file, each in its place */
	struct buffer check;
	uint64_t checks, unlike;
};

int planned_new(struct planned **out, struct worker *worker, struct tw_error *error)
{
	const struct work *work = worker->work;
	const struct run_options *options = work->options;
	bool json = options->format == RUN_NDJSON || options->format == RUN_JSON;
	*out = NULL;
	if (options->assess || options->alone || !options->rulebook ||
	    options->format == RUN_TABLE || (json && options->keep))
		return TW_OK;
	struct planned *planned = calloc(1, sizeof *planned);
	size_t cells = work->carried ? work->carried->count : 0;
	if (planned)
		planned->cell = calloc(cells + 1, sizeof *planned->cell);
	if (!planned || !planned->cell ||
	    parts_new(&planned->parts, &work->style, options, &worker->totals)) {
		planned_free(planned);
		return error_memory(error);
	}
	planned->worker = worker;
	planned->writes.values.words = &planned->words;
	planned->writes.cell = planned->cell;
	planned->writes.cells = cells;
	planned->typed.rulebook = options->rulebook;
	planned->typed.assessor = worker->assessor;
	*out = planned;
	return TW_OK;
}

void planned_free(struct planned *planned)
{
	if (!planned)
		return;
	parts_free(planned->parts);
	buffer_free(&planned->check);
	free(planned->cell);
	free(planned);
}

uint64_t planned_unlike(const struct planned *planned)
{
	return planned ? planned->unlike : 0;
}

/* The id of a row: its cell, or its number. */
static void take_id(struct row *row, const struct typed_form *form)
{
	row->id = (struct tw_text){0};
	if (form->id >= 0) {
		size_t from = form->id ? row->mark[form->id - 1] + 1 : row->start;
		size_t to = row->mark[form->id];
		row->id = (struct tw_text){row->text + from, to - from};
		/* Most have nothing around them. */
		if (from == to || !is_digit(row->text[from]) || !is_digit(row->text[to - 1]))
			row->id = csv_value(scan_field(row->text, from, to));
	}
	if (row->id.length)
		return;
	size_t at = DIGITS;
	uint64_t number = row->number;
	do {
		row->digits[--at] = (char)('0' + number % 10);
	} while (number /= 10);
	row->id = (struct tw_text){row->digits + at, DIGITS - at};
}

/* False: lists of parties say something of the row, which is written the ordinary way. */
static bool take_parties(const struct planned *planned, const struct row *row)
{
	const struct run_parties *parties = planned->worker->work->options->parties;
	struct tw_text column[TW_COLUMN_COUNT] = {0};
	struct finding_parties said;
	for (size_t i = 0; i < parties->column_count; i++) {
		int at = planned->input->columns.at[parties->columns[i]];
		if (at < 0)
			continue;
		size_t from = at ? row->mark[at - 1] + 1 : row->start;
		column[parties->columns[i]] = csv_value(scan_field(row->text, from, row->mark[at]));
	}
	return parties->look(parties->context, planned->worker->index, &said, column) &&
	       said.lane == TW_LANE_NONE && !said.json.length;
}

/* Reads a row as values, or leaves it to the ordinary way. */
static void take_row(struct planned *planned, struct row *row, size_t fields, unsigned flags)
{
	row->typed = -1;
	row->is_plain = !(flags & SCAN_ODD) && planned->input->separator == ',';
	if (fields != planned->form.count || flags & SCAN_ESCAPED ||
	    (flags & SCAN_ODD && buffer_flaws(row->text + row->start, row->length)) ||
	    !typed_row(&planned->line[planned->lines], &row->offset, &planned->typed,
		       &planned->form, row->text, row->start, row->mark))
		return;
	if (planned->worker->work->options->parties && !take_parties(planned, row))
		return;
	take_id(row, &planned->form);
	row->typed = (int)planned->lines++;
}

/* Whether the code has dots: what is found by it is said in the line's own words. */
static bool is_dotted(const struct planned *planned, const struct row *row)
{
	int hts = planned->form.hts;
	if (hts < 0)
		return true;
	size_t from = hts ? row->mark[hts - 1] + 1 : row->start;
	struct tw_text cell = csv_value(scan_field(row->text, from, row->mark[hts]));
	return cell.length != planned->line[row->typed].digits;
}

/* The cells of the input's columns that an answer has. */
static void take_cells(struct planned *planned, const struct row *row)
{
	const struct columns *columns = &planned->input->columns;
	const struct carried *carried = planned->worker->work->carried;
	for (size_t i = 0; carried && i < carried->count; i++) {
		int at = columns->carried_from[i];
		size_t from = at > 0 ? row->mark[at - 1] + 1 : row->start;
		planned->cell[i] =
		    at < 0 ? (struct tw_text){0} : scan_field(row->text, from, row->mark[at]);
	}
}

static bool are_in_order(const struct planned *planned)
{
	const struct carried *carried = planned->worker->work->carried;
	const int *from = planned->input->columns.carried_from;
	for (size_t i = 0; carried && i < carried->count; i++)
		if (from[i] != (int)i)
			return false;
	return true;
}

static void make_finding(struct finding *finding, struct planned *planned, const struct row *row,
			 const struct tw_assessment *answer)
{
	finding_make(finding, row->id, answer);
	finding->file = planned->input->name;
	finding->number = row->number;
	if (planned->worker->work->carried) {
		take_cells(planned, row);
		finding->cell = planned->cell;
	}
}

/* A row the ordinary way, from its text on. */
static int write_row(struct planned *planned, const struct row *row, struct pass_slot *slot,
		     struct tw_error *error)
{
	struct batch_record record = {.length = row->length, .number = row->number};
	return work_row(planned->worker, slot, row->text + row->start, &record, error);
}

/* Where it is, or would be. */
static struct change *change_of(struct planned *planned, const struct tw_typed_line *line,
				tw_time on)
{
	uint64_t key = ((uint64_t)on + line->into) * UINT64_C(0x9E3779B97F4A7C15);
	struct change *change = &planned->change[key >> 55 & (CHANGES - 1)];
	struct change *last = change + CHANGES_REACH - 1;
	while (change < last && change->is_known &&
	       (change->on != on || change->into != line->into))
		change++;
	return change;
}

/* Learns how the clocks stand at the change that an answer names. */
static void learn_change(struct planned *planned, const struct tw_typed_line *line,
			 const struct tw_assessment *answer)
{
	if (answer->changes_on == TW_TIME_MAX)
		return;
	struct change *change = change_of(planned, line, answer->changes_on);
	*change = (struct change){.on = answer->changes_on, .into = line->into, .is_known = true};
	template_instant(&change->text, answer->changes_on, answer->changes_offset);
}

/* False: nobody knows yet how the clocks stand at the change. */
static bool find_change(const struct template_instant **out, struct planned *planned,
			const struct tw_typed_line *line, tw_time on)
{
	*out = NULL;
	if (on == TW_TIME_MAX)
		return true;
	const struct change *change = change_of(planned, line, on);
	*out = &change->text;
	return change->is_known && change->on == on && change->into == line->into;
}

/* The same written both ways: where they differ, the ordinary one counts. */
static int check_row(struct planned *planned, const struct row *row, struct buffer *out,
		     size_t start, struct tw_error *error)
{
	const struct tw_assessment *answer;
	struct finding finding;
	int code = tw_many_answer(&answer, planned->worker->assessor, (size_t)row->typed, error);
	if (code)
		return code;
	make_finding(&finding, planned, row, answer);
	planned->check.length = 0;
	work_write(&planned->check, &finding, planned->worker->work);
	if (planned->check.failed)
		return error_memory(error);
	size_t length = out->length - start;
	if (length == planned->check.length && !memcmp(out->at + start, planned->check.at, length))
		return TW_OK;
	planned->unlike++;
	out->length = start;
	buffer_put(out, planned->check.at, planned->check.length);
	return TW_OK;
}

/* Writes and counts a line by its parts, which were found; false in *done: it is not done. */
static int write_parts(bool *done, struct planned *planned, const struct row *row,
		       struct pass_slot *slot, struct tw_error *error)
{
	const struct tw_charge *charge = &planned->charge[row->typed];
	const struct tw_typed_line *values = &planned->line[row->typed];
	struct parts_line *line = &planned->writes;
	line->values.line = values;
	line->values.charge = charge;
	line->values.entered_offset = row->offset;
	line->id = row->id;
	size_t start = slot->out.length;
	*done = parts_counts(planned->parts) &&
		find_change(&line->values.changes, planned, values, charge->changes_on);
	if (!*done)
		return TW_OK;
	if (planned->worker->work->options->totals_only) {
		/* they are counted below */
	} else if (!work_asks(planned->worker->work, charge->lane, charge->status)) {
		planned->worker->totals.left_out++;
	} else {
		if (planned->in_order && row->is_plain) {
			line->row =
			    (struct parts_row){row->text, row->start, row->length, row->mark};
		} else if (line->cells) {
			line->row.text = NULL;
			line->row.length = 0;
			take_cells(planned, row);
		}
		*done = parts_write(&slot->out, planned->parts, line);
		if (!*done)
			return TW_OK;
		if (!(planned->checks++ & (CHECKED - 1))) {
			int code = check_row(planned, row, &slot->out, start, error);
			if (code)
				return code;
		}
	}
	slot->lines++;
	if (slot->out.length > start)
		work_wrote(planned->worker->work, slot, row->number);
	parts_count(planned->parts, charge);
	return TW_OK;
}

/* A row of which the whole answer is needed; of what it says the parts are made that are not there,
   and it is written from these, too. */
static int write_whole(struct planned *planned, const struct row *row, struct pass_slot *slot,
		       struct tw_error *error)
{
	size_t index = (size_t)row->typed;
	const struct tw_charge *charge = &planned->charge[index];
	const struct tw_assessment *answer;
	struct finding finding;
	int code = tw_many_answer(&answer, planned->worker->assessor, index, error);
	if (code)
		return code;
	/* What is wrong is said in the line's own words. */
	if (answer->status == TW_STATUS_REFUSED ||
	    (answer->substance_count && is_dotted(planned, row)))
		return write_row(planned, row, slot, error);
	make_finding(&finding, planned, row, answer);
	learn_change(planned, &planned->line[index], answer);
	if (!charge->left && charge->plan && charge->remarks &&
	    (parts_find(planned->parts, charge) || parts_make(planned->parts, charge, &finding))) {
		bool done;
		code = write_parts(&done, planned, row, slot, error);
		if (code || done)
			return code;
	}
	slot->lines++;
	work_finding(planned->worker, slot, &finding);
	return TW_OK;
}

static int write_planned(struct planned *planned, const struct row *row, struct pass_slot *slot,
			 struct tw_error *error)
{
	const struct tw_charge *charge = &planned->charge[row->typed];
	bool done = false;
	int code = TW_OK;
	if (!charge->left && charge->plan && charge->remarks &&
	    charge->status != TW_STATUS_REFUSED && !(charge->goods && is_dotted(planned, row)) &&
	    parts_find(planned->parts, charge))
		code = write_parts(&done, planned, row, slot, error);
	return code || done ? code : write_whole(planned, row, slot, error);
}

/* What each line needs comes near in rounds, a few lines before it is written. */
static void expect(const struct planned *planned, size_t line)
{
	for (unsigned round = 0; round < PARTS_ROUNDS; round++, line -= EXPECTED)
		if (line < planned->lines)
			parts_expect(planned->parts, &planned->charge[line], round);
}

/* What was taken is handed over in its order. */
static int hand_over(struct planned *planned, struct pass_slot *slot, struct tw_error *error)
{
	struct taken_line about[ROWS];
	size_t first = 0, next = 0;
	int code = TW_OK;
	for (size_t i = 0; i < planned->rows && !code; i++) {
		const struct row *row = &planned->row[i];
		if (row->typed >= 0)
			about[next++] =
			    (struct taken_line){row->id, row->number, row->offset, true};
		if (next > first && (row->typed < 0 || i + 1 == planned->rows)) {
			code = laws_take(planned->worker, slot, planned->line + first,
					 about + first, next - first, error);
			first = next;
		}
		if (row->typed < 0 && !code)
			code = write_row(planned, row, slot, error);
	}
	planned->rows = planned->lines = 0;
	return code;
}

/* What was taken goes to the library, and is written in order. */
static int write_block(struct planned *planned, struct pass_slot *slot, struct tw_error *error)
{
	if (planned->worker->work->laws)
		return hand_over(planned, slot, error);
	int code = planned->lines
		       ? tw_assess_many(planned->charge, planned->worker->assessor, planned->line,
					planned->lines, TW_MANY_LEAVE, error)
		       : TW_OK;
	size_t ahead = 0;
	for (; ahead < EXPECTED * PARTS_ROUNDS && !code; ahead++)
		expect(planned, ahead);
	for (size_t i = 0; i < planned->rows && !code; i++) {
		const struct row *row = &planned->row[i];
		if (row->typed >= 0)
			expect(planned, ahead++);
		code = row->typed >= 0 ? write_planned(planned, row, slot, error)
				       : write_row(planned, row, slot, error);
	}
	planned->rows = planned->lines = 0;
	return code;
}

int planned_rows(bool *usual, struct planned *planned, struct pass_slot *slot, char *text,
		 const struct scan *scan, uint64_t *number, struct tw_error *error)
{
	int code = TW_OK;
	if (planned->input != slot->batch.input) {
		planned->input = slot->batch.input;
		typed_form_make(&planned->form, &planned->typed, planned->input,
				planned->worker->work->options->columns);
		planned->in_order = planned->writes.cells && parts_take_rows(planned->parts) &&
				    are_in_order(planned);
	}
	*usual = planned->form.is_usual;
	if (!*usual)
		return TW_OK;
	size_t at = 0, first = 0;
	for (size_t i = 0; i < scan->rows && !code; i++) {
		size_t end = scan->mark[scan->end[i]] + 1;
		struct row *row = &planned->row[planned->rows++];
		row->text = text;
		row->start = at;
		row->length = end - at;
		row->mark = scan->mark + first;
		row->number = *number;
		take_row(planned, row, scan->end[i] + 1 - first, scan->row[i]);
		*number += scan->row[i] & SCAN_LINES && !planned->input->is_table
			       ? csv_newlines(text + at, end - at)
			       : 1;
		first = scan->end[i] + 1;
		at = end;
		if (planned->rows == ROWS || i + 1 == scan->rows)
			code = write_block(planned, slot, error);
	}
	return code;
}

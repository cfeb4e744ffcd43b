/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/work.h"

#include <string.h>

#include "common/error.h"
#include "lines/laws.h"
#include "lines/planned.h"
#include "lines/source.h"

/* "FILE:LINE: column: what is wrong"; each ends in a newline and holds no other. */
static void note_refusal(struct buffer *notes, const struct finding *finding)
{
	const char *text = *finding->text ? finding->text : finding->reason;
	buffer_shown(notes, finding->file, strlen(finding->file));
	buffer_char(notes, ':');
	buffer_number(notes, finding->number);
	buffer_text(notes, ": ");
	if (*finding->column) {
		buffer_shown(notes, finding->column, strlen(finding->column));
		buffer_text(notes, ": ");
	}
	if (text)
		buffer_shown(notes, text, strlen(text));
	buffer_char(notes, '\n');
}

static bool shipment_is_alone(const struct worker *worker)
{
	return !worker->work->gathers_shipments &&
	       worker->item->line.column[TW_COLUMN_SHIPMENT].length > 0;
}

/* The assessor's answer with what the reader has to say; the array lives as long as it is used. */
static void add_notes(struct tw_assessment *copy, const char **warnings, size_t room,
		      const struct worker *worker)
{
	bool alone = shipment_is_alone(worker);
	size_t count = item_warnings(warnings, room - (alone ? 1 : 0), worker->item, copy);
	if (alone)
		warnings[count++] = "shipment-alone: a shipment first appears late in piped input, "
				    "so this line is assessed alone; give the file by name instead";
	copy->warnings = warnings;
	copy->warning_count = count;
}

size_t work_write(struct buffer *out, const struct finding *finding, const struct work *work)
{
	switch (work->options->format) {
	case RUN_JSON:
		buffer_char(out, ','); /* of the first line, done() makes it the bracket */
		finding_ndjson(out, finding, &work->style);
		break;
	case RUN_NDJSON:
		finding_ndjson(out, finding, &work->style);
		break;
	case RUN_CSV:
		return finding_csv(out, finding, &work->style);
	case RUN_TABLE:
		finding_table(out, finding, &work->style);
		break;
	}
	return 0;
}

bool work_asks(const struct work *work, unsigned lane, unsigned status)
{
	unsigned only = work->options->only;
	return !only || (only & RUN_RED && lane == TW_LANE_RED) ||
	       (only & RUN_YELLOW && lane == TW_LANE_YELLOW) ||
	       (only & RUN_INCOMPLETE && status == TW_STATUS_INCOMPLETE) ||
	       (only & RUN_REFUSED && status == TW_STATUS_REFUSED);
}

/* Whether --only asks for the line. */
static bool is_asked(const struct finding *finding, const struct work *work)
{
	struct finding_difference difference[FINDING_DIFFERENCES];
	return work_asks(work, finding->lane, finding->status) ||
	       (work->options->only & RUN_DIFFERING &&
		finding_differences(difference, FINDING_DIFFERENCES, finding));
}

void work_wrote(const struct work *work, struct pass_slot *slot, uint64_t number)
{
	if (work->options->sink)
		buffer_put(&slot->numbers, (const char *)&number, sizeof number);
}

static void gather(const struct run_sink *sink, struct pass_slot *slot,
		   const struct finding *finding)
{
	if (sink && sink->gather && !sink->gather(sink->context, &slot->gathered, finding))
		buffer_fail(&slot->out);
}

void work_finding(struct worker *worker, struct pass_slot *slot, const struct finding *finding)
{
	totals_count(&worker->totals, finding);
	if (!worker->work->options->totals_only) {
		if (is_asked(finding, worker->work)) {
			totals_replaced(&worker->totals,
					work_write(&slot->out, finding, worker->work));
			work_wrote(worker->work, slot, finding->number);
			gather(worker->work->options->sink, slot, finding);
		} else {
			worker->totals.left_out++;
		}
	}
	if (finding->status == TW_STATUS_REFUSED)
		note_refusal(&slot->notes, finding);
}

/* What lists of parties say of the line. */
static bool work_parties(struct finding *finding, const struct worker *worker,
			 const struct tw_text *column)
{
	const struct run_parties *parties = worker->work->options->parties;
	struct finding_parties said;
	if (!parties)
		return true;
	if (!parties->look(parties->context, worker->index, &said, column))
		return false;
	finding_add_parties(finding, &said);
	return true;
}

static int work_line(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	const struct work *work = worker->work;
	struct item *item = worker->item;
	const struct tw_assessment *answer = NULL;
	struct tw_assessment copy;
	const char *warnings[64];
	struct finding finding;

	/* A line that the reader refuses is still looked at for what is in the box. */
	if (!item->reason || item_holds_goods(item)) {
		int code = work->assess(&answer, worker->assessor, &item->line, error);
		if (code)
			return code;
		if (shipment_is_alone(worker) || item->notes) {
			copy = *answer;
			add_notes(&copy, warnings, sizeof warnings / sizeof *warnings, worker);
			answer = &copy;
		}
	}
	item_finding(&finding, item, answer);
	if (!work_parties(&finding, worker, item->line.column))
		slot->out.failed = true;
	if (worker->kept && !work->options->totals_only && is_asked(&finding, work) &&
	    !kept_fill(&finding, worker->kept, item))
		slot->out.failed = true;
	work_finding(worker, slot, &finding);
	return TW_OK;
}

/* The line that the item was read from, where it is one. */
static int work_item(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	int code = item_stopped(worker->item, error);
	slot->lines++;
	if (!code && (!worker->item->is_empty || worker->item->reason))
		code = worker->work->laws ? laws_take_item(worker, slot, error)
					  : work_line(worker, slot, error);
	return code;
}

int work_row(struct worker *worker, struct pass_slot *slot, char *text, struct batch_record *record,
	     struct tw_error *error)
{
	int code = TW_OK;
	if (!batch_is_blank(text, record->length)) {
		item_read_row(worker->item, &slot->batch, text, record,
			      worker->work->options->columns);
		code = work_item(worker, slot, error);
	}
	return code;
}

/* The rows that were found in a text, by their plans where they can be read so. */
static int work_found(struct worker *worker, struct pass_slot *slot, char *text,
		      const struct scan *scan, uint64_t *number, struct tw_error *error)
{
	bool done = false;
	size_t at = 0;
	int code = worker->planned
		       ? planned_rows(&done, worker->planned, slot, text, scan, number, error)
		       : TW_OK;
	for (size_t i = 0; i < scan->rows && !code && !done; i++) {
		struct batch_record record = {.number = *number,
					      .length = scan->mark[scan->end[i]] + 1 - at};
		*number += scan->row[i] & SCAN_LINES && !slot->batch.input->is_table
			       ? csv_newlines(text + at, record.length)
			       : 1;
		code = work_row(worker, slot, text + at, &record, error);
		at += record.length;
	}
	return code;
}

/* Rows as they stand in the file; those that are not to the letter one by one. */
static int work_rows(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	struct tw_text rest = slot->batch.rows;
	char *text = slot->batch.window + (rest.at - slot->batch.window);
	char separator = slot->batch.input->separator;
	struct batch_record record = {.number = slot->batch.number};
	int code = TW_OK;
	if (slot->batch.is_scanned)
		return work_found(worker, slot, text, &slot->batch.scan, &record.number, error);
	while (rest.length && !code) {
		size_t taken = scan_rows(&worker->scan, rest, separator);
		if (taken == SIZE_MAX)
			return error_memory(error);
		code = work_found(worker, slot, text, &worker->scan, &record.number, error);
		rest = (struct tw_text){rest.at + taken, rest.length - taken};
		text += taken;
		if (!rest.length || code)
			break;
		csv_end(&record.length, &(size_t){0}, rest, separator, true);
		size_t length = record.length;
		uint64_t lines = csv_newlines(text, length);
		code = work_row(worker, slot, text, &record, error);
		record.number += lines;
		rest = (struct tw_text){rest.at + length, rest.length - length};
		text += length;
	}
	return code;
}

int work_batch(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct worker *worker = at;
	int code = TW_OK;
	if (slot->batch.rows.length)
		return work_rows(worker, slot, error);
	for (size_t i = 0; i < slot->batch.count && !code; i++) {
		item_read(worker->item, &slot->batch, i, worker->work->options->columns);
		code = work_item(worker, slot, error);
	}
	return code;
}

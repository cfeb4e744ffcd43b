/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shipments: a record a line, sorted by shipment, is summed and sorted back into
 * input order, so that each line knows the value of its whole shipment.
 */
#include "common/capped.h"
#include "common/subtotals.h"
#include "lines/gather_pass.h"

#include <string.h>

/* Sorted by shipment, number of the line in an entry summary, and place. */
struct ship_record {
	key16 shipment, line;
	key8 ordinal;
	tw_money value, retail;
	tw_time entered;
	uint64_t read, answered, is_entry;
};
struct ship_total {
	tw_money value, retail;
	tw_time entered, last;
	uint64_t first, lines;
};
/* Shipments: the work on a line. */
int gather_shipment(struct gather_worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	const struct tw_line *line = &worker->item->line;
	bool is_entry = worker->item->is_es003 && worker->item->entry_line.length != 0;
	struct tw_text shipment =
	    is_entry ? worker->item->entry_summary : line->column[TW_COLUMN_SHIPMENT];
	const struct tw_assessment *answer;
	if (!shipment.length)
		return TW_OK;
	struct ship_record record = {.entered = TW_TIME_MAX, .is_entry = is_entry};
	if (!worker->item->reason) {
		int code = worker->options->assess(&answer, worker->assessor, line, error);
		if (code)
			return code;
		record.read = true;
		record.value = gather_money(line->column[TW_COLUMN_VALUE]);
		record.retail = gather_retail(line);
		record.answered = answer->status != TW_STATUS_REFUSED;
		record.entered = record.answered ? answer->entered : TW_TIME_MAX;
	} else if (!record.is_entry) {
		return TW_OK;
	}
	if (record.is_entry)
		gather_hash(record.line, worker->item->entry_line, 3, false);
	gather_hash(record.shipment, shipment, 1, false);
	sort_put(record.ordinal, worker->item->ordinal);
	buffer_put(&slot->out, &record, sizeof record);
	return TW_OK;
}
static void add_line(void *sum, const void *at, const void *last, void *context)
{
	struct ship_total *total = sum;
	const struct ship_record *record = at;
	(void)context;
	if (!last)
		*total = (struct ship_total){
		    .entered = TW_TIME_MAX, .last = TW_TIME_MIN, .first = UINT64_MAX};
	total->lines += record->read;
	total->value = capped_sum(total->value, record->value);
	total->retail = capped_sum(total->retail, record->retail);
	if (record->entered < total->entered)
		total->entered = record->entered;
	if (record->answered && record->entered > total->last)
		total->last = record->entered;
	if (record->answered && sort_get(record->ordinal) < total->first)
		total->first = sort_get(record->ordinal);
}

static const struct subtotals_form shipments_form = {
    .record = sizeof(struct ship_record),
    .total = sizeof(struct ship_total),
    .key = offsetof(struct ship_record, line),
    .add = add_line,
};

/* Of the same line of one entry summary. */
static bool same_entry_line(const struct ship_record *a, const struct ship_record *b)
{
	return a->is_entry && b->is_entry &&
	       !memcmp(a->shipment, b->shipment, sizeof a->shipment) &&
	       !memcmp(a->line, b->line, sizeof a->line);
}

static int give(struct sort *answers, const struct ship_record *record,
		const struct ship_total *total, bool apart, struct tw_error *error)
{
	struct ship_answer answer;
	if (total->lines < 2 && !apart)
		return TW_OK;
	memset(&answer, 0, sizeof answer);
	memcpy(answer.ordinal, record->ordinal, sizeof answer.ordinal);
	answer.value = total->value;
	answer.retail = total->retail;
	answer.entered = total->entered;
	answer.last = total->last;
	answer.first = total->first;
	answer.is_shared = total->lines > 1;
	answer.is_apart = apart;
	return sort_add(answers, &answer, error);
}

/* Gives each line of a shipment of several its shipment's total, and says of the rows of an entry
   line whether others of it stand elsewhere. */
static int spread_shipments(struct sort *answers, struct subtotals *subtotals,
			    struct tw_error *error)
{
	struct ship_record record = {0}, next;
	struct ship_total total = {0};
	const void *at = NULL;
	bool before = false;
	int code = TW_OK, got = subtotals_next(subtotals, &next, &at, error);
	while (!code && got > 0) {
		record = next;
		memcpy(&total, at, sizeof total);
		got = subtotals_next(subtotals, &next, &at, error);
		bool after = got > 0 && same_entry_line(&record, &next);
		code = give(answers, &record, &total, before || after, error);
		before = after;
	}
	return got < 0 ? got : code ? code : sort_finish(answers, error);
}

int gather_shipments(struct sort **out, struct gather *gather, const struct gather_options *options,
		     struct tw_error *error)
{
	struct sort *records = NULL, *answers = NULL;
	struct subtotals *subtotals = NULL;
	int code = sort_new(&records, sizeof(struct ship_record), gather_memory(gather), error);
	if (code || (code = gather_run(gather, options, gather_shipment, records,
				       sizeof(struct ship_record), error)))
		goto done;
	if ((code = subtotals_new(&subtotals, records, &shipments_form, NULL, error)))
		goto done;
	code = sort_new(&answers, sizeof(struct ship_answer), gather_memory(gather), error);
	if (!code)
		code = spread_shipments(answers, subtotals, error);
done:
	subtotals_free(subtotals);
	sort_free(records);
	if (code)
		sort_free(answers);
	else
		*out = answers;
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shipments: a record a line, sorted by shipment, is summed and sorted back into
 * input order, so that each line knows the value of its whole shipment.
 */
#include "gather_pass.h"

#include <string.h>

/* Sorted by shipment and place. */
struct ship_record {
	key16 shipment;
	key8 ordinal;
	tw_money value, retail;
	tw_time entered;
	uint64_t answered;
};
struct ship_total {
	tw_money value, retail;
	tw_time entered;
	uint64_t first, lines;
};
/* Sorted by place: what the lines of shipments are given. */
/* Shipments: the work on a line. */
static int work_shipment(struct gather_worker *worker, struct pass_slot *slot,
			 struct tw_error *error)
{
	const struct tw_line *line = &worker->item->line;
	struct tw_text shipment = line->column[TW_COLUMN_SHIPMENT];
	const struct tw_assessment *answer;
	if (!shipment.length)
		return TW_OK;
	int result = worker->options->assess(&answer, worker->assessor, line, error);
	if (result)
		return result;
	struct ship_record record = {
	    .value = gather_money(line->column[TW_COLUMN_VALUE]),
	    .retail = gather_retail(line),
	    .answered = answer->status != TW_STATUS_REFUSED,
	    .entered = answer->status != TW_STATUS_REFUSED ? answer->entered : TW_TIME_MAX};
	gather_shipment_key(record.shipment, line);
	sort_put(record.ordinal, worker->item->ordinal);
	buffer_put(&slot->out, &record, sizeof record);
	return TW_OK;
}
/* Shipment totals, in the order of the sorted records. */
static int sum_shipments(FILE *totals, struct sort *records, struct tw_error *error)
{
	struct ship_record record;
	struct ship_total total;
	key16 shipment = {0};
	bool open = false, wrote = true;
	int got;
	while ((got = sort_next(records, &record, error)) > 0) {
		if (!open || memcmp(shipment, record.shipment, sizeof shipment) != 0) {
			if (open)
				wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
			total = (struct ship_total){.entered = TW_TIME_MAX, .first = UINT64_MAX};
			memcpy(shipment, record.shipment, sizeof shipment);
			open = true;
		}
		total.lines++;
		total.value = gather_sum(total.value, record.value);
		total.retail = gather_sum(total.retail, record.retail);
		if (record.entered < total.entered)
			total.entered = record.entered;
		if (record.answered && total.first == UINT64_MAX)
			total.first = sort_get(record.ordinal);
	}
	if (open)
		wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
	rewind(totals);
	return got < 0 ? got
	       : wrote ? TW_OK
		       : gather_fail(error, TW_BAD_FILE, "temporary file is full");
}

/* Gives each line of a shipment of several its shipment's total. */
static int spread_shipments(struct sort *answers, FILE *totals, struct sort *records,
			    struct tw_error *error)
{
	struct ship_record record;
	struct ship_total total = {0};
	key16 shipment = {0};
	bool open = false;
	int got, result = sort_rewind(records, error);
	while (!result && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if (!open || memcmp(shipment, record.shipment, sizeof shipment) != 0) {
			if (fread(&total, sizeof total, 1, totals) != 1)
				return gather_fail(error, TW_BAD_FILE,
						   "temporary file is cut short");
			memcpy(shipment, record.shipment, sizeof shipment);
			open = true;
		}
		if (total.lines < 2)
			continue;
		struct ship_answer answer = {.value = total.value,
					     .retail = total.retail,
					     .entered = total.entered,
					     .first = total.first};
		memcpy(answer.ordinal, record.ordinal, sizeof answer.ordinal);
		result = sort_add(answers, &answer, error);
	}
	return result ? result : sort_finish(answers, error);
}

int gather_shipments(struct sort **out, struct gather *gather, const struct gather_options *options,
		     struct tw_error *error)
{
	struct sort *records = NULL, *answers = NULL;
	FILE *totals = NULL;
	int result = sort_new(&records, sizeof(struct ship_record), gather_memory(gather), error);
	if (result || (result = gather_run(gather, options, work_shipment, records,
					   sizeof(struct ship_record), error)))
		goto done;
	result = TW_BAD_FILE;
	totals = gather_totals(error);
	if (!totals || (result = sum_shipments(totals, records, error)))
		goto done;
	result = sort_new(&answers, sizeof(struct ship_answer), gather_memory(gather), error);
	if (!result)
		result = spread_shipments(answers, totals, records, error);
done:
	if (totals)
		fclose(totals);
	sort_free(records);
	if (result)
		sort_free(answers);
	else
		*out = answers;
	return result;
}

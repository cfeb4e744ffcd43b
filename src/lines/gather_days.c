/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The daily sum: each line is assessed as if nothing had been let in before;
 * those of one person and day are then gone through in order of entry. It
 * knows no limits: the answer says what may have been let in before.
 *
 * The lots of one order are one unit: they are let in together or lose
 * together, at the place of the first of them (19 CFR 10.153: one order sent
 * in lots to secure the exemption).
 */
#include "common/capped.h"
#include "common/subtotals.h"
#include "lines/gather_pass.h"

#include "common/text_key.h"

#include <string.h>

enum { DAY = 86400 };

struct day_total {
	tw_money all, eligible, limit;
	key8 entered, first; /* the unit's place: of the first lot that could be let in */
	bool placed;
};
/* Sorted by person and day, then place of the unit. */
struct day_unit {
	key16 person;
	key8 unit_entered, unit_first;
	key16 unit;
	key8 entered, first, ordinal;
	tw_money shipment, all, eligible, limit;
	uint64_t is_order;
};
static void put_time(key8 out, tw_time at)
{
	sort_put(out, (uint64_t)at ^ UINT64_C(1) << 63);
}
/* The person's day: consignee, jurisdiction, local day of entry. */
static void person_key(key16 out, const struct tw_line *line, const struct tw_assessment *answer)
{
	tw_time local = answer->entered + answer->entered_offset;
	text_key_person(out, line->column[TW_COLUMN_CONSIGNEE], local / DAY - (local % DAY < 0),
			answer->into ? answer->into : "");
}

/* Daily sum: the work on a line. */
static int work_day(struct gather_worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	struct item *item = worker->item;
	struct tw_line *line = &item->line;
	const struct tw_assessment *answer;
	struct tw_text order = line->column[TW_COLUMN_ORDER];
	if (!line->column[TW_COLUMN_CONSIGNEE].length)
		return TW_OK;
	int code = worker->options->assess(&answer, worker->assessor, line, error);
	if (code || answer->status == TW_STATUS_REFUSED || !answer->de_minimis.applies)
		return code;
	struct day_record record = {.retail = answer->retail < 0 ? 0 : answer->retail,
				    .value = answer->value < 0 ? 0 : answer->value,
				    .room = answer->de_minimis.room,
				    .eligible = answer->de_minimis.eligible,
				    .is_order = order.length > 0};
	record.shipment = line->shipment_retail >= 0 ? line->shipment_retail : record.retail;
	tw_time entered = item->context->shipment_entered;
	put_time(record.entered, entered == TW_TIME_MIN ? answer->entered : entered);
	sort_put(record.first, item->context->shipment_first);
	sort_put(record.ordinal, item->ordinal);
	person_key(record.person, line, answer);
	if (order.length)
		gather_hash(record.unit, order, 4, false);
	else
		memcpy(record.unit + 8, record.first, sizeof record.first);
	buffer_put(&slot->out, &record, sizeof record);
	return TW_OK;
}
static void place(struct day_total *total, const struct day_record *record)
{
	memcpy(total->entered, record->entered, sizeof total->entered);
	memcpy(total->first, record->first, sizeof total->first);
}

static void add_unit(void *sum, const void *at, const void *last, void *context)
{
	struct day_total *total = sum;
	const struct day_record *record = at;
	(void)context;
	if (!last) {
		total->limit = TW_ROOM_ANY;
		place(total, record);
	}
	total->all = capped_sum(total->all, record->retail);
	if (!record->eligible)
		return;
	if (!total->placed)
		place(total, record);
	total->placed = true;
	total->eligible = capped_sum(total->eligible, record->retail);
	tw_money limit = capped_sum(record->room, record->shipment);
	if (limit < total->limit)
		total->limit = limit;
}

static const struct subtotals_form day_units = {
    .record = sizeof(struct day_record),
    .total = sizeof(struct day_total),
    .key = offsetof(struct day_record, entered),
    .add = add_unit,
};

/* Sorts the lines by the place of their unit in the person's day. */
static int place_days(struct sort *units, struct subtotals *subtotals, struct tw_error *error)
{
	struct day_record record;
	const void *at;
	int got, code = TW_OK;
	while (!code && (got = subtotals_next(subtotals, &record, &at, error)) != 0) {
		if (got < 0)
			return got;
		const struct day_total *total = at;
		struct day_unit unit = {.shipment = record.shipment,
					.all = total->all,
					.eligible = total->eligible,
					.limit = total->limit,
					.is_order = record.is_order};
		memcpy(unit.person, record.person, sizeof unit.person);
		memcpy(unit.unit, record.unit, sizeof unit.unit);
		memcpy(unit.unit_entered, total->entered, sizeof unit.unit_entered);
		memcpy(unit.unit_first, total->first, sizeof unit.unit_first);
		memcpy(unit.entered, record.entered, sizeof unit.entered);
		memcpy(unit.first, record.first, sizeof unit.first);
		memcpy(unit.ordinal, record.ordinal, sizeof unit.ordinal);
		code = sort_add(units, &unit, error);
	}
	return code ? code : sort_finish(units, error);
}

/* Goes through each person's day and says what was let in before. */
static int decide_days(struct sort *answers, struct sort *units, struct tw_error *error)
{
	struct day_unit unit, last = {0};
	tw_money before = 0, after = 0; /* let in before this unit, and with it */
	bool open = false;
	int got, result = TW_OK;
	while (!result && (got = sort_next(units, &unit, error)) != 0) {
		if (got < 0)
			return got;
		bool new_person =
		    !open || memcmp(last.person, unit.person, sizeof unit.person) != 0;
		bool new_unit = new_person || memcmp(last.unit, unit.unit, sizeof unit.unit) != 0;
		if (new_unit) {
			before = new_person ? 0 : after;
			tw_money tested = unit.is_order ? unit.eligible : unit.shipment;
			bool loses = capped_sum(before, tested) > unit.limit ||
				     (unit.is_order && unit.all > unit.limit);
			after = loses ? before : capped_sum(before, unit.eligible);
			last = unit;
			open = true;
		}
		struct day_answer answer = {.free_before = before, .order_retail = -1};
		if (unit.is_order) {
			answer.order_retail = unit.all;
			if (unit.eligible > unit.shipment)
				answer.free_before =
				    capped_sum(before, unit.eligible - unit.shipment);
		}
		memcpy(answer.ordinal, unit.ordinal, sizeof answer.ordinal);
		result = sort_add(answers, &answer, error);
	}
	return result ? result : sort_finish(answers, error);
}

int gather_days(struct sort **out, struct sort **together, struct gather *gather,
		const struct gather_options *options, struct tw_error *error)
{
	struct sort *records = NULL, *units = NULL, *answers = NULL;
	struct subtotals *subtotals = NULL;
	int code = sort_new(&records, sizeof(struct day_record), gather_memory(gather), error);
	if (code || (code = gather_run(gather, options, work_day, records,
				       sizeof(struct day_record), error)))
		goto done;
	if ((code = subtotals_new(&subtotals, records, &day_units, NULL, error)))
		goto done;
	code = sort_new(&units, sizeof(struct day_unit), gather_memory(gather), error);
	if (!code)
		code = place_days(units, subtotals, error);
	if (!code)
		code = sort_new(&answers, sizeof(struct day_answer), gather_memory(gather), error);
	if (!code)
		code = decide_days(answers, units, error);
	if (!code)
		code = gather_together(together, gather, records, error);
done:
	subtotals_free(subtotals);
	sort_free(records);
	sort_free(units);
	if (code)
		sort_free(answers);
	else
		*out = answers;
	return code;
}

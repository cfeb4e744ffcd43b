/* SPDX-License-Identifier: Apache-2.0 */
/*
 * First pass, if there are shipments: a record a line, sorted by shipment, is
 * summed and sorted back into input order. Second pass, for the daily sum:
 * each line is assessed as if nothing had been let in before; those of one
 * person and day are then gone through in order of entry.
 *
 * The lots of one order are one unit: they are let in together or lose
 * together, at the place of the first of them (19 CFR 10.153: one order sent
 * in lots to secure the exemption).
 */
#include "gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../assess/money.h"
#include "sort.h"

#define MEMORY ((size_t)1 << 20)
#define NO_LIMIT (INT64_MAX / 4)
enum { LIMITS = 16, DAY = 86400 };

typedef unsigned char key8[8];
typedef unsigned char key16[16];

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
struct ship_answer {
	key8 ordinal;
	tw_money value, retail;
	tw_time entered;
	uint64_t first, continued;
};

/* Sorted by person and day, and unit: an order, or else a shipment. */
struct day_record {
	key16 person, unit;
	key8 entered, first, ordinal;
	tw_money retail; /* of this line */
	tw_money shipment;
	tw_money room; /* what may have been let in before; only if eligible */
	uint64_t eligible, is_order;
};
struct day_total {
	tw_money all, eligible, limit;
	key8 entered, first; /* the unit's place */
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
struct day_answer {
	key8 ordinal;
	tw_money free_before, order_retail;
};

struct gather {
	size_t memory;
	struct sort *ships, *days; /* answers, by place */
	struct ship_answer ship;
	struct day_answer day;
	bool has_ship, has_day;
};

struct worker {
	struct item *item;
	tw_assessor *assessor;
	const struct gather_options *options;
	bool daily;
	tw_money limit[LIMITS]; /* limits met so far, to save probing */
	size_t limits;
};

static tw_money sum(tw_money a, tw_money b)
{
	tw_money total;
	return __builtin_add_overflow(a, b, &total) ? INT64_MAX : total;
}

static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

/* 128 bits of a text; `tag` keeps kinds of keys apart. `fold`: case and runs of blanks do not
 * count, as people write names. */
static void hash(key16 out, struct tw_text text, uint64_t tag, bool fold)
{
	uint64_t a = mix(tag ^ UINT64_C(0x9e3779b97f4a7c15)), b = mix(a ^ tag);
	bool blank = false;
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (fold && c >= 'A' && c <= 'Z')
			c = (unsigned char)(c | 0x20);
		if (fold && c == ' ' && blank)
			continue;
		blank = c == ' ';
		length++;
		a = (a ^ c) * UINT64_C(0x9fb21c651e98df25);
		a ^= a >> 29;
		b = (b ^ c) * UINT64_C(0xd6e8feb86659fd93);
		b ^= b >> 32;
	}
	sort_put(out, mix(a + length));
	sort_put(out + 8, mix(b ^ a));
}

static void put_time(key8 out, tw_time at)
{
	sort_put(out, (uint64_t)at ^ UINT64_C(1) << 63);
}

static tw_money read_money(struct tw_text text)
{
	const char *right;
	tw_money amount;
	return text.length && money_parse(&amount, text, &right) ? amount : 0;
}

/* Fair retail value if it is given, else the value. */
static tw_money retail_of(const struct tw_line *line)
{
	struct tw_text retail = line->column[TW_COLUMN_RETAIL_VALUE];
	return read_money(retail.length ? retail : line->column[TW_COLUMN_VALUE]);
}

static int fail(struct tw_error *error, int code, const char *what)
{
	if (error) {
		*error = (struct tw_error){.code = code};
		snprintf(error->message, sizeof error->message, "%s", what);
	}
	return code;
}

/* Shipments: the work on a line. */
static int work_shipment(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
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
	    .value = read_money(line->column[TW_COLUMN_VALUE]),
	    .retail = retail_of(line),
	    .answered = answer->status != TW_STATUS_REFUSED,
	    .entered = answer->status != TW_STATUS_REFUSED ? answer->entered : TW_TIME_MAX};
	hash(record.shipment, shipment, 1, false);
	sort_put(record.ordinal, worker->item->ordinal);
	buffer_put(&slot->out, &record, sizeof record);
	return TW_OK;
}

static int is_free(bool *out, struct worker *worker, struct tw_line *line, tw_money before,
		   struct tw_error *error)
{
	const struct tw_assessment *answer;
	line->free_before = before;
	int result = worker->options->assess(&answer, worker->assessor, line, error);
	*out = !result && answer->status != TW_STATUS_REFUSED && answer->de_minimis.applies &&
	       answer->de_minimis.eligible;
	return result;
}

/* Whether `room` is exactly how much may have been let in before. */
static int is_room(bool *out, struct worker *worker, struct tw_line *line, tw_money room,
		   struct tw_error *error)
{
	int result = is_free(out, worker, line, room, error);
	if (result || !*out)
		return result;
	result = is_free(out, worker, line, room + 1, error);
	*out = !*out;
	return result;
}

/*
 * How much may have been let in before so that this line still is: limits met
 * before are tried first, then it is searched for.
 */
static int find_room(tw_money *out, struct worker *worker, struct tw_line *line, tw_money retail,
		     struct tw_error *error)
{
	bool found = false;
	int result = TW_OK;
	for (size_t i = 0; i < worker->limits && !found && !result; i++) {
		*out = worker->limit[i] - retail;
		if (*out >= 0)
			result = is_room(&found, worker, line, *out, error);
	}
	if (result || found)
		return result;
	tw_money low = 0, high = TW_MONEY_LIMIT;
	result = is_free(&found, worker, line, high, error);
	if (found) {
		*out = NO_LIMIT;
		return result;
	}
	while (!result && low + 1 < high) {
		tw_money middle = low + (high - low) / 2;
		result = is_free(&found, worker, line, middle, error);
		if (found)
			low = middle;
		else
			high = middle;
	}
	*out = low;
	worker->limit[worker->limits < LIMITS ? worker->limits++ : LIMITS - 1] = sum(low, retail);
	return result;
}

/* The person's day: consignee, jurisdiction, local day of entry. */
static void person_key(key16 out, const struct tw_line *line, const struct tw_assessment *answer)
{
	char text[64];
	key16 name;
	tw_time local = answer->entered + answer->entered_offset;
	long long day = (long long)(local / DAY - (local % DAY < 0));
	hash(name, line->column[TW_COLUMN_CONSIGNEE], 2, true);
	int length = snprintf(
	    text, sizeof text, "%016llx%016llx %lld %.2s", (unsigned long long)sort_get(name),
	    (unsigned long long)sort_get(name + 8), day, answer->into ? answer->into : "");
	hash(out, (struct tw_text){text, (size_t)length}, 3, false);
}

/* Daily sum: the work on a line. */
static int work_day(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	struct item *item = worker->item;
	struct tw_line *line = &item->line;
	const struct tw_assessment *answer;
	struct tw_text order = line->column[TW_COLUMN_ORDER];
	if (!line->column[TW_COLUMN_CONSIGNEE].length)
		return TW_OK;
	int result = worker->options->assess(&answer, worker->assessor, line, error);
	if (result || answer->status == TW_STATUS_REFUSED || !answer->de_minimis.applies)
		return result;
	struct day_record record = {.retail = retail_of(line),
				    .eligible = answer->de_minimis.eligible,
				    .is_order = order.length > 0};
	record.shipment = line->shipment_retail >= 0 ? line->shipment_retail : record.retail;
	tw_time entered = item->context->shipment_entered;
	put_time(record.entered, entered == TW_TIME_MIN ? answer->entered : entered);
	sort_put(record.first, item->context->shipment_first);
	sort_put(record.ordinal, item->ordinal);
	person_key(record.person, line, answer);
	if (order.length)
		hash(record.unit, order, 4, false);
	else
		memcpy(record.unit + 8, record.first, sizeof record.first);
	if (record.eligible)
		result = find_room(&record.room, worker, line, record.shipment, error);
	buffer_put(&slot->out, &record, sizeof record);
	return result;
}

static int work(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct worker *worker = at;
	int result = TW_OK;
	for (size_t i = 0; i < slot->batch.count && !result; i++) {
		item_read(worker->item, &slot->batch, i, worker->options->columns);
		if (worker->item->reason || worker->item->is_empty)
			continue;
		result = worker->daily ? work_day(worker, slot, error)
				       : work_shipment(worker, slot, error);
	}
	return result;
}

/* What the handing-over thread of a pass needs. */
struct collect {
	struct gather *gather; /* contexts of the shipments, in the daily pass */
	struct sort *into;
	size_t record;
	const struct gather_options *options;
	uint64_t lines;
};

static int prepare(void *at, struct batch *batch, struct tw_error *error)
{
	struct collect *collect = at;
	return gather_fill(collect->gather, batch, error);
}

static int done(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct collect *collect = at;
	int result = TW_OK;
	for (size_t i = 0; i < slot->out.length && !result; i += collect->record)
		result = sort_add(collect->into, slot->out.at + i, error);
	collect->lines += slot->batch.count;
	if (collect->options->progress)
		collect->options->progress(collect->options->progress_context, collect->lines);
	return result;
}

static int run_pass(struct gather *gather, const struct gather_options *options, bool daily,
		    struct collect *collect, struct tw_error *error)
{
	void **workers = calloc(options->jobs, sizeof *workers);
	struct worker *worker = calloc(options->jobs, sizeof *worker);
	int result = workers && worker ? TW_OK : fail(error, TW_NO_MEMORY, "no memory left");
	for (unsigned i = 0; i < options->jobs && !result; i++) {
		worker[i] = (struct worker){
		    .assessor = options->assessors[i], .options = options, .daily = daily};
		workers[i] = &worker[i];
		if (item_new(&worker[i].item))
			result = fail(error, TW_NO_MEMORY, "no memory left");
	}
	collect->gather = gather;
	collect->options = options;
	struct pass pass = {.inputs = options->inputs,
			    .input_count = options->input_count,
			    .jobs = options->jobs,
			    .workers = workers,
			    .context = collect,
			    .prepare = prepare,
			    .done = done,
			    .work = work};
	if (!result)
		result = pass_run(&pass, error);
	for (unsigned i = 0; worker && i < options->jobs; i++)
		item_free(worker[i].item);
	free(worker);
	free(workers);
	for (size_t i = 0; i < options->input_count && !result; i++)
		result = input_rewind(&options->inputs[i], error);
	return result ? result : sort_finish(collect->into, error);
}

static FILE *totals_file(struct tw_error *error)
{
	int fd = input_temporary(error);
	return fd < 0 ? NULL : fdopen(fd, "w+b");
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
		total.value = sum(total.value, record.value);
		total.retail = sum(total.retail, record.retail);
		if (record.entered < total.entered)
			total.entered = record.entered;
		if (record.answered && total.first == UINT64_MAX)
			total.first = sort_get(record.ordinal);
	}
	if (open)
		wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
	rewind(totals);
	return got < 0 ? got : wrote ? TW_OK : fail(error, TW_BAD_FILE, "temporary file is full");
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
				return fail(error, TW_BAD_FILE, "temporary file is cut short");
			memcpy(shipment, record.shipment, sizeof shipment);
			open = true;
		}
		if (total.lines < 2)
			continue;
		uint64_t ordinal = sort_get(record.ordinal);
		struct ship_answer answer = {.value = total.value,
					     .retail = total.retail,
					     .entered = total.entered,
					     .first = total.first,
					     .continued = ordinal != total.first};
		memcpy(answer.ordinal, record.ordinal, sizeof answer.ordinal);
		result = sort_add(answers, &answer, error);
	}
	return result ? result : sort_finish(answers, error);
}

static int gather_shipments(struct gather *gather, const struct gather_options *options,
			    struct tw_error *error)
{
	struct collect collect = {.record = sizeof(struct ship_record)};
	struct sort *answers = NULL;
	FILE *totals = NULL;
	int result = sort_new(&collect.into, collect.record, gather->memory, error);
	if (result || (result = run_pass(gather, options, false, &collect, error)))
		goto done;
	result = TW_BAD_FILE;
	totals = totals_file(error);
	if (!totals || (result = sum_shipments(totals, collect.into, error)))
		goto done;
	result = sort_new(&answers, sizeof(struct ship_answer), gather->memory, error);
	if (!result)
		result = spread_shipments(answers, totals, collect.into, error);
done:
	if (totals)
		fclose(totals);
	sort_free(collect.into);
	if (result)
		sort_free(answers);
	else
		gather->ships = answers;
	return result;
}

/* Totals of the units, in the order of the sorted records. */
static int sum_days(FILE *totals, struct sort *records, struct tw_error *error)
{
	struct day_record record, last = {0};
	struct day_total total = {0};
	bool open = false, wrote = true, placed = false;
	int got;
	while ((got = sort_next(records, &record, error)) > 0) {
		if (!open || memcmp(&last, &record, 2 * sizeof(key16)) != 0) {
			if (open)
				wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
			total = (struct day_total){.limit = NO_LIMIT};
			memcpy(total.entered, record.entered, sizeof total.entered);
			memcpy(total.first, record.first, sizeof total.first);
			last = record;
			open = true;
			placed = false;
		}
		total.all = sum(total.all, record.retail);
		if (!record.eligible)
			continue;
		if (!placed) { /* the first lot that could be let in */
			memcpy(total.entered, record.entered, sizeof total.entered);
			memcpy(total.first, record.first, sizeof total.first);
			placed = true;
		}
		total.eligible = sum(total.eligible, record.retail);
		tw_money limit = sum(record.room, record.shipment);
		if (limit < total.limit)
			total.limit = limit;
	}
	if (open)
		wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
	rewind(totals);
	return got < 0 ? got : wrote ? TW_OK : fail(error, TW_BAD_FILE, "temporary file is full");
}

/* Sorts the lines by the place of their unit in the person's day. */
static int place_days(struct sort *units, FILE *totals, struct sort *records,
		      struct tw_error *error)
{
	struct day_record record, last = {0};
	struct day_total total = {0};
	bool open = false;
	int got, result = sort_rewind(records, error);
	while (!result && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if (!open || memcmp(&last, &record, 2 * sizeof(key16)) != 0) {
			if (fread(&total, sizeof total, 1, totals) != 1)
				return fail(error, TW_BAD_FILE, "temporary file is cut short");
			last = record;
			open = true;
		}
		struct day_unit unit = {.shipment = record.shipment,
					.all = total.all,
					.eligible = total.eligible,
					.limit = total.limit,
					.is_order = record.is_order};
		memcpy(unit.person, record.person, sizeof unit.person);
		memcpy(unit.unit, record.unit, sizeof unit.unit);
		memcpy(unit.unit_entered, total.entered, sizeof unit.unit_entered);
		memcpy(unit.unit_first, total.first, sizeof unit.unit_first);
		memcpy(unit.entered, record.entered, sizeof unit.entered);
		memcpy(unit.first, record.first, sizeof unit.first);
		memcpy(unit.ordinal, record.ordinal, sizeof unit.ordinal);
		result = sort_add(units, &unit, error);
	}
	return result ? result : sort_finish(units, error);
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
			bool loses = sum(before, tested) > unit.limit ||
				     (unit.is_order && unit.all > unit.limit);
			after = loses ? before : sum(before, unit.eligible);
			last = unit;
			open = true;
		}
		struct day_answer answer = {.free_before = before, .order_retail = -1};
		if (unit.is_order) {
			answer.order_retail = unit.all;
			if (unit.eligible > unit.shipment)
				answer.free_before = sum(before, unit.eligible - unit.shipment);
		}
		memcpy(answer.ordinal, unit.ordinal, sizeof answer.ordinal);
		result = sort_add(answers, &answer, error);
	}
	return result ? result : sort_finish(answers, error);
}

static int gather_days(struct gather *gather, const struct gather_options *options,
		       struct tw_error *error)
{
	struct collect collect = {.record = sizeof(struct day_record)};
	struct sort *units = NULL, *answers = NULL;
	FILE *totals = NULL;
	int result = sort_new(&collect.into, collect.record, gather->memory, error);
	if (result || (result = run_pass(gather, options, true, &collect, error)))
		goto done;
	result = TW_BAD_FILE;
	totals = totals_file(error);
	if (!totals || (result = sum_days(totals, collect.into, error)))
		goto done;
	result = sort_new(&units, sizeof(struct day_unit), gather->memory, error);
	if (!result)
		result = place_days(units, totals, collect.into, error);
	if (!result)
		result = sort_new(&answers, sizeof(struct day_answer), gather->memory, error);
	if (!result)
		result = decide_days(answers, units, error);
done:
	if (totals)
		fclose(totals);
	sort_free(collect.into);
	sort_free(units);
	if (result)
		sort_free(answers);
	else
		gather->days = answers;
	return result;
}

/* The first answers, to be met as the batches come. */
static int begin(struct gather *gather, struct tw_error *error)
{
	int got = TW_OK;
	if (gather->ships) {
		got = sort_rewind(gather->ships, error);
		if (got >= 0)
			got = sort_next(gather->ships, &gather->ship, error);
		gather->has_ship = got > 0;
	}
	if (got >= 0 && gather->days) {
		got = sort_next(gather->days, &gather->day, error);
		gather->has_day = got > 0;
	}
	return got < 0 ? got : TW_OK;
}

int gather_new(struct gather **out, const struct gather_options *options, struct tw_error *error)
{
	struct gather *gather = calloc(1, sizeof *gather);
	if (!gather)
		return fail(error, TW_NO_MEMORY, "no memory left");
	gather->memory = options->memory ? options->memory : MEMORY;
	int result = TW_OK;
	if (options->shipments) {
		result = gather_shipments(gather, options, error);
		if (!result)
			result = begin(gather, error);
	}
	if (!result && options->daily_sum) {
		result = gather_days(gather, options, error);
		if (!result)
			result = begin(gather, error);
	}
	if (result)
		gather_free(gather);
	else
		*out = gather;
	return result;
}

void gather_free(struct gather *gather)
{
	if (!gather)
		return;
	sort_free(gather->ships);
	sort_free(gather->days);
	free(gather);
}

int gather_fill(struct gather *gather, struct batch *batch, struct tw_error *error)
{
	int got = TW_OK;
	for (size_t i = 0; i < batch->count && got >= 0; i++) {
		struct batch_context *context = &batch->context[i];
		uint64_t ordinal = batch->ordinal + i;
		if (gather->has_ship && sort_get(gather->ship.ordinal) == ordinal) {
			context->shipment_value = gather->ship.value;
			context->shipment_retail = gather->ship.retail;
			context->shipment_first = gather->ship.first;
			context->shipment_entered = gather->ship.entered == TW_TIME_MAX
							? TW_TIME_MIN
							: gather->ship.entered;
			context->shipment_continued = gather->ship.continued;
			got = sort_next(gather->ships, &gather->ship, error);
			gather->has_ship = got > 0;
		}
		if (got >= 0 && gather->has_day && sort_get(gather->day.ordinal) == ordinal) {
			context->free_before = gather->day.free_before;
			context->order_retail = gather->day.order_retail;
			got = sort_next(gather->days, &gather->day, error);
			gather->has_day = got > 0;
		}
	}
	return got < 0 ? got : TW_OK;
}

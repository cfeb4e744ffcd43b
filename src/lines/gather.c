/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The passes that read ahead, in their order: values of the shipments, the daily
 * sum, what the lines of a shipment owe together; and handing out what came of
 * them. Each pass sorts records of fixed size on temporary files, so memory
 * does not grow with the input.
 */
#include "gather_pass.h"

#include <stdlib.h>
#include <string.h>

#include "../assess/money.h"

#define MEMORY ((size_t)1 << 20)

struct gather {
	size_t memory;
	struct sort *ships, *days, *shares; /* answers, by place */
	struct ship_answer ship;
	struct day_answer day;
	struct share_answer share;
	bool has_ship, has_day, has_share;
};

/* What the handing-over thread of a pass needs. */
struct collect {
	struct gather *gather; /* contexts of what is known by now */
	struct sort *into;
	size_t record;
	const struct gather_options *options;
	uint64_t lines;
};

tw_money gather_sum(tw_money a, tw_money b)
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
void gather_hash(key16 out, struct tw_text text, uint64_t tag, bool fold)
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

void gather_shipment_key(key16 out, const struct tw_line *line)
{
	gather_hash(out, line->column[TW_COLUMN_SHIPMENT], 1, false);
}

tw_money gather_money(struct tw_text text)
{
	const char *right;
	tw_money amount;
	return text.length && money_parse(&amount, text, &right) ? amount : 0;
}

/* Fair retail value if it is given, else the value. */
tw_money gather_retail(const struct tw_line *line)
{
	struct tw_text retail = line->column[TW_COLUMN_RETAIL_VALUE];
	return gather_money(retail.length ? retail : line->column[TW_COLUMN_VALUE]);
}

int gather_fail(struct tw_error *error, int code, const char *what)
{
	if (error) {
		*error = (struct tw_error){.code = code};
		snprintf(error->message, sizeof error->message, "%s", what);
	}
	return code;
}

static int work(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct gather_worker *worker = at;
	int result = TW_OK;
	for (size_t i = 0; i < slot->batch.count && !result; i++) {
		item_read(worker->item, &slot->batch, i, worker->options->columns);
		if (worker->item->reason || worker->item->is_empty)
			continue;
		result = worker->work(worker, slot, error);
	}
	return result;
}

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

int gather_run(struct gather *gather, const struct gather_options *options, gather_work *line_work,
	       struct sort *into, size_t record, struct tw_error *error)
{
	void **workers = calloc(options->jobs, sizeof *workers);
	struct gather_worker *worker = calloc(options->jobs, sizeof *worker);
	int result = workers && worker ? TW_OK : gather_fail(error, TW_NO_MEMORY, "no memory left");
	for (unsigned i = 0; i < options->jobs && !result; i++) {
		worker[i] = (struct gather_worker){
		    .assessor = options->assessors[i], .options = options, .work = line_work};
		workers[i] = &worker[i];
		if (item_new(&worker[i].item))
			result = gather_fail(error, TW_NO_MEMORY, "no memory left");
	}
	struct collect collect = {
	    .gather = gather, .into = into, .record = record, .options = options};
	struct pass pass = {.inputs = options->inputs,
			    .input_count = options->input_count,
			    .jobs = options->jobs,
			    .workers = workers,
			    .context = &collect,
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
	return result ? result : sort_finish(into, error);
}

FILE *gather_totals(struct tw_error *error)
{
	int fd = input_temporary(error);
	return fd < 0 ? NULL : fdopen(fd, "w+b");
}

size_t gather_memory(const struct gather *gather)
{
	return gather->memory;
}

static int first(struct sort *sort, void *record, bool *has, struct tw_error *error)
{
	int got = sort_rewind(sort, error);
	if (got >= 0)
		got = sort_next(sort, record, error);
	*has = got > 0;
	return got < 0 ? got : TW_OK;
}

/* The first answers, to be met as the batches come. */
static int begin(struct gather *gather, struct tw_error *error)
{
	int result = TW_OK;
	if (gather->ships)
		result = first(gather->ships, &gather->ship, &gather->has_ship, error);
	if (!result && gather->days)
		result = first(gather->days, &gather->day, &gather->has_day, error);
	if (!result && gather->shares)
		result = first(gather->shares, &gather->share, &gather->has_share, error);
	return result;
}

/*
 * A shipment is one entry: where the law asks for unlike types on its lines, the
 * type must be known before it is known what each line brings to the fees.
 */
static int share_out(struct gather *gather, const struct gather_options *options,
		     struct tw_error *error)
{
	bool again = true;
	int result = TW_OK;
	for (int round = 0; round < 2 && again && !result; round++) {
		struct sort *answers = NULL;
		again = round == 0;
		result = gather_shares(&answers, &again, gather, options, error);
		sort_free(gather->shares);
		gather->shares = answers;
		gather->has_share = false;
		if (!result)
			result = begin(gather, error);
	}
	return result;
}

int gather_new(struct gather **out, const struct gather_options *options, struct tw_error *error)
{
	struct gather *gather = calloc(1, sizeof *gather);
	if (!gather)
		return gather_fail(error, TW_NO_MEMORY, "no memory left");
	gather->memory = options->memory ? options->memory : MEMORY;
	int result = TW_OK;
	if (options->shipments) {
		result = gather_shipments(&gather->ships, gather, options, error);
		if (!result)
			result = begin(gather, error);
	}
	bool shared = gather->has_ship; /* some shipment has several lines */
	if (!result && options->daily_sum) {
		result = gather_days(&gather->days, gather, options, error);
		if (!result)
			result = begin(gather, error);
	}
	if (!result && shared)
		result = share_out(gather, options, error);
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
	sort_free(gather->shares);
	free(gather);
}

static int fill_shares(struct gather *gather, struct batch_context *context, uint64_t ordinal,
		       struct tw_error *error)
{
	int got = TW_OK;
	while (got >= 0 && gather->has_share && sort_get(gather->share.ordinal) == ordinal) {
		if (context->shipment_amounts < TW_SHARES)
			context->shipment_amount[context->shipment_amounts++] =
			    (struct tw_shipment_amount){.key =
							    (uint32_t)sort_get(gather->share.key),
							.amount = gather->share.amount,
							.here = gather->share.here};
		got = sort_next(gather->shares, &gather->share, error);
		gather->has_share = got > 0;
	}
	return got;
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
			context->shipment_shared = true;
			got = sort_next(gather->ships, &gather->ship, error);
			gather->has_ship = got > 0;
		}
		if (got >= 0 && gather->has_day && sort_get(gather->day.ordinal) == ordinal) {
			context->free_before = gather->day.free_before;
			context->order_retail = gather->day.order_retail;
			got = sort_next(gather->days, &gather->day, error);
			gather->has_day = got > 0;
		}
		if (got >= 0)
			got = fill_shares(gather, context, ordinal, error);
	}
	return got < 0 ? got : TW_OK;
}

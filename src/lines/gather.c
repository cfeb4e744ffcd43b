/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The passes that read ahead, in their order: values of the shipments, the daily
 * sum, what the lines of a shipment owe together, the sums of a month; and handing out what came of
 * them. Each pass sorts records of fixed size on temporary files, so memory
 * does not grow with the input.
 */
#include "lines/gather.h"

#include "common/error.h"
#include "lines/gather_pass.h"
#include "lines/months.h"

#include <stdlib.h>
#include <string.h>

#include "common/currency.h"
#include "common/money.h"
#include "common/temporary.h"
#include "common/text_key.h"

#define MEMORY ((size_t)1 << 20)

struct gather {
	size_t memory;
	struct sort *ships, *days, *together, *shares; /* answers, by place */
	struct ship_answer ship;
	struct day_answer day;
	struct together_answer with;
	struct share_answer share;
	bool has_ship, has_day, has_with, has_share;
	struct months *months;
};

void gather_hash(key16 out, struct tw_text text, uint64_t tag, bool fold)
{
	text_key_of(out, text, tag, fold);
}

void gather_shipment_key(key16 out, const struct tw_line *line)
{
	gather_hash(out, line->column[TW_COLUMN_SHIPMENT], 1, false);
}

tw_money gather_money(struct tw_text text)
{
	const char *right;
	tw_money amount;
	text = currency_split(text).amount;
	return text.length && money_parse(&amount, text, &right) ? amount : 0;
}

/* Fair retail value if it is given, else the value. */
tw_money gather_retail(const struct tw_line *line)
{
	struct tw_text retail = line->column[TW_COLUMN_RETAIL_VALUE];
	return gather_money(retail.length ? retail : line->column[TW_COLUMN_VALUE]);
}

int gather_run(struct gather *gather, const struct gather_options *options, gather_work *line_work,
	       struct sort *into, size_t record, struct tw_error *error)
{
	int code = options->read(gather, options, line_work, into, record, error);
	return code ? code : sort_finish(into, error);
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
	int code = TW_OK;
	if (gather->ships)
		code = first(gather->ships, &gather->ship, &gather->has_ship, error);
	if (!code && gather->days)
		code = first(gather->days, &gather->day, &gather->has_day, error);
	if (!code && gather->together)
		code = first(gather->together, &gather->with, &gather->has_with, error);
	if (!code && gather->shares)
		code = first(gather->shares, &gather->share, &gather->has_share, error);
	return code;
}

/*
 * A shipment is one entry: where the law asks for unlike types on its lines, the
 * type must be known before it is known what each line brings to the fees.
 */
static int share_out(struct gather *gather, const struct gather_options *options,
		     struct tw_error *error)
{
	bool again = true;
	int code = TW_OK;
	for (int round = 0; round < 2 && again && !code; round++) {
		struct sort *answers = NULL;
		again = round == 0;
		code = gather_shares(&answers, &again, gather, options, error);
		sort_free(gather->shares);
		gather->shares = answers;
		gather->has_share = false;
		if (!code)
			code = begin(gather, error);
	}
	return code;
}

int gather_new(struct gather **out, const struct gather_options *options, struct tw_error *error)
{
	struct gather *gather = calloc(1, sizeof *gather);
	if (!gather)
		return error_memory(error);
	gather->memory = options->memory ? options->memory : MEMORY;
	int code = TW_OK;
	if (options->shipments) {
		code = gather_shipments(&gather->ships, gather, options, error);
		if (!code)
			code = begin(gather, error);
	}
	bool shared = gather->has_ship; /* some shipment has several lines */
	if (!code && options->daily_sum) {
		code = gather_days(&gather->days, &gather->together, gather, options, error);
		if (!code)
			code = begin(gather, error);
	}
	if (!code && shared)
		code = share_out(gather, options, error);
	if (!code && options->monthly_sum)
		code = months_new(&gather->months, gather, options, error);
	if (!code && options->monthly_sum)
		code = begin(gather, error);
	if (code)
		gather_free(gather);
	else
		*out = gather;
	return code;
}

void gather_free(struct gather *gather)
{
	if (!gather)
		return;
	sort_free(gather->ships);
	sort_free(gather->days);
	sort_free(gather->together);
	sort_free(gather->shares);
	months_free(gather->months);
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

int gather_context(struct batch_context *context, struct gather *gather, uint64_t ordinal,
		   struct tw_error *error)
{
	int got = TW_OK;
	bool has_ship = gather->has_ship && sort_get(gather->ship.ordinal) == ordinal;
	*context = batch_alone(ordinal);
	if (has_ship)
		context->rows_apart = gather->ship.is_apart;
	if (has_ship && gather->ship.is_shared) {
		context->shipment_value = gather->ship.value;
		context->shipment_retail = gather->ship.retail;
		context->shipment_first = gather->ship.first;
		context->shipment_entered =
		    gather->ship.entered == TW_TIME_MAX ? TW_TIME_MIN : gather->ship.entered;
		context->shipment_last = gather->ship.last;
		context->shipment_shared = true;
	}
	if (has_ship) {
		got = sort_next(gather->ships, &gather->ship, error);
		gather->has_ship = got > 0;
	}
	if (got >= 0 && gather->has_day && sort_get(gather->day.ordinal) == ordinal) {
		context->free_before = gather->day.free_before;
		context->order_retail = gather->day.order_retail;
		got = sort_next(gather->days, &gather->day, error);
		gather->has_day = got > 0;
	}
	if (got >= 0 && gather->has_with && sort_get(gather->with.ordinal) == ordinal) {
		context->day_shipments = gather->with.shipments;
		context->day_value = gather->with.value;
		got = sort_next(gather->together, &gather->with, error);
		gather->has_with = got > 0;
	}
	if (got >= 0)
		got = fill_shares(gather, context, ordinal, error);
	return got < 0 ? got : TW_OK;
}

int gather_fill(struct gather *gather, struct batch *batch, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t i = 0; i < batch->count && !code; i++)
		code = gather_context(&batch->context[i], gather, batch->ordinal + i, error);
	return code || !gather->months ? code : months_fill(gather->months, batch, error);
}

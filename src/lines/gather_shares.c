/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the lines of a shipment owe together: each line's shares, sorted by
 * shipment and key, are joined by their rule and given back to the lines. What a
 * key means only the assessor knows.
 */
#include "common/capped.h"
#include "common/subtotals.h"
#include "lines/gather_pass.h"

#include <string.h>

/* Sorted by shipment, key and place. */
struct share_record {
	key16 shipment;
	key8 key, ordinal;
	tw_money amount;
	uint64_t rule;
};
struct share_total {
	tw_money amount;
	uint64_t rule;
	key8 carrier; /* the line that is to carry it */
	bool differ;
};

static int work_share(struct gather_worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	const struct item *item = worker->item;
	const struct tw_assessment *answer;
	if (!item->context->shipment_shared)
		return TW_OK;
	int code = worker->options->assess(&answer, worker->assessor, &item->line, error);
	if (code || answer->status == TW_STATUS_REFUSED)
		return code;
	int64_t local = answer->entered + answer->entered_offset;
	int64_t day = (local - (local % 86400 + 86400) % 86400) / 86400;
	for (size_t i = 0; i < answer->share_count; i++) {
		const struct tw_share *share = &answer->shares[i];
		struct share_record record = {.amount = share->amount, .rule = share->rule};
		gather_shipment_key(record.shipment, &item->line);
		/* Lines of one entry have one day: each day of a shipment is summed by itself. */
		sort_put(record.key, (uint64_t)(uint32_t)day << 32 | share->key);
		sort_put(record.ordinal, item->ordinal);
		buffer_put(&slot->out, &record, sizeof record);
	}
	return TW_OK;
}

static void join(struct share_total *total, const struct share_record *record)
{
	bool better = total->rule == TW_SHARE_HIGHEST ? record->amount > total->amount
						      : record->amount < total->amount;
	total->differ = total->differ || record->amount != total->amount;
	if (total->rule == TW_SHARE_SUM) {
		total->amount = capped_sum(total->amount, record->amount);
	} else if (better) {
		total->amount = record->amount;
		memcpy(total->carrier, record->ordinal, sizeof total->carrier);
	}
}

/* `unlike`: lines do not agree on a lowest. */
static void add_share(void *sum, const void *at, const void *last, void *unlike)
{
	struct share_total *total = sum;
	const struct share_record *record = at;
	if (last) {
		join(total, record);
	} else {
		total->amount = record->amount;
		total->rule = record->rule;
		memcpy(total->carrier, record->ordinal, sizeof total->carrier);
	}
	*(bool *)unlike |= total->rule == TW_SHARE_LOWEST && total->differ;
}

static const struct subtotals_form shipments_shares = {
    .record = sizeof(struct share_record),
    .total = sizeof(struct share_total),
    .key = offsetof(struct share_record, ordinal),
    .add = add_share,
};

static int spread_shares(struct sort *answers, struct subtotals *subtotals, bool only_lowest,
			 struct tw_error *error)
{
	struct share_record record;
	const void *at;
	int got, code = TW_OK;
	while (!code && (got = subtotals_next(subtotals, &record, &at, error)) != 0) {
		if (got < 0)
			return got;
		const struct share_total *total = at;
		if (only_lowest && total->rule != TW_SHARE_LOWEST)
			continue;
		struct share_answer answer = {.amount = total->amount};
		answer.here = !memcmp(total->carrier, record.ordinal, sizeof total->carrier);
		memcpy(answer.ordinal, record.ordinal, sizeof answer.ordinal);
		memcpy(answer.key, record.key, sizeof answer.key);
		code = sort_add(answers, &answer, error);
	}
	return code ? code : sort_finish(answers, error);
}

int gather_shares(struct sort **out, bool *only_entry, struct gather *gather,
		  const struct gather_options *options, struct tw_error *error)
{
	struct sort *records = NULL, *answers = NULL;
	struct subtotals *subtotals = NULL;
	bool unlike = false;
	int code = sort_new(&records, sizeof(struct share_record), gather_memory(gather), error);
	if (code || (code = gather_run(gather, options, work_share, records,
				       sizeof(struct share_record), error)))
		goto done;
	if ((code = subtotals_new(&subtotals, records, &shipments_shares, &unlike, error)))
		goto done;
	*only_entry = *only_entry && unlike;
	code = sort_new(&answers, sizeof(struct share_answer), gather_memory(gather), error);
	if (!code)
		code = spread_shares(answers, subtotals, *only_entry, error);
done:
	subtotals_free(subtotals);
	sort_free(records);
	if (code)
		sort_free(answers);
	else
		*out = answers;
	return code;
}

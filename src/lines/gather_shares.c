/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the lines of a shipment owe together: each line's shares, sorted by
 * shipment and key, are joined by their rule and given back to the lines. What a
 * key means only the assessor knows.
 */
#include "common/error.h"
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

static bool same_total(const struct share_record *a, const struct share_record *b)
{
	return !memcmp(a->shipment, b->shipment, sizeof a->shipment) &&
	       !memcmp(a->key, b->key, sizeof a->key);
}

static void join(struct share_total *total, const struct share_record *record)
{
	bool better = total->rule == TW_SHARE_HIGHEST ? record->amount > total->amount
						      : record->amount < total->amount;
	total->differ = total->differ || record->amount != total->amount;
	if (total->rule == TW_SHARE_SUM) {
		total->amount = gather_sum(total->amount, record->amount);
	} else if (better) {
		total->amount = record->amount;
		memcpy(total->carrier, record->ordinal, sizeof total->carrier);
	}
}

/* The totals, in the order of the sorted records. `unlike`: lines do not agree on a lowest. */
static int sum_shares(FILE *totals, bool *unlike, struct sort *records, struct tw_error *error)
{
	struct share_record record, last;
	struct share_total total = {0};
	bool open = false, wrote = true;
	int got;
	*unlike = false;
	for (;;) {
		got = sort_next(records, &record, error);
		if (got > 0 && open && same_total(&last, &record)) {
			join(&total, &record);
			continue;
		}
		if (open) {
			*unlike |= total.rule == TW_SHARE_LOWEST && total.differ;
			wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
		}
		if (got <= 0)
			break;
		memset(&total, 0, sizeof total);
		total.amount = record.amount;
		total.rule = record.rule;
		memcpy(total.carrier, record.ordinal, sizeof total.carrier);
		last = record;
		open = true;
	}
	rewind(totals);
	return got < 0 ? got
	       : wrote ? TW_OK
		       : error_set(error, TW_BAD_FILE, "temporary file is full");
}

static int spread_shares(struct sort *answers, FILE *totals, bool only_lowest, struct sort *records,
			 struct tw_error *error)
{
	struct share_record record, last;
	struct share_total total;
	bool open = false;
	int got, result = sort_rewind(records, error);
	while (!result && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if (!open || !same_total(&last, &record)) {
			if (fread(&total, sizeof total, 1, totals) != 1)
				return error_set(error, TW_BAD_FILE, "temporary file is truncated");
			last = record;
			open = true;
		}
		if (only_lowest && total.rule != TW_SHARE_LOWEST)
			continue;
		struct share_answer answer = {.amount = total.amount};
		answer.here = !memcmp(total.carrier, record.ordinal, sizeof total.carrier);
		memcpy(answer.ordinal, record.ordinal, sizeof answer.ordinal);
		memcpy(answer.key, record.key, sizeof answer.key);
		result = sort_add(answers, &answer, error);
	}
	return result ? result : sort_finish(answers, error);
}

int gather_shares(struct sort **out, bool *only_entry, struct gather *gather,
		  const struct gather_options *options, struct tw_error *error)
{
	struct sort *records = NULL, *answers = NULL;
	FILE *totals = NULL;
	bool unlike;
	int code = sort_new(&records, sizeof(struct share_record), gather_memory(gather), error);
	if (code || (code = gather_run(gather, options, work_share, records,
				       sizeof(struct share_record), error)))
		goto done;
	code = TW_BAD_FILE;
	totals = gather_totals(error);
	if (!totals || (code = sum_shares(totals, &unlike, records, error)))
		goto done;
	*only_entry = *only_entry && unlike;
	code = sort_new(&answers, sizeof(struct share_answer), gather_memory(gather), error);
	if (!code)
		code = spread_shares(answers, totals, *only_entry, records, error);
done:
	if (totals)
		fclose(totals);
	sort_free(records);
	if (code)
		sort_free(answers);
	else
		*out = answers;
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many shipments one consignee has on one local day, and what they are worth together: for what
 * the law says of goods that come together. It knows no limits and joins nothing.
 */
#include "common/capped.h"
#include "common/subtotals.h"
#include "lines/gather_pass.h"

#include <string.h>

/* Sorted by person and day, shipment, place. */
struct together_record {
	key16 person;
	key8 first, ordinal;
	tw_money value;
};
struct together_total {
	uint64_t shipments;
	tw_money value;
};

static int by_shipment(struct sort *out, struct sort *records, struct tw_error *error)
{
	struct day_record record;
	int got, code = sort_rewind(records, error);
	while (!code && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		struct together_record one = {.value = record.value};
		memcpy(one.person, record.person, sizeof one.person);
		memcpy(one.first, record.first, sizeof one.first);
		memcpy(one.ordinal, record.ordinal, sizeof one.ordinal);
		code = sort_add(out, &one, error);
	}
	return code ? code : sort_finish(out, error);
}

static void add_up(void *sum, const void *at, const void *before, void *context)
{
	struct together_total *total = sum;
	const struct together_record *record = at, *last = before;
	(void)context;
	total->shipments += !last || memcmp(last->first, record->first, sizeof last->first) != 0;
	total->value = capped_sum(total->value, record->value);
}

static const struct subtotals_form persons_days = {
    .record = sizeof(struct together_record),
    .total = sizeof(struct together_total),
    .key = offsetof(struct together_record, first),
    .add = add_up,
};

static int spread(struct sort *answers, struct subtotals *subtotals, struct tw_error *error)
{
	struct together_record record;
	const void *at;
	int got, code = TW_OK;
	while (!code && (got = subtotals_next(subtotals, &record, &at, error)) != 0) {
		if (got < 0)
			return got;
		const struct together_total *total = at;
		struct together_answer answer = {.shipments = total->shipments,
						 .value = total->value};
		memcpy(answer.ordinal, record.ordinal, sizeof answer.ordinal);
		if (total->shipments > 1)
			code = sort_add(answers, &answer, error);
	}
	return code ? code : sort_finish(answers, error);
}

int gather_together(struct sort **together, struct gather *gather, struct sort *days,
		    struct tw_error *error)
{
	struct sort *records = NULL;
	struct subtotals *subtotals = NULL;
	int code = sort_new(&records, sizeof(struct together_record), gather_memory(gather), error);
	if (code || (code = by_shipment(records, days, error)))
		goto done;
	if ((code = subtotals_new(&subtotals, records, &persons_days, NULL, error)))
		goto done;
	code = sort_new(together, sizeof(struct together_answer), gather_memory(gather), error);
	if (!code)
		code = spread(*together, subtotals, error);
done:
	subtotals_free(subtotals);
	sort_free(records);
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many shipments one consignee has on one local day, and what they are worth together: for what
 * the law says of goods that come together. It knows no limits and joins nothing.
 */
#include "common/error.h"
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

static bool same_person(const struct together_record *a, const struct together_record *b)
{
	return !memcmp(a->person, b->person, sizeof a->person);
}

/* Totals of the persons' days, in the order of the records. */
static int add_up(FILE *totals, struct sort *records, struct tw_error *error)
{
	struct together_record record, last = {0};
	struct together_total total = {0};
	bool open = false, wrote = true;
	int got;
	while ((got = sort_next(records, &record, error)) > 0) {
		if (open && !same_person(&last, &record)) {
			wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
			total = (struct together_total){0};
			open = false;
		}
		total.shipments +=
		    !open || memcmp(last.first, record.first, sizeof last.first) != 0;
		total.value = gather_sum(total.value, record.value);
		last = record;
		open = true;
	}
	if (open)
		wrote = fwrite(&total, sizeof total, 1, totals) == 1 && wrote;
	rewind(totals);
	return got < 0 ? got
	       : wrote ? TW_OK
		       : error_set(error, TW_BAD_FILE, "temporary file is full");
}

static int spread(struct sort *answers, FILE *totals, struct sort *records, struct tw_error *error)
{
	struct together_record record, last = {0};
	struct together_total total = {0};
	bool open = false;
	int got, code = sort_rewind(records, error);
	while (!code && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if ((!open || !same_person(&last, &record)) &&
		    fread(&total, sizeof total, 1, totals) != 1)
			return error_set(error, TW_BAD_FILE, "temporary file is truncated");
		last = record;
		open = true;
		struct together_answer answer = {.shipments = total.shipments,
						 .value = total.value};
		memcpy(answer.ordinal, record.ordinal, sizeof answer.ordinal);
		if (total.shipments > 1)
			code = sort_add(answers, &answer, error);
	}
	return code ? code : sort_finish(answers, error);
}

int gather_together(struct sort **together, struct gather *gather, struct sort *days,
		    struct tw_error *error)
{
	struct sort *records = NULL;
	FILE *totals = NULL;
	int code = sort_new(&records, sizeof(struct together_record), gather_memory(gather), error);
	if (code || (code = by_shipment(records, days, error)))
		goto done;
	code = TW_BAD_FILE;
	totals = gather_totals(error);
	if (!totals || (code = add_up(totals, records, error)))
		goto done;
	code = sort_new(together, sizeof(struct together_answer), gather_memory(gather), error);
	if (!code)
		code = spread(*together, totals, records, error);
done:
	if (totals)
		fclose(totals);
	sort_free(records);
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fake.h"

#include <stdio.h>
#include <string.h>

#include "common/instant.h"
#include "common/money.h"

#define LIMIT (800 * TW_MONEY_UNIT)

/* One thread at a time has one answer. */
static _Thread_local struct {
	struct tw_assessment answer;
	struct tw_layer layer[2];
	struct tw_fee fee;
	struct tw_share share;
	char text[200], code[24], origin[3];
} own;

static const char *const cited[] = {"ACT-1"};
static const char *const not_covered[] = {"everything else"};

static int refuse(const char *reason, const char *column, const char *right)
{
	snprintf(own.text, sizeof own.text, "%s", right);
	own.answer.status = TW_STATUS_REFUSED;
	own.answer.refusal = (struct tw_refusal){reason, column, own.text};
	return TW_OK;
}

static void judge_exemption(const struct tw_line *line, tw_money retail)
{
	struct tw_de_minimis *exemption = &own.answer.de_minimis;
	own.answer.retail = retail;
	if (line->shipment_retail >= 0)
		retail = line->shipment_retail;
	*exemption = (struct tw_de_minimis){
	    .applies = true, .eligible = true, .program = "x.free", .reason = "", .by = {cited, 1}};
	if (retail > LIMIT)
		exemption->reason = "over-limit";
	else if (line->order_retail > LIMIT)
		exemption->reason = "order-split";
	else if (retail + line->free_before > LIMIT)
		exemption->reason = "day-sum";
	exemption->eligible = !*exemption->reason;
	exemption->room = exemption->eligible ? LIMIT - retail : 0;
}

static void stack(const struct tw_line *line, tw_money value)
{
	struct tw_assessment *answer = &own.answer;
	tw_money amount = money_share(value, 1, 10, 100);
	own.layer[0] = (struct tw_layer){.kind = TW_LAYER_BASE,
					 .program = "x.base",
					 .measure = "",
					 .heading = own.code,
					 .rate = "Free",
					 .part = "value",
					 .confidence = "",
					 .on = value,
					 .declared = -1,
					 .shipment = -1,
					 .by = {cited, 1}};
	own.layer[1] = (struct tw_layer){.kind = TW_LAYER_ADD,
					 .program = "x.add",
					 .measure = "x.add.1",
					 .heading = "9903.01.25",
					 .rate = "10%",
					 .part = "value",
					 .confidence = "",
					 .on = value,
					 .declared = -1,
					 .shipment = -1,
					 .amount = amount,
					 .by = {cited, 1}};
	answer->layers = own.layer;
	answer->layer_count = 2;
	answer->has_amount = true;
	answer->relieved = answer->de_minimis.eligible ? amount : 0;
	answer->amount = amount - answer->relieved;
	answer->additional = amount;
	snprintf(answer->rate, sizeof answer->rate, "%s", answer->relieved ? "0%" : "10%");
	own.fee = (struct tw_fee){
	    .fee = "x.fee", .measure = "x.fee.1", .amount = 26200, .on = -1, .by = {cited, 1}};
	if (line->shipment_amount_count) {
		own.fee.is_shared = true;
		own.fee.shipment_amount = own.fee.amount;
		own.fee.shipment_on = line->shipment_amounts[0].amount;
		own.fee.amount = line->shipment_amounts[0].here ? own.fee.amount : 0;
	}
	own.share = (struct tw_share){.key = 7, .rule = TW_SHARE_SUM, .amount = value};
	answer->shares = &own.share;
	answer->share_count = 1;
	answer->fees = &own.fee;
	answer->fee_count = 1;
	answer->fees_amount = own.fee.amount;
}

int fake_assess(const struct tw_assessment **out, tw_assessor *assessor, const struct tw_line *line,
		struct tw_error *error)
{
	const struct tw_text *column = line->column;
	struct time_parsed entered;
	tw_money value, retail;
	const char *right;
	size_t digits = 0;
	(void)assessor;
	(void)error;

	memset(&own, 0, sizeof own);
	*out = &own.answer;
	own.answer.not_covered = not_covered;
	own.answer.not_covered_count = 1;
	own.answer.changes_on = TW_TIME_MAX;
	if (!money_parse(&value, column[TW_COLUMN_VALUE], &right))
		return refuse("bad-value", "value", right);
	retail = value;
	if (column[TW_COLUMN_RETAIL_VALUE].length &&
	    !money_parse(&retail, column[TW_COLUMN_RETAIL_VALUE], &right))
		return refuse("bad-value", "retail_value", right);
	if (!time_parse(&entered, TIME_ZONE_NEW_YORK, column[TW_COLUMN_ENTERED], &right))
		return refuse("bad-date", "entered", right);
	for (size_t i = 0; i < column[TW_COLUMN_HTS].length && digits < 10; i++) {
		char c = column[TW_COLUMN_HTS].at[i];
		if (c >= '0' && c <= '9')
			own.answer.hts[digits++] = c;
		else if (c != '.')
			digits = 11;
	}
	if (digits != 6 && digits != 8 && digits != 10)
		return refuse("unknown-code", "hts", "6, 8 or 10 digits are needed");
	snprintf(own.code, sizeof own.code, "%s", own.answer.hts);
	memcpy(own.origin,
	       column[TW_COLUMN_ORIGIN].length == 2 ? column[TW_COLUMN_ORIGIN].at : "??", 2);
	own.answer.into = "US";
	own.answer.origin = own.origin;
	own.answer.currency = "USD";
	own.answer.entry_type = "11";
	own.answer.lane = TW_LANE_GREEN;
	own.answer.entered = entered.at;
	own.answer.entered_offset = time_offset(TIME_ZONE_NEW_YORK, entered.at);
	judge_exemption(line, retail);
	stack(line, value);
	return TW_OK;
}

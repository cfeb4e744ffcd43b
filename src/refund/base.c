/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the question to the assessor: what the column 1 duty of goods was on the
 * day of their entry. It reasons about no law itself.
 */
#include "common/instant.h"
#include "refund/entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/fit.h"
#include "common/money.h"

static struct tw_text text_of(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static const struct tw_layer *base_layer(const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++)
		if (answer->layers[i].kind == TW_LAYER_BASE)
			return &answer->layers[i];
	return NULL;
}

static bool read_answer(tw_money *out, char why[240], const struct tw_assessment *answer)
{
	const struct tw_layer *base = base_layer(answer);
	if (answer->status == TW_STATUS_REFUSED) {
		fit_print(why, 240, "%s", answer->refusal.text);
		return false;
	}
	if (!base || base->is_unknown) {
		fit_print(why, 240, "%s",
			  answer->missing_count ? answer->missing[0] : "its rate is not known");
		return false;
	}
	*out = answer->base_amount;
	return true;
}

bool refund_base(tw_money *out, char why[240], struct refunder *r, const struct refund_row *goods,
		 const struct refunds_heading *heading)
{
	const struct tw_assessment *answer;
	struct tw_line line = TW_LINE_INIT;
	struct tw_error error;
	char code[24], day[16], value[32], claims[24];
	if (r->entry.entry_date == REFUND_NO_DAY) {
		fit_print(why, 240, "entry_date is missing");
		return false;
	}
	snprintf(code, sizeof code, "%0*" PRIu64, (int)goods->code_digits, goods->code);
	money_print(value, goods->value);
	snprintf(claims, sizeof claims, "%s%s", *goods->spi ? "spi=" : "", goods->spi);
	line.column[TW_COLUMN_HTS] = text_of(code);
	line.column[TW_COLUMN_ORIGIN] = text_of(heading->column1_of);
	line.column[TW_COLUMN_ENTERED] = text_of(time_print_day(day, r->entry.entry_date));
	line.column[TW_COLUMN_VALUE] = text_of(value);
	line.column[TW_COLUMN_QTY] = text_of(goods->qty);
	line.column[TW_COLUMN_UNIT] = text_of(goods->unit);
	line.column[TW_COLUMN_QTY2] = text_of(goods->qty2);
	line.column[TW_COLUMN_UNIT2] = text_of(goods->unit2);
	line.column[TW_COLUMN_CLAIMS] = text_of(claims);
	if (tw_assess(&answer, r->assessor, &line, &error)) {
		fit_print(why, 240, "%s", error.message);
		return false;
	}
	return read_answer(out, why, answer);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A line of goods from the parameters of a question. What it says is the assessor's to judge. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lines/date_cell.h"
#include "serve/answers.h"

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static bool is_time(int column)
{
	return column == TW_COLUMN_ENTERED || column == TW_COLUMN_IMPORTED ||
	       column == TW_COLUMN_LOADED || column == TW_COLUMN_DEPARTED ||
	       column == TW_COLUMN_IT_DATE;
}

static bool add_claims(struct reply *reply, struct goods *goods, const struct given *given)
{
	size_t length = strlen(goods->claims), more = strlen(given->value);
	if (length + more + 2 > GOODS_CLAIMS) {
		reply_problem(reply, 400, "bad-parameter", given->param->name,
			      "the claims are over %d bytes", GOODS_CLAIMS);
		return false;
	}
	if (length)
		goods->claims[length++] = ';';
	memcpy(goods->claims + length, given->value, more + 1);
	return true;
}

static bool take(struct reply *reply, struct goods *goods, const struct given *given,
		 const struct worker *worker, enum date_order order)
{
	const struct param *param = given->param;
	if (!strncmp(param->name, "claim", 5))
		return add_claims(reply, goods, given);
	if (!param->column || !*given->value)
		return true;
	int column = param->column - 1;
	struct tw_text *text = &goods->line.column[column];
	if (text->at) {
		reply_problem(reply, 400, "bad-parameter", param->name,
			      "%s is given by two names: give one", param->name);
		return false;
	}
	*text = text_of(given->value);
	if (is_time(column))
		*text = date_cell(goods->day[column], sizeof goods->day[column],
				  text_of(worker_day(worker, given->value)), order);
	return true;
}

static bool missing(struct reply *reply, const char *name, const char *example)
{
	reply_problem(reply, 400, "missing-parameter", name, "%s is needed, as in %s=%s", name,
		      name, example);
	return false;
}

bool goods_read(struct reply *reply, struct goods *goods, const struct question *question,
		const struct worker *worker, bool entered)
{
	static const enum date_order orders[] = {DATE_MDY, DATE_DMY, DATE_YMD, DATE_BY_FORM};
	enum date_order order = orders[question_choice(question, "date-format", 3)];
	*goods = (struct goods){.line = TW_LINE_INIT};
	for (size_t i = 0; i < question->count; i++)
		if (!take(reply, goods, &question->given[i], worker, order))
			return false;
	struct tw_text *column = goods->line.column;
	column[TW_COLUMN_CLAIMS] = text_of(goods->claims);
	if (!column[TW_COLUMN_ID].at)
		column[TW_COLUMN_ID] = text_of("1");
	const char *channel = question_get(question, "channel");
	bool is_mail = channel && !strcasecmp(channel, "postal"); /* may have no code */
	if (!column[TW_COLUMN_HTS].at && !column[TW_COLUMN_DESCRIPTION].at &&
	    !column[TW_COLUMN_CAS].at && !is_mail)
		return missing(reply, "hts", "6109.10.00.12");
	return !entered || column[TW_COLUMN_ENTERED].at || missing(reply, "on", "2025-05-02");
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A line of goods from flags, see goods.h. */
#include "cli/goods.h"

#include <string.h>
#include <strings.h>

#include "cli/days.h"
#include "common/error.h"
#include "lines/date_cell.h"

int cli_goods_take_date_format(void *at, const char *value, struct tw_error *error)
{
	return date_cell_order(at, value, error);
}

int cli_goods_take_claim(void *context, const char *value, struct tw_error *error)
{
	struct cli_goods *goods = context;
	size_t length = strlen(goods->claims), more = strlen(value);
	if (length + more + 2 > CLI_CLAIMS)
		return error_set(error, TW_BAD_ARGUMENT, "--claim: too many claims");
	if (length)
		goods->claims[length++] = ';';
	memcpy(goods->claims + length, value, more + 1);
	return TW_OK;
}

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

static struct tw_text day_of(struct cli_goods *goods, int column)
{
	return date_cell(goods->day[column], sizeof goods->day[column],
			 text_of(cli_day(goods->text[column])), goods->date_order);
}

int cli_goods_line(struct cli_goods *goods, const char *command, const char *entered)
{
	struct tw_text *column = goods->line.column;
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (is_time(i) && cli_days_is_period(goods->text[i]))
			return cli_days_not_one(
			    command,
			    i == TW_COLUMN_ENTERED ? entered : tw_column_name((enum tw_column)i),
			    goods->text[i]);
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (goods->text[i])
			column[i] = is_time(i) ? day_of(goods, i) : text_of(goods->text[i]);
	column[TW_COLUMN_CLAIMS] = text_of(goods->claims);
	if (!column[TW_COLUMN_ID].at)
		column[TW_COLUMN_ID] = text_of("1");
	const char *channel = goods->text[TW_COLUMN_CHANNEL];
	bool is_mail = channel && !strcasecmp(channel, "postal"); /* may have no code */
	if (!goods->text[TW_COLUMN_HTS] && !goods->text[TW_COLUMN_DESCRIPTION] &&
	    !goods->text[TW_COLUMN_CAS] && !is_mail) {
		cli_message("%s: --hts is needed, as in --hts 6109.10.00.12; see tidewaiter %s "
			    "--help",
			    command, command);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

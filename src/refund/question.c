/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/question.h"

#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "refund/columns.h"
#include "refund/words.h"

void refund_question_begin(struct refund_options *options)
{
	options->interest_to = REFUND_NO_DAY;
	for (int i = 0; i < REFUND_SAID; i++)
		options->given[i] = REFUND_BLANK;
}

int refund_question_day(int32_t *out, const char *text, struct tw_error *error)
{
	struct time_parsed parsed;
	const char *right;
	if (!time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){text, strlen(text)}, &right) ||
	    !parsed.is_date)
		return error_set(error, TW_BAD_ARGUMENT,
				 "\"%.40s\" is not a day: write one like 2026-05-18", text);
	*out = (int32_t)time_local_day(TIME_ZONE_UTC, parsed.at);
	return TW_OK;
}

int refund_question_fact(struct refund_options *options, const struct refunds *law,
			 const char *text, struct tw_error *error)
{
	const char *equal = strchr(text, '=');
	size_t length = equal ? (size_t)(equal - text) : strlen(text);
	int field = refund_field_find((struct tw_text){text, length});
	char list[160];
	if (!equal || field < 0 || field >= REFUND_SAID)
		return error_set(error, TW_BAD_ARGUMENT,
				 "\"%.60s\": write a column of an entry and its word, as in "
				 "drawback=no",
				 text);
	int8_t value = refund_word_read(law, (enum refund_fact)field,
					(struct tw_text){equal + 1, strlen(equal + 1)});
	if (value < 0)
		return error_set(error, TW_BAD_ARGUMENT, "\"%.60s\": %s is %s", text,
				 refund_field_name(field),
				 refund_words_list(law, (enum refund_fact)field, list));
	options->given[field] = value;
	return TW_OK;
}

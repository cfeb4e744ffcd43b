/* SPDX-License-Identifier: Apache-2.0 */
/* Days, periods and values as they are asked for and written. */
#include "record/record.h"

#include <stdio.h>
#include <string.h>

#include "common/ascii.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"

void record_question_begin(struct record_question *question)
{
	*question =
	    (struct record_question){.since = INT32_MIN, .until = INT32_MAX, .known = INT32_MAX};
}

static bool digits(const char *text, int count, int *out)
{
	*out = 0;
	for (int i = 0; i < count; i++) {
		if (!is_digit(text[i]))
			return false;
		*out = *out * 10 + (text[i] - '0');
	}
	return true;
}

int record_day_read(int32_t *out, const char *text, bool last, struct tw_error *error)
{
	const size_t length = strlen(text);
	int year, month = last ? 12 : 1, day = 1;
	bool sound = (length == 4 || length == 7 || length == 10) && digits(text, 4, &year) &&
		     year >= 1900 && year < 2200;
	if (sound && length > 4)
		sound = text[4] == '-' && digits(text + 5, 2, &month) && month > 0 && month <= 12;
	if (sound && length > 7)
		sound = text[7] == '-' && digits(text + 8, 2, &day) &&
			time_date_valid(year, month, day);
	if (!sound)
		return error_set(error, TW_BAD_ARGUMENT,
				 "\"%.40s\" is not a day: write one like 2025-05-02, 2025-05 or "
				 "2025",
				 text);
	if (last && length < 10)
		*out = (int32_t)(month == 12 ? time_days(year + 1, 1, 1)
					     : time_days(year, month + 1, 1)) -
		       1;
	else
		*out = (int32_t)time_days(year, month, day);
	return TW_OK;
}

const char *record_day_text(char out[16], int32_t day)
{
	int year, month, date;
	time_date(day, &year, &month, &date);
	fit_print(out, 16, "%04d-%02d-%02d", year, month, date);
	return out;
}

const char *record_value_text(char out[48], int64_t value, bool commas)
{
	uint64_t size = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
	char whole[32], *to = out;
	int length =
	    snprintf(whole, sizeof whole, "%llu", (unsigned long long)(size / RECORD_SCALE));
	unsigned rest = (unsigned)(size % RECORD_SCALE);
	if (value < 0)
		*to++ = '-';
	for (int i = 0; i < length; i++) {
		*to++ = whole[i];
		if (commas && i + 1 < length && (length - i - 1) % 3 == 0)
			*to++ = ',';
	}
	if (rest) {
		*to++ = '.';
		for (unsigned place = RECORD_SCALE / 10; rest; place /= 10) {
			*to++ = (char)('0' + rest / place);
			rest %= place;
		}
	}
	*to = '\0';
	return out;
}

const char *record_figure_text(char out[64], const struct record_figure *figure)
{
	char value[48];
	fit_print(out, 64, "%s%s%s", record_bound_names[figure->bound], figure->bound ? " " : "",
		  record_value_text(value, figure->value, true));
	return out;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads days and periods, see days.h. */
#include "cli/days.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"
#include "common/instant.h"

/* One side of a period: as precise as it was written. */
struct side {
	int year, month, day; /* 0: not given */
};

/* `digits` digits as a number, or -1. */
static int number(const char *at, size_t digits)
{
	int value = 0;
	for (size_t i = 0; i < digits; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		value = 10 * value + (at[i] - '0');
	}
	return value;
}

static bool make_side(struct side *out, int year, int month, int day)
{
	*out = (struct side){year, month, day};
	return year >= 1900 && year <= 2999 && month >= 0 && month <= 12 && day >= 0 &&
	       (!day || time_date_valid(year, month, day));
}

/* "2025", "2025-05", "2025-05-02", "today". */
static bool read_side(struct side *out, const char *text, size_t length)
{
	if (length == 5 && !strncasecmp(text, "today", 5)) {
		text = cli_today();
		length = strlen(text);
	}
	int year = length >= 4 ? number(text, 4) : -1;
	if (length == 4)
		return year >= 0 && make_side(out, year, 0, 0);
	if ((length != 7 && length != 10) || text[4] != '-')
		return false;
	int month = number(text + 5, 2);
	if (year < 0 || month < 1)
		return false;
	if (length == 7)
		return make_side(out, year, month, 0);
	int day = text[7] == '-' ? number(text + 8, 2) : -1;
	return day > 0 && make_side(out, year, month, day);
}

/* The end of a period, whose front part is that of its beginning: "11", "05-02", "06". */
static bool read_end(struct side *out, const char *text, size_t length, struct side begin)
{
	if (read_side(out, text, length))
		return true;
	int one = length >= 2 ? number(text, 2) : -1;
	if (one < 1)
		return false;
	if (length == 2)
		return begin.day     ? make_side(out, begin.year, begin.month, one)
		       : begin.month ? make_side(out, begin.year, one, 0)
				     : false;
	int two = length == 5 && text[2] == '-' ? number(text + 3, 2) : -1;
	return two > 0 && begin.day && make_side(out, begin.year, one, two);
}

static int32_t first_of(struct side side)
{
	return (int32_t)time_days(side.year, side.month ? side.month : 1, side.day ? side.day : 1);
}

static int32_t last_of(struct side side)
{
	if (side.day)
		return first_of(side);
	if (!side.month || side.month == 12)
		return (int32_t)time_days(side.year + 1, 1, 1) - 1;
	return (int32_t)time_days(side.year, side.month + 1, 1) - 1;
}

static bool finish(struct cli_days *out)
{
	time_print_day(out->first_text, out->first);
	time_print_day(out->last_text, out->last);
	return true;
}

/* Other ways to write one day, as the columns of a file take them. */
static bool read_other(struct cli_days *out, const char *text)
{
	struct time_parsed parsed;
	const char *right;
	if (!time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){text, strlen(text)}, &right) ||
	    !parsed.is_date)
		return false;
	out->first = out->last = (int32_t)time_local_day(TIME_ZONE_UTC, parsed.at);
	return finish(out);
}

bool cli_days_read(struct cli_days *out, const char *text, char message[160])
{
	struct side begin, end;
	const char *dots = strstr(text, "..");
	size_t length = dots ? (size_t)(dots - text) : strlen(text);
	*out = (struct cli_days){0};
	if (!read_side(&begin, text, length)) {
		if (!dots && read_other(out, text))
			return true;
		snprintf(message, 160,
			 "\"%.40s\" is not a day: write one like 2025-04-10, today, a month "
			 "(2025-04) or a range (2025-04-09..11)",
			 text);
		return false;
	}
	end = begin;
	if (dots && !read_end(&end, dots + 2, strlen(dots + 2), begin)) {
		snprintf(message, 160,
			 "\"%.40s\" has no end: write a range like 2025-04-09..11 or "
			 "2025-04-09..2025-05-02",
			 text);
		return false;
	}
	out->first = first_of(begin);
	out->last = last_of(end);
	out->is_period = dots || !begin.day;
	if (out->first > out->last) {
		snprintf(message, 160,
			 "\"%.40s\" ends before it begins: write the earlier day first", text);
		return false;
	}
	return finish(out);
}

bool cli_days_is_period(const char *text)
{
	struct cli_days days;
	char unused[160];
	return text && cli_days_read(&days, text, unused) && days.is_period;
}

int cli_days_not_one(const char *command, const char *option, const char *text)
{
	cli_message("%s: --%s %s is a period, and one day is required: write one like 2025-05-02 "
		    "(tidewaiter law diff %s lists what changed in it)",
		    command, option, text, text);
	return CLI_FAILED;
}

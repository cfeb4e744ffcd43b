/* SPDX-License-Identifier: Apache-2.0 */
/* Local legal time: days, daylight edges, what a declarant may write. */
#include "common/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define DAY INT64_C(86400)

static tw_time utc(int year, int month, int day, int hour, int minute)
{
	return time_days(year, month, day) * DAY + hour * 3600 + minute * 60;
}

static int64_t wall(int year, int month, int day, int hour, int minute)
{
	return utc(year, month, day, hour, minute);
}

/* Dates with day numbers that any almanac gives. */
static void days_are_counted_from_1970(void **state)
{
	(void)state;
	assert_int_equal(time_days(1970, 1, 1), 0);
	assert_int_equal(time_days(1969, 12, 31), -1);
	assert_int_equal(time_days(2000, 3, 1), 11017);
	assert_int_equal(time_days(2025, 1, 1), 20089);
	assert_int_equal(time_days(2025, 3, 1) - time_days(2025, 2, 28), 1);
	assert_int_equal(time_days(2024, 3, 1) - time_days(2024, 2, 28), 2);
}

static void every_day_of_three_centuries_comes_back(void **state)
{
	(void)state;
	int64_t day = time_days(1900, 1, 1);
	for (int year = 1900; year < 2200; year++)
		for (int month = 1; month <= 12; month++)
			for (int d = 1; time_date_valid(year, month, d); d++, day++) {
				int y, m, n;
				assert_int_equal(time_days(year, month, d), day);
				time_date(day, &y, &m, &n);
				assert_true(y == year && m == month && n == d);
			}
	assert_int_equal(day, time_days(2200, 1, 1));
}

static void days_that_are_not_are_refused(void **state)
{
	(void)state;
	assert_true(time_date_valid(2024, 2, 29));
	assert_true(time_date_valid(2000, 2, 29));
	assert_false(time_date_valid(1900, 2, 29));
	assert_false(time_date_valid(2025, 2, 29));
	assert_false(time_date_valid(2025, 4, 31));
	assert_false(time_date_valid(2025, 0, 1));
	assert_false(time_date_valid(2025, 13, 1));
	assert_false(time_date_valid(2025, 1, 0));
}

/* 2025-03-09 02:00 and 2025-11-02 02:00 (15 USC 260a). */
static void new_york_turns_its_clocks(void **state)
{
	(void)state;
	const int est = -5 * 3600, edt = -4 * 3600;
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2025, 3, 9, 7, 0) - 1), est);
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2025, 3, 9, 7, 0)), edt);
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2025, 11, 2, 6, 0) - 1), edt);
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2025, 11, 2, 6, 0)), est);
	/* March 2026 begins on a Sunday, November 2026 too. */
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2026, 3, 8, 7, 0) - 1), est);
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2026, 3, 8, 7, 0)), edt);
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2026, 11, 1, 6, 0) - 1), edt);
	assert_int_equal(time_offset(TIME_ZONE_NEW_YORK, utc(2026, 11, 1, 6, 0)), est);
	assert_int_equal(time_offset(TIME_ZONE_TORONTO, utc(2025, 3, 9, 7, 0)), edt);
}

/* 2025-03-30 and 2025-10-26, 01:00 UTC (Directive 2000/84/EC). */
static void brussels_turns_its_clocks(void **state)
{
	(void)state;
	assert_int_equal(time_offset(TIME_ZONE_BRUSSELS, utc(2025, 3, 30, 1, 0) - 1), 3600);
	assert_int_equal(time_offset(TIME_ZONE_BRUSSELS, utc(2025, 3, 30, 1, 0)), 7200);
	assert_int_equal(time_offset(TIME_ZONE_BRUSSELS, utc(2025, 10, 26, 1, 0) - 1), 7200);
	assert_int_equal(time_offset(TIME_ZONE_BRUSSELS, utc(2025, 10, 26, 1, 0)), 3600);
}

static void others_do_not_turn(void **state)
{
	(void)state;
	for (int month = 1; month <= 12; month++) {
		assert_int_equal(time_offset(TIME_ZONE_SHANGHAI, utc(2025, month, 5, 0, 0)),
				 8 * 3600);
		assert_int_equal(time_offset(TIME_ZONE_MEXICO, utc(2025, month, 5, 0, 0)),
				 -6 * 3600);
		assert_int_equal(time_offset(TIME_ZONE_UTC, utc(2025, month, 5, 0, 0)), 0);
	}
	/* Mexico City had summer time for the last time in 2022. */
	assert_int_equal(time_offset(TIME_ZONE_MEXICO, utc(2022, 7, 1, 0, 0)), -5 * 3600);
	assert_int_equal(time_offset(TIME_ZONE_MEXICO, utc(2023, 7, 1, 0, 0)), -6 * 3600);
}

static void wall_time_becomes_an_instant(void **state)
{
	(void)state;
	const enum time_zone ny = TIME_ZONE_NEW_YORK;
	assert_int_equal(time_from_local(ny, wall(2025, 1, 1, 0, 0)), utc(2025, 1, 1, 5, 0));
	assert_int_equal(time_from_local(ny, wall(2025, 3, 9, 1, 59)), utc(2025, 3, 9, 6, 59));
	/* The gap: 02:00 to 02:59 do not exist and are read as standard time. */
	assert_int_equal(time_from_local(ny, wall(2025, 3, 9, 2, 0)), utc(2025, 3, 9, 7, 0));
	assert_int_equal(time_from_local(ny, wall(2025, 3, 9, 2, 30)), utc(2025, 3, 9, 7, 30));
	assert_int_equal(time_from_local(ny, wall(2025, 3, 9, 3, 0)), utc(2025, 3, 9, 7, 0));
	/* The fold: 01:00 to 01:59 come twice, the first counts. */
	assert_int_equal(time_from_local(ny, wall(2025, 11, 2, 0, 59)), utc(2025, 11, 2, 4, 59));
	assert_int_equal(time_from_local(ny, wall(2025, 11, 2, 1, 30)), utc(2025, 11, 2, 5, 30));
	assert_int_equal(time_from_local(ny, wall(2025, 11, 2, 2, 0)), utc(2025, 11, 2, 7, 0));
	assert_int_equal(time_from_local(TIME_ZONE_SHANGHAI, wall(2025, 2, 10, 12, 1)),
			 utc(2025, 2, 10, 4, 1));
}

static void an_instant_has_a_local_day(void **state)
{
	(void)state;
	assert_int_equal(time_local_day(TIME_ZONE_NEW_YORK, utc(2025, 5, 2, 3, 59)),
			 time_days(2025, 5, 1));
	assert_int_equal(time_local_day(TIME_ZONE_NEW_YORK, utc(2025, 5, 2, 4, 0)),
			 time_days(2025, 5, 2));
	assert_int_equal(time_local_day(TIME_ZONE_SHANGHAI, utc(2025, 5, 1, 16, 0)),
			 time_days(2025, 5, 2));
	assert_int_equal(time_local_day(TIME_ZONE_UTC, -1), -1);
}

static void the_ends_of_time_do_no_harm(void **state)
{
	(void)state;
	for (int zone = 0; zone < TIME_ZONE_COUNT; zone++) {
		char text[26];
		(void)time_offset((enum time_zone)zone, TW_TIME_MAX);
		(void)time_offset((enum time_zone)zone, TW_TIME_MIN);
		assert_true(time_from_local((enum time_zone)zone, INT64_MAX) == TW_TIME_MAX);
		assert_true(time_from_local((enum time_zone)zone, INT64_MIN) == TW_TIME_MIN);
		assert_true(time_local_day((enum time_zone)zone, TW_TIME_MAX) >
			    time_days(9999, 1, 1));
		assert_true(time_local_day((enum time_zone)zone, TW_TIME_MIN) < 0);
		time_print(text, TW_TIME_MAX, 8 * 3600);
		assert_int_equal(strlen(text), 25);
		time_print(text, TW_TIME_MIN, -5 * 3600);
		assert_int_equal(strlen(text), 25);
	}
}

static void zones_have_names(void **state)
{
	(void)state;
	assert_int_equal(time_zone_find("America/New_York"), TIME_ZONE_NEW_YORK);
	assert_int_equal(time_zone_find("Asia/Shanghai"), TIME_ZONE_SHANGHAI);
	assert_int_equal(time_zone_find("Etc/UTC"), TIME_ZONE_UTC);
	assert_int_equal(time_zone_find("America/Chicago"), -1);
	assert_int_equal(time_zone_find(""), -1);
}

static bool parse(const char *text, struct time_parsed *out)
{
	const char *right = NULL;
	bool sound =
	    time_parse(out, TIME_ZONE_NEW_YORK, (struct tw_text){text, strlen(text)}, &right);
	assert_non_null(right);
	return sound;
}

static void a_declarant_writes_times(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int month, day, hour, minute, second; /* UTC, 2025 */
		bool is_date;
	} cases[] = {
	    {"2025-05-02", 5, 2, 16, 0, 0, true},
	    {"2025-01-02", 1, 2, 17, 0, 0, true},
	    {"2025-05-02T00:01", 5, 2, 4, 1, 0, false},
	    {"2025-05-02 00:01", 5, 2, 4, 1, 0, false},
	    {"2025-05-02T00:01:30", 5, 2, 4, 1, 30, false},
	    {"2025-05-02T00:01:30.250Z", 5, 2, 0, 1, 30, false},
	    {"2025-05-02T00:01Z", 5, 2, 0, 1, 0, false},
	    {"2025-05-02T00:01-04:00", 5, 2, 4, 1, 0, false},
	    {"2025-05-02T12:01+08:00", 5, 2, 4, 1, 0, false},
	    {"2025-05-02T12:01+0800", 5, 2, 4, 1, 0, false},
	    {"2025-05-02 12:01 +05:45", 5, 2, 6, 16, 0, false},
	    {"05/02/2025", 5, 2, 16, 0, 0, true},
	    {"5/2/2025", 5, 2, 16, 0, 0, true},
	    {"5/2/2025 00:01", 5, 2, 4, 1, 0, false},
	    {"2025-03-09T02:30", 3, 9, 7, 30, 0, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct time_parsed parsed;
		assert_true(parse(cases[i].text, &parsed));
		assert_int_equal(parsed.at, utc(2025, cases[i].month, cases[i].day, cases[i].hour,
						cases[i].minute) +
						cases[i].second);
		assert_int_equal(parsed.is_date, cases[i].is_date);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "",
	    " ",
	    "today",
	    "2025",
	    "2025-02-29",
	    "2025-13-01",
	    "2025-00-10",
	    "2025-05-32",
	    "13/05/2025",
	    "2025-05-02T",
	    "2025-05-02T24:00",
	    "2025-05-02T00:60",
	    "2025-05-02T00:01:60",
	    "2025-05-02T00:01:",
	    "2025-05-02T00:01:00.",
	    "2025-05-02T00:01+15:00",
	    "2025-05-02T00:01+8",
	    "2025-05-02T00:01 EST",
	    "2025-05-02T00:01ZZ",
	    "2025-05-02T00:01Z ",
	    "-025-05-02",
	    "9999-05-02",
	    "0001-01-01",
	    "99999999999-05-02",
	    "2025-05-02T00:01:00.0000000000000000000001",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct time_parsed parsed;
		assert_false(parse(cases[i], &parsed));
	}
}

/* The text is not terminated: only its length counts. */
static void nothing_behind_the_text_is_read(void **state)
{
	(void)state;
	static const char text[] = {'2', '0', '2', '5', '-', '0', '5', '-', '0', '2'};
	struct time_parsed parsed;
	const char *right;
	for (size_t n = 0; n < sizeof text; n++)
		assert_false(time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){text, n}, &right));
	assert_true(
	    time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){text, sizeof text}, &right));
}

static void instants_are_printed(void **state)
{
	(void)state;
	char text[26];
	time_print(text, utc(2025, 5, 2, 4, 1), -4 * 3600);
	assert_string_equal(text, "2025-05-02T00:01:00-04:00");
	time_print(text, utc(2025, 2, 10, 4, 1), 8 * 3600);
	assert_string_equal(text, "2025-02-10T12:01:00+08:00");
	time_print(text, -1, 0);
	assert_string_equal(text, "1969-12-31T23:59:59+00:00");
}

static void days_are_printed(void **state)
{
	static const struct {
		int year, month, day;
		const char *text;
	} days[] = {{2025, 5, 2, "2025-05-02"},  {1970, 1, 1, "1970-01-01"},
		    {2024, 2, 29, "2024-02-29"}, {9999, 12, 31, "9999-12-31"},
		    {12000, 1, 9, "9999-01-09"}, {-1, 7, 4, "0000-07-04"}};
	char text[16];
	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		assert_string_equal(
		    time_print_day(text, time_days(days[i].year, days[i].month, days[i].day)),
		    days[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_are_counted_from_1970),
	    cmocka_unit_test(every_day_of_three_centuries_comes_back),
	    cmocka_unit_test(days_that_are_not_are_refused),
	    cmocka_unit_test(new_york_turns_its_clocks),
	    cmocka_unit_test(brussels_turns_its_clocks),
	    cmocka_unit_test(others_do_not_turn),
	    cmocka_unit_test(wall_time_becomes_an_instant),
	    cmocka_unit_test(an_instant_has_a_local_day),
	    cmocka_unit_test(the_ends_of_time_do_no_harm),
	    cmocka_unit_test(zones_have_names),
	    cmocka_unit_test(a_declarant_writes_times),
	    cmocka_unit_test(what_is_no_time_is_refused),
	    cmocka_unit_test(nothing_behind_the_text_is_read),
	    cmocka_unit_test(instants_are_printed),
	    cmocka_unit_test(days_are_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

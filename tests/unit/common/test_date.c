/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forms of a day and of the time behind it, worked out by hand; and the
 * forms of every day from 2000 to 2099, written and read back.
 */
#include "common/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/instant.h"

static bool reads(const char *text, enum date_order order, int year, int month, int day)
{
	struct date_read date;
	const char *right;
	size_t length = strlen(text);
	return date_read(&date, (struct tw_text){text, length}, order, &right) &&
	       date.year == year && date.month == month && date.day == day && date.length <= length;
}

/* Not read; contradicts: readable in another order. */
static bool refused(const char *text, enum date_order order, bool contradicts)
{
	struct date_read date;
	const char *right = NULL;
	return !date_read(&date, (struct tw_text){text, strlen(text)}, order, &right) &&
	       date.contradicts == contradicts && right && strlen(right) > 10;
}

static void forms(void **state)
{
	static const char *const second_of_may[] = {
	    "2025-05-02",       "2025-5-2",     "2025/05/02",    "2025/5/2",
	    "2025.05.02",       "20250502",     "202505020001",  "20250502000130",
	    "2-May-2025",       "02-MAY-2025",  "2-May-25",      "02MAY2025",
	    "2 May 2025",       "2 may, 2025",  "2nd May 2025",  "May 2, 2025",
	    "May 2 2025",       "MAY 02, 2025", "May 2nd, 2025", "2025-May-02",
	    "5/2/2025",         "05/02/2025",   "5/2/25",        "05/02/25",
	    "02.05.2025",       "2.5.2025",     "02.05.25",      "45779",
	    "45779.0",          "45779.5",      "Fri 2 May 25",  "Fri, 2 May 2025",
	    "Friday May 2 2025"};
	(void)state;
	for (size_t i = 0; i < sizeof second_of_may / sizeof *second_of_may; i++)
		if (!reads(second_of_may[i], DATE_BY_FORM, 2025, 5, 2))
			fail_msg("%s is not read as 2025-05-02", second_of_may[i]);
	assert_true(reads("Sept 30, 2025", DATE_BY_FORM, 2025, 9, 30));
	assert_true(reads("31 Aug 2025", DATE_BY_FORM, 2025, 8, 31));
	assert_true(reads("29-Feb-2024", DATE_BY_FORM, 2024, 2, 29));
	assert_true(reads("36526", DATE_BY_FORM, 2000, 1, 1));
	assert_true(reads("45351", DATE_BY_FORM, 2024, 2, 29));
	assert_true(reads("73050", DATE_BY_FORM, 2099, 12, 31));
	/* a fraction that rounds to the next midnight */
	assert_true(reads("45778.999999", DATE_BY_FORM, 2025, 5, 2));
}

static void no_dates(void **state)
{
	static const char *const none[] = {
	    "",           "May",          "May 2025",     "2025",        "2025-05",
	    "2025-05-32", "20251301",     "2025050",      "36525",       "73051",
	    "45779.5x",   "1746144060",   "May 32",       "Mayo 2 25",   "2/2",
	    "2/2/2",      "2/2/202",      "2/2/20255",    "2.5/2025",    "02-05-2025",
	    "5-2-25",     "31/31/2025",   "0/0/2025",     "29-Feb-2025", "1899-12-31",
	    "2200-01-01", "202505022460", "May 2, 2025x", "2025-05-02x", "tomorrow"};
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (!refused(none[i], DATE_BY_FORM, false))
			fail_msg("%s is read, or said to contradict", none[i]);
}

static void orders(void **state)
{
	(void)state;
	assert_true(reads("5/2/2025", DATE_DMY, 2025, 2, 5));
	assert_true(reads("02.05.2025", DATE_MDY, 2025, 2, 5));
	assert_true(reads("05-02-2025", DATE_MDY, 2025, 5, 2));
	assert_true(reads("05-02-2025", DATE_DMY, 2025, 2, 5));
	assert_true(reads("25/05/02", DATE_YMD, 2025, 5, 2));
	assert_true(reads("25.5.2", DATE_YMD, 2025, 5, 2));
	assert_true(reads("2025/05/02", DATE_DMY, 2025, 5, 2));
	assert_true(refused("25/12/2025", DATE_BY_FORM, true));
	assert_true(refused("13/1/25", DATE_BY_FORM, true));
	assert_true(refused("12.25.2025", DATE_BY_FORM, true));
	assert_true(refused("12/25/2025", DATE_DMY, true));
	assert_true(refused("25/12/2025", DATE_MDY, true));
	assert_true(refused("25/12/2025", DATE_YMD, true));
	assert_true(refused("31/02/2025", DATE_DMY, false));
	static const struct {
		const char *text;
		int order;
	} names[] = {{"dmy", DATE_DMY},
		     {"MDY", DATE_MDY},
		     {"DD/MM/YYYY", DATE_DMY},
		     {"%m/%d/%Y", DATE_MDY},
		     {"yyyy-mm-dd", DATE_YMD},
		     {"day-first", DATE_DMY},
		     {"month-first", DATE_MDY},
		     {"d.m.yy", DATE_DMY},
		     {"ydm", -1},
		     {"", -1},
		     {"d", -1},
		     {"dmyd", -1},
		     {"European", -1}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(
		    date_order_find((struct tw_text){names[i].text, strlen(names[i].text)}),
		    names[i].order);
}

/* Seconds of the local day in New York, or -1. */
static long clock_of(const char *text)
{
	struct time_parsed parsed;
	const char *right;
	if (!time_parse(&parsed, TIME_ZONE_NEW_YORK, (struct tw_text){text, strlen(text)}, &right))
		return -1;
	if (time_local_day(TIME_ZONE_NEW_YORK, parsed.at) != time_days(2025, 5, 2))
		return -2;
	return (long)(parsed.at + time_offset(TIME_ZONE_NEW_YORK, parsed.at) -
		      time_days(2025, 5, 2) * 86400);
}

static void clocks(void **state)
{
	(void)state;
	assert_int_equal(clock_of("5/2/2025 0:01"), 60);
	assert_int_equal(clock_of("5/2/2025 12:01 AM"), 60);
	assert_int_equal(clock_of("5/2/2025 12:01:00 PM"), 12 * 3600 + 60);
	assert_int_equal(clock_of("5/2/25 1:05pm"), 13 * 3600 + 300);
	assert_int_equal(clock_of("02.05.2025 00:01"), 60);
	assert_int_equal(clock_of("2-May-2025 00:01:30"), 90);
	assert_int_equal(clock_of("May 2, 2025 00:01"), 60);
	assert_int_equal(clock_of("202505020001"), 60);
	assert_int_equal(clock_of("20250502T0001"), 60);
	assert_int_equal(clock_of("20250502T000130Z"), -2); /* the evening before */
	assert_int_equal(clock_of("20250502T040130Z"), 90);
	assert_int_equal(clock_of("45779.25"), 6 * 3600);
	assert_int_equal(clock_of("45779.000694444"), 60);
	assert_int_equal(clock_of("45779"), 12 * 3600); /* a day: noon stands for it */
	assert_int_equal(clock_of("2025/05/02 00:01"), 60);
	assert_int_equal(clock_of("5/2/2025 13:01 PM"), -1);
	assert_int_equal(clock_of("5/2/2025 0:01 PM"), -1);
	assert_int_equal(clock_of("5/2/2025 24:00"), -1);
	assert_int_equal(clock_of("5/2/2025 1"), -1);
	assert_int_equal(clock_of("45779 00:01"), -1);
}

static void every_day(void **state)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char text[64];
	(void)state;
	for (int64_t at = time_days(2000, 1, 1); at <= time_days(2099, 12, 31); at++) {
		int y, m, d;
		time_date(at, &y, &m, &d);
		snprintf(text, sizeof text, "%d", (int)(at - time_days(1899, 12, 30)));
		assert_true(reads(text, DATE_BY_FORM, y, m, d));
		snprintf(text, sizeof text, "%04d%02d%02d", y, m, d);
		assert_true(reads(text, DATE_BY_FORM, y, m, d));
		snprintf(text, sizeof text, "%d/%d/%d", m, d, y);
		assert_true(reads(text, DATE_BY_FORM, y, m, d));
		snprintf(text, sizeof text, "%d.%d.%02d", d, m, y % 100);
		assert_true(reads(text, DATE_BY_FORM, y, m, d));
		snprintf(text, sizeof text, "%02d-%s-%04d", d, months[m - 1], y);
		assert_true(reads(text, DATE_BY_FORM, y, m, d));
		snprintf(text, sizeof text, "%s %d, %d", months[m - 1], d, y);
		assert_true(reads(text, DATE_BY_FORM, y, m, d));
		/* a day after the twelfth contradicts the other order, and no other does */
		snprintf(text, sizeof text, "%d/%d/%d", d, m, y);
		if (d > 12)
			assert_true(refused(text, DATE_BY_FORM, true));
		else
			assert_true(reads(text, DATE_BY_FORM, y, d, m));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(forms),  cmocka_unit_test(no_dates),  cmocka_unit_test(orders),
	    cmocka_unit_test(clocks), cmocka_unit_test(every_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

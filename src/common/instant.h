/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Local legal time of the jurisdictions, without tzdata. Zones compiled in:
 * America/New_York, America/Toronto, America/Mexico_City, Asia/Shanghai,
 * Europe/Brussels, Etc/UTC; daylight time by the rules in force since 2007
 * (15 USC 260a: second Sunday of March to first Sunday of November, 02:00).
 */
#ifndef TW_COMMON_INSTANT_H
#define TW_COMMON_INSTANT_H

#include "common/date.h"
#include "tidewaiter.h"

enum time_zone {
	TIME_ZONE_UTC,
	TIME_ZONE_NEW_YORK,
	TIME_ZONE_TORONTO,
	TIME_ZONE_MEXICO,
	TIME_ZONE_SHANGHAI,
	TIME_ZONE_BRUSSELS,
	TIME_ZONE_COUNT
};

/* The zone of a name, or -1. */
int time_zone_find(const char *name);
const char *time_zone_name(enum time_zone zone);
/* For order_items and order_find. */
int time_compare(const void *a, const void *b);
/* Rounded down, as days of instants before 1970 are. */
static inline int64_t time_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}
/* Days since 1970-01-01 of a proleptic Gregorian date; no check. */
int64_t time_days(int year, int month, int day);
void time_date(int64_t days, int *year, int *month, int *day);
bool time_date_valid(int year, int month, int day);
/* Seconds east of UTC in force at an instant. */
int time_offset(enum time_zone zone, tw_time at);
/* The instant of a local wall-clock time (seconds since local epoch). In the gap of spring it
 * is the instant after; in the fold of autumn the first. */
tw_time time_from_local(enum time_zone zone, int64_t local_seconds);
/* The local day (days since 1970-01-01) of an instant. */
int64_t time_local_day(enum time_zone zone, tw_time at);

struct time_parsed {
	tw_time at;
	bool is_date; /* no time was given: noon local */
	/* A local time without a zone that comes twice, or not at all, on the day of a clock
	   change: the first of both is taken; of none, the time as the clock would have shown it
	   before. */
	bool twice, never;
};
/*
 * Read what a declarant writes: a day in one of the forms of date.h, and behind a T or a blank
 * the time, 00:01, with seconds, with AM or PM, with Z or ±hh:mm (or ±hhmm). Returns false and a
 * static text that says what would be right.
 */
bool time_parse(struct time_parsed *out, enum time_zone zone, struct tw_text text,
		const char **right);
bool time_parse_order(struct time_parsed *out, enum time_zone zone, struct tw_text text,
		      enum date_order order, const char **right);
/* "2025-05-02", of the years 0 to 9999; needs 16 bytes and returns them. */
const char *time_print_day(char out[16], int64_t day);
/* "2025-05-02T00:01:00-04:00"; needs 26 bytes. */
void time_print(char out[26], tw_time at, int offset);

#endif

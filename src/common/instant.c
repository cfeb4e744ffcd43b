/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns local legal time: days, zones, daylight time, and the reading and
 * writing of instants. Never asks the system for a clock or a zone.
 */
#include "common/instant.h"

#include "common/ascii.h"
#include "common/eight.h"

#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400)
#define HOUR 3600

enum rule { RULE_NONE, RULE_US, RULE_EU, RULE_MEXICO };

static const struct clock {
	const char *name;
	int standard; /* seconds east of UTC */
	enum rule rule;
} zones[TIME_ZONE_COUNT] = {
    [TIME_ZONE_UTC] = {"Etc/UTC", 0, RULE_NONE},
    [TIME_ZONE_NEW_YORK] = {"America/New_York", -5 * HOUR, RULE_US},
    [TIME_ZONE_TORONTO] = {"America/Toronto", -5 * HOUR, RULE_US},
    [TIME_ZONE_MEXICO] = {"America/Mexico_City", -6 * HOUR, RULE_MEXICO},
    [TIME_ZONE_SHANGHAI] = {"Asia/Shanghai", 8 * HOUR, RULE_NONE},
    [TIME_ZONE_BRUSSELS] = {"Europe/Brussels", HOUR, RULE_EU},
};

int time_zone_find(const char *name)
{
	for (int i = 0; i < TIME_ZONE_COUNT; i++)
		if (!strcmp(zones[i].name, name))
			return i;
	return -1;
}

const char *time_zone_name(enum time_zone zone)
{
	return zones[zone].name;
}

/* Days from civil and back: Howard Hinnant's algorithms, in eras of 400 years. */
int64_t time_days(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

void time_date(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

bool time_date_valid(int year, int month, int day)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= length[month - 1] + (month == 2 && leap);
}

int time_compare(const void *a, const void *b)
{
	const tw_time *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

/* The n-th Sunday of a month; n 0 is the last. */
static int64_t sunday(int year, int month, int n)
{
	int64_t first = n ? time_days(year, month, 1)
			  : time_days(month == 12 ? year + 1 : year, month % 12 + 1, 1) - 7;
	int64_t weekday = time_divide(first + 4, 7); /* day 0 was a Thursday */
	weekday = first + 4 - weekday * 7;
	return first + (7 - weekday) % 7 + (n ? (int64_t)(n - 1) * 7 : 0);
}

/* Daylight time in UTC seconds, [from, until), of a year; false where there is none. */
static bool daylight(const struct clock *zone, int year, int64_t *from, int64_t *until)
{
	int64_t two = 2 * HOUR - zone->standard;
	switch (zone->rule) {
	case RULE_US: /* 15 USC 260a as amended by Pub. L. 109-58, s. 110 */
		*from = sunday(year, 3, 2) * DAY + two;
		*until = sunday(year, 11, 1) * DAY + two - HOUR;
		return true;
	case RULE_EU: /* Directive 2000/84/EC: 01:00 UTC everywhere */
		*from = sunday(year, 3, 0) * DAY + HOUR;
		*until = sunday(year, 10, 0) * DAY + HOUR;
		return true;
	case RULE_MEXICO: /* Ley de los Husos Horarios, DOF 2022-10-28, ended it */
		*from = sunday(year, 4, 1) * DAY + two;
		*until = sunday(year, 10, 0) * DAY + two - HOUR;
		return year <= 2022;
	case RULE_NONE:
	default:
		return false;
	}
}

int time_offset(enum time_zone zone, tw_time at)
{
	const struct clock *z = &zones[zone];
	int64_t from, until;
	int year, month, day;
	if (at < time_days(DATE_YEAR_FIRST, 1, 1) * DAY ||
	    at >= time_days(DATE_YEAR_LAST + 1, 1, 1) * DAY)
		return z->standard;
	time_date(time_divide(at, DAY), &year, &month, &day);
	if (daylight(z, year, &from, &until) && at >= from && at < until)
		return z->standard + HOUR;
	return z->standard;
}

tw_time time_from_local(enum time_zone zone, int64_t local_seconds)
{
	const struct clock *z = &zones[zone];
	const int64_t edge = INT64_MAX - DAY;
	if (local_seconds > edge || local_seconds < -edge)
		return local_seconds > 0 ? TW_TIME_MAX : TW_TIME_MIN;
	tw_time summer = local_seconds - z->standard - HOUR;
	if (time_offset(zone, summer) == z->standard + HOUR)
		return summer;
	return local_seconds - z->standard;
}

int64_t time_local_day(enum time_zone zone, tw_time at)
{
	if (at > INT64_MAX - DAY)
		return time_divide(INT64_MAX, DAY);
	if (at < INT64_MIN + DAY)
		return time_divide(INT64_MIN, DAY);
	return time_divide(at + time_offset(zone, at), DAY);
}

struct scan {
	const char *at, *end;
};

static bool digits(struct scan *s, int least, int most, int *out)
{
	int n = 0, value = 0;
	while (n < most && s->at < s->end && *s->at >= '0' && *s->at <= '9') {
		value = value * 10 + (*s->at++ - '0');
		n++;
	}
	*out = value;
	return n >= least;
}

static bool sign(struct scan *s, char c)
{
	if (s->at >= s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

/* AM and PM, as US spreadsheets write them; 12 AM is midnight. */
static bool scan_half(struct scan *s, int *hour)
{
	struct scan half = *s;
	(void)sign(&half, ' ');
	bool after = sign(&half, 'P') || sign(&half, 'p');
	if (!after && !sign(&half, 'A') && !sign(&half, 'a'))
		return true;
	if (!sign(&half, 'M') && !sign(&half, 'm'))
		return true;
	*s = half;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (after ? 12 : 0);
	return true;
}

/* 00:01, 00:01:30, 00:01:30.250 (what is under a second is dropped), 12:01 AM, 0001, 000130. */
static bool scan_clock(struct scan *s, int *seconds)
{
	int hour, minute, second = 0, fraction;
	if (!digits(s, 1, 2, &hour))
		return false;
	if (!sign(s, ':')) {
		if (!digits(s, 2, 2, &minute) ||
		    (s->at < s->end && *s->at >= '0' && *s->at <= '9' && !digits(s, 2, 2, &second)))
			return false;
	} else {
		if (!digits(s, 2, 2, &minute))
			return false;
		if (sign(s, ':')) {
			if (!digits(s, 2, 2, &second) ||
			    (sign(s, '.') && !digits(s, 1, 9, &fraction)))
				return false;
		}
	}
	if (!scan_half(s, &hour))
		return false;
	*seconds = hour * HOUR + minute * 60 + second;
	return hour < 24 && minute < 60 && second < 60;
}

/* Z, +08:00, -0400. */
static bool scan_offset(struct scan *s, int *offset)
{
	int hour, minute;
	*offset = 0;
	if (sign(s, 'Z') || sign(s, 'z'))
		return true;
	bool west = sign(s, '-');
	if (!west && !sign(s, '+'))
		return false;
	if (!digits(s, 2, 2, &hour) || (sign(s, ':'), !digits(s, 2, 2, &minute)))
		return false;
	*offset = (hour * 60 + minute) * 60 * (west ? -1 : 1);
	return hour <= 14 && minute < 60;
}

/* A local time of a year. Daylight time neither begins nor ends within a day of its ends. */
static void take_local(struct time_parsed *out, enum time_zone zone, int year, int64_t local)
{
	const struct clock *z = &zones[zone];
	int64_t from = 0, until = 0;
	if (!daylight(z, year, &from, &until))
		until = from;
	tw_time summer = local - z->standard - HOUR, winter = summer + HOUR;
	bool in_summer = from <= summer && summer < until;
	bool in_winter = from <= winter && winter < until;
	out->at = in_summer ? summer : winter;
	out->never = !out->is_date && !in_summer && in_winter;
	/* An hour later the clock may show the same. */
	out->twice = !out->is_date && in_summer && !in_winter;
}

static int two(const char *at)
{
	return (at[0] - '0') * 10 + at[1] - '0';
}

/* 2025-05-02T00:01 and nothing else, of this century: what most lines say. */
static bool read_plain(struct time_parsed *out, enum time_zone zone, struct tw_text text)
{
	static const char form[] = "20dd-dd-ddTdd:dd";
	if (text.length != sizeof form - 1)
		return false;
	for (size_t i = 0; i < sizeof form - 1; i++)
		if (form[i] == 'd' ? !is_digit(text.at[i]) : text.at[i] != form[i])
			return false;
	int year = 2000 + two(text.at + 2), month = two(text.at + 5), day = two(text.at + 8);
	int hour = two(text.at + 11), minute = two(text.at + 14);
	if (!time_date_valid(year, month, day) || hour > 23 || minute > 59)
		return false;
	*out = (struct time_parsed){.is_date = false};
	take_local(out, zone, year, time_days(year, month, day) * DAY + hour * HOUR + minute * 60);
	return true;
}

bool time_parse_order(struct time_parsed *out, enum time_zone zone, struct tw_text text,
		      enum date_order order, const char **right)
{
	struct date_read date;
	int clock = 12 * HOUR, offset;
	*right = "";
	if (read_plain(out, zone, text))
		return true;
	if (!date_read(&date, text, order, right))
		return false;
	struct scan s = {text.at + date.length, text.at + text.length};
	out->is_date = s.at == s.end && date.clock < 0;
	if (date.clock >= 0) {
		clock = date.clock;
	} else if (!out->is_date) {
		bool mark = sign(&s, 'T') || sign(&s, 't') || sign(&s, ' ');
		*right = "write 2025-05-02T00:01 or 2025-05-02";
		if (!mark)
			return false;
		if (!scan_clock(&s, &clock)) {
			*right = "no such time of day: write 2025-05-02T00:01, from 00:00 to 23:59";
			return false;
		}
	}
	int64_t local = time_days(date.year, date.month, date.day) * DAY + clock;
	out->twice = out->never = false;
	if (s.at == s.end) {
		take_local(out, zone, date.year, local);
		return true;
	}
	(void)sign(&s, ' ');
	if (!scan_offset(&s, &offset) || s.at != s.end) {
		*right = "after the time only a zone may stand: Z or -04:00";
		return false;
	}
	out->at = local - offset;
	return true;
}

bool time_parse(struct time_parsed *out, enum time_zone zone, struct tw_text text,
		const char **right)
{
	return time_parse_order(out, zone, text, DATE_BY_FORM, right);
}

/* The digits of a day of the years 0 to 9999, as 20250502. */
static uint64_t day_digits(int64_t days)
{
	int year, month, day;
	time_date(days, &year, &month, &day);
	year = year < 0 ? 0 : year > 9999 ? 9999 : year;
	return EIGHT_ZEROS | eight_digits((uint32_t)(year * 10000 + month * 100 + day));
}

/* "2025-05-" of them; the last two digits are left. */
static void put_month(char *to, uint64_t digits)
{
	eight_store(to, (digits & 0xffffffff) | (uint64_t)'-' << 32 |
			    (digits >> 32 & 0xffff) << 40 | (uint64_t)'-' << 56);
}

const char *time_print_day(char out[16], int64_t day)
{
	uint64_t digits = day_digits(day);
	put_month(out, digits);
	out[8] = (char)(digits >> 48);
	out[9] = (char)(digits >> 56);
	out[10] = '\0';
	return out;
}

/* By eight bytes: the date as 20250502 and the time as 000100, apart; behind both the zone. */
void time_print(char out[26], tw_time at, int offset)
{
	int64_t limit = time_days(9999, 12, 31) * DAY;
	int64_t local = at > limit ? limit : at < 0 - limit ? 0 - limit : at;
	local += offset;
	int64_t days = time_divide(local, DAY);
	uint32_t clock = (uint32_t)(local - days * DAY);
	uint32_t zone = (uint32_t)(offset < 0 ? -offset : offset) / 60;
	uint64_t date = day_digits(days);
	uint64_t time =
	    EIGHT_ZEROS | eight_digits(clock / HOUR * 1000000 + clock / 60 % 60 * 10000 +
				       clock % 60 * 100 + zone / 60 % 100);
	uint64_t minute = EIGHT_ZEROS | eight_digits(zone % 60);
	put_month(out, date);
	eight_store(out + 8, date >> 48 | (uint64_t)'T' << 16 | (time & 0xffff) << 24 |
				 (uint64_t)':' << 40 | (time >> 16 & 0xffff) << 48);
	eight_store(out + 16, ':' | (time >> 32 & 0xffff) << 8 |
				  (uint64_t)(offset < 0 ? '-' : '+') << 24 | time >> 48 << 32 |
				  (uint64_t)':' << 48 | minute >> 48 << 56);
	out[24] = (char)(minute >> 56);
	out[25] = '\0';
}

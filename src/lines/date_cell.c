/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library reads the dates; here it is only seen to that one file has one
 * order. Dates with the year in front, nearly all, are known by their fifth
 * character and left alone.
 */
#include "lines/date_cell.h"

#include "common/error.h"

#include <stdio.h>
#include <string.h>

static const enum tw_column date_columns[] = {
    TW_COLUMN_ENTERED, TW_COLUMN_IMPORTED, TW_COLUMN_LOADED, TW_COLUMN_DEPARTED, TW_COLUMN_IT_DATE};

static struct tw_text written(char *out, size_t room, struct tw_text text,
			      const struct date_read *date)
{
	size_t rest = text.length - date->length;
	if (room < rest + 11)
		return text;
	/* the bounds are those of a valid day; they tell the compiler the length */
	int length = snprintf(out, room, "%04u-%02u-%02u", (unsigned)date->year % 10000,
			      (unsigned)date->month % 100, (unsigned)date->day % 100);
	memcpy(out + length, text.at + date->length, rest);
	return (struct tw_text){out, (size_t)length + rest};
}

struct tw_text date_cell(char *out, size_t room, struct tw_text text, enum date_order order)
{
	struct date_read date;
	const char *right;
	if (order == DATE_BY_FORM || !date_read(&date, text, order, &right) || !date.by_order)
		return text;
	return written(out, room, text, &date);
}

/* One date of a line; false: it ends the run. */
static bool read_cell(struct item *item, struct tw_text *text, const char *column,
		      enum date_order order)
{
	struct date_read date;
	const char *right;
	if (text->length < 6 || text->at[4] == '-' || item->stops)
		return true;
	if (!date_read(&date, *text, order, &right)) {
		if (date.contradicts)
			item_stop(item, column, "`%.*s`: %s",
				  (int)(text->length < 40 ? text->length : 40), text->at, right);
		return !date.contradicts;
	}
	if (order == DATE_BY_FORM || !date.by_order)
		return true;
	size_t room = item->scratch.room - item->scratch.length;
	struct tw_text day = written(item->scratch.at + item->scratch.length, room, *text, &date);
	if (day.at != text->at)
		item->scratch.length += day.length;
	*text = day;
	return true;
}

/* 5/2/2025, 5/2/25, 02.05.2025: dots need all four digits of the year, for codes have dots. */
static bool is_dated(struct tw_text text)
{
	size_t digits[3] = {0}, part = 0;
	char separator = '\0';
	for (size_t i = 0; i < text.length && text.at[i] != ' ' && text.at[i] != 'T'; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9') {
			digits[part]++;
		} else if (part < 2 && (c == '/' || c == '.') && (!part || c == separator)) {
			separator = c;
			part++;
		} else {
			return false;
		}
	}
	return part == 2 && (separator == '/' || digits[2] == 4);
}

/* The next of the claims, taken from their front, and where its value begins. */
static struct tw_text next_claim(struct tw_text *rest, size_t *value)
{
	const char *end = memchr(rest->at, ';', rest->length);
	struct tw_text claim = {rest->at, end ? (size_t)(end - rest->at) : rest->length};
	size_t used = claim.length + (end != NULL);
	const char *equals = claim.length ? memchr(claim.at, '=', claim.length) : NULL;
	rest->at += used;
	rest->length -= used;
	*value = equals ? (size_t)(equals - claim.at) + 1 : claim.length;
	while (*value < claim.length && claim.at[*value] == ' ')
		++*value;
	return claim;
}

static bool has_dates(struct tw_text claims)
{
	size_t value;
	while (claims.length) {
		struct tw_text claim = next_claim(&claims, &value);
		if (is_dated((struct tw_text){claim.at + value, claim.length - value}))
			return true;
	}
	return false;
}

/* The claims with the dates among them read; written anew, for few files have any. */
static void claim_dates(struct item *item, enum date_order order)
{
	struct tw_text *claims = &item->line.column[TW_COLUMN_CLAIMS], rest = *claims;
	if (!has_dates(rest))
		return;
	struct buffer anew = {.within =
				  &item->scratch}; /* read_cell may grow the scratch in between */
	size_t value;
	while (rest.length) {
		struct tw_text claim = next_claim(&rest, &value);
		struct tw_text day = {claim.at + value, claim.length - value};
		if (is_dated(day) && !read_cell(item, &day, "claims", order))
			break;
		buffer_put(&anew, claim.at, value);
		buffer_put(&anew, day.at, day.length);
		if (rest.length)
			buffer_char(&anew, ';');
	}
	if (item->scratch.room - item->scratch.length < anew.length || anew.failed) {
		item_refuse(item, "too-long", "claims", "the claims are too long");
	} else if (order != DATE_BY_FORM && !item->stops) {
		const char *at = item->scratch.at + item->scratch.length;
		buffer_put(&item->scratch, anew.at, anew.length);
		*claims = (struct tw_text){at, anew.length};
	}
	buffer_free(&anew);
}

void date_cells(struct item *item, enum date_order order)
{
	for (size_t i = 0; i < sizeof date_columns / sizeof *date_columns; i++) {
		enum tw_column column = date_columns[i];
		if (!read_cell(item, &item->line.column[column], tw_column_name(column), order))
			return;
	}
	claim_dates(item, order);
}

int date_cell_order(enum date_order *out, const char *text, struct tw_error *error)
{
	int order = date_order_find((struct tw_text){text, strlen(text)});
	if (order >= 0) {
		*out = (enum date_order)order;
		return TW_OK;
	}
	return error_set(error, TW_BAD_ARGUMENT,
			 "--date-format: \"%.60s\" is not an order of day, month and year: give "
			 "mdy, dmy or ymd",
			 text);
}

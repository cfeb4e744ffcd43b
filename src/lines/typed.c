/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/typed.h"

#include <string.h>

#include "common/ascii.h"
#include "common/eight.h"
#include "common/instant.h"
#include "lines/fx.h"
#include "lines/profile.h"

#define NO_DAY INT64_MIN /* a time of entry that is not said */

static bool put_digit(uint64_t *number, char c)
{
	*number = *number * 10 + (uint64_t)(c - '0');
	return is_digit(c);
}

bool typed_code(uint64_t *out, uint8_t *digits, struct tw_text text)
{
	char plain[16];
	size_t length = 0;
	if (text.length == 10 && is_digit(text.at[4])) {
		uint64_t first = eight_load(text.at);
		*out = eight_number(first);
		*digits = 10;
		return eight_are_digits(first) && put_digit(out, text.at[8]) &&
		       put_digit(out, text.at[9]);
	}
	if (text.length < 6 || text.length > 13)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		bool dot =
		    text.at[i] == '.' && (i == 4 || i == 7 || i == 10) && i + 2 < text.length;
		if (!dot)
			plain[length++] = text.at[i];
	}
	bool is_plain = length == text.length;
	size_t dotted = length + (length - 4) / 2; /* 6109.10.00.12 */
	if ((length != 6 && length != 8 && length != 10) || (!is_plain && text.length != dotted))
		return false;
	*out = 0;
	*digits = (uint8_t)length;
	for (size_t i = 0; i < length; i++)
		if (!put_digit(out, plain[i]))
			return false;
	return true;
}

static const int64_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

/*
 * A decimal of one to eight bytes at once: moved to the end of the word, and what stands before
 * its point by one more byte.
 */
static inline __attribute__((always_inline)) bool short_decimal(int64_t *out, struct tw_text text,
								unsigned places)
{
	unsigned empty = 64 - 8 * (unsigned)text.length, behind = 0;
	uint64_t word = eight_load(text.at) << empty;
	uint64_t point = eight_below(word ^ EIGHT_LOW * '.', 1);
	if (point) {
		uint64_t mark = point & -point; /* the highest bit of its byte */
		uint64_t before = (mark >> 7) - 1;
		behind = (unsigned)__builtin_clzll(mark) / 8;
		word = (word & ~(before << 8 | 0xFF)) | (word & before) << 8;
		empty += 8;
		if (!behind || behind > places)
			return false;
	}
	if (empty + 8 * behind >= 64) /* nothing before the point */
		return false;
	word |= EIGHT_ZEROS & ((UINT64_C(1) << empty) - 1);
	*out = (int64_t)eight_number(word) * power[places - behind];
	return eight_are_digits(word);
}

/* Digits, and behind a point at most `places` more. */
static __attribute__((noinline)) bool long_decimal(int64_t *out, struct tw_text text,
						   unsigned places)
{
	const char *at = text.at, *end = at + text.length;
	int64_t unit = power[places];
	uint64_t number = 0;
	if (!text.length || text.length > 11 + places)
		return false;
	while (at < end && is_digit(*at))
		number = number * 10 + (uint64_t)(*at++ - '0');
	if (at == text.at || at - text.at > 10)
		return false;
	number *= (uint64_t)unit;
	if (at < end) {
		if (*at++ != '.' || at == end || end - at > (ptrdiff_t)places)
			return false;
		for (; at < end; at++) {
			unit /= 10;
			number += (uint64_t)(*at - '0') * (uint64_t)unit;
			if (!is_digit(*at))
				return false;
		}
	}
	*out = (int64_t)number;
	return true;
}

static inline __attribute__((always_inline)) bool decimal(int64_t *out, struct tw_text text,
							  unsigned places)
{
	return text.length - 1 < 8 ? short_decimal(out, text, places)
				   : long_decimal(out, text, places);
}

_Static_assert(TW_MONEY_UNIT == 10000, "an amount has four places");
bool typed_money(tw_money *out, struct tw_text text)
{
	return decimal(out, text, 4);
}

bool typed_quantity(int64_t *out, struct tw_text text)
{
	if (text.length == 1) { /* most lines are a few pieces */
		*out = (int64_t)(*text.at - '0') * power[6];
		return is_digit(*text.at);
	}
	/* A line says up to 10^9 of it in values. */
	return decimal(out, text, 6) && *out <= INT64_C(1000000000) * 1000000;
}

static bool country(uint16_t *out, struct tw_text text)
{
	if (text.length != 2 || text.at[0] < 'A' || text.at[0] > 'Z' || text.at[1] < 'A' ||
	    text.at[1] > 'Z')
		return false;
	*out = TW_COUNTRY(text.at[0], text.at[1]);
	return true;
}

static bool is_word(struct tw_text text, const char *word)
{
	return !memcmp(text.at, word, text.length);
}

/* Words as the manual writes them; no two of them are as long as each other. No branch is taken:
 * which of them comes next nobody can tell. */
static inline bool channel(uint8_t *out, struct tw_text text)
{
	static const struct {
		char word[16];
		uint8_t number;
	} by_length[16] = {[6] = {"postal", TW_CHANNEL_POSTAL},
			   [7] = {"express", TW_CHANNEL_EXPRESS},
			   [10] = {"commercial", TW_CHANNEL_COMMERCIAL}};
	size_t length = text.length < 16 ? text.length : 0;
	size_t behind = length > 8 ? length - 8 : 0;
	const char *word = by_length[length].word;
	uint64_t unlike =
	    eight_first(eight_load(text.at) ^ eight_load(word), length) |
	    eight_first(eight_load(text.at + behind) ^ eight_load(word + behind), length);
	*out = by_length[length].number;
	return !unlike & (*word != '\0');
}

static bool transport(uint8_t *out, struct tw_text text)
{
	static const char *const words[] = {[TW_TRANSPORT_UNKNOWN] = "",
					    [TW_TRANSPORT_AIR] = "air",
					    [TW_TRANSPORT_VESSEL] = "vessel",
					    [TW_TRANSPORT_TRUCK] = "truck",
					    [TW_TRANSPORT_RAIL] = "rail"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == text.length && is_word(text, words[i])) {
			*out = (uint8_t)i;
			return true;
		}
	return false;
}

static bool unit(uint16_t *out, struct typed *typed, struct tw_text text)
{
	if (text.length > 8)
		return false;
	uint64_t word = eight_first(eight_load(text.at), text.length);
	size_t slot = (word * UINT64_C(0x9E3779B97F4A7C15)) >> 56;
	_Static_assert(TYPED_UNITS == 256, "a slot is eight bits");
	if (typed->unit[slot].text != word || typed->unit[slot].length != text.length) {
		typed->unit[slot].text = word;
		typed->unit[slot].length = (uint8_t)text.length;
		typed->unit[slot].number = tw_rulebook_unit_number(typed->rulebook, text);
	}
	*out = typed->unit[slot].number;
	return *out;
}

static bool read_clock(const struct typed *typed, uint16_t into, const char *day, const char *clock,
		       tw_time *at)
{
	char text[16];
	bool is_date;
	memcpy(text, day, 10);
	memcpy(text + 10, clock, 6);
	return tw_entered(typed->assessor, into, (struct tw_text){text, 16}, at, &is_date) &&
	       !is_date;
}

/* A day that was not met yet, read by the library. */
static void meet_day(struct typed_day *day, const struct typed *typed, const char *text,
		     uint16_t into)
{
	int year = 0, month = 0;
	bool is_date = false;
	tw_time end;
	*day = (struct typed_day){.into = into};
	memcpy(day->text, text, sizeof day->text);
	for (int i = 0; i < 4; i++)
		year = year * 10 + (text[i] - '0');
	month = (text[5] - '0') * 10 + text[6] - '0';
	int64_t local = time_days(year, month, (text[8] - '0') * 10 + text[9] - '0') * 86400;
	day->is_known =
	    tw_entered(typed->assessor, into, (struct tw_text){text, 10}, &day->noon, &is_date) &&
	    is_date;
	day->is_steady = day->is_known && read_clock(typed, into, text, "T00:00", &day->start) &&
			 read_clock(typed, into, text, "T23:59", &end) &&
			 end - day->start == 86340 && day->noon - day->start == 43200;
	if (day->is_known)
		day->noon_offset = (int)(local + 43200 - day->noon);
	if (day->is_steady)
		day->start_offset = (int)(local - day->start);
}

/* Is it written as 2025-05-02? */
static bool is_day(const char *at)
{
	static const uint64_t marks = UINT64_C(0xFF0000FF00000000),
			      hyphens = UINT64_C(0x2D00002D00000000);
	uint64_t first = eight_load(at);
	return (first & marks) == hyphens &&
	       eight_are_digits((first & ~marks) | UINT64_C(0x3000003000000000)) &&
	       is_digit(at[8]) && is_digit(at[9]);
}

/* The day that ten bytes are; NULL: they are written otherwise, or none. */
static inline const struct typed_day *find_day(struct typed *typed, const char *at, uint16_t into)
{
	uint16_t last;
	memcpy(&last, at + 8, sizeof last);
	uint64_t key = (eight_load(at) ^ into) * UINT64_C(0x9E3779B97F4A7C15) +
		       last * UINT64_C(0xD6E8FEB86659FD93);
	struct typed_day *day = &typed->day[key >> 54];
	if (memcmp(day->text, at, sizeof day->text) != 0 || day->into != into) {
		if (!is_day(at))
			return NULL;
		meet_day(day, typed, at, into);
	}
	return day->is_known ? day : NULL;
}

/* dd of a clock; 100 or more: it is written otherwise. */
static unsigned two_digits(const char *at)
{
	unsigned tens = (unsigned)(unsigned char)at[0] - '0';
	unsigned ones = (unsigned)(unsigned char)at[1] - '0';
	return tens < 10 && ones < 10 ? tens * 10 + ones : 100;
}

/* Thh:mm of a day, or with seconds; -1: it is written otherwise. Two bytes behind may be read. */
static inline int clock_of(const char *at, size_t length)
{
	const uint64_t marks = UINT64_C(0xFF0000FF), digits = UINT64_C(0xFFFF00FFFF00);
	uint64_t word = eight_load(at), two = word & digits;
	unsigned hour = (unsigned)(word >> 8 & 15) * 10 + (unsigned)(word >> 16 & 15);
	unsigned minute = (unsigned)(word >> 32 & 15) * 10 + (unsigned)(word >> 40 & 15);
	unsigned second = length == 9 && at[6] == ':' ? two_digits(at + 7) : 0;
	bool is_clock = (word & marks) == ((uint64_t)':' << 24 | 'T') &&
			eight_are_digits(two | (EIGHT_ZEROS & ~digits)) &&
			(length != 9 || at[6] == ':');
	if (!is_clock || hour > 23 || minute > 59 || second > 59)
		return -1;
	return (int)(hour * 3600 + minute * 60 + second);
}

static bool entered(struct tw_typed_line *out, int *offset, struct typed *typed,
		    struct tw_text text)
{
	if (text.length != 10 && text.length != 16 && text.length != 19)
		return false;
	const struct typed_day *day = find_day(typed, text.at, out->into);
	if (!day)
		return false;
	out->entered_is_date = text.length == 10;
	if (out->entered_is_date) {
		out->entered = day->noon;
		*offset = day->noon_offset;
		return true;
	}
	int clock = clock_of(text.at + 10, text.length - 10);
	out->entered = day->start + clock;
	*offset = day->start_offset;
	return clock >= 0 && day->is_steady;
}

/* Inlined into the reading of a row. */
static inline __attribute__((always_inline)) bool read_value(struct tw_typed_line *out, int *offset,
							     struct typed *typed, int column,
							     struct tw_text text)
{
	switch (column) {
	case TW_COLUMN_INTO:
		return country(&out->into, text);
	case TW_COLUMN_HTS:
		return typed_code(&out->hts, &out->digits, text);
	case TW_COLUMN_ORIGIN:
		return country(&out->origin, text);
	case TW_COLUMN_SHIP_FROM:
		return country(&out->ship_from, text);
	case TW_COLUMN_ENTERED:
		return entered(out, offset, typed, text);
	case TW_COLUMN_CHANNEL:
		return channel(&out->channel, text);
	case TW_COLUMN_TRANSPORT:
		return transport(&out->transport, text);
	case TW_COLUMN_VALUE:
		return typed_money(&out->value, text);
	case TW_COLUMN_RETAIL_VALUE:
		return typed_money(&out->retail_value, text);
	case TW_COLUMN_QTY:
		return typed_quantity(&out->qty, text);
	case TW_COLUMN_QTY2:
		return typed_quantity(&out->qty2, text);
	case TW_COLUMN_WEIGHT:
		return typed_quantity(&out->weight, text);
	case TW_COLUMN_UNIT:
		return unit(&out->unit, typed, text);
	case TW_COLUMN_UNIT2:
		return unit(&out->unit2, typed, text);
	case TW_COLUMN_CLAIMS:
		out->claims = text;
		return true;
	case TW_COLUMN_DESCRIPTION:
		out->description = text;
		return true;
	default:
		return false;
	}
}

static bool is_typed(int column)
{
	switch (column) {
	case TW_COLUMN_INTO:
	case TW_COLUMN_HTS:
	case TW_COLUMN_ORIGIN:
	case TW_COLUMN_SHIP_FROM:
	case TW_COLUMN_ENTERED:
	case TW_COLUMN_CHANNEL:
	case TW_COLUMN_TRANSPORT:
	case TW_COLUMN_VALUE:
	case TW_COLUMN_RETAIL_VALUE:
	case TW_COLUMN_QTY:
	case TW_COLUMN_QTY2:
	case TW_COLUMN_WEIGHT:
	case TW_COLUMN_UNIT:
	case TW_COLUMN_UNIT2:
	case TW_COLUMN_CLAIMS:
	case TW_COLUMN_DESCRIPTION:
		return true;
	default:
		return false;
	}
}

/* A text that is set, with what may be read behind it. */
struct constant {
	char at[32];
};

static struct tw_text take_constant(struct constant *copy, int column, struct tw_text text)
{
	bool is_lent = column == TW_COLUMN_CLAIMS || column == TW_COLUMN_DESCRIPTION;
	if (is_lent || text.length > sizeof copy->at - 8)
		return text;
	*copy = (struct constant){{0}};
	memcpy(copy->at, text.at, text.length);
	return (struct tw_text){copy->at, text.length};
}

/* What is set for all lines: by --set, or by the profile. False: not to be said in values. */
static bool take_constants(struct typed_form *form, bool set[TW_COLUMN_COUNT], struct typed *typed,
			   const struct columns *columns, const struct columns_options *options)
{
	const struct profile *profile = columns->profile;
	struct constant copy;
	for (int i = 0; i < TW_COLUMN_COUNT; i++) {
		struct tw_text text = options->set[i];
		if (!text.at && profile)
			text = profile->set[i];
		set[i] = text.at;
		if (text.at && (!is_typed(i) || !text.length ||
				!read_value(&form->fresh, &form->entered_offset, typed, i,
					    take_constant(&copy, i, text))))
			return false;
	}
	return true;
}

static bool is_plain(const struct input *input, const struct columns_options *options)
{
	const struct columns *columns = &input->columns;
	return input_has_rows(input) && !columns->is_reckoned && !columns->seconds &&
	       !columns->has_words && columns->decimal.mark != DECIMAL_COMMA &&
	       !options->claim_count && !(options->fx && options->fx->count);
}

/* What identifies people, which no line by itself is asked for. */
static bool is_unasked(int field)
{
	return field >= TW_COLUMN_IMPORTER && field <= TW_COLUMN_BUYER;
}

void typed_form_make(struct typed_form *form, struct typed *typed, const struct input *input,
		     const struct columns_options *options)
{
	const struct columns *columns = &input->columns;
	bool set[TW_COLUMN_COUNT];
	*form = (struct typed_form){
	    .id = -1, .into = -1, .hts = -1, .fresh = TW_TYPED_INIT, .count = columns->count};
	form->fresh.entered = NO_DAY;
	if (!is_plain(input, options) || !take_constants(form, set, typed, columns, options))
		return;
	form->is_usual = true;
	for (size_t i = 0; i < columns->count; i++) {
		int field = columns->field[i];
		struct typed_field read = {.at = (uint16_t)i, .column = TYPED_ALONE};
		if (field == TW_COLUMN_ID)
			form->id = (int)i;
		if (field == TW_COLUMN_INTO && !set[field])
			form->into = (int)i;
		if (field == TW_COLUMN_HTS && !set[field])
			form->hts = (int)i;
		if (field == TW_COLUMN_ID || field == FIELD_OTHER || field == FIELD_UNKNOWN ||
		    is_unasked(field))
			continue;
		if (field < TW_COLUMN_COUNT && is_typed(field)) {
			if (set[field])
				continue;
			read.column = (int16_t)field;
		}
		form->field[form->fields++] = read;
	}
}

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A field without the quotes and blanks around it. */
static __attribute__((noinline)) struct tw_text bare(const char *at, size_t from, size_t to)
{
	struct tw_text text = scan_field(at, from, to);
	while (text.length && is_blank(*text.at)) {
		text.at++;
		text.length--;
	}
	while (text.length && is_blank(text.at[text.length - 1]))
		text.length--;
	return text;
}

/* A field of a row that begins at `start`. Most have nothing around them. */
static inline struct tw_text field_of(const char *text, size_t start, const uint32_t *mark,
				      size_t index)
{
	size_t from = index ? mark[index - 1] + 1 : start, to = mark[index];
	if (from < to) {
		unsigned char first = (unsigned char)text[from], last = (unsigned char)text[to - 1];
		if (first <= ' ' || first == '"' || last <= ' ')
			return bare(text, from, to);
	}
	return (struct tw_text){text + from, to - from};
}

bool typed_row(struct tw_typed_line *out, int *offset, struct typed *typed,
	       const struct typed_form *form, const char *text, size_t start, const uint32_t *mark)
{
	*out = form->fresh;
	*offset = form->entered_offset;
	if (form->into >= 0) { /* the day is one of that country */
		struct tw_text into = field_of(text, start, mark, (size_t)form->into);
		if (into.length && !country(&out->into, into))
			return false;
	}
	const struct typed_field *end = form->field + form->fields;
	for (const struct typed_field *field = form->field; field < end; field++) {
		struct tw_text cell = field_of(text, start, mark, field->at);
		if (!cell.length)
			continue;
		if (!read_value(out, offset, typed, field->column, cell))
			return false;
	}
	return out->entered != NO_DAY && out->digits && out->origin;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow/layout.h"
#include "common/ascii.h"
#include "common/instant.h"

static enum cell_is put(struct cell *out, const char *at, size_t length)
{
	out->text = (struct tw_text){at, length};
	return CELL_TEXT;
}

static enum cell_is broken(struct cell *out, const char *why)
{
	out->why = why;
	return CELL_BROKEN;
}

/* Digits before `end`; returns where they begin. */
static char *digits_before(char *end, uint64_t number)
{
	do {
		*--end = (char)('0' + number % 10);
	} while (number /= 10);
	return end;
}

static enum cell_is read_int(struct cell *out, char *room, int64_t value, bool has_sign)
{
	char digits[24];
	char *end = digits + sizeof digits;
	bool minus = has_sign && value < 0;
	char *at = digits_before(end, minus ? 0 - (uint64_t)value : (uint64_t)value);
	if (minus)
		*--at = '-';
	memcpy(room, at, (size_t)(end - at));
	return put(out, room, (size_t)(end - at));
}

/* A whole number of up to 256 bits, least part first, made its magnitude. True: it is negative. */
static bool magnitude(uint32_t part[8], const void *from, unsigned bits)
{
	uint64_t carry = 1;
	size_t count = bits / 32;
	memset(part, 0, 8 * sizeof *part);
	memcpy(part, from, bits / 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	for (size_t i = 0; i < count / 2; i++) {
		uint32_t other = part[i];
		part[i] = part[count - 1 - i];
		part[count - 1 - i] = other;
	}
#endif
	if (!(part[count - 1] >> 31))
		return false;
	for (size_t i = 0; i < count; i++) {
		carry += (uint32_t)~part[i];
		part[i] = (uint32_t)carry;
		carry >>= 32;
	}
	return true;
}

/* The digits of it before `end`. */
static char *big_digits(char *end, uint32_t part[8])
{
	for (;;) {
		uint64_t rest = 0;
		bool more = false;
		for (int i = 7; i >= 0; i--) {
			uint64_t now = rest << 32 | part[i];
			part[i] = (uint32_t)(now / 1000000000);
			rest = now % 1000000000;
			more = more || part[i];
		}
		if (!more)
			return digits_before(end, rest);
		for (int i = 0; i < 9; i++, rest /= 10)
			*--end = (char)('0' + rest % 10);
	}
}

/* Up to 78 digits, and a point among or zeros behind them. */
static enum cell_is read_decimal(struct cell *out, char *room, const struct type *type,
				 const void *from)
{
	char digits[80];
	char *end = digits + sizeof digits;
	uint32_t part[8];
	bool minus = magnitude(part, from, type->bits);
	const char *at = big_digits(end, part);
	size_t count = (size_t)(end - at), behind = type->scale > 0 ? (size_t)type->scale : 0;
	size_t zeros = type->scale < 0 && *at != '0' ? (size_t)-type->scale : 0;
	size_t length = 0, before = count > behind ? count - behind : 0;
	if (count + zeros + behind + 3 > CELL_ROOM) {
		out->why = "the number has more digits than any amount";
		return CELL_UNFIT;
	}
	if (minus)
		room[length++] = '-';
	if (!before)
		room[length++] = '0';
	memcpy(room + length, at, before);
	length += before;
	memset(room + length, '0', zeros);
	length += zeros;
	if (behind) {
		room[length++] = '.';
		for (size_t i = count - before; i < behind; i++)
			room[length++] = '0';
		memcpy(room + length, at + before, count - before);
		length += count - before;
	}
	return put(out, room, length);
}

/* Digits, of which the first stands for 10^exponent, written without an exponent. */
static size_t lay_out(char *room, const char *digits, size_t count, int exponent)
{
	size_t length = 0;
	if (exponent < 0) {
		room[length++] = '0';
		room[length++] = '.';
		for (int i = -1; i > exponent; i--)
			room[length++] = '0';
	}
	for (size_t i = 0; i < count || (int)i <= exponent; i++) {
		if (exponent >= 0 && (int)i == exponent + 1)
			room[length++] = '.';
		room[length++] = i < count ? digits[i] : '0';
	}
	return length;
}

/*
 * The shortest decimal that is this float and no other, as CSV and NDJSON have it. The C library
 * writes and reads it, whatever the decimal mark of its locale.
 */
static enum cell_is read_float(struct cell *out, char *room, const struct type *type,
			       const char *from)
{
	char text[64], digits[24];
	double value;
	float narrow = 0;
	size_t count = 0;
	bool wide = type->bits == 64;
	if (type->bits == 16) {
		out->why = "float16 is not read";
		return CELL_UNFIT;
	}
	if (wide)
		memcpy(&value, from, sizeof value);
	else
		memcpy(&narrow, from, sizeof narrow), value = (double)narrow;
	if (value != value)
		return CELL_NULL;
	if (value >= 1e16 || value <= -1e16 || (value < 1e-40 && value > -1e-40 && value != 0)) {
		out->why = "the number is infinite, or larger or smaller than any amount";
		return CELL_UNFIT;
	}
	for (int behind = wide ? 14 : 5; behind <= 16; behind++) {
		(void)snprintf(text, sizeof text, "%.*e", behind, value);
		if (wide ? strtod(text, NULL) == value : strtof(text, NULL) == narrow)
			break;
	}
	const char *at = text;
	for (; *at != 'e'; at++)
		if (is_digit(*at))
			digits[count++] = *at;
	while (count > 1 && digits[count - 1] == '0')
		count--;
	bool minus = *text == '-';
	*room = '-';
	return put(out, room, (minus ? 1 : 0) + lay_out(room + minus, digits, count, atoi(at + 1)));
}

static enum cell_is read_day(struct cell *out, char *room, int64_t day, int length)
{
	int year, month, date;
	if (day < -719162 || day > 2932896) { /* 0001-01-01 to 9999-12-31 */
		out->why = "the day is outside the years 1 to 9999";
		return CELL_UNFIT;
	}
	time_date(day, &year, &month, &date);
	(void)snprintf(room, CELL_ROOM, "%04d-%02d-%02d", year, month, date);
	return put(out, room, (size_t)length);
}

/*
 * With a zone the instant, in UTC. Without one the time on the clock of the importing country;
 * midnight to the second is a day of which no time is known: frames have no days of their own.
 */
static enum cell_is read_timestamp(struct cell *out, char *room, const struct type *type,
				   int64_t value)
{
	int64_t seconds = time_divide(value, type->unit), day = time_divide(seconds, 86400);
	int clock = (int)(seconds - day * 86400);
	bool whole = !clock && value == seconds * type->unit;
	enum cell_is is = read_day(out, room, day, 10);
	if (is != CELL_TEXT || (whole && !type->has_zone))
		return is;
	int length = snprintf(room + 10, CELL_ROOM - 10, "T%02d:%02d:%02d%s", clock / 3600 % 24,
			      clock / 60 % 60, clock % 60, type->has_zone ? "Z" : "");
	return put(out, room, 10 + (size_t)length);
}

static enum cell_is read_view(struct cell *out, const struct ArrowArray *array, int64_t slot)
{
	const char *at =
	    (const char *)array->buffers[1] + slot * (int64_t)sizeof(struct layout_view);
	struct layout_view view;
	memcpy(&view, at, sizeof view);
	if (view.length <= LAYOUT_SHORT)
		return put(out, at + sizeof view.length, (size_t)view.length);
	return put(out, (const char *)array->buffers[2 + view.buffer] + view.offset,
		   (size_t)view.length);
}

static enum cell_is read_text(struct cell *out, const struct ArrowArray *array, bool wide,
			      int64_t slot)
{
	int64_t from = layout_offset(array->buffers[1], wide, slot);
	int64_t to = layout_offset(array->buffers[1], wide, slot + 1);
	return put(out, array->buffers[2] ? (const char *)array->buffers[2] + from : "",
		   (size_t)(to - from));
}

/* A value of a type without others below it. */
static enum cell_is read_plain(struct cell *out, char *room, const struct type *type,
			       const struct ArrowArray *array, int64_t slot)
{
	const char *values = array->n_buffers > 1 ? array->buffers[1] : NULL;
	switch (type->kind) {
	case TYPE_BOOL:
		return layout_bit(values, slot) ? put(out, "yes", 3) : put(out, "no", 2);
	case TYPE_INT:
	case TYPE_UINT:
		return read_int(out, room,
				layout_int(values, type->bits, type->kind == TYPE_INT, slot),
				type->kind == TYPE_INT);
	case TYPE_FLOAT:
		return read_float(out, room, type, values + slot * (type->bits / 8));
	case TYPE_DECIMAL:
		return read_decimal(out, room, type, values + slot * (type->bits / 8));
	case TYPE_TEXT:
		return read_text(out, array, false, slot);
	case TYPE_LARGE_TEXT:
		return read_text(out, array, true, slot);
	case TYPE_TEXT_VIEW:
		return read_view(out, array, slot);
	case TYPE_DATE:
		return read_day(out, room,
				time_divide(layout_int(values, type->bits, true, slot), type->unit),
				10);
	case TYPE_TIMESTAMP:
		return read_timestamp(out, room, type, layout_int(values, 64, true, slot));
	default:
		return CELL_NULL;
	}
}

/* The run in which a slot lies. */
static int64_t find_run(const struct type *type, const struct ArrowArray *array, int64_t slot)
{
	const struct ArrowArray *ends = array->children[0];
	int64_t low = 0, high = ends->length - 1;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		if (layout_int(ends->buffers[1], type->child[0].bits, true, ends->offset + middle) >
		    slot)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/*
 * Through dictionaries and runs to the array that holds the value. CELL_TEXT: it is there.
 */
static enum cell_is resolve(struct cell *out, const struct type **type,
			    const struct ArrowArray **array, int64_t *at)
{
	for (unsigned depth = 0; depth <= TYPE_DEPTH; depth++) {
		if (type_is_null(*type, *array, *at))
			return CELL_NULL;
		if ((*type)->kind == TYPE_RUNS) {
			*at = find_run(*type, *array, (*array)->offset + *at);
			*array = (*array)->children[1];
			*type = &(*type)->child[1];
		} else if ((*type)->dictionary) {
			int64_t index =
			    layout_int((*array)->buffers[1], (*type)->bits,
				       (*type)->kind == TYPE_INT, (*array)->offset + *at);
			if (index < 0 || index >= (*array)->dictionary->length)
				return broken(out, "an index points outside its dictionary");
			*at = index;
			*array = (*array)->dictionary;
			*type = (*type)->dictionary;
		} else {
			return CELL_TEXT;
		}
	}
	return CELL_NULL;
}

enum cell_is cell_read(struct cell *out, char room[CELL_ROOM], const struct type *type,
		       const struct ArrowArray *array, int64_t at)
{
	*out = (struct cell){0};
	enum cell_is is = resolve(out, &type, &array, &at);
	return is == CELL_TEXT ? read_plain(out, room, type, array, array->offset + at) : is;
}

/* What stands in a list of pairs: a text, key=value of a struct of two, else a value. */
struct many {
	struct cell *out;
	struct buffer *room;
	char mark;
};

static enum cell_is unfit(struct cell *out, const char *why)
{
	out->why = why;
	return CELL_UNFIT;
}

/* One key=value. A value that is null is not said. */
static enum cell_is put_pair(const struct many *many, struct tw_text key, const struct type *type,
			     const struct ArrowArray *array, int64_t at)
{
	char room[CELL_ROOM];
	enum cell_is is = cell_read(many->out, room, type, array, at);
	struct tw_text value = many->out->text;
	if (is == CELL_NULL)
		return CELL_TEXT;
	if (is != CELL_TEXT)
		return is;
	if (!key.length || memchr(key.at, '=', key.length) || memchr(key.at, ';', key.length))
		return unfit(many->out, "the name of a claim is empty or holds = or ;");
	if (value.length && memchr(value.at, ';', value.length))
		return unfit(many->out, "a claim's value holds a ;");
	if (many->room->length)
		buffer_char(many->room, ';');
	buffer_put(many->room, key.at, key.length);
	buffer_char(many->room, '=');
	buffer_put(many->room, value.at, value.length);
	return CELL_TEXT;
}

/* A struct: each child is a claim. */
static enum cell_is put_struct(const struct many *many, const struct type *type,
			       const struct ArrowArray *array, int64_t slot)
{
	enum cell_is is = CELL_TEXT;
	for (size_t i = 0; i < type->count && is == CELL_TEXT; i++) {
		struct tw_text key = {type->child[i].name, strlen(type->child[i].name)};
		is = put_pair(many, key, &type->child[i], array->children[i], slot);
	}
	return is;
}

/* An element of a list or a map: a pair, or a text. */
static enum cell_is put_element(const struct many *many, const struct type *type,
				const struct ArrowArray *array, int64_t at)
{
	char room[CELL_ROOM];
	struct cell key;
	enum cell_is is = resolve(many->out, &type, &array, &at);
	if (is != CELL_TEXT)
		return is == CELL_NULL ? CELL_TEXT : is;
	if (type->kind == TYPE_STRUCT) {
		int64_t slot = array->offset + at;
		if (type->count != 2)
			return unfit(many->out, "a list of claims is of structs of a key and a "
						"value, or of texts");
		is = cell_read(&key, room, &type->child[0], array->children[0], slot);
		many->out->why = key.why;
		return is == CELL_TEXT
			   ? put_pair(many, key.text, &type->child[1], array->children[1], slot)
		       : is == CELL_NULL ? unfit(many->out, "the name of a claim is null")
					 : is;
	}
	is = read_plain(many->out, room, type, array, array->offset + at);
	if (is != CELL_TEXT)
		return is == CELL_NULL ? CELL_TEXT : is;
	if (many->out->text.length &&
	    memchr(many->out->text.at, many->mark, many->out->text.length))
		return unfit(many->out, many->mark == ';' ? "a claim of a list holds a ;"
							  : "a text of a list holds a ,");
	if (many->room->length)
		buffer_char(many->room, many->mark);
	buffer_put(many->room, many->out->text.at, many->out->text.length);
	return CELL_TEXT;
}

/* From and to which element a list of a slot goes. */
static void find_elements(int64_t *from, int64_t *to, const struct type *type,
			  const struct ArrowArray *array, int64_t slot)
{
	bool wide = type->kind == TYPE_LARGE_LIST || type->kind == TYPE_LARGE_LIST_VIEW;
	if (type->kind == TYPE_FIXED_LIST) {
		*from = slot * type->width;
		*to = *from + type->width;
		return;
	}
	*from = layout_offset(array->buffers[1], wide, slot);
	if (type->kind == TYPE_LIST_VIEW || type->kind == TYPE_LARGE_LIST_VIEW)
		*to = *from + layout_offset(array->buffers[2], wide, slot);
	else
		*to = layout_offset(array->buffers[1], wide, slot + 1);
}

enum cell_is cell_read_many(struct cell *out, struct buffer *room, const struct type *type,
			    const struct ArrowArray *array, int64_t at, char mark)
{
	const struct many many = {out, room, mark};
	*out = (struct cell){0};
	room->length = 0;
	enum cell_is is = resolve(out, &type, &array, &at);
	if (is != CELL_TEXT)
		return is;
	int64_t slot = array->offset + at, from, to;
	if (type->kind == TYPE_STRUCT) {
		is = put_struct(&many, type, array, slot);
	} else {
		find_elements(&from, &to, type, array, slot);
		for (; from < to && is == CELL_TEXT; from++)
			is = put_element(&many, &type->child[0], array->children[0], from);
	}
	if (is == CELL_TEXT)
		out->text = (struct tw_text){room->at, room->length};
	return is;
}

const struct type *cell_type(const struct type *type)
{
	while (type->dictionary || type->kind == TYPE_RUNS)
		type = type->dictionary ? type->dictionary : &type->child[1];
	return type;
}

bool cell_is_nested(const struct type *type)
{
	switch (cell_type(type)->kind) {
	case TYPE_LIST:
	case TYPE_LARGE_LIST:
	case TYPE_LIST_VIEW:
	case TYPE_LARGE_LIST_VIEW:
	case TYPE_FIXED_LIST:
	case TYPE_STRUCT:
	case TYPE_MAP:
		return true;
	default:
		return false;
	}
}

const char *cell_many_unreadable(const struct type *type)
{
	const char *why = NULL;
	type = cell_type(type);
	if (type->kind != TYPE_STRUCT)
		type = cell_type(&type->child[0]);
	if (type->kind != TYPE_STRUCT)
		return cell_unreadable(type);
	for (size_t i = 0; i < type->count && !why; i++)
		why = cell_unreadable(&type->child[i]);
	return why;
}

const char *cell_unreadable(const struct type *type)
{
	type = cell_type(type);
	switch (type->kind) {
	case TYPE_BINARY:
	case TYPE_LARGE_BINARY:
	case TYPE_BINARY_VIEW:
	case TYPE_FIXED_BINARY:
		return "binary cannot be read as text: cast it to utf8";
	case TYPE_SPAN:
		return "times of the day, durations and intervals mean nothing here: give dates, "
		       "timestamps or text";
	case TYPE_OTHER:
		return "this type is not supported: cast it to utf8";
	case TYPE_FLOAT:
		return type->bits == 16 ? "float16 holds three digits: cast it to float64, or "
					  "better to a decimal"
					: NULL;
	default:
		return cell_is_nested(type) ? "a list, a struct or a map cannot be a value" : NULL;
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 16 };

struct sql_piece {
	struct sql_piece *next;
	size_t used, room;
	char at[];
};

size_t sql_print_number(char out[SQL_PRINT], __int128 number, unsigned decimals)
{
	char digits[SQL_PRINT];
	size_t length = 0, at = 0;
	unsigned __int128 left = (unsigned __int128)number;
	if (number < 0) {
		left = -left;
		out[at++] = '-';
	}
	for (; left || length <= decimals; left /= 10) {
		digits[length++] = (char)('0' + (int)(left % 10));
		if (length == SQL_PRINT - 4)
			break;
	}
	while (length > 0) {
		if (length == decimals && decimals)
			out[at++] = '.';
		out[at++] = digits[--length];
	}
	return at;
}

static size_t put(char *out, int64_t number, unsigned width)
{
	char digits[24];
	size_t length = 0, at = 0;
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	if (number < 0)
		out[at++] = '-';
	for (; left || length < width; left /= 10)
		digits[length++] = (char)('0' + left % 10);
	while (length > 0)
		out[at++] = digits[--length];
	return at;
}

size_t sql_print_day(char out[SQL_PRINT], int64_t day)
{
	/* Years begin with March, so that the leap day is the last; 400 of them are 146,097 days.
	 */
	int64_t shifted = day + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	size_t length = put(out, year + era * 400 + (month >= 10), 4);
	out[length++] = '-';
	length += put(out + length, month < 10 ? month + 3 : month - 9, 2);
	out[length++] = '-';
	return length + put(out + length, of_year - (153 * month + 2) / 5 + 1, 2);
}

size_t sql_print_time(char out[SQL_PRINT], int64_t microseconds, bool is_utc)
{
	const int64_t second = 1000000, day = 86400 * second;
	int64_t days = microseconds / day - (microseconds % day < 0);
	int64_t seconds = (microseconds - days * day) / second;
	size_t length = sql_print_day(out, days);
	out[length++] = 'T';
	length += put(out + length, seconds / 3600, 2);
	out[length++] = ':';
	length += put(out + length, seconds / 60 % 60, 2);
	out[length++] = ':';
	length += put(out + length, seconds % 60, 2);
	if (is_utc)
		out[length++] = 'Z';
	return length;
}

size_t sql_print_money(char out[SQL_PRINT], tw_money amount)
{
	bool is_cents = amount % (TW_MONEY_UNIT / 100) == 0;
	return is_cents ? sql_print_number(out, amount / (TW_MONEY_UNIT / 100), 2)
			: sql_print_number(out, amount, 4);
}

static struct sql_piece *more(size_t size)
{
	size_t room = size > PIECE ? size : PIECE;
	struct sql_piece *piece = malloc(sizeof *piece + room);
	if (piece)
		*piece = (struct sql_piece){NULL, 0, room};
	return piece;
}

char *sql_heap_take(struct sql_heap *heap, size_t size)
{
	struct sql_piece **place = heap->here ? &heap->here->next : &heap->first;
	if (!heap->here || heap->here->room - heap->here->used < size) {
		/* The next one is empty; where it is too small, one goes before it. */
		if (!*place || (*place)->room < size) {
			struct sql_piece *piece = more(size);
			if (!piece)
				return NULL;
			piece->next = *place;
			*place = piece;
		}
		heap->here = *place;
	}
	heap->here->used += size;
	return heap->here->at + heap->here->used - size;
}

void sql_heap_reset(struct sql_heap *heap)
{
	for (struct sql_piece *piece = heap->first; piece; piece = piece->next)
		piece->used = 0;
	heap->here = heap->first;
}

void sql_heap_free(struct sql_heap *heap)
{
	for (struct sql_piece *piece = heap->first, *next; piece; piece = next) {
		next = piece->next;
		free(piece);
	}
	*heap = (struct sql_heap){NULL, NULL};
}

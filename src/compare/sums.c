/* SPDX-License-Identifier: Apache-2.0 */
#include "compare/sums.h"

#include <stdlib.h>
#include <string.h>

static size_t spread(uint64_t key, size_t room)
{
	return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (room - 1);
}

static struct sum *find(struct sum *place, size_t room, uint64_t key)
{
	size_t at = spread(key, room);
	while (place[at].key && place[at].key != key)
		at = (at + 1) & (room - 1);
	return &place[at];
}

static bool grow(struct sums *sums)
{
	size_t room = sums->room ? 2 * sums->room : 256;
	struct sum *place = calloc(room, sizeof *place);
	if (!place)
		return false;
	for (size_t i = 0; i < sums->room; i++)
		if (sums->place[i].key)
			*find(place, room, sums->place[i].key) = sums->place[i];
	free(sums->place);
	sums->place = place;
	sums->room = room;
	return true;
}

struct sum *sums_of(struct sums *sums, uint64_t key)
{
	if (4 * (sums->count + 1) > 3 * sums->room && !grow(sums))
		return NULL;
	struct sum *sum = find(sums->place, sums->room, key);
	if (!sum->key) {
		sum->key = key;
		sums->count++;
	}
	return sum;
}

static void add_taxes(struct sum_taxes *into, const struct sum_taxes *from)
{
	into->amount += from->amount;
	into->known += from->known;
	into->unknown += from->unknown;
}

void sums_add(struct sum *into, const struct sum *from)
{
	into->lines += from->lines;
	into->changed += from->changed;
	into->free_before += from->free_before;
	into->free_after += from->free_after;
	into->before += from->before;
	into->after += from->after;
	into->fees_before += from->fees_before;
	into->fees_after += from->fees_after;
	add_taxes(&into->taxes_before, &from->taxes_before);
	add_taxes(&into->taxes_after, &from->taxes_after);
}

void sums_free(struct sums *sums)
{
	free(sums->place);
	*sums = (struct sums){0};
}

void sums_money(char out[64], sum_money amount, bool plain)
{
	char text[64];
	size_t at = sizeof text, digits = 0;
	bool minus = amount < 0;
	sum_money rest = minus ? -amount : amount;
	int cents = (int)(rest % 10000), decimals = cents % 100 ? 4 : 2;
	rest /= 10000;
	for (int i = 4; i > 0; i--, cents /= 10)
		if (i <= decimals)
			text[--at] = (char)('0' + cents % 10);
	text[--at] = '.';
	do {
		if (!plain && digits && digits % 3 == 0)
			text[--at] = ',';
		text[--at] = (char)('0' + (int)(rest % 10));
		digits++;
		rest /= 10;
	} while (rest && at > 2);
	if (minus)
		text[--at] = '-';
	memcpy(out, text + at, sizeof text - at);
	out[sizeof text - at] = '\0';
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/distance.h"

size_t distance_allowed(size_t letters)
{
	size_t most = letters / 4;
	return most > DISTANCE_MOST ? DISTANCE_MOST : most;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, three rows of it. */
size_t distance_of(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
		   size_t most)
{
	size_t row[3][DISTANCE_LETTERS + 1];
	if (a_count > DISTANCE_LETTERS || b_count > DISTANCE_LETTERS || a_count > b_count + most ||
	    b_count > a_count + most)
		return most + 1;
	/* What both begin and end with costs nothing. */
	while (a_count && b_count && *a == *b) {
		a++, b++;
		a_count--, b_count--;
	}
	while (a_count && b_count && a[a_count - 1] == b[b_count - 1])
		a_count--, b_count--;
	if (!a_count || !b_count)
		return least(a_count + b_count, most + 1);
	if (a_count == 1 && b_count == 1)
		return 1;
	for (size_t j = 0; j <= b_count; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a_count; i++) {
		size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
		size_t smallest = now[0] = i;
		for (size_t j = 1; j <= b_count; j++) {
			size_t cost = before[j - 1] + (a[i - 1] != b[j - 1]);
			cost = least(cost, least(before[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cost = least(cost, earlier[j - 2] + 1);
			now[j] = cost;
			smallest = least(smallest, cost);
		}
		if (smallest > most)
			return most + 1;
	}
	return least(row[a_count % 3][b_count], most + 1);
}

size_t distance_text(const char *a, size_t a_length, const char *b, size_t b_length, size_t most)
{
	uint32_t x[DISTANCE_LETTERS], y[DISTANCE_LETTERS];
	if (a_length > DISTANCE_LETTERS || b_length > DISTANCE_LETTERS)
		return most + 1;
	for (size_t i = 0; i < a_length; i++)
		x[i] = (unsigned char)a[i];
	for (size_t i = 0; i < b_length; i++)
		y[i] = (unsigned char)b[i];
	return distance_of(x, a_length, y, b_length, most);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/distance.h"

#include <stdbool.h>

size_t distance_allowed(size_t letters)
{
	size_t most = letters / 4;
	return most > DISTANCE_MOST ? DISTANCE_MOST : most;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool are_turned(const unsigned char *a, const unsigned char *b)
{
	return a[0] == b[1] && a[1] == b[0];
}

/* Optimal string alignment: what both begin and end with costs nothing; where they differ each
 * kind of error is tried, of which there may be few. */
static size_t errors(const unsigned char *a, size_t a_count, const unsigned char *b, size_t b_count,
		     size_t most)
{
	while (a_count && b_count && *a == *b) {
		a++, b++;
		a_count--, b_count--;
	}
	while (a_count && b_count && a[a_count - 1] == b[b_count - 1])
		a_count--, b_count--;
	if (!a_count || !b_count)
		return least(a_count + b_count, most + 1);
	if (!most || a_count > b_count + most || b_count > a_count + most)
		return most + 1;
	if (most == 1)
		return (a_count == 1 && b_count == 1) ||
			       (a_count == 2 && b_count == 2 && are_turned(a, b))
			   ? 1
			   : 2;
	size_t more = errors(a + 1, a_count - 1, b + 1, b_count - 1, most - 1);
	if (more)
		more = least(more, errors(a + 1, a_count - 1, b, b_count, most - 1));
	if (more)
		more = least(more, errors(a, a_count, b + 1, b_count - 1, most - 1));
	if (more && a_count > 1 && b_count > 1 && are_turned(a, b))
		more = least(more, errors(a + 2, a_count - 2, b + 2, b_count - 2, most - 1));
	return 1 + more;
}

size_t distance_text(const char *a, size_t a_length, const char *b, size_t b_length, size_t most)
{
	if (a_length > DISTANCE_LETTERS || b_length > DISTANCE_LETTERS)
		return most + 1;
	return errors((const unsigned char *)a, a_length, (const unsigned char *)b, b_length, most);
}

/* Code points as the numbers under which they came first. */
static void number(unsigned char *out, uint32_t *known, size_t *count, const uint32_t *point,
		   size_t points)
{
	for (size_t i = 0; i < points; i++) {
		size_t k = 0;
		while (k < *count && known[k] != point[i])
			k++;
		if (k == *count)
			known[(*count)++] = point[i];
		out[i] = (unsigned char)k;
	}
}

size_t distance_of(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
		   size_t most)
{
	uint32_t known[2 * DISTANCE_LETTERS];
	unsigned char x[DISTANCE_LETTERS], y[DISTANCE_LETTERS];
	size_t count = 0;
	if (a_count > DISTANCE_LETTERS || b_count > DISTANCE_LETTERS)
		return most + 1;
	number(x, known, &count, a, a_count);
	number(y, known, &count, b, b_count);
	return errors(x, a_count, y, b_count, most);
}

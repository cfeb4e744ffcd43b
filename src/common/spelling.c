/* SPDX-License-Identifier: Apache-2.0 */
#include "common/spelling.h"

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t spelling_distance(struct tw_text a, struct tw_text b, size_t most)
{
	size_t n = a.length, m = b.length, row[3][SPELLING_LONGEST + 1];
	if (n > SPELLING_LONGEST || m > SPELLING_LONGEST || (n > m ? n - m : m - n) > most)
		return most + 1;
	for (size_t j = 0; j <= m; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = row[i % 3], *last = row[(i - 1) % 3], best = now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1,
				       last[j - 1] + (a.at[i - 1] != b.at[j - 1]));
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
			    a.at[i - 2] == b.at[j - 1])
				now[j] = least(now[j], row[(i - 2) % 3][j - 2] + 1);
			best = least(best, now[j]);
		}
		if (best > most)
			return most + 1;
	}
	return least(row[n % 3][m], most + 1);
}

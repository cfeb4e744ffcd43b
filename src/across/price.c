/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values per kilogram far from those of the same code in the same file. The prices of a code come
 * in order; they are walked through three times: to count them, to find the quartiles by their
 * rank, and to name what lies far from them. What is known of each code after a walk stands in a
 * file, so that memory does not grow with the codes.
 */
#include "across/inner.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/money.h"
#include "common/temporary.h"

struct quartiles {
	uint64_t count;
	int64_t lower, median, upper; /* money for a kilogram */
	int64_t least, most;
};

struct walk {
	struct across *across;
	const struct patterns_row *row;
	struct quartiles now;
	uint64_t rank; /* of the price, from 1 */
	FILE *before, *after;
	int round;
	struct sighting sighting;
	uint64_t low, high;
};

static bool same_group(const struct mark *a, const struct mark *b)
{
	return !memcmp(a, b, offsetof(struct mark, order));
}

static FILE *open_file(struct tw_error *error)
{
	int file = temporary_file(error);
	FILE *out = file < 0 ? NULL : fdopen(file, "w+b");
	if (!out && file >= 0) {
		close(file);
		error_memory(error);
	}
	return out;
}

static int begin(struct walk *walk, const struct mark *mark, struct tw_error *error)
{
	uint32_t pattern = mark_pattern(mark);
	walk->row = &walk->across->law.rows[pattern];
	walk->rank = walk->low = walk->high = 0;
	sighting_begin(&walk->sighting, pattern, every_place(&walk->across->every));
	walk->now = (struct quartiles){.count = 0};
	if (walk->round && fread(&walk->now, sizeof walk->now, 1, walk->before) != 1)
		return error_set(error, TW_BAD_FILE, "temporary file: is truncated");
	return TW_OK;
}

/* The rank of a share of all: the first price at or above which so many stand. */
static uint64_t rank_of(uint64_t count, unsigned quarters)
{
	return (count / 4) * quarters + ((count % 4) * quarters + 3) / 4;
}

/* A price is so many times under the lower or over the upper quartile. */
static int find_far(struct walk *walk, const struct mark *mark, struct tw_error *error)
{
	const struct quartiles *q = &walk->now;
	bool low = (__int128)mark->a * walk->row->times < q->lower;
	bool high = (__int128)q->upper * walk->row->times < mark->a;
	if (q->count < walk->row->least || (!low && !high))
		return TW_OK;
	walk->low += low;
	walk->high += high;
	sighting_day(&walk->sighting, mark->day);
	sighting_name(&walk->sighting, mark);
	return every_add(&walk->across->every, mark->card, error);
}

static int add(struct walk *walk, const struct mark *mark, struct tw_error *error)
{
	struct quartiles *q = &walk->now;
	walk->rank++;
	if (walk->round == 0) {
		q->count++;
		q->least = walk->rank == 1 ? mark->a : q->least;
		q->most = mark->a;
	} else if (walk->round == 1) {
		if (walk->rank == rank_of(q->count, 1))
			q->lower = mark->a;
		if (walk->rank == rank_of(q->count, 2))
			q->median = mark->a;
		if (walk->rank == rank_of(q->count, 3))
			q->upper = mark->a;
	} else {
		return find_far(walk, mark, error);
	}
	return TW_OK;
}

static int end(struct walk *walk, struct tw_error *error)
{
	const struct quartiles *q = &walk->now;
	struct sighting *s = &walk->sighting;
	if (walk->round < 2)
		return fwrite(q, sizeof *q, 1, walk->after) == 1
			   ? TW_OK
			   : error_set(error, TW_BAD_FILE, "temporary file: cannot be written");
	if (!walk->low && !walk->high)
		return TW_OK;
	s->lines = walk->low + walk->high;
	sighting_number(s, "far_below", "lines far below", walk->low);
	sighting_number(s, "far_above", "lines far above", walk->high);
	sighting_number(s, "compared", "lines of this code with a value and a weight", q->count);
	sighting_money(s, "least", "least value of a kilogram", q->least);
	sighting_money(s, "lower_quartile", "lower quartile", q->lower);
	sighting_money(s, "median", "median", q->median);
	sighting_money(s, "upper_quartile", "upper quartile", q->upper);
	sighting_money(s, "most", "greatest", q->most);
	sighting_number(s, "times", "far is more than so many times", walk->row->times);
	return sighting_keep(walk->across, s, error);
}

static int walk_once(struct walk *walk, struct tw_error *error)
{
	struct across *across = walk->across;
	struct mark mark, first;
	bool open = false;
	int got, code = sort_rewind(across->prices, error);
	while (!code && (got = sort_next(across->prices, &mark, error)) != 0) {
		if (got < 0)
			return got;
		if (open && !same_group(&first, &mark)) {
			code = end(walk, error);
			open = false;
		}
		if (!code && !open) {
			first = mark;
			code = begin(walk, &mark, error);
			open = true;
		}
		if (!code)
			code = add(walk, &mark, error);
	}
	return !code && open ? end(walk, error) : code;
}

int prices_all(struct across *across, struct tw_error *error)
{
	struct walk *walk = calloc(1, sizeof *walk);
	int code = walk ? TW_OK : error_memory(error);
	for (int round = 0; round < 3 && !code; round++) {
		walk->across = across;
		walk->round = round;
		if (round < 2 && !(walk->after = open_file(error)))
			code = TW_BAD_FILE;
		if (!code)
			code = walk_once(walk, error);
		if (walk->before)
			fclose(walk->before);
		walk->before = walk->after;
		walk->after = NULL;
		if (walk->before)
			rewind(walk->before);
	}
	if (walk && walk->before)
		fclose(walk->before);
	free(walk);
	return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts that lie just under a limit, against the band of the same width below it. The amounts of
 * a group are counted in both; if each were as likely, so many of both would lie in the upper one
 * with a chance that is reckoned exactly (chance.h). What lies over the limit is shown and not
 * counted: an exemption is often all that a file has.
 */
#include "across/inner.h"

#include "across/chance.h"
#include "common/capped.h"
#include "common/fit.h"
#include "common/money.h"

#include <string.h>

enum { LOWER, UNDER, OVER };

static void begin(struct watch *watch)
{
	watch->heap = (struct heap){.sum = 0};
}

static int add(struct watch *watch, const struct mark *mark, struct tw_error *error)
{
	struct heap *heap = &watch->heap;
	if (mark->c < LOWER || mark->c > OVER)
		return TW_OK;
	heap->lines[mark->c]++;
	if (mark->c != UNDER)
		return TW_OK;
	if (mark->d)
		heap->volume = capped_sum(heap->volume, mark->a);
	else
		heap->sum = capped_sum(heap->sum, mark->a);
	sighting_day(&watch->sighting, mark->day);
	sighting_name(&watch->sighting, mark);
	return every_add(&watch->across->every, mark->card, error);
}

/* "from 720.00 to 800.00", "from 75% to the threshold" */
static void say_band(char out[120], const struct patterns_row *row, int from, int to)
{
	char low[32], high[32];
	if (row->of == PATTERN_OF_THRESHOLD) {
		fit_print(out, 120, "lines of %u.%02u%% to %u.%02u%% of the threshold",
			  (10000 - (unsigned)from * row->band) / 100,
			  (10000 - (unsigned)from * row->band) % 100,
			  (unsigned)((int)10000 - to * (int)row->band) / 100,
			  (unsigned)((int)10000 - to * (int)row->band) % 100);
		return;
	}
	int64_t width = (int64_t)((__int128)row->limit * row->band / 10000);
	money_print(low, row->limit - from * width);
	money_print(high, row->limit - to * width);
	fit_print(out, 120, "lines of %s to %s", low, high);
}

static void show_quantity(struct sighting *s, const char *name, const char *what, int64_t amount,
			  const char *unit)
{
	char text[64];
	fit_print(text, sizeof text, "%llu.%03llu %s", (unsigned long long)(amount / 1000000),
		  (unsigned long long)(amount / 1000 % 1000), unit);
	sighting_show(s, name, what, text);
}

/* chance: NULL where there are more lines than are reckoned with */
static void show(struct watch *watch, const struct chance *chance)
{
	struct sighting *s = &watch->sighting;
	const struct heap *heap = &watch->heap;
	const struct patterns_row *row = watch->row;
	uint64_t both = heap->lines[LOWER] + heap->lines[UNDER];
	char what[120], text[80];
	say_band(what, row, 1, 0);
	sighting_number(s, "under", what, heap->lines[UNDER]);
	say_band(what, row, 2, 1);
	sighting_number(s, "lower", what, heap->lines[LOWER]);
	say_band(what, row, 0, -1);
	sighting_number(s, "over", what, heap->lines[OVER]);
	fit_print(text, sizeof text, "%llu.%c", (unsigned long long)(both / 2),
		  both % 2 ? '5' : '0');
	sighting_show(s, "expected", "expected in the first band, half of both", text);
	if (chance)
		chance_print(text, *chance);
	else
		fit_print(text, sizeof text, "not computed beyond %llu lines",
			  (unsigned long long)CHANCE_MOST);
	sighting_show(s, "chance", "chance of as many or more, rounded up", text);
	sighting_show(s, "test", "test", "exact binomial, one-sided, 1/2");
	if (row->of != PATTERN_OF_THRESHOLD)
		sighting_money(s, "sum", "value in the first band", heap->sum);
	else if (heap->sum || !heap->volume)
		show_quantity(s, "sum", "quantity in the first band, to the gram", heap->sum, "kg");
	if (heap->volume)
		show_quantity(s, "volume", "volume in the first band, to the millilitre",
			      heap->volume, "L");
}

static int end(struct watch *watch, struct tw_error *error)
{
	const struct heap *heap = &watch->heap;
	uint64_t both = heap->lines[LOWER] + heap->lines[UNDER];
	bool is_reckoned = both <= CHANCE_MOST;
	struct chance chance = {0};
	if (heap->lines[UNDER] < watch->row->least)
		return TW_OK;
	if (is_reckoned)
		chance = chance_tail(both, heap->lines[UNDER]);
	/* so many lines are told as soon as the upper band has more: nothing is left out in silence
	 */
	if (is_reckoned ? !chance_within(chance, watch->row->chance)
			: heap->lines[UNDER] <= heap->lines[LOWER])
		return TW_OK;
	watch->sighting.lines = heap->lines[UNDER];
	watch->seen = true;
	show(watch, is_reckoned ? &chance : NULL);
	return sighting_keep(watch->across, &watch->sighting, error);
}

const struct watcher heap_watcher = {begin, add, end};

/* SPDX-License-Identifier: Apache-2.0 */
/* Gathering thresholds and days from all rows of the ledger. */
#include "screen/bands.h"

#include "common/instant.h"
#include "common/order.h"

#include <stdlib.h>

#define DAY 86400

static int compare(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

/* In order, each once; how many. */
static size_t set_of(int64_t *value, size_t count)
{
	size_t kept = 0;
	order_items(value, count, sizeof *value, compare);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || value[kept - 1] != value[i])
			value[kept++] = value[i];
	return kept;
}

bool bands_make(struct bands *bands, const struct ledger *ledger)
{
	size_t rows = ledger->count[LEDGER_CONTROLS], times = 0, weights = 0, volumes = 0,
	       contents = 0;
	*bands = (struct bands){.weights = calloc(rows + 1, sizeof(int64_t)),
				.volumes = calloc(rows + 1, sizeof(int64_t)),
				.contents = calloc(rows + 1, sizeof(int64_t)),
				.times = calloc(rows * 2 + 1, sizeof(int64_t))};
	if (!bands->weights || !bands->volumes || !bands->contents || !bands->times)
		return false;
	for (size_t i = 0; i < rows; i++) {
		const struct ledger_control *row = &ledger->controls[i];
		enum time_zone zone = (enum time_zone)ledger->lists[row->list].zone;
		bands->times[times++] = time_from_local(zone, (int64_t)row->from * DAY);
		bands->times[times++] = time_from_local(zone, (int64_t)row->until * DAY);
		if (row->limit >= 0)
			bands->weights[weights++] = row->limit;
		if (row->volume >= 0)
			bands->volumes[volumes++] = row->volume;
		if (row->mixture_ppm >= 0)
			bands->contents[contents++] = row->mixture_ppm;
	}
	bands->weight_count = set_of(bands->weights, weights);
	bands->volume_count = set_of(bands->volumes, volumes);
	bands->content_count = set_of(bands->contents, contents);
	bands->time_count = set_of(bands->times, times);
	return true;
}

void bands_free(struct bands *bands)
{
	free(bands->weights);
	free(bands->volumes);
	free(bands->contents);
	free(bands->times);
	*bands = (struct bands){0};
}

uint32_t bands_place(const int64_t *among, size_t count, int64_t value)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (among[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)(2 * low + (low < count && among[low] == value));
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where what the lists ask can change: the bands of weight, volume and content
 * between all their thresholds, the grains of time between all their days. Two
 * lines in the same bands and grain are decided alike by control_decide.
 */
#ifndef TW_SCREEN_BANDS_H
#define TW_SCREEN_BANDS_H

#include "rulebook/ledger.h"
#include "tidewaiter.h"

struct bands {
	int64_t *weights, *volumes, *contents, *times; /* in order, each once */
	size_t weight_count, volume_count, content_count, time_count;
};

/* False: memory is short. Free in any case. */
bool bands_make(struct bands *bands, const struct ledger *ledger);
void bands_free(struct bands *bands);

/* The place of a value among those: odd on one of them, even between two. */
uint32_t bands_place(const int64_t *among, size_t count, int64_t value);
/* The band of a magnitude: 0 for what is not known (below nought). */
static inline uint32_t bands_of(const int64_t *thresholds, size_t count, int64_t magnitude)
{
	return magnitude < 0 ? 0 : bands_place(thresholds, count, magnitude) + 1;
}

#endif

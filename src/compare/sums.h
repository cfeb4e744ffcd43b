/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of lines under two laws: by program, origin, chapter and month. Exact, of any size. */
#ifndef TW_COMPARE_SUMS_H
#define TW_COMPARE_SUMS_H

#include "tidewaiter.h"

__extension__ typedef __int128 sum_money; /* in 1/10000, as tw_money */

enum sum_by { SUM_ALL, SUM_PROGRAM, SUM_ORIGIN, SUM_CHAPTER, SUM_MONTH, SUM_KINDS };

/* Of taxes: those that are known, and of how many lines they are and are not. */
struct sum_taxes {
	sum_money amount;
	uint64_t known, unknown;
};

struct sum {
	uint64_t key; /* sums_key; 0: the place is free */
	uint64_t lines, changed;
	uint64_t free_before, free_after; /* parcels */
	sum_money before, after;
	sum_money fees_before, fees_after;
	struct sum_taxes taxes_before, taxes_after;
};

/* A table of them; a key is found or made. */
struct sums {
	struct sum *place;
	size_t room, count;
};

static inline uint64_t sums_key(enum sum_by by, uint32_t currency, uint32_t id)
{
	return UINT64_C(1) << 63 | (uint64_t)by << 56 | (uint64_t)(currency & 0xffffff) << 32 | id;
}
static inline enum sum_by sums_by(uint64_t key)
{
	return (enum sum_by)(key >> 56 & 0x7f);
}
static inline uint32_t sums_id(uint64_t key)
{
	return (uint32_t)key;
}
static inline uint32_t sums_currency(uint64_t key)
{
	return (uint32_t)(key >> 32 & 0xffffff);
}

/* The sum of a key, which stays until the next call; NULL: no memory. */
struct sum *sums_of(struct sums *sums, uint64_t key);
/* Of lines of which some bear a tax, the taxes of all are known. */
static inline bool sums_taxed(const struct sum_taxes *taxes)
{
	return taxes->known && !taxes->unknown;
}
/* Adds all that the other counts but its key. */
void sums_add(struct sum *into, const struct sum *from);
void sums_free(struct sums *sums);

/* "-1,234.56": at least two decimals; plain: without the commas. */
void sums_money(char out[64], sum_money amount, bool plain);

#endif

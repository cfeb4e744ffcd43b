/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sorting more records than memory holds: records of one fixed size, ordered
 * as bytes (memcmp), in runs on temporary files that are merged when read.
 * Memory is fixed, whatever the number of records.
 */
#ifndef TW_COMMON_SORT_H
#define TW_COMMON_SORT_H

#include "tidewaiter.h"

struct sort;

/* `memory`: bytes of one run; tests make it small. Free with sort_free. */
int sort_new(struct sort **out, size_t record_size, size_t memory, struct tw_error *error);
void sort_free(struct sort *sort);
int sort_add(struct sort *sort, const void *record, struct tw_error *error);
/* After the last record; then sort_next gives them in order, 1 a record, 0 at the end. */
int sort_finish(struct sort *sort, struct tw_error *error);
int sort_next(struct sort *sort, void *record, struct tw_error *error);
/* Back to the first record, after sort_finish. */
int sort_rewind(struct sort *sort, struct tw_error *error);

/* Numbers that memcmp orders rightly. */
static inline void sort_put(unsigned char out[8], uint64_t number)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(number >> (56 - 8 * i));
}

static inline uint64_t sort_get(const unsigned char at[8])
{
	uint64_t number = 0;
	for (int i = 0; i < 8; i++)
		number = number << 8 | at[i];
	return number;
}

#endif

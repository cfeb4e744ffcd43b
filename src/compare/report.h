/* SPDX-License-Identifier: Apache-2.0 */
/* The sums in the order in which they are told. Private to src/compare. */
#ifndef TW_COMPARE_REPORT_H
#define TW_COMPARE_REPORT_H

#include "compare/bench.h"

enum { REPORT_NAME = 64 };

struct report_item {
	struct sum sum;
	char name[REPORT_NAME], currency[4];
};

/* Of one kind: by difference, the largest first; months in their order. Free with free(). */
int report_items(struct report_item **out, size_t *count, const struct compare *compare, size_t law,
		 enum sum_by by);
/* The lines that are not compared: of each pair of states those of a currency in its order, where a
   duty is known under one of the laws. Free with free(). */
struct report_apart {
	enum outcome_state before, after;
	char currency[4];
	struct sum sum; /* of what is known; its count of lines is that of the row */
};
int report_apart(struct report_apart **out, size_t *count, const struct compare *compare,
		 size_t law);
/* A table for people of one law. */
int report_table(struct buffer *out, const struct compare *compare, size_t law);

#endif

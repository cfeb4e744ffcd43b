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
/* A table for people of one law. */
int report_table(struct buffer *out, const struct compare *compare, size_t law);

#endif

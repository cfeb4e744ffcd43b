/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ordering and searching an array that may hold nothing and then need not be there. The C
 * library's own functions may not be given a null pointer, not even with no items; so the
 * project calls these and never those (tests/house).
 */
#ifndef TW_COMMON_ORDER_H
#define TW_COMMON_ORDER_H

#include <stddef.h>

/* Negative, zero, positive: the order of two items. */
typedef int order_of(const void *a, const void *b);
typedef int order_in(const void *a, const void *b, void *context);

void order_items(void *items, size_t count, size_t size, order_of *compare);
void order_items_with(void *items, size_t count, size_t size, order_in *compare, void *context);
/* One of the items that equal the key, of items in that order; NULL: none. */
void *order_find(const void *key, const void *items, size_t count, size_t size, order_of *compare);

#endif

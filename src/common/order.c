/* SPDX-License-Identifier: Apache-2.0 */
#include "common/order.h"

#include <stdlib.h>

void order_items(void *items, size_t count, size_t size, order_of *compare)
{
	if (count > 1)
		qsort(items, count, size, compare);
}

void order_items_with(void *items, size_t count, size_t size, order_in *compare, void *context)
{
	if (count > 1)
		qsort_r(items, count, size, compare, context);
}

void *order_find(const void *key, const void *items, size_t count, size_t size, order_of *compare)
{
	return count ? bsearch(key, items, count, size, compare) : NULL;
}

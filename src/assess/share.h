/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line brings to the amounts of its whole shipment, and where it finds
 * what they came to. Joins nothing itself: that takes all lines.
 */
#ifndef TW_ASSESS_SHARE_H
#define TW_ASSESS_SHARE_H

#include "tidewaiter.h"

/* Keys: the one entry, a fee by its measure, a flat duty by its program. */
#define SHARE_ENTRY UINT32_C(0)
/* Of the entry the lowest counts: a type that was filed, then one that the law requires. */
#define SHARE_FILED(measure) ((tw_money)(measure))
#define SHARE_REQUIRED(measure) ((tw_money)(measure) + (INT64_C(1) << 32))
#define SHARE_NO_ENTRY (INT64_C(2) << 32) /* let in free */
#define SHARE_FEE(measure) (2 * (uint32_t)(measure) + 1)
#define SHARE_DUTY(program) (2 * (uint32_t)(program) + 2)

/* What the shipment owes under a key; NULL: the line stands alone in it. */
static inline const struct tw_shipment_amount *share_of(const struct tw_line *line, uint32_t key)
{
	for (size_t i = 0; i < line->shipment_amount_count; i++)
		if (line->shipment_amounts[i].key == key)
			return &line->shipment_amounts[i];
	return NULL;
}

struct tw_assessor;
/* Fill a->share from the stack shown and the relief. */
void share_fill(struct tw_assessor *a);

#endif

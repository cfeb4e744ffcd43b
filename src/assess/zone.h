/* SPDX-License-Identifier: Apache-2.0 */
/* The items of goods admitted to a foreign-trade zone; out->docket is of the entry. */
#ifndef TW_ASSESS_ZONE_H
#define TW_ASSESS_ZONE_H

#include "assess/moment.h"

void zone_items(struct items *out, const struct rb *rb, uint32_t admitted, tw_time entered);

#endif

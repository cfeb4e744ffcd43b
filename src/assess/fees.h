/* SPDX-License-Identifier: Apache-2.0 */
/* What a fee that is owed comes to, with the minimum and the maximum of the law. */
#ifndef TW_ASSESS_FEES_H
#define TW_ASSESS_FEES_H

#include "assess/relief.h"

/*
 * A fee of the shipment is computed on what all its lines bring to it, with one
 * minimum and one maximum, and stands whole on the line that carries it. Where
 * nothing is there to take it on, none is owed, not the minimum.
 */
bool fees_price(struct fee *fee, const struct reading *reading);

#endif

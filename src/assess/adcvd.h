/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Antidumping and countervailing orders: which of them list a code for an origin, whether the list
 * is whole there, and the deposit of those that are claimed. No part of any duty.
 */
#ifndef TW_ASSESS_ADCVD_H
#define TW_ASSESS_ADCVD_H

#include "assess/assessor.h"

/* The orders that a jurisdiction looks for, or NULL. */
const struct rb_adcvd *adcvd_of(const struct rb *rb, const struct rb_jurisdiction *j);
static inline bool adcvd_is_whole(const struct rb_adcvd *adcvd, uint32_t origin)
{
	return (adcvd->whole[origin / 64] >> origin % 64 & 1) != 0;
}
/*
 * Indexes of the orders of an origin that list a code from low on, below high, at an instant:
 * ascending, at most TW_ADCVD_ORDERS; how many there are.
 */
size_t adcvd_gather(uint32_t out[TW_ADCVD_ORDERS], const struct rb *rb,
		    const struct rb_adcvd *adcvd, uint64_t low, uint64_t high, uint32_t origin,
		    tw_time at);
/* The origins of such orders, at any instant, as bits of their classes. */
uint64_t adcvd_origins(const struct rb *rb, const struct rb_adcvd *adcvd, uint64_t low,
		       uint64_t high, const uint8_t *class_of);

/* The rates of deposits that the line gives. False: the line is refused. */
bool adcvd_read(tw_assessor *a);
/* Into a->out, whose amount is settled; then what there is to say of it. */
void adcvd_fill(tw_assessor *a);
void adcvd_remarks(tw_assessor *a);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Units of quantity as the rulebook has them: how they are spelled, and amounts in the unit that
 * lists of chemicals count in. */
#ifndef TW_RULEBOOK_UNITS_H
#define TW_RULEBOOK_UNITS_H

#include "rulebook/layout.h"

/* The spelling, letter case apart, or RB_NONE. */
uint32_t units_spelling(const struct rb *rb, struct tw_text text);
/* The unit of that spelling, or RB_NONE. */
uint32_t units_find(const struct rb *rb, struct tw_text text);
/*
 * An amount (1/1000000 of the unit) in milligrams or in microlitres, half up; at most
 * INT64_MAX. False: the unit is of another dimension.
 */
bool units_milligrams(int64_t *out, const struct rb *rb, uint32_t unit, int64_t amount);
bool units_microlitres(int64_t *out, const struct rb *rb, uint32_t unit, int64_t amount);

#endif

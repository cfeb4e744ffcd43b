/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a plan comes to: the amount of each of its layers, of the base duty
 * beside them, and their sum. Decides nothing.
 */
#ifndef TW_ASSESS_CHARGE_H
#define TW_ASSESS_CHARGE_H

#include "assess/stack.h"

/* What the base duty is beside a floor, on a part of the value. */
enum floor charge_floor(const struct stack_input *in, uint32_t measure, tw_money on, bool whole);

/* Amounts to what was decided; adds the layer of the base duty before the others. */
void charge(struct stack *out, const struct stack_input *in, const struct pieces *pieces);

#endif

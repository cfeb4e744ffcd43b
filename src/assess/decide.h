/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of a line under one reading of its facts: its layers in the order of
 * decision, who stepped back, what is left to choose. Amounts are charged after
 * it, see charge.h.
 */
#ifndef TW_ASSESS_DECIDE_H
#define TW_ASSESS_DECIDE_H

#include "assess/stack.h"

/* The parts of the value that the measures which apply name. */
uint8_t decide_parts(const struct stack_input *in);
/* Fills a stack that is empty but for what value_cut says of it. */
void decide(struct stack *out, const struct stack_input *in, const struct pieces *pieces);

#endif

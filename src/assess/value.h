/* SPDX-License-Identifier: Apache-2.0 */
/* The value of a line: what of it is dutiable, and what it is made of. */
#ifndef TW_ASSESS_VALUE_H
#define TW_ASSESS_VALUE_H

#include "assess/stack.h"

/* Rounded as the law rounds: what is dutiable, and the value without the reduction of chapter 98.
 */
void value_find(const tw_assessor *a, tw_money *value, tw_money *whole);
/* Cut the dutiable value; says in *out and in the reading what is assumed of it. */
void value_cut(struct pieces *pieces, struct stack *out, const struct stack_input *in);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Mail whose goods have no tariff code, see no_code.c. */
#ifndef TW_ASSESS_NO_CODE_H
#define TW_ASSESS_NO_CODE_H

#include "assess/readings.h"
#include "assess/relief.h"
#include "assess/stack.h"

bool no_code(const tw_assessor *a);
void no_code_begin(tw_assessor *a);
/* Whether a line of these goods was met already; always false where there is a code. */
bool no_code_met(tw_assessor *a, const struct rb_leaf *leaf);
/* What is said of the line is what is true of all goods: of this one and those before. */
void no_code_part(tw_assessor *a, const uint64_t *matter);
void no_code_warnings(struct stack *shown, const struct stack *other);
/* Notes whether what is due depends on the code. */
void no_code_missing(tw_assessor *a, const struct bounds *b);
void no_code_count(const tw_assessor *a, struct bounds *b, const struct stack *stack,
		   const struct relief *relief);

#endif

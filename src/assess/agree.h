/* SPDX-License-Identifier: Apache-2.0 */
/* What the stacks of other tariff lines have in common with a->stack, the one shown. */
#ifndef TW_ASSESS_AGREE_H
#define TW_ASSESS_AGREE_H

#include "assess/stack.h"

void agree_begin(tw_assessor *a);
/* Warn of what another reading or line warns of, too. */
void agree_warnings(struct stack *shown, const struct stack *other);
/* False: they are not made of the same money. */
bool agree_with(tw_assessor *a, const struct stack *other);
/* At the end: do all lines agree? */
void agree_end(tw_assessor *a, bool agree);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The law of refunds as a section of the rulebook. */
#ifndef TW_COMPILER_REFUNDS_H
#define TW_COMPILER_REFUNDS_H

#include "law/law.h"
#include "rulebook/rulebook.h"

/* Nothing where the law has no refunds. */
int refunds_compile(struct rulebook_writer *writer, const struct law *law);

#endif

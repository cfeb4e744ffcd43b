/* SPDX-License-Identifier: Apache-2.0 */
/* What to look for across lines as a section of the rulebook. */
#ifndef TW_COMPILER_PATTERNS_H
#define TW_COMPILER_PATTERNS_H

#include "law/law.h"
#include "rulebook/rulebook.h"

/* Nothing where the law names none. `known`: a pattern stands on the acts of that day or before,
   see law_known_day. */
int patterns_compile(struct rulebook_writer *writer, const struct law *law, int32_t known);

#endif

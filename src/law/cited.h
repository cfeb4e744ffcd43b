/* SPDX-License-Identifier: Apache-2.0 */
/* Which acts the law cites. An act that nothing cites says nothing: see docs/law-format.md. */
#ifndef TW_LAW_CITED_H
#define TW_LAW_CITED_H

#include "law/law.h"

/*
 * Sets cited[i] for every instrument that a measure, list, row, yield, program, preference or
 * edition of the law names; leaves the others as they are.
 */
void law_cited(bool *cited, const struct law *law);

#endif

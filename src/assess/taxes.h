/* SPDX-License-Identifier: Apache-2.0 */
/* What taxes come to, once the duty is settled: they stand beside it and are no part of it. */
#ifndef TW_ASSESS_TAXES_H
#define TW_ASSESS_TAXES_H

#include "assess/assessor.h"

/* Taxes of a->relief into a->out, which has its amount, or says that it has none. */
void taxes_fill(tw_assessor *a);

#endif

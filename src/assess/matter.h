/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts that nobody declared could matter, see matter.c. */
#ifndef TW_ASSESS_MATTER_H
#define TW_ASSESS_MATTER_H

#include "rulebook/layout.h"
#include "tidewaiter.h"

/* Add to a->matter the claims to be reminded of, not declared, on which a candidate of the docket
   turns; zero: parts of the value that are taken as 0. */
void matter_find(tw_assessor *a, uint32_t docket, uint8_t zero);

#endif

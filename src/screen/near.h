/* SPDX-License-Identifier: Apache-2.0 */
/* One typing error, asked before there is a scan: without tokens, gaps and contexts. */
#ifndef TW_SCREEN_NEAR_H
#define TW_SCREEN_NEAR_H

#include "rulebook/names.h"
#include "screen/words.h"

/* May near_forward find a name from this key position on, or near_backward one that ends there? */
bool near_may(const struct section *section, const struct words *words, size_t at, bool back);

#endif

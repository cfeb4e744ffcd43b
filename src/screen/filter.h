/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Before the matcher: can a text name anything at all? Most goods cannot, and
 * that is seen from how the words of the ledger's names begin and end, without
 * the words around them. Never says no where the matcher would find something;
 * says yes to little else. Knows no senses and no contexts.
 */
#ifndef TW_SCREEN_FILTER_H
#define TW_SCREEN_FILTER_H

#include "rulebook/names.h"
#include "screen/words.h"

/* May match_text, of a text with these words, find a hit in free text? */
bool filter_words(const struct section *section, const struct words *words);

#endif

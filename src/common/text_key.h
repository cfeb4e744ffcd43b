/* SPDX-License-Identifier: Apache-2.0 */
/* Texts as keys of fixed size that sort: whoever groups by a text groups by the same. */
#ifndef TW_COMMON_TEXT_KEY_H
#define TW_COMMON_TEXT_KEY_H

#include "tidewaiter.h"

typedef unsigned char text_key[16];

/* 128 bits of a text; `tag` keeps kinds of keys apart. `fold`: case and runs of blanks do not
   count, as people write names. */
void text_key_of(text_key out, struct tw_text text, uint64_t tag, bool fold);

/* The consignee's day: who, on which local day, into which country. */
void text_key_person(text_key out, struct tw_text consignee, int64_t local_day, const char *into);

enum text_tag { TEXT_SHIPMENT = 1, TEXT_CONSIGNEE = 2, TEXT_PERSON = 3, TEXT_ORDER = 4 };

#endif

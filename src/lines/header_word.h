/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The unit or the currency that stands in a header beside the name: "Gross
 * Weight (lb)", "Customs Value EUR", "value_usd", "USD Value".
 */
#ifndef TW_LINES_HEADER_WORD_H
#define TW_LINES_HEADER_WORD_H

#include "lines/aliases.h"

struct columns_options;

struct header_word {
	struct alias_meaning meaning;
	int claim;           /* the claim that the name is, or -1 */
	struct tw_text word; /* of the header; a currency by its code; empty where there is none */
	int order;           /* lower is better; of columns_meaning alone */
	bool is_mapped;      /* --map says it */
};

/* Whether a column of this field may have a unit or a currency in its header. */
bool header_is_money(int field);
bool header_is_quantity(int field);

/* What a header means; FIELD_UNKNOWN where it means nothing. Does not know --map. */
struct header_word header_read(struct tw_text name, const struct columns_options *options);
/* Whether the name holds an alias of the field and nothing that speaks against it; its rank. */
int header_within(struct header_word *out, struct tw_text name, int field,
		  const struct columns_options *options);

#endif

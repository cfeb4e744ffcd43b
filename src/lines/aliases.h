/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What columns are called in the formats we were shown: which of our columns a
 * name means, how well, and why it means none. Names are compared with case
 * folded and everything but letters and digits dropped.
 */
#ifndef TW_LINES_ALIASES_H
#define TW_LINES_ALIASES_H

#include "tidewaiter.h"

enum { FOLDED = 96 };

/* Why a column is not read. */
enum columns_why {
	WHY_READ,
	WHY_UNKNOWN,  /* no name of ours */
	WHY_UNUSED,   /* known, and no answer turns on it */
	WHY_DATE,     /* a date that is not the date of entry */
	WHY_EACH,     /* a price for each, not the value of the line */
	WHY_FREIGHT,  /* holds freight and insurance, which the dutiable value may not */
	WHY_BEHIND,   /* another column gives the field, by a more specific name */
	WHY_MAPPED,   /* another column gives the field, by --map, --set or --value-from */
	WHY_STRANGE,  /* the unit or currency that the name says is not known */
	WHY_NO_CLAIM, /* bears a claim's name, and its cells are not of the claim's type */
	WHY_EMPTY     /* bears a claim's name, and its cells are empty */
};

struct alias_meaning {
	int field;            /* enum tw_column, FIELD_...; FIELD_UNKNOWN: none */
	int rank;             /* lower is better: 1 our own name, then as the table has them */
	int tier;             /* names of one tier say the same; a lower tier is more specific */
	enum columns_why why; /* of FIELD_OTHER */
};

/* The folded name; returns its length. */
size_t alias_fold(char out[FOLDED], struct tw_text name);
/* The meaning of a name that is equal to ours or to an alias. */
struct alias_meaning alias_find(struct tw_text name);
/* The best alias of the field that stands inside the folded name: its rank, or -1. */
int alias_within(int field, const char *folded);
/* The fields in the order in which they look for names that hold an alias; -1 behind the last. */
int alias_field(size_t place);

#endif

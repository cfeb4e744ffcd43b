/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The descriptions of a base schedule: what each chapter, heading and line is called,
 * by periods. Read apart from the law, because no duty turns on them: `law
 * check`, `law show` and the companion of the rulebook ask for them. See
 * docs/law-format.md, "Descriptions".
 */
#ifndef TW_LAW_DESCRIPTIONS_H
#define TW_LAW_DESCRIPTIONS_H

#include "law/codes.h"
#include "law/law.h"

/* Upper bound of a text, and of the texts above it together. */
#define LAW_DESCRIPTION_TEXT 4000

struct law_description {
	struct law_range codes; /* of ten-digit numbers */
	int digits;             /* 2, 4, 6, 8 or 10 */
	const char *text;
	const char
	    *under; /* texts without a number between the code above and this, " > " between */
	tw_time from, until;
	struct law_pos pos;
};
/* What people call goods besides, by goods-words.tsv. */
struct law_called {
	struct law_range codes;
	const char *words; /* with commas between */
	struct law_pos pos;
};
struct law_descriptions {
	struct arena *arena;
	uint32_t jurisdiction;
	const struct law_description *words; /* sorted by code, digits, from; disjoint in time */
	uint32_t count;
	const struct law_called *called;
	uint32_t called_count;
};

/* The descriptions of a jurisdiction; count 0 where it has none. Free with law_descriptions_free.
 */
int law_descriptions_read(struct law_descriptions *out, const struct law *law,
			  uint32_t jurisdiction, const char *folder, struct tw_error *error);
void law_descriptions_free(struct law_descriptions *words);

/* The first row of a code of so many digits, or where it would stand: look before you use it. */
const struct law_description *law_description_first(const struct law_descriptions *words,
						    uint64_t low, int digits);
/* The description of a code of so many digits at an instant; NULL: none. */
const struct law_description *law_description_find(const struct law_descriptions *words,
						   uint64_t low, int digits, tw_time at);

/*
 * Every line, and every heading that a measure declares, has a description, and every
 * description has a line or such a heading: tells each fault. `checked` counts rows.
 */
int law_descriptions_check(const struct law *law, const struct law_descriptions *words,
			   struct law_codes *out);

/*
 * Gives each description with the periods in which its line is in force, as local
 * days, [from, until); INT32_MIN and INT32_MAX: open. A number that ended and
 * came back is given more than once. Stops when `take` does not return TW_OK.
 */
struct law_description_use {
	const struct law_description *word;
	int32_t from, until;
	bool is_line;       /* it stands in the schedule */
	bool is_heading;    /* a measure declares it, no line bears it */
	const char *also;   /* the short name of the goods of just this code in goods.tsv, or "" */
	const char *called; /* what people call them besides, or "" */
};
int law_descriptions_each(const struct law *law, const struct law_descriptions *words,
			  int (*take)(void *context, const struct law_description_use *use),
			  void *context);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers of a line share: how a text is trimmed and shown, how a
 * line is refused, times and countries; and the reading of claims.
 */
#ifndef TW_ASSESS_READING_H
#define TW_ASSESS_READING_H

#include "assess/facts.h"

/* Always false: the line is refused, with the column and what would be right. */
bool reading_refuse(struct refusal *out, const char *reason, const char *column, const char *format,
		    ...) __attribute__((format(printf, 4, 5)));

/* At most 40 bytes of what was written, cut at a character. */
struct tw_text reading_shorten(struct tw_text text);
#define SHOW(text) (int)reading_shorten(text).length, reading_shorten(text).at

struct tw_text reading_trim(struct tw_text text);

/* The country of a code, a number or a name; RB_NONE if it is none, or a union of several. */
uint32_t place_find(const struct vocabulary *words, struct tw_text text);
/* The union of several countries that a text names, or NULL. */
const struct rb_country_name *place_union(const struct vocabulary *words, struct tw_text text);
/* The same. False: *refusal is filled, with what may have been meant. */
bool reading_country(uint32_t *out, struct refusal *refusal, const struct vocabulary *words,
		     struct tw_text text, const char *name);

/* An instant in the local time of the line. False: *refusal is filled. */
bool reading_time(tw_time *out, bool *is_date, struct refusal *refusal, struct facts *facts,
		  struct tw_text text, const char *name);

/* The column of claims. False: *refusal is filled. */
bool claims_read(struct facts *out, struct refusal *refusal, const struct vocabulary *words);

/* Whether a text is of the type of a claim. */
bool claims_fit(const struct vocabulary *words, uint32_t claim, struct tw_text text);

/* Claims that a unit says ("degrees" of sugar), before the line is whole. */
bool claims_by_unit(struct facts *out, struct refusal *refusal, const struct vocabulary *words);

/* Claims that are another spelling of something said: an indicator, the mode of transport. */
void claims_join(struct facts *out, const struct vocabulary *words);

#endif

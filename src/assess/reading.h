/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers of a line share: how a text is trimmed and shown, how a
 * line is refused, times and countries; and the reading of claims. For facts.c
 * and claims.c alone.
 */
#ifndef TW_READING_H
#define TW_READING_H

#include "facts.h"

/* Always false: the line is refused, with the column and what would be right. */
bool reading_refuse(struct refusal *out, const char *reason, const char *column, const char *format,
		    ...) __attribute__((format(printf, 4, 5)));

/* At most 40 bytes of what was written, cut at a character. */
struct tw_text reading_shorten(struct tw_text text);
#define SHOW(text) (int)reading_shorten(text).length, reading_shorten(text).at

struct tw_text reading_trim(struct tw_text text);

/* A country by ISO code or name. False: *refusal is filled. */
bool reading_country(uint32_t *out, struct refusal *refusal, const struct vocabulary *words,
		     struct tw_text text, const char *name);

/* An instant in the local time of the line. False: *refusal is filled. */
bool reading_time(tw_time *out, bool *is_date, struct refusal *refusal, struct facts *facts,
		  struct tw_text text, const char *name);

/* The column of claims. False: *refusal is filled. */
bool claims_read(struct facts *out, struct refusal *refusal, const struct vocabulary *words);

/* Claims that a unit says ("degrees" of sugar), before the line is whole. */
bool claims_by_unit(struct facts *out, struct refusal *refusal, const struct vocabulary *words);

/* Claims that are another spelling of something said: an indicator, the mode of transport. */
void claims_join(struct facts *out, const struct vocabulary *words);

#endif

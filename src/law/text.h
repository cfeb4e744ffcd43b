/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The small languages inside law files: rates, conditions, times, code
 * prefixes. Each reads a terminated text completely or fails with a message.
 */
#ifndef TW_LAW_TEXT_H
#define TW_LAW_TEXT_H

#include "common/arena.h"
#include "law/law.h"

/* A duty rate as printed: the grammar of the base schedule and of measures. */
int text_rate(struct law_rate *out, const struct law *law, struct arena *arena, const char *text,
	      struct law_pos pos, struct tw_error *error);
/* A rate that a schedule prints and that is not understood: kept, never computed. */
int text_rate_unread(struct law_rate *out, struct arena *arena, const char *text,
		     struct law_pos pos, struct tw_error *error);
/*
 * The special column: "Free (A+,AU) 2.5% (JO) See 9822.04.25 (CL)". unread: a rate in it may be one
 * that is not understood.
 */
int text_special(const struct law_special **out, uint32_t *count, const struct law *law,
		 struct arena *arena, const char *text, bool unread, struct law_pos pos,
		 struct tw_error *error);
/* Whether every amount of money says of how much it is. */
bool rate_says_units(const struct law_rate *rate);
/* A local time of the named zone: 2025-03-04T00:01 or 2025-03-04 (00:00). */
int text_time(tw_time *out, const char *timezone, const char *text, struct law_pos pos,
	      struct tw_error *error);
/* A code prefix of 2 to 10 digits, dots allowed. */
int text_range(struct law_range *out, const char *text, struct law_pos pos, struct tw_error *error);

#endif

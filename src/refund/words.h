/* SPDX-License-Identifier: Apache-2.0 */
/* The words of cells as values of facts, by the vocabulary of the law. */
#ifndef TW_REFUND_WORDS_H
#define TW_REFUND_WORDS_H

#include "rulebook/refunds.h"

/* A value, REFUND_BLANK of an empty cell, REFUND_UNREAD of one that says something else. */
int8_t refund_word_read(const struct refunds *law, enum refund_fact fact, struct tw_text text);
/* The value in words: "unliquidated", "01"; the room is 4 bytes for a type. */
const char *refund_word_text(const struct refunds *law, enum refund_fact fact, int value,
			     char room[4]);
/* The value of one of the law's own words of a fact, or REFUND_UNREAD. */
int8_t refund_word_find(const struct refunds *law, enum refund_fact fact, const char *word);
/* "accepted, cancelled or rejected"; returns out. */
const char *refund_words_list(const struct refunds *law, enum refund_fact fact, char out[160]);

#endif

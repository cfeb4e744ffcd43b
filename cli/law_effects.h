/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an act comes to: the additional duty on some goods as one had to reckon
 * it the day before the act became public, and from that day on.
 */
#ifndef TW_CLI_LAW_EFFECTS_H
#define TW_CLI_LAW_EFFECTS_H

#include "law_diff.h"

enum { EFFECT_CODES = 160 }; /* so many codes of a change are reckoned, the first */

/* Origins for which an act comes to the same, on codes for which it does. */
struct effect {
	struct law_origins origins;
	tw_money before, after; /* on a value of EFFECT_VALUE */
	struct law_range code[EFFECT_CODES];
	uint32_t code_count;
};
#define EFFECT_VALUE (1000000 * TW_MONEY_UNIT)

struct effects;
struct effects *effects_new(const struct law_query *query);
void effects_free(struct effects *effects);
/*
 * The effects of a change of a list, greatest first; they live until the next
 * call. Compiles the law of two days. CLI_DONE, or CLI_FAILED with a message.
 */
int effects_find(const struct effect **out, size_t *count, struct effects *effects,
		 const struct change *change);
/* "145% to 20%". */
void effect_say(struct buffer *out, const struct effect *effect);

#endif

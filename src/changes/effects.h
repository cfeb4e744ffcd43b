/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an act comes to: the additional duty on some goods as one had to reckon
 * it the day before the act became public, and from that day on.
 */
#ifndef TW_CHANGES_EFFECTS_H
#define TW_CHANGES_EFFECTS_H

#include "changes/pair.h"

/* Origins for which an act comes to the same, on codes for which it does. */
struct effect {
	struct law_origins origins;
	tw_money before, after; /* on a value of EFFECT_VALUE */
	struct law_range *code;
	uint32_t code_count, code_room;
};
#define EFFECT_VALUE (1000000 * TW_MONEY_UNIT)

/* Who reckons them: the engine stands above this folder. */
struct effects {
	/*
	 * The effects of a change of a list, greatest first; they live until the
	 * next call. 0, or what the caller is told in another way.
	 */
	int (*find)(const struct effect **out, size_t *count, struct effects *effects,
		    const struct change *change);
};
/* "145% to 20%". */
void effect_say(struct buffer *out, const struct effect *effect);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What an act comes to, in words. */
#include "changes/effects.h"

#include "common/words.h"

static void say_percent(struct buffer *out, tw_money amount)
{
	char text[32];
	const int64_t unit = EFFECT_VALUE / 1000000; /* 1/10000 of a percent */
	words_percent(text, (amount + unit / 2) / unit);
	buffer_text(out, text);
}

void effect_say(struct buffer *out, const struct effect *effect)
{
	say_percent(out, effect->before);
	buffer_text(out, " to ");
	say_percent(out, effect->after);
}

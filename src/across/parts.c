/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a line is of a part of a pattern: by its road, and by a substance that the screen found
 * on it, a word of its description, or its code. It looks for no substances itself.
 */
#include "across/inner.h"

#include <string.h>

#include "common/ascii.h"

static bool has_substance(const struct patterns *law, struct patterns_span span,
			  const struct tw_assessment *answer)
{
	for (size_t k = 0; k < answer->substance_count; k++) {
		const struct tw_substance_hit *hit = &answer->substances[k];
		if (hit->certainty == TW_CERTAINTY_WEAK)
			continue;
		for (uint32_t i = 0; i < span.count; i++)
			if (!strcmp(patterns_text(law, law->indexes[span.first + i]),
				    hit->substance))
				return true;
	}
	return false;
}

/* What stands beside a word ends it: no letter or digit of ASCII, no byte of another letter. */
static bool is_edge(char c)
{
	char small = to_lower(c);
	return !is_digit(c) && !(small >= 'a' && small <= 'z') && (unsigned char)c < 0x80;
}

/* The word as a whole, letter case of ASCII aside. */
static bool has_word(struct tw_text text, const char *word)
{
	size_t length = strlen(word);
	for (size_t i = 0; length && i + length <= text.length; i++) {
		size_t k = 0;
		if (i && !is_edge(text.at[i - 1]))
			continue;
		while (k < length && to_lower(text.at[i + k]) == word[k])
			k++;
		if (k == length && (i + length == text.length || is_edge(text.at[i + length])))
			return true;
	}
	return false;
}

/* It took the road of the part. */
static bool has_road(const struct patterns *law, const struct patterns_part *part,
		     const struct goods *goods)
{
	const char *into = patterns_text(law, part->into);
	return (!*into || !strcmp(into, goods->into)) &&
	       route_is_of(patterns_text(law, part->origins), goods->route->origin) &&
	       route_is_of(patterns_text(law, part->sent_from), goods->route->from);
}

bool part_has(const struct patterns *law, const struct patterns_part *part,
	      const struct goods *goods)
{
	if (!has_road(law, part, goods))
		return false;
	if (!part->codes.count && !part->words.count && !part->substances.count)
		return true; /* the road is all that is asked */
	for (uint32_t i = 0; i < part->codes.count; i++) {
		const char *code = patterns_text(law, law->indexes[part->codes.first + i]);
		if (!strncmp(goods->hts, code, strlen(code)))
			return true;
	}
	for (uint32_t i = 0; i < part->words.count; i++)
		if (has_word(goods->description,
			     patterns_text(law, law->indexes[part->words.first + i])))
			return true;
	return has_substance(law, part->substances, goods->answer);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "rulebook/units.h"

#include <string.h>

#include "common/money.h"

uint32_t units_spelling(const struct rb *rb, struct tw_text text)
{
	uint32_t low = 0, high = rb->spelling_count;
	char lower[40];
	if (!text.length || text.length >= sizeof lower)
		return RB_NONE;
	for (size_t i = 0; i < text.length; i++)
		lower[i] =
		    text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
	lower[text.length] = '\0';
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(rb_text(rb, rb->spellings[middle].text), lower);
		if (!order)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return RB_NONE;
}

uint32_t units_find(const struct rb *rb, struct tw_text text)
{
	uint32_t spelling = units_spelling(rb, text);
	return spelling != RB_NONE ? rb->spellings[spelling].unit : RB_NONE;
}

/* The law gives its units in kilograms and cubic metres; `fine`: millionths of the result. */
static bool scaled(int64_t *out, const struct rb *rb, uint32_t unit, int64_t amount,
		   const char *dimension, int64_t fine)
{
	const struct rb_unit *of = unit < rb->unit_count ? &rb->units[unit] : NULL;
	if (!of || strcmp(rb_text(rb, of->dimension), dimension) != 0)
		return false;
	*out = money_share(amount, of->num * fine, of->den, 1);
	return true;
}

bool units_milligrams(int64_t *out, const struct rb *rb, uint32_t unit, int64_t amount)
{
	return scaled(out, rb, unit, amount, "mass", 1);
}

bool units_microlitres(int64_t *out, const struct rb *rb, uint32_t unit, int64_t amount)
{
	return scaled(out, rb, unit, amount, "volume", 1000);
}

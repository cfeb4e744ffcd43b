/* SPDX-License-Identifier: Apache-2.0 */
/* Countries as a line names them: codes, numbers, names; and what was meant by one that is none. */
#include "assess/reading.h"

#include "common/country.h"
#include "common/fit.h"
#include "common/spelling.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static uint32_t by_code(const struct vocabulary *words, struct tw_text text)
{
	unsigned a = (unsigned char)text.at[0] | 0x20u, b = (unsigned char)text.at[1] | 0x20u;
	if (a < 'a' || a > 'z' || b < 'a' || b > 'z')
		return RB_NONE;
	uint16_t index = words->country[(a - 'a') * 26 + b - 'a'];
	return index != 0xffff ? index : RB_NONE;
}

static const struct rb_country_name *by_name(const struct rb *rb, const char *folded)
{
	uint32_t low = 0, high = rb->country_name_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(rb_text(rb, rb->country_names[middle].text), folded);
		if (order == 0)
			return &rb->country_names[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Signs around a code; within one they make it none: N/A is not Namibia. */
static struct tw_text without_signs(struct tw_text text)
{
	while (text.length && strchr(" '\"()[]", text.at[0]))
		text.at++, text.length--;
	while (text.length && strchr(" '\"()[].,;", text.at[text.length - 1]))
		text.length--;
	return text;
}

uint32_t place_find(const struct vocabulary *words, struct tw_text text)
{
	uint32_t country = text.length == 2 ? by_code(words, text) : RB_NONE;
	if (country != RB_NONE)
		return country;
	struct tw_text code = without_signs(text);
	if (code.length == 2 && (country = by_code(words, code)) != RB_NONE)
		return country;
	char folded[COUNTRY_FOLDED];
	country_fold(folded, text);
	const struct rb_country_name *name = by_name(words->rb, folded);
	return name ? name->country : RB_NONE;
}

const char *tw_rulebook_country(const tw_rulebook *rulebook, struct tw_text country)
{
	if (!rulebook || !country.at)
		return NULL;
	const struct rb *rb = rulebook_layout(rulebook);
	struct tw_text code = without_signs(country);
	for (uint32_t i = 0; code.length == 2 && i < rb->country_count; i++)
		if (strncasecmp(rb->countries[i].iso2, code.at, 2) == 0)
			return rb->countries[i].iso2;
	char folded[COUNTRY_FOLDED];
	country_fold(folded, country);
	const struct rb_country_name *name = by_name(rb, folded);
	return name && name->country != RB_NONE ? rb->countries[name->country].iso2 : NULL;
}

const struct rb_country_name *place_union(const struct vocabulary *words, struct tw_text text)
{
	char folded[COUNTRY_FOLDED];
	country_fold(folded, text);
	const struct rb_country_name *name = by_name(words->rb, folded);
	return name && name->country == RB_NONE ? name : NULL;
}

/* A number whose zeros in front a spreadsheet took: 36 is 036. */
static const struct rb_country_name *with_zeros(const struct rb *rb, const char *folded)
{
	char number[4] = "000";
	size_t length = strlen(folded);
	if (length == 0 || length > 2 || strspn(folded, "0123456789") != length)
		return NULL;
	memcpy(number + 3 - length, folded, length);
	return by_name(rb, number);
}

/* The nearest name of letters, if it is near. */
static const struct rb_country_name *nearest(const struct rb *rb, const char *folded)
{
	const struct rb_country_name *best = NULL;
	size_t length = strlen(folded);
	size_t least = length < 4 ? 0 : length < 7 ? 2 : 3; /* nearer than this */
	for (uint32_t i = 0; least != 0 && i < rb->country_name_count; i++) {
		const char *name = rb_text(rb, rb->country_names[i].text);
		if (strlen(name) < 4 || (*name >= '0' && *name <= '9'))
			continue;
		size_t here = spelling_distance((struct tw_text){folded, length},
						(struct tw_text){name, strlen(name)}, least);
		if (here < least) {
			least = here;
			best = &rb->country_names[i];
		}
	}
	return best;
}

static bool refuse_union(struct refusal *refusal, struct tw_text text, const char *name)
{
	return reading_refuse(refusal, "union-of-countries", name,
			      "`%.*s` is a union of several countries, and duties depend on the "
			      "country: give that of the goods, as in DE or FR",
			      SHOW(text));
}

static bool refuse_country(struct refusal *refusal, const struct vocabulary *words,
			   struct tw_text text, const char *name)
{
	const struct rb *rb = words->rb;
	char folded[COUNTRY_FOLDED], hint[120] = "";
	country_fold(folded, text);
	if (place_union(words, text))
		return refuse_union(refusal, text, name);
	const struct rb_country_name *zeros = with_zeros(rb, folded);
	const struct rb_country_name *near = !zeros ? nearest(rb, folded) : zeros;
	if (near && near->country != RB_NONE) {
		const struct rb_country *country = &rb->countries[near->country];
		fit_print(hint, sizeof hint, "did you mean %s%s%s (%s)? Else ",
			  zeros ? rb_text(rb, zeros->text) : "", zeros ? ", " : "",
			  rb_text(rb, country->name), country->iso2);
	}
	return reading_refuse(
	    refusal, "unknown-country", name,
	    "`%.*s` is not a country: %sgive a name or code, such as China, CN or CHN", SHOW(text),
	    hint);
}

bool reading_country(uint32_t *out, struct refusal *refusal, const struct vocabulary *words,
		     struct tw_text text, const char *name)
{
	*out = place_find(words, text);
	return *out != RB_NONE || refuse_country(refusal, words, text, name);
}

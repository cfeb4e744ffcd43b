/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/words.h"

#include <string.h>
#include <strings.h>

#include "common/ascii.h"
#include "common/fit.h"
#include "refund/row.h"

static bool same(struct tw_text text, const char *word)
{
	return strlen(word) == text.length && !strncasecmp(word, text.at, text.length);
}

/* "1", "01", "01 - Consumption": spreadsheets lose the zero in front. */
static int8_t read_type(struct tw_text text)
{
	size_t digits = 0;
	int value = 0;
	while (digits < text.length && is_digit(text.at[digits]) && digits < 3)
		value = value * 10 + text.at[digits++] - '0';
	bool ends = digits == text.length || text.at[digits] == ' ' || text.at[digits] == '-';
	return digits >= 1 && digits <= 2 && ends && value ? (int8_t)value : REFUND_UNREAD;
}

/* What people write for yes and no, where the law has these two. */
static const char *plain(struct tw_text text)
{
	static const char *const yes[] = {"y", "true", "1"}, *const no[] = {"n", "false", "0"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (same(text, yes[i]))
			return "yes";
		if (same(text, no[i]))
			return "no";
	}
	return NULL;
}

int8_t refund_word_find(const struct refunds *law, enum refund_fact fact, const char *word)
{
	struct refunds_span words = law->facts[fact].words;
	for (uint32_t i = 0; i < words.count; i++)
		if (!strcasecmp(refunds_text(law, law->words[words.first + i].text), word))
			return (int8_t)law->words[words.first + i].value;
	return REFUND_UNREAD;
}

int8_t refund_word_read(const struct refunds *law, enum refund_fact fact, struct tw_text text)
{
	struct refunds_span words = law->facts[fact].words;
	if (!text.length)
		return REFUND_BLANK;
	if (fact == REFUND_TYPE)
		return read_type(text);
	for (uint32_t i = 0; i < words.count; i++)
		if (same(text, refunds_text(law, law->words[words.first + i].text)))
			return (int8_t)law->words[words.first + i].value;
	const char *word = plain(text);
	return word ? refund_word_find(law, fact, word) : REFUND_UNREAD;
}

const char *refund_word_text(const struct refunds *law, enum refund_fact fact, int value,
			     char room[4])
{
	struct refunds_span own = law->facts[fact].own;
	if (fact == REFUND_TYPE) {
		fit_print(room, 4, "%02d", value);
		return room;
	}
	for (uint32_t i = 0; i < own.count; i++)
		if ((int)law->words[own.first + i].value == value)
			return refunds_text(law, law->words[own.first + i].text);
	return "";
}

const char *refund_words_list(const struct refunds *law, enum refund_fact fact, char out[160])
{
	struct refunds_span own = law->facts[fact].own;
	fit_print(out, 160, "%s", fact == REFUND_TYPE ? "two digits, as in 01" : "");
	for (uint32_t i = 0; i < own.count; i++)
		fit_add(out, 160, "%s%s",
			!i                   ? ""
			: i + 1 == own.count ? " or "
					     : ", ",
			refunds_text(law, law->words[own.first + i].text));
	return out;
}

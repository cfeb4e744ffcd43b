/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/pair.h"

#include <stdlib.h>
#include <string.h>

#include "common/order.h"
#include "common/utf8.h"

enum {
	BY_SOUND = 9000,      /* characters and letters of the same sound */
	BY_SAME_SOUND = 8000, /* other characters of the same sound: many share one */
	BY_SPELLING = 8000,   /* other spellings of a surname */
	GIVEN_LEFT = 8, /* tenths of its weight that an unpaired word of the given name counts */
	LISTED_LEFT = 2,
	NUMBERS_DIFFER = 7,
	SHORT = 3,
	MOST = NAME_TOKENS * NAME_TOKENS * 5
};

const char *pair_how_name(enum pair_how how)
{
	static const char *const names[PAIR_HOWS] = {
	    "equal",      "typing error",     "written together",
	    "same sound", "surname spelling", "one character"};
	return names[how];
}

uint32_t pair_weight(enum word_kind kind, uint32_t rarity)
{
	switch (kind) {
	case WORD_DESCRIPTOR:
		return rarity * 3 / 10;
	case WORD_PLACE:
		return rarity / 2;
	case WORD_LINK:
	case WORD_FORM:
		return 0;
	default:
		return rarity;
	}
}

static bool same(const char *a, size_t a_length, const char *b, size_t b_length)
{
	return a_length == b_length && !memcmp(a, b, a_length);
}

static size_t points(uint32_t out[NAME_LETTERS], const struct token *token)
{
	size_t at = 0, count = 0;
	while (at < token->length && count < NAME_LETTERS) {
		size_t length = utf8_length(token->text + at, token->length - at);
		out[count++] = length ? utf8_decode(token->text + at, length) : 0;
		at += length ? length : 1;
	}
	return count;
}

/* Both in characters. */
static uint32_t pair_characters(enum pair_how *how, const struct token *a, const struct token *b)
{
	uint32_t x[NAME_LETTERS], y[NAME_LETTERS];
	size_t n = points(x, a), m = points(y, b), differ = 0;
	for (size_t i = 0; i < n && n == m; i++)
		differ += x[i] != y[i];
	*how = PAIR_CHARACTERS;
	if (n == m && n >= 4 && differ == 1)
		return PAIR_ONE - PAIR_ONE / (uint32_t)n;
	*how = PAIR_SOUND;
	return a->sound && b->sound && same(a->sound, a->sound_length, b->sound, b->sound_length)
		   ? BY_SAME_SOUND
		   : 0;
}

static size_t errors_between(const struct token *a, const struct token *b, size_t most)
{
	uint32_t x[NAME_LETTERS], y[NAME_LETTERS];
	if (a->letters == a->length && b->letters == b->length) /* ASCII */
		return distance_text(a->text, a->length, b->text, b->length, most);
	return distance_of(x, points(x, a), y, points(y, b), most);
}

static uint32_t pair_letters(const struct token *a, const struct token *b)
{
	size_t longer = a->letters > b->letters ? a->letters : b->letters;
	size_t shorter = a->letters > b->letters ? b->letters : a->letters;
	size_t most = distance_allowed(longer);
	if (shorter < 4 || longer < 4 || longer - shorter > most || !pair_may_err(a, b, most))
		return 0;
	size_t errors = errors_between(a, b, most);
	return errors > most ? 0 : PAIR_ONE - (uint32_t)(PAIR_ONE * errors / longer);
}

bool pair_surnames(const struct token *a, const struct token *b)
{
	for (size_t i = 0; a->surnames && b->surnames && a->surnames[i]; i++)
		for (size_t k = 0; b->surnames[k]; k++)
			if (a->surnames[i] == b->surnames[k])
				return true;
	return false;
}

uint32_t pair_tokens(enum pair_how *how, const struct token *a, const struct token *b)
{
	uint32_t score = 0;
	*how = PAIR_EQUAL;
	if (a->word || b->word) {
		*how = a->is_near != b->is_near ? PAIR_TYPING : PAIR_EQUAL;
		return a->word == b->word ? PAIR_ONE : 0;
	}
	if (a->kind != b->kind)
		return 0;
	if (a->bag == b->bag && same(a->text, a->length, b->text, b->length))
		return PAIR_ONE;
	if (a->kind == WORD_NUMBER)
		return 0;
	if (a->is_han && b->is_han)
		return pair_characters(how, a, b);
	const struct token *han = a->is_han ? a : b, *other = a->is_han ? b : a;
	*how = PAIR_SOUND;
	if (han->is_han && han->sound)
		score =
		    same(han->sound, han->sound_length, other->text, other->length) ? BY_SOUND : 0;
	if (!han->is_han) {
		*how = PAIR_TYPING;
		score = pair_letters(a, b);
	}
	if (score < BY_SPELLING && pair_surnames(a, b)) {
		*how = PAIR_SPELLING;
		score = BY_SPELLING;
	}
	return score;
}

/* Neighbours read as one; false: there are none, or it is not words alone. */
struct joined {
	char text[NAME_JOIN * 4 * NAME_LETTERS + 1];
	size_t length;
	bool has_han, has_latin, has_plain;
};

static bool join(struct joined *out, const struct token *token, size_t count, bool sounds)
{
	*out = (struct joined){0};
	for (size_t i = 0; i < count; i++) {
		const char *text = token[i].text;
		size_t length = token[i].length;
		if (token[i].kind != WORD_PLAIN && token[i].kind != WORD_LINK)
			return false;
		if (token[i].is_han && sounds) {
			text = token[i].sound;
			length = token[i].sound_length;
		}
		if (!text || out->length + length >= sizeof out->text)
			return false;
		memcpy(out->text + out->length, text, length);
		out->length += length;
		out->has_han = out->has_han || token[i].is_han;
		out->has_latin = out->has_latin || !token[i].is_han;
		out->has_plain = out->has_plain || token[i].kind == WORD_PLAIN;
	}
	return out->has_plain;
}

/* Several tokens of one side against one of the other. */
static uint32_t pair_joined(enum pair_how *how, const struct token *many, size_t count,
			    const struct token *one)
{
	struct joined joined;
	size_t length_of = 0;
	bool any_han = one->is_han;
	for (size_t i = 0; i < count; i++) {
		length_of += many[i].length;
		any_han = any_han || many[i].is_han;
	}
	/* Letters that are not as many cannot be the same; characters may sound so. */
	if (one->kind != WORD_PLAIN || (!any_han && length_of != one->length) ||
	    !join(&joined, many, count, false))
		return 0;
	*how = PAIR_JOINED;
	if (same(joined.text, joined.length, one->text, one->length))
		return PAIR_ONE;
	*how = PAIR_SOUND;
	const char *text = one->is_han ? one->sound : one->text;
	size_t length = one->is_han ? one->sound_length : one->length;
	if (!text || (!joined.has_han && !one->is_han) || !join(&joined, many, count, true) ||
	    !same(joined.text, joined.length, text, length))
		return 0;
	return joined.has_han && !joined.has_latin && one->is_han ? BY_SAME_SOUND : BY_SOUND;
}

struct choice {
	struct pair pair;
	uint64_t value;
};

/* The greatest value first, then the likest, then as they stand. */
static int in_order(const void *one, const void *other)
{
	const struct choice *a = one, *b = other;
	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	if (a->pair.score != b->pair.score)
		return a->pair.score > b->pair.score ? -1 : 1;
	if (a->pair.given != b->pair.given)
		return a->pair.given < b->pair.given ? -1 : 1;
	if (a->pair.listed != b->pair.listed)
		return a->pair.listed < b->pair.listed ? -1 : 1;
	if (a->pair.given_count != b->pair.given_count)
		return a->pair.given_count < b->pair.given_count ? -1 : 1;
	return a->pair.listed_count - b->pair.listed_count;
}

struct choices {
	struct choice at[MOST];
	size_t count;
};

static void consider(struct choices *choices, const struct token *given, size_t g, size_t gn,
		     const struct token *listed, size_t l, size_t ln)
{
	enum pair_how how = PAIR_EQUAL;
	uint32_t weight = 0, score = gn > 1   ? pair_joined(&how, given + g, gn, listed + l)
				     : ln > 1 ? pair_joined(&how, listed + l, ln, given + g)
					      : pair_tokens(&how, given + g, listed + l);
	if (!score || choices->count == MOST)
		return;
	for (size_t i = 0; i < ln; i++)
		weight += listed[l + i].weight;
	choices->at[choices->count++] = (struct choice){
	    .pair = {(uint8_t)g, (uint8_t)gn, (uint8_t)l, (uint8_t)ln, how, score, weight},
	    .value = (uint64_t)weight * score};
}

static uint32_t bits(size_t first, size_t count)
{
	return ((UINT32_C(1) << count) - 1) << first;
}

/* Letters of a word of its own; of characters those of the sound. */
static size_t letters_of(const struct token *token, size_t count)
{
	size_t letters = 0;
	for (size_t i = 0; i < count; i++)
		if (token[i].kind == WORD_PLAIN)
			letters += token[i].is_han && token[i].sound ? token[i].sound_length
								     : token[i].letters;
	return letters;
}

static void take(struct pairing *pairing, const struct choices *choices, const struct token *given)
{
	for (size_t i = 0; i < choices->count; i++) {
		const struct pair *pair = &choices->at[i].pair;
		uint32_t g = bits(pair->given, pair->given_count);
		uint32_t l = bits(pair->listed, pair->listed_count);
		if ((pairing->given_left & g) != g || (pairing->listed_left & l) != l)
			continue;
		pairing->given_left &= ~g;
		pairing->listed_left &= ~l;
		pairing->pair[pairing->count++] = *pair;
		if (letters_of(given + pair->given, pair->given_count) >= SHORT)
			pairing->is_sound = true;
	}
}

static uint64_t left(bool *number, const struct token *token, size_t count, uint32_t mask)
{
	uint64_t sum = 0;
	*number = false;
	for (size_t i = 0; i < count; i++)
		if (mask >> i & 1) {
			sum += token[i].weight;
			*number = *number || token[i].kind == WORD_NUMBER;
		}
	return sum;
}

static void add_up(struct pairing *pairing, const struct token *given, size_t given_count,
		   const struct token *listed, size_t listed_count)
{
	bool given_number, listed_number;
	uint64_t paired = 0, weights = 0;
	for (size_t i = 0; i < pairing->count; i++) {
		paired += (uint64_t)pairing->pair[i].weight * pairing->pair[i].score;
		weights += pairing->pair[i].weight;
	}
	uint64_t given_left = left(&given_number, given, given_count, pairing->given_left);
	uint64_t listed_left = left(&listed_number, listed, listed_count, pairing->listed_left);
	uint64_t whole = 10 * weights + GIVEN_LEFT * given_left + LISTED_LEFT * listed_left;
	pairing->numbers_differ = given_number && listed_number;
	pairing->score = whole ? (uint32_t)(10 * paired / whole) : 0;
	if (pairing->numbers_differ)
		pairing->score = pairing->score * NUMBERS_DIFFER / 10;
	/* Names of shared or short words alone resemble only where all of them are the same. */
	if (!given_left && !listed_left && whole && paired == weights * PAIR_ONE)
		pairing->is_sound = true;
}

void pair_names(struct pairing *pairing, const struct token *given, size_t given_count,
		const struct token *listed, size_t listed_count)
{
	struct choices choices;
	choices.count = 0;
	*pairing = (struct pairing){.given_left = bits(0, given_count),
				    .listed_left = bits(0, listed_count)};
	for (size_t g = 0; g < given_count; g++)
		for (size_t l = 0; l < listed_count; l++) {
			consider(&choices, given, g, 1, listed, l, 1);
			for (size_t n = 2; n <= NAME_JOIN; n++) {
				if (g + n <= given_count)
					consider(&choices, given, g, n, listed, l, 1);
				if (l + n <= listed_count)
					consider(&choices, given, g, 1, listed, l, n);
			}
		}
	order_items(choices.at, choices.count, sizeof *choices.at, in_order);
	take(pairing, &choices, given);
	add_up(pairing, given, given_count, listed, listed_count);
}

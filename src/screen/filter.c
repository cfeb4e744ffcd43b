/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ways in which the matcher comes to a hit, each asked for less than it
 * needs: a name or a label that begins at a token (filters of its first bytes,
 * then the trie), a misspelt one from its start or its end (the spellings that
 * an error leaves), a family's name at a word's end, a CAS number, an InChIKey,
 * an InChI. What this leaves out of account (separators, the words around, kinds
 * of letters) only ever forbids a hit.
 */
#include "screen/filter.h"

#include "common/cas.h"
#include "screen/near.h"
#include "screen/scan.h"
#include "screen/trie.h"

#include <string.h>

#define MISSPELT 7 /* bytes of a text that can be a name of eight letters with one missing */
#define COMPOUND 5 /* bytes of a name that may go on in the same word: compound.c */
#define KEY 14     /* letters of an InChIKey's first part */

static inline uint64_t load_eight(const uint8_t *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	bytes = __builtin_bswap64(bytes);
#endif
	return bytes;
}

static inline bool has_window(const struct section *section, unsigned __int128 bytes,
			      unsigned window, bool back, enum section_spelling kept)
{
	bool found = false;
#pragma GCC unroll 12
	for (unsigned out = SECTION_LEFT_OUT - 1; out < window; out++) {
		struct section_bits b = section_spelling(bytes, window, out, back, kept);
		found |= (section->misspelt[b.word] & b.bits) == b.bits;
	}
	return found;
}

/* Bytes from one end of a text, zeros where it has no more. */
static bool has_spelling(const struct section *section, unsigned __int128 bytes, bool back)
{
	return has_window(section, bytes, SECTION_WINDOW, back, SECTION_SOME) &&
	       (has_window(section, bytes, SECTION_WINDOW, back, SECTION_FULL) ||
		has_window(section, bytes, SECTION_LONG_WINDOW, back, SECTION_FULL));
}

static bool may_begin_misspelt(const struct section *section, const struct words *words,
			       size_t start)
{
	const uint8_t *at = words->key + start;
	if (words->length - start < MISSPELT)
		return false;
	unsigned __int128 bytes = (unsigned __int128)load_eight(at + 8) << 64 | load_eight(at);
	return has_spelling(section, bytes, false) && near_may(section, words, start, false);
}

static bool may_end_misspelt(const struct section *section, const struct words *words, size_t end)
{
	const uint8_t *at = words->key + end;
	if (end < MISSPELT)
		return false;
	uint64_t last = load_eight(at - 8), before = load_eight(at - 16);
	unsigned __int128 bytes =
	    (unsigned __int128)__builtin_bswap64(before) << 64 | __builtin_bswap64(last);
	return has_spelling(section, bytes, true) && near_may(section, words, end, true);
}

/*
 * A key of up to seven bytes is all of these, or the first eight of a longer one
 * are. A key ends with a token, unless it is a name with which a word begins.
 * starts: the bits from this token on.
 */
static bool has_prefix(const struct section *section, uint64_t eight, uint64_t starts)
{
	unsigned found = section_bit(section->prefixes, section_hash(eight, SECTION_PREFIX_BITS));
	for (unsigned length = 1; length < 8; length++) {
		uint64_t key = eight & ((UINT64_C(1) << 8 * length) - 1);
		unsigned may = length >= COMPOUND || (starts >> length & 1);
		found |=
		    may & section_bit(section->prefixes, section_hash(key, SECTION_PREFIX_BITS));
	}
	return found;
}

/* A name, or a number's label with a digit behind it, begins at this token. */
static bool begins_exactly(const struct section *section, const struct words *words, size_t start)
{
	struct trie_view trie = section_trie(section, &section->forward);
	const struct section_value *values = section_at(section, section->values);
	uint32_t node = TRIE_ROOT;
	bool first = true;
	for (size_t i = start; i < words->length; i++) {
		node = trie_step(trie, node, words->key[i]);
		if (node == TRIE_DEAD)
			return false;
		bool ends = words_bits(words->start, i + 1) & 1;
		uint32_t value = trie_value(trie, node);
		uint64_t kinds = value == TRIE_NONE ? 0 : values[value].kinds;
		if (ends && (kinds & (WORD_NAME | WORD_ABBREVIATION)))
			return true;
		if (ends && (kinds & (WORD_CAS | WORD_UN)) && (words_bits(words->digit, i + 1) & 1))
			return true;
		if (first && !ends && (kinds & WORD_NAME) && i + 1 - start >= COMPOUND)
			return true;
		first = first && !ends;
	}
	return false;
}

static bool begins(const struct section *section, const struct words *words, size_t start)
{
	uint64_t eight = load_eight(words->key + start);
	if (has_prefix(section, eight, words_bits(words->start, start)) &&
	    begins_exactly(section, words, start))
		return true;
	return may_begin_misspelt(section, words, start);
}

/* Does a name, or a family's, end with this token? */
static bool ends(const struct section *section, const struct words *words, size_t end)
{
	const uint32_t *family = section_at(section, section->families);
	if (may_end_misspelt(section, words, end))
		return true;
	for (uint32_t i = 0; i < section->families.count; i++) {
		const char *word = section_text(section, family[i]);
		size_t size = strlen(word);
		if (size < end && memcmp(words->key + end - size, word, size) == 0)
			return true;
	}
	return false;
}

/* A number of two to seven digits ends where two and one follow, and its check digit is right. */
static bool is_cas(const struct words *words, size_t two)
{
	size_t from = two;
	uint64_t number = 0, digits = words_bits(words->digit, two);
	if ((digits & 7) != 7)
		return false;
	while (from > 0 && (words_bits(words->digit, from - 1) & 1) && two - from < 8) {
		from--;
		if (words_bits(words->start, from) & 1)
			break;
	}
	for (size_t i = from; i < two + 3; i++)
		number = number * 10 + (uint64_t)(words->key[i] - '0');
	return two - from >= 2 && two - from <= 7 && cas_valid(number);
}

/* Are these 14 letters the first part of an InChIKey of the ledger? */
static bool is_key(const struct section *section, const uint8_t *letters)
{
	const struct section_key *row = section_at(section, section->inchikeys);
	size_t low = 0, high = section->inchikeys.count;
	char text[KEY];
	for (size_t i = 0; i < KEY; i++)
		text[i] = (char)(letters[i] - 32);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = memcmp(row[middle].text, text, KEY);
		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* The tokens that begin, and those that end, at the 64 places from a base on. */
struct window {
	unsigned __int128 starts; /* from base on, and 64 more */
	uint64_t digits;
	uint64_t here; /* starts of tokens */
	uint64_t ends; /* ends of tokens of four letters or more */
};

static struct window window_at(const struct words *words, size_t base)
{
	struct window w = {.starts = words_bits(words->start, base),
			   .digits = words_bits(words->digit, base)};
	if (words->length - base >= 64)
		w.starts |= (unsigned __int128)words_bits(words->start, base + 64) << 64;
	/* What lies before base is seen, too. */
	uint64_t at = (uint64_t)w.starts, one = at << 1, two = at << 2, three = at << 3,
		 digit = w.digits << 1;
	if (base > 0) {
		one = words_bits(words->start, base - 1);
		two = words_bits(words->start, base - 2);
		three = words_bits(words->start, base - 3);
		digit = words_bits(words->digit, base - 1);
	}
	w.ends = at & ~(one | two | three | digit);
	if (base == 0)
		w.ends &= ~UINT64_C(1);
	w.here = at;
	if (words->length - base < 64)
		w.here &= (UINT64_C(1) << (words->length - base)) - 1;
	return w;
}

/* CAS numbers, InChIKeys and InChI strings that begin, or whose second part begins, here. */
static bool has_identifier(const struct section *section, const struct words *words, size_t base,
			   const struct window *w)
{
	unsigned __int128 starts = w->starts;
	uint64_t digits = w->digits;
	uint64_t cas = w->here & digits & (uint64_t)(starts >> 2 & starts >> 3 & ~(starts >> 1));
	unsigned __int128 goes_on = ~(starts >> 1); /* for 2, 4, 8 and 13 bytes behind the first */
	goes_on &= goes_on >> 1;
	goes_on &= goes_on >> 2;
	uint64_t five = w->here & (uint64_t)(goes_on & starts >> 5) & ~digits;
	goes_on &= goes_on >> 4;
	goes_on &= goes_on >> 5;
	uint64_t keys = w->here & (uint64_t)(goes_on & starts >> KEY) & ~digits;
	for (; cas; cas &= cas - 1)
		if (is_cas(words, base + (size_t)__builtin_ctzll(cas)))
			return true;
	for (; keys; keys &= keys - 1)
		if (is_key(section, words->key + base + (size_t)__builtin_ctzll(keys)))
			return true;
	for (; five; five &= five - 1)
		if (memcmp(words->key + base + (size_t)__builtin_ctzll(five), "inchi", 5) == 0)
			return true;
	return false;
}

/* Of the boundaries in a window those at which the first filters see something. */
static inline void probe(const struct section *section, const struct words *words, size_t base,
			 const struct window *w, uint64_t *begin, uint64_t *end)
{
	uint64_t begins = 0, briefs = 0, back = 0;
	for (uint64_t rest = w->here | w->ends; rest; rest &= rest - 1) {
		unsigned i = (unsigned)__builtin_ctzll(rest);
		const uint8_t *at = words->key + base + i;
		uint32_t next = load_four(at), last = load_four(at - 4);
		begins |=
		    (uint64_t)section_bit(section->begins, section_hash(next, SECTION_BEGIN_BITS))
		    << i;
		briefs |= (uint64_t)section_bit(section->briefs, section_brief(next)) << i;
		back |= (uint64_t)section_filter_has(section->ends, last) << i;
	}
	briefs &= (uint64_t)(w->starts >> 1 | w->starts >> 2 | w->starts >> 3);
	*begin = w->here & (begins | briefs);
	*end = w->ends & back;
}

bool filter_words(const struct section *section, const struct words *words)
{
	uint64_t begin, end;
	for (size_t base = 0; base <= words->length; base += 64) {
		struct window w = window_at(words, base);
		probe(section, words, base, &w, &begin, &end);
		for (; begin; begin &= begin - 1)
			if (begins(section, words, base + (size_t)__builtin_ctzll(begin)))
				return true;
		for (; end; end &= end - 1)
			if (ends(section, words, base + (size_t)__builtin_ctzll(end)))
				return true;
		if (has_identifier(section, words, base, &w))
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One typing error: a letter too many, too few, wrong, or two changed round.
 * A name of eight letters has at least four right ones at its start or at its
 * end, so the trie is walked from there, forwards or backwards, and only at
 * the places passed on the way is an error allowed. Digits are never in
 * error: a locant makes another substance. Nor are endings that are both
 * chemistry (law/substances/words.tsv, pairs: -ine and -one).
 */
#include "screen/near.h"

#include "screen/scan.h"

#define NEAR_SURE 4     /* letters that must be right before the error */
#define NEAR_LENGTH 256 /* longest key looked at */

/* The text as seen from one end: of a scan, or, before there is one, of words alone. */
struct view {
	const struct section *section;
	const struct section_value *values;
	const uint8_t *key;
	const struct scan *scan;   /* NULL: */
	const struct words *words; /* only whether such a name may be there */
	struct trie_view trie;
	size_t origin; /* key position of the first byte, or one past it going backwards */
	bool back;
	size_t length; /* bytes from there */
};
/* What was found: the value, bytes of text used, and the edit that makes the text the name. */
struct found {
	uint32_t value;
	size_t used;
};
enum edit { EDIT_EXTRA, EDIT_WRONG, EDIT_MISSING, EDIT_SWAPPED };
struct change {
	enum edit edit;
	size_t at; /* bytes of the view before it */
	uint8_t letter;
};

static uint8_t byte_at(const struct view *view, size_t i)
{
	return view->back ? view->key[view->origin - 1 - i] : view->key[view->origin + i];
}

static size_t position(const struct view *view, size_t used)
{
	return view->back ? view->origin - used : view->origin + used;
}

/* A token begins or ends at a key position. */
static bool is_boundary(const struct view *view, size_t at)
{
	return view->words ? words_bits(view->words->start, at) & 1
			   : scan_token_at(view->scan->fold, at) != SIZE_MAX;
}

static bool is_letter(uint8_t byte)
{
	return byte >= 'a' && byte <= 'z';
}

/* Walk on without error; the longest name that ends at a token's boundary. */
static struct found finish(const struct view *view, uint32_t node, size_t i)
{
	struct found best = {TRIE_NONE, 0};
	for (;; i++) {
		uint32_t value = trie_value(view->trie, node);
		if (value != TRIE_NONE && view->values[value].near &&
		    is_boundary(view, position(view, i)))
			best = (struct found){value, i};
		if (i >= view->length)
			return best;
		node = trie_step(view->trie, node, byte_at(view, i));
		if (node == TRIE_DEAD || !trie_marked(view->trie, node))
			return best;
	}
}

/* The name's spelling: the text with the change undone, in reading order. */
static size_t spell(const struct view *view, struct found found, struct change change,
		    uint8_t out[NEAR_LENGTH + 2])
{
	size_t n = 0;
	for (size_t i = 0; i <= found.used; i++) {
		if (i == change.at) {
			if (change.edit == EDIT_MISSING || change.edit == EDIT_WRONG)
				out[n++] = change.letter;
			if (change.edit == EDIT_SWAPPED) {
				out[n++] = byte_at(view, i + 1);
				out[n++] = byte_at(view, i);
				i++;
				continue;
			}
			if (change.edit != EDIT_MISSING)
				continue;
		}
		if (i < found.used)
			out[n++] = byte_at(view, i);
	}
	for (size_t i = 0; view->back && i < n / 2; i++) {
		uint8_t swap = out[i];
		out[i] = out[n - 1 - i];
		out[n - 1 - i] = swap;
	}
	return n;
}

/* Does replacing from by to somewhere in one text give the other? */
static bool replaces(const uint8_t *one, size_t one_length, const uint8_t *other,
		     size_t other_length, const char *pair)
{
	const char *bar = strchr(pair, '|');
	size_t from = (size_t)(bar - pair), to = strlen(bar + 1);
	if (one_length < from || one_length - from + to != other_length)
		return false;
	size_t same = 0;
	while (same < one_length && same < other_length && one[same] == other[same])
		same++;
	for (size_t i = same > from ? same - from : 0; i <= same && i + from <= one_length; i++)
		if (memcmp(one + i, pair, from) == 0 && memcmp(other + i, bar + 1, to) == 0 &&
		    memcmp(one + i + from, other + i + to, one_length - i - from) == 0)
			return true;
	return false;
}

/* Both spellings are chemistry: piperidine is no misspelt piperidone. */
static bool both_are_words(const struct view *view, struct found found, struct change change)
{
	uint8_t name[NEAR_LENGTH + 2];
	const struct section *section = view->section;
	const uint32_t *pair = section_at(section, section->pairs);
	size_t length = spell(view, found, change, name);
	const uint8_t *text = view->key + (view->back ? view->origin - found.used : view->origin);
	for (uint32_t i = 0; i < section->pairs.count; i++) {
		const char *words = section_text(section, pair[i]);
		if (replaces(text, found.used, name, length, words) ||
		    replaces(name, length, text, found.used, words))
			return true;
	}
	return false;
}

/* "But anyone" is no butanone: an error adds no blanks to a name. */
static bool has_more_blanks(const struct view *view, const struct candidate *candidate)
{
	uint32_t blanks = 0;
	for (size_t i = candidate->first + 1; i < candidate->end; i++)
		blanks += (view->scan->fold->token[i].gap & GAP_SPACE) != 0;
	return blanks >= view->scan->values[candidate->value].near;
}

/* The letter in error is a token of its own: the N of N-ethyl is a place, no error. */
static bool is_locant(const struct view *view, struct found found, struct change change)
{
	const struct fold *fold = view->scan->fold;
	if (change.edit == EDIT_MISSING || change.at >= found.used)
		return false;
	size_t at = view->back ? view->origin - 1 - change.at : view->origin + change.at;
	size_t token = scan_token_at(fold, at);
	return token != SIZE_MAX && token_length(fold, token) == 1;
}

static bool accept(const struct view *view, struct found found, struct change change,
		   struct candidate *out)
{
	if (found.value == TRIE_NONE || found.used > NEAR_LENGTH)
		return false;
	if (view->words)
		return !both_are_words(view, found, change);
	const struct fold *fold = view->scan->fold;
	size_t a = scan_token_at(fold, view->origin);
	size_t b = scan_token_at(fold, position(view, found.used));
	if (a == SIZE_MAX || b == SIZE_MAX || a == b)
		return false;
	struct candidate candidate = {.first = view->back ? b : a,
				      .end = view->back ? a : b,
				      .value = found.value,
				      .near = true};
	if (candidate.first < view->scan->taken || has_more_blanks(view, &candidate) ||
	    is_locant(view, found, change) || both_are_words(view, found, change) ||
	    !context_allows(view->scan, &candidate))
		return false;
	*out = candidate;
	return true;
}

/* All errors at one place of the walk. */
static bool errors_at(const struct view *view, uint32_t node, size_t i, struct candidate *out)
{
	bool inside = i < view->length;
	uint8_t here = inside ? byte_at(view, i) : 0;
	uint32_t child;
	if (i + 1 < view->length && is_letter(here) && is_letter(byte_at(view, i + 1)) &&
	    here != byte_at(view, i + 1)) {
		child = trie_step(view->trie, node, byte_at(view, i + 1));
		if (child != TRIE_DEAD)
			child = trie_step(view->trie, child, here);
		if (child != TRIE_DEAD && trie_marked(view->trie, child) &&
		    accept(view, finish(view, child, i + 2), (struct change){EDIT_SWAPPED, i, 0},
			   out))
			return true;
	}
	if (i < NEAR_SURE)
		return false;
	if (inside && is_letter(here) &&
	    accept(view, finish(view, node, i + 1), (struct change){EDIT_EXTRA, i, 0}, out))
		return true;
	for (uint32_t rest = trie_letters(view->trie, node); rest; rest &= rest - 1) {
		uint8_t letter = (uint8_t)('a' + __builtin_ctz(rest));
		child = trie_step(view->trie, node, letter);
		if (child == TRIE_DEAD || letter == here || !trie_marked(view->trie, child))
			continue;
		if (inside && is_letter(here) &&
		    accept(view, finish(view, child, i + 1), (struct change){EDIT_WRONG, i, letter},
			   out))
			return true;
		if (accept(view, finish(view, child, i), (struct change){EDIT_MISSING, i, letter},
			   out))
			return true;
	}
	return false;
}

static bool look(const struct view *view, struct candidate *out)
{
	uint32_t node = TRIE_ROOT;
	for (size_t i = 0; i < NEAR_LENGTH; i++) {
		if (i >= NEAR_SURE - 1 && errors_at(view, node, i, out))
			return true;
		if (i >= view->length)
			return false;
		node = trie_step(view->trie, node, byte_at(view, i));
		if (node == TRIE_DEAD || !trie_marked(view->trie, node))
			return false;
	}
	return false;
}

bool near_forward(const struct scan *scan, size_t first, struct candidate *out)
{
	size_t start = scan->fold->token[first].start;
	struct view view = {.section = scan->section,
			    .values = scan->values,
			    .key = scan->fold->key,
			    .scan = scan,
			    .trie = scan->forward,
			    .origin = start,
			    .length = scan->fold->length - start};
	return look(&view, out);
}

bool near_backward(const struct scan *scan, size_t end, struct candidate *out)
{
	size_t start = scan->fold->token[end].start;
	struct view view = {.section = scan->section,
			    .values = scan->values,
			    .key = scan->fold->key,
			    .scan = scan,
			    .trie = scan->backward,
			    .origin = start,
			    .back = true,
			    .length = start};
	return look(&view, out);
}

bool near_may(const struct section *section, const struct words *words, size_t at, bool back)
{
	struct candidate none;
	struct view view = {
	    .section = section,
	    .values = section_at(section, section->values),
	    .key = words->key,
	    .words = words,
	    .trie = section_trie(section, back ? &section->backward : &section->forward),
	    .origin = at,
	    .back = back,
	    .length = back ? at : words->length - at};
	return look(&view, &none);
}

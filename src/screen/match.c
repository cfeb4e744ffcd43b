/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a text for chemicals: folds it, goes over its tokens once, and lets
 * the longest name that may stand where it stands win. Most tokens are let
 * fall by two filters, one for how names begin, one for how long names end.
 */
#include "screen/match.h"

#include "screen/filter.h"
#include "screen/nomen.h"
#include "screen/scan.h"

#include <stdlib.h>

#define PATH_LENGTH SECTION_NESTED
#define NEAR_LEAST 3 /* bytes that must be right for a misspelt name to be looked for */
#define INCH UINT32_C(0x68636e69) /* "inch", as loaded */
#define KEPT_HITS 64              /* of a text with abbreviations */

struct match_scratch {
	struct fold fold;
	struct words words;
	enum words_way way;
	bool cut; /* the last text was longer, or held more, than was read */
};

struct match_scratch *match_scratch_new(void)
{
	struct match_scratch *scratch = malloc(sizeof *scratch);
	if (scratch && !fold_new(&scratch->fold)) {
		match_scratch_free(scratch);
		return NULL;
	}
	if (scratch)
		scratch->way = words_best();
	return scratch;
}

void match_scratch_free(struct match_scratch *scratch)
{
	if (scratch)
		fold_free(&scratch->fold);
	free(scratch);
}

struct fold *match_scratch_fold(struct match_scratch *scratch)
{
	return &scratch->fold;
}

/*
 * All keys that begin at this token and end at a token's end, shortest first;
 * sure says whether a misspelt name may begin with the bytes passed.
 */
static size_t walk(const struct scan *scan, size_t first, struct candidate path[PATH_LENGTH],
		   bool *sure)
{
	const struct fold *fold = scan->fold;
	uint32_t node = TRIE_ROOT;
	size_t count = 0, end = first + 1, start = fold->token[first].start;
	for (size_t i = start; i < fold->length && count < PATH_LENGTH; i++) {
		node = trie_step(scan->forward, node, fold->key[i]);
		if (node == TRIE_DEAD)
			break;
		if (i == start + NEAR_LEAST - 1)
			*sure = trie_marked(scan->forward, node);
		if (i + 1 != fold->token[end].start)
			continue;
		uint32_t value = trie_value(scan->forward, node);
		if (value != TRIE_NONE && (scan->values[value].kinds & WORD_START))
			path[count++] =
			    (struct candidate){.first = first, .end = end, .value = value};
		if (gap_breaks(fold->token[end].gap))
			break;
		end++;
	}
	return count;
}

static size_t take(struct scan *scan, const struct candidate *candidate)
{
	scan_emit(scan, candidate, context_sense(scan, candidate));
	return context_after_salt(scan, candidate->end);
}

/* A name of a family inside a longer chemical name: a derivative, known to us or not. */
static size_t take_derivative(struct scan *scan, const struct candidate *candidate)
{
	struct sense sense = context_sense(scan, candidate);
	if (sense.kind == MATCH_SENSE_ABSENT || sense.kind == MATCH_SENSE_ABOUT)
		return 0;
	if (sense.kind == MATCH_SENSE_PLAIN)
		sense.note = "part of a longer chemical name: a derivative by its name";
	scan_emit_weak(scan, candidate, sense);
	return candidate->end;
}

/* The token is a word that ends in a family's name: "hexanoylfentanyl". */
static size_t family_inside(struct scan *scan, size_t first)
{
	const struct fold *fold = scan->fold;
	const uint32_t *family = section_at(scan->section, scan->section->families);
	const uint8_t *end = fold->key + fold->token[first + 1].start;
	size_t length = token_length(fold, first);
	for (uint32_t i = 0; i < scan->section->families.count; i++) {
		const char *word = section_text(scan->section, family[i]);
		size_t size = strlen(word);
		uint32_t node = TRIE_ROOT;
		if (size >= length || memcmp(end - size, word, size) != 0)
			continue;
		for (size_t k = 0; k < size && node != TRIE_DEAD; k++)
			node = trie_step(scan->forward, node, (uint8_t)word[k]);
		if (node == TRIE_DEAD || trie_value(scan->forward, node) == TRIE_NONE)
			continue;
		struct candidate candidate = {
		    .first = first, .end = first + 1, .value = trie_value(scan->forward, node)};
		return take_derivative(scan, &candidate);
	}
	return 0;
}

/* What begins at this token; the token to go on with, or 0 for nothing. */
static size_t begin(struct scan *scan, size_t first)
{
	struct candidate path[PATH_LENGTH];
	struct candidate family = {0};
	bool sure = false;
	size_t count = walk(scan, first, path, &sure);
	while (count-- > 0) {
		uint64_t kinds = scan->values[path[count].value].kinds;
		if (kinds & WORD_CAS)
			scan->cas_label = path[count].end;
		if (kinds & WORD_UN)
			scan->un_label = path[count].end;
		if (kinds & (WORD_CAS | WORD_UN))
			return path[count].end;
		if (kinds & (WORD_NAME | WORD_ABBREVIATION)) {
			if (context_allows(scan, &path[count]))
				return take(scan, &path[count]);
			if (kinds & WORD_FAMILY)
				family = path[count];
		} else {
			return path[count].end;
		}
	}
	struct candidate candidate;
	if (sure && near_forward(scan, first, &candidate))
		return take(scan, &candidate);
	size_t next = compound_take(scan, first);
	if (next)
		return next;
	return family.end ? take_derivative(scan, &family) : 0;
}

/* A key's end is a token's end: a token of up to three bytes may be all of a short key. */
static inline bool may_begin(const struct section *section, const uint8_t *key, size_t length)
{
	uint32_t bytes = load_four(key);
	return length > 3 ? section_filter_has(section->starts, bytes)
			  : section_filter_has(section->shorts, bytes & 0xffffff);
}

static void read_tokens(struct scan *scan)
{
	const struct fold *fold = scan->fold;
	const struct section *section = scan->section;
	struct candidate candidate;
	for (size_t i = 0; i < fold->count;) {
		size_t start = fold->token[i].start, end = fold->token[i + 1].start, next = 0;
		uint8_t kind = fold->token[i].kind;
		if (kind == FOLD_DIGIT) {
			next = numbers_cas(scan, i);
			if (!next)
				next = numbers_un(scan, i);
		}
		if (!next && may_begin(section, fold->key + start, end - start))
			next = begin(scan, i);
		if (!next && kind == FOLD_LETTER && end - start >= 4) {
			if (end - start == 14)
				next = numbers_inchikey(scan, i);
			else if (end - start == 5 && load_four(fold->key + start) == INCH)
				next = numbers_inchi(scan, i);
			if (!next &&
			    section_filter_has(section->ends, load_four(fold->key + end - 4)))
				next = near_backward(scan, i + 1, &candidate)
					   ? take(scan, &candidate)
					   : family_inside(scan, i);
		}
		i = next > i ? next : i + 1;
	}
}

/* The first token at or after a place of the original text. */
static size_t token_from(const struct fold *fold, size_t place)
{
	size_t i = 0;
	while (i < fold->count && fold->token[i].from < place)
		i++;
	return i;
}

static bool names_another(const struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++)
		if (scan->hits[i].kind == MATCH_NAME)
			return true;
	return false;
}

/* An abbreviation counts beside a sign of chemistry; one with a digit beside a mass, too. */
static bool keep_abbreviation(const struct scan *scan, const struct match_hit *hit, bool sign)
{
	const struct fold *fold = scan->fold;
	size_t first = token_from(fold, hit->from), end = token_from(fold, hit->from + hit->length);
	bool digit = false;
	if (hit->machine)
		return machines_keep(scan, hit);
	for (size_t i = first; i < end; i++)
		digit |= fold->token[i].kind == FOLD_DIGIT;
	if (context_is_explained_otherwise(scan, first, end))
		return false;
	/* Everyday words: "broom, paint" speaks of no chemical, nor does "broom" by itself. */
	uint64_t kinds = scan_exact(scan, first, end);
	if (kinds & (WORD_ALONE | WORD_EVERYDAY))
		return ((kinds & WORD_ALONE) && context_says_no_more(scan, first, end)) ||
		       scan->cas_seen || scan->query->chemical ||
		       context_percent_after(scan, end) || names_another(scan);
	return sign || context_percent_after(scan, end) || (digit && context_mass_after(scan, end));
}

static void drop_abbreviations(struct scan *scan)
{
	struct scan all = *scan;
	struct match_hit hits[KEPT_HITS];
	size_t kept = 0;
	bool any = false, sign = false;
	for (size_t i = 0; i < scan->count; i++)
		any |= scan->hits[i].kind == MATCH_ABBREVIATION;
	if (!any)
		return;
	if (scan->count > KEPT_HITS)
		scan->count = KEPT_HITS;
	memcpy(hits, scan->hits, scan->count * sizeof *hits);
	all.hits = hits;
	all.count = scan->count;
	sign = context_has_sign(&all);
	for (size_t i = 0; i < all.count; i++)
		if (hits[i].kind != MATCH_ABBREVIATION || keep_abbreviation(&all, &hits[i], sign))
			scan->hits[kept++] = hits[i];
	scan->count = kept;
}

/* What the folded text names. */
static size_t read_once(struct scan scan, struct match_scratch *scratch)
{
	read_tokens(&scan);
	scratch->cut = scratch->cut || scratch->fold.cut || scan.count == scan.capacity;
	if (!scan.read && scan.query->field != MATCH_FIELD_TEXT)
		numbers_unread(&scan);
	if (scan.count)
		drop_abbreviations(&scan);
	return scan.count;
}

/* The folded text, and where its Greek may be Latin, that reading too. */
static size_t read_folded(struct match_hit *hits, size_t capacity, const struct section *section,
			  struct match_scratch *scratch, const struct match_query *query)
{
	struct scan scan = {
	    .section = section,
	    .fold = &scratch->fold,
	    .forward = section_trie(section, &section->forward),
	    .backward = section_trie(section, &section->backward),
	    .values = section_at(section, section->values),
	    .query = query,
	    .hits = hits,
	    .capacity = capacity,
	};
	size_t count = read_once(scan, scratch);
	if (count == 0 && scratch->fold.greek) {
		fold_text(&scratch->fold, query->text, FOLD_GREEK_LATIN);
		count = read_once(scan, scratch);
	}
	return count;
}

size_t match_read(struct match_hit *hits, size_t capacity, const void *section,
		  struct match_scratch *scratch, const struct match_query *query)
{
	scratch->cut = false;
	if (query->text.length == 0)
		return 0;
	fold_text(&scratch->fold, query->text, FOLD_GREEK_SPELLED);
	return read_folded(hits, capacity, section, scratch, query);
}

/* A text that is not ASCII is folded before the filter can look at it. */
size_t match_text(struct match_hit *hits, size_t capacity, const void *section,
		  struct match_scratch *scratch, const struct match_query *query)
{
	struct fold *fold = &scratch->fold;
	if (query->field != MATCH_FIELD_TEXT)
		return match_read(hits, capacity, section, scratch, query);
	bool ascii = words_read(&scratch->words, query->text, scratch->way);
	scratch->cut = false;
	if (query->text.length == 0 || (ascii && !filter_words(section, &scratch->words)))
		return 0;
	fold_text(fold, query->text, FOLD_GREEK_SPELLED);
	if (!ascii && !fold->greek && !fold->cut && words_fold(&scratch->words, fold) &&
	    !filter_words(section, &scratch->words))
		return 0;
	return read_folded(hits, capacity, section, scratch, query);
}

struct match_glance match_glance(const void *section, struct match_scratch *scratch,
				 struct tw_text text)
{
	if (!words_read(&scratch->words, text, scratch->way))
		return (struct match_glance){.hits = text.length, .names = nomen_looks(text)};
	return (struct match_glance){.hits = filter_words(section, &scratch->words),
				     .filtered = true,
				     .names = scratch->words.marked && nomen_looks(text)};
}

bool match_was_cut(const struct match_scratch *scratch)
{
	return scratch->cut;
}

bool match_is_modifier(const void *data, struct match_scratch *scratch, struct tw_text text)
{
	const struct section *section = data;
	struct scan scan = {.section = section,
			    .fold = &scratch->fold,
			    .forward = section_trie(section, &section->forward),
			    .values = section_at(section, section->values)};
	fold_text(&scratch->fold, text, FOLD_GREEK_SPELLED);
	if (!scratch->fold.count)
		return false;
	uint64_t kinds = scan_exact(&scan, 0, scratch->fold.count);
	return (kinds & (WORD_SALT | WORD_PLAIN | WORD_POWDER | WORD_ISOMER)) &&
	       !(kinds & WORD_START);
}

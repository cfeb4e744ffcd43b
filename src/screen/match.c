/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a text for chemicals: folds it, goes over its tokens once, and lets
 * the longest name that may stand where it stands win. Most tokens are let
 * fall by two filters, one for how names begin, one for how long names end.
 */
#include "scan.h"

#include <stdlib.h>

#define PATH_LENGTH SECTION_NESTED
#define NEAR_LEAST 3 /* bytes that must be right for a misspelt name to be looked for */
#define INCH UINT32_C(0x68636e69) /* "inch", as loaded */
#define KEPT_HITS 64              /* of a text with abbreviations */

struct match_scratch {
	struct fold fold;
};

struct match_scratch *match_scratch_new(void)
{
	struct match_scratch *scratch = malloc(sizeof *scratch);
	if (scratch && !fold_new(&scratch->fold)) {
		match_scratch_free(scratch);
		return NULL;
	}
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
			*sure = scan->forward.cell[node].letters & TRIE_MARK;
		if (i + 1 != fold->token[end].start)
			continue;
		uint32_t value = scan->forward.cell[node].value;
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
	scan_emit(scan, candidate, context_reading(scan, candidate));
	return context_after_salt(scan, candidate->end);
}

/* A name of a family inside a longer chemical name: a derivative, known to us or not. */
static size_t take_derivative(struct scan *scan, const struct candidate *candidate)
{
	struct reading reading = context_reading(scan, candidate);
	if (reading.sense == MATCH_SENSE_ABSENT || reading.sense == MATCH_SENSE_ABOUT)
		return 0;
	if (reading.sense == MATCH_SENSE_PLAIN)
		reading.note = "part of a longer chemical name: a derivative by its name";
	scan_emit_weak(scan, candidate, reading);
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
		if (node == TRIE_DEAD || scan->forward.cell[node].value == TRIE_NONE)
			continue;
		struct candidate candidate = {
		    .first = first, .end = first + 1, .value = scan->forward.cell[node].value};
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
		uint32_t kinds = scan->values[path[count].value].kinds;
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
	/* Everyday words: "broom, paint" speaks of no chemical. */
	if (scan_exact(scan, first, end) & WORD_ALONE)
		return context_says_no_more(scan, first, end) || scan->cas_seen ||
		       scan->query->chemical || context_percent_after(scan, end) ||
		       names_another(scan);
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

static size_t read_once(struct scan scan, struct fold *fold, enum fold_reading reading)
{
	fold_text(fold, scan.query->text, reading);
	read_tokens(&scan);
	if (!scan.read && scan.query->field != MATCH_FIELD_TEXT)
		numbers_unread(&scan);
	if (scan.count)
		drop_abbreviations(&scan);
	return scan.count;
}

size_t match_text(struct match_hit *hits, size_t capacity, const void *data,
		  struct match_scratch *scratch, const struct match_query *query)
{
	const struct section *section = data;
	struct scan scan = {
	    .section = section,
	    .fold = &scratch->fold,
	    .forward = section_trie(section, section->forward),
	    .backward = section_trie(section, section->backward),
	    .values = section_at(section, section->values),
	    .query = query,
	    .hits = hits,
	    .capacity = capacity,
	};
	if (query->text.length == 0)
		return 0;
	size_t count = read_once(scan, &scratch->fold, FOLD_GREEK_SPELLED);
	if (count == 0 && scratch->fold.greek)
		count = read_once(scan, &scratch->fold, FOLD_GREEK_LATIN);
	return count;
}

bool match_is_modifier(const void *data, struct match_scratch *scratch, struct tw_text text)
{
	const struct section *section = data;
	struct scan scan = {.section = section,
			    .fold = &scratch->fold,
			    .forward = section_trie(section, section->forward),
			    .values = section_at(section, section->values)};
	fold_text(&scratch->fold, text, FOLD_GREEK_SPELLED);
	if (!scratch->fold.count)
		return false;
	uint32_t kinds = scan_exact(&scan, 0, scratch->fold.count);
	return (kinds & (WORD_SALT | WORD_PLAIN | WORD_POWDER | WORD_ISOMER)) &&
	       !(kinds & WORD_START);
}

static bool span_fits(const struct section *section, struct section_span span, size_t element)
{
	return span.at % 16 == 0 && span.at >= sizeof *section && span.at <= section->size &&
	       span.count <= (section->size - span.at) / element;
}

static bool offsets_fit(const struct section *section, struct section_span span)
{
	const uint32_t *offset = section_at(section, span);
	for (uint32_t i = 0; i < span.count; i++)
		if (offset[i] >= section->texts.count)
			return false;
	return true;
}

static bool spans_fit(const struct section *s)
{
	return span_fits(s, s->forward, sizeof(struct trie_cell)) &&
	       span_fits(s, s->backward, sizeof(struct trie_cell)) &&
	       span_fits(s, s->values, sizeof(struct section_value)) &&
	       span_fits(s, s->entries, sizeof(struct section_entry)) &&
	       span_fits(s, s->names, 4) && span_fits(s, s->keys, 4) &&
	       span_fits(s, s->owners, 4) && span_fits(s, s->texts, 1) &&
	       span_fits(s, s->cas, sizeof(struct section_number)) &&
	       span_fits(s, s->un, sizeof(struct section_number)) &&
	       span_fits(s, s->inchikeys, sizeof(struct section_key)) &&
	       span_fits(s, s->prefix_endings, 4) && span_fits(s, s->suffix_endings, 4) &&
	       span_fits(s, s->derivative_endings, 4) && span_fits(s, s->pairs, 4) &&
	       span_fits(s, s->families, 4);
}

static bool contents_fit(const struct section *s)
{
	const struct section_value *value = section_at(s, s->values);
	const struct section_key *key = section_at(s, s->inchikeys);
	const uint32_t *pair = section_at(s, s->pairs);
	if (s->texts.count == 0 || section_text(s, s->texts.count - 1)[0] != '\0' ||
	    s->names.count != s->keys.count || s->names.count != s->owners.count)
		return false;
	for (uint32_t i = 0; i < s->values.count; i++)
		if (value[i].first > s->entries.count ||
		    value[i].count > s->entries.count - value[i].first)
			return false;
	for (uint32_t i = 0; i < s->inchikeys.count; i++)
		if (key[i].text[27] != '\0')
			return false;
	if (!offsets_fit(s, s->names) || !offsets_fit(s, s->keys) ||
	    !offsets_fit(s, s->prefix_endings) || !offsets_fit(s, s->suffix_endings) ||
	    !offsets_fit(s, s->derivative_endings) || !offsets_fit(s, s->pairs) ||
	    !offsets_fit(s, s->families))
		return false;
	for (uint32_t i = 0; i < s->pairs.count; i++)
		if (!strchr(section_text(s, pair[i]), '|'))
			return false;
	return trie_check(section_trie(s, s->forward), s->values.count) &&
	       trie_check(section_trie(s, s->backward), s->values.count);
}

bool match_check(const void *data, size_t size)
{
	const struct section *section = data;
	return size >= sizeof *section && section->magic == SECTION_MAGIC &&
	       section->size <= size && spans_fit(section) && contents_fit(section);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter forbids nothing: over texts made of everyday words, of what the
 * ledger knows, of both bent and glued, and of odd bytes, the matcher finds the
 * same with the filter as without. The two ways of reading words, and the words
 * of a folded text, are the same as well.
 *
 *     test_filter [COUNT [SEED]]
 */
#include "screen/filter.h"
#include "rulebook/ledger.h"
#include "rulebook/rulebook.h"
#include "screen/match.h"
#include "screen/nomen.h"
#include "texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HITS 16

static bool same_hit(const struct match_hit *a, const struct match_hit *b)
{
	return a->substance == b->substance && a->kind == b->kind && a->sense == b->sense &&
	       a->certainty == b->certainty && a->machine == b->machine && a->from == b->from &&
	       a->length == b->length && a->number == b->number && !strcmp(a->note, b->note);
}

static bool same_words(const struct words *a, const struct words *b)
{
	if (a->length != b->length || memcmp(a->key, b->key, a->length) != 0)
		return false;
	for (size_t i = 0; i <= a->length; i += 64)
		if (words_bits(a->start, i) != words_bits(b->start, i) ||
		    words_bits(a->digit, i) != words_bits(b->digit, i))
			return false;
	return true;
}

static const char *compare_words(struct tw_text text, struct fold *fold)
{
	static struct words plain, best, folded;
	bool ascii = words_read(&plain, text, WORDS_PLAIN);
	if (words_read(&best, text, words_best()) != ascii)
		return "one way of reading words takes it for ASCII, the other does not";
	if (!ascii)
		return NULL;
	if (!same_words(&plain, &best) || plain.marked != best.marked)
		return "the two ways of reading words differ";
	fold_text(fold, text, FOLD_GREEK_SPELLED);
	if (!words_fold(&folded, fold) || !same_words(&plain, &folded))
		return "words differ from those of the folded text";
	if (nomen_looks(text) && !plain.marked)
		return "a systematic name without its mark";
	return NULL;
}

static const char *compare_hits(const struct section *section, struct match_scratch *scratch,
				struct match_query query, size_t *found)
{
	struct match_hit with[HITS], without[HITS];
	size_t count = match_read(without, HITS, section, scratch, &query);
	bool cut = match_was_cut(scratch);
	struct match_glance glance = match_glance(section, scratch, query.text);
	*found += count > 0;
	if (match_text(with, HITS, section, scratch, &query) != count ||
	    match_was_cut(scratch) != cut)
		return "the matcher finds more without the filter";
	for (size_t i = 0; i < count; i++)
		if (!same_hit(&with[i], &without[i]))
			return "the matcher finds something else without the filter";
	if (count > 0 && !glance.hits)
		return "a glance misses a hit";
	if (glance.names != nomen_looks(query.text))
		return "a glance misses a systematic name";
	return NULL;
}

int main(int argc, char **argv)
{
	const tw_rulebook *rulebook;
	struct tw_error error;
	struct fold fold;
	size_t size, found = 0, count = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
	static struct texts m = {.seed = 0x9e3779b97f4a7c15u};
	if (argc > 2)
		m.seed ^= strtoul(argv[2], NULL, 10) * UINT64_C(0xd1342543de82ef95);
	struct match_scratch *scratch = match_scratch_new();
	if (tw_rulebook_default(&rulebook, &error) != TW_OK || !scratch || !fold_new(&fold))
		return 2;
	m.section = rulebook_section(rulebook, LEDGER_TAG_NAMES, &size);
	for (size_t i = 0; i < count; i++) {
		texts_make(&m);
		/* A copy of the exact size, so that reading past its end shows. */
		char *copy = malloc(m.length + !m.length);
		if (!copy)
			return 2;
		memcpy(copy, m.text, m.length);
		struct match_query query = {.text = {copy, m.length},
					    .chemical = texts_draw(&m, 4) == 0,
					    .machine = texts_draw(&m, 8) ? 0 : MATCH_ANY_MACHINE};
		const char *wrong = compare_words(query.text, &fold);
		if (!wrong)
			wrong = compare_hits(m.section, scratch, query, &found);
		if (wrong) {
			printf("text %zu: %s: \"%.*s\"\n", i, wrong, (int)m.length, copy);
			return 1;
		}
		free(copy);
	}
	printf("%zu texts, %zu with hits\n", count, found);
	match_scratch_free(scratch);
	fold_free(&fold);
	return found > count / 20 && found < count ? 0 : 1;
}

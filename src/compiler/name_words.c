/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words around names, law/substances/words.tsv and law/equipment/words.tsv,
 * and the words that are no names of ours. Runs when the law is compiled.
 */
#include "common/error.h"
#include "compiler/names_building.h"
#include "rulebook/ledger.h"

#include "law/tsv.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *word;
	uint64_t kind;
} KINDS[] = {
    {"absent-before", WORD_ABSENT_BEFORE},
    {"absent-after", WORD_ABSENT_AFTER},
    {"about", WORD_ABOUT},
    {"prefix", WORD_PREFIX},
    {"suffix", WORD_SUFFIX},
    {"salt", WORD_SALT},
    {"plain", WORD_PLAIN},
    {"isomer", WORD_ISOMER},
    {"sign", WORD_SIGN},
    {"powder", WORD_POWDER},
    {"unit", WORD_UNIT},
    {"cas", WORD_CAS},
    {"un", WORD_UN},
    {"labelled", WORD_LABELLED},
    {"prefix-ending", WORD_PREFIX_ENDING},
    {"suffix-ending", WORD_SUFFIX_ENDING},
    {"derivative-ending", WORD_DERIVATIVE_ENDING},
    {"pair", WORD_PAIR},
    {"family", WORD_FAMILY},
    {"machine-sign", WORD_MACHINE_SIGN},
    {"machine-other", WORD_MACHINE_OTHER},
    {"join", WORD_JOIN},
    {"either", WORD_EITHER},
    {"about-before", WORD_ABOUT_BEFORE},
    {"gear", WORD_GEAR},
    {"for", WORD_FOR},
    {"empty", WORD_EMPTY},
    {"acid", WORD_ACID},
    {"compound", WORD_COMPOUND},
    {"metal", WORD_METAL},
    {"holds", WORD_HOLDS},
    {"particle", WORD_PARTICLE},
    {"tested", WORD_TESTED},
    {"article", WORD_ARTICLE},
    {"article-not", WORD_ARTICLE_NOT},
    {"filled", WORD_FILLED},
    {"kit", WORD_KIT},
};

static int law_fail(struct building *b, struct law_pos pos, const char *message, const char *word)
{
	return law_error(b->error, pos, "%s: '%.80s'", message, word);
}

/* What a key was refused for, at its place in the file. */
static int refused_at(struct building *b, struct law_pos pos, int code)
{
	if (b->error) {
		b->error->line = pos.line;
		b->error->column = pos.column;
	}
	error_in(b->error, pos.file);
	return code;
}

/* "peroxide", "hose": English words whose plural is the same word. */
static bool has_plural(const char *word, size_t length)
{
	return length >= 4 && length < NAME_LENGTH - 2 && (word[length - 1] & 128) == 0 &&
	       word[length - 1] != 's' && word[length - 1] != 'x';
}

static int add_word(struct building *b, const char *word, uint64_t kind)
{
	struct pool *list = kind == WORD_PREFIX_ENDING       ? &b->prefix_endings
			    : kind == WORD_SUFFIX_ENDING     ? &b->suffix_endings
			    : kind == WORD_DERIVATIVE_ENDING ? &b->derivative_endings
			    : kind == WORD_PAIR              ? &b->pairs
							     : NULL;
	if (kind == WORD_FAMILY) {
		int code = building_key(b, word, kind, LEDGER_NONE, UINT32_MAX);
		uint32_t key = building_text(b, b->fold.key, b->fold.length);
		pool_take(&b->families, &key, 1);
		return code;
	}
	if (!list) {
		int code = building_key(b, word, kind, LEDGER_NONE, UINT32_MAX);
		char plural[NAME_LENGTH];
		size_t length = strlen(word);
		if (code || (kind != WORD_SUFFIX && kind != WORD_GEAR) || !has_plural(word, length))
			return code;
		snprintf(plural, sizeof plural, "%.*ss", (int)length, word);
		return building_key(b, plural, kind, LEDGER_NONE, UINT32_MAX);
	}
	uint32_t at = building_text(b, word, strlen(word));
	pool_take(list, &at, 1);
	return TW_OK;
}

/* words.tsv: word, kind, note. Several kinds of a word are several rows. */
int building_words(struct building *b, struct arena *arena, const char *folder, const char *path)
{
	struct tsv tsv;
	int code = tsv_read(&tsv, arena, folder, path, b->error);
	if (code)
		return code;
	int word = tsv_column(&tsv, "word"), kind = tsv_column(&tsv, "kind");
	struct law_pos pos = {tsv.path, 1, 0};
	if (word < 0 || kind < 0)
		return law_fail(b, pos, "the columns are word, kind and note", tsv.path);
	for (size_t i = 0; i < tsv.row_count; i++) {
		const char *const *row = tsv.cell + i * tsv.column_count;
		size_t k = 0;
		while (k < sizeof KINDS / sizeof *KINDS && strcmp(KINDS[k].word, row[kind]) != 0)
			k++;
		pos.line = tsv.line[i];
		if (k == sizeof KINDS / sizeof *KINDS)
			return law_fail(b, pos, "no such kind of word", row[kind]);
		if (KINDS[k].kind == WORD_PAIR && !strchr(row[word], '|'))
			return law_fail(b, pos, "a pair is written one|other", row[word]);
		if ((code = add_word(b, row[word], KINDS[k].kind)))
			return refused_at(b, pos, code);
	}
	return TW_OK;
}

/* not-names.tsv: name, note. */
int building_not_names(struct building *b, struct arena *arena, const char *folder,
		       const char *path)
{
	struct tsv tsv;
	int code = tsv_read(&tsv, arena, folder, path, b->error);
	if (code)
		return code;
	int name = tsv_column(&tsv, "name");
	if (name < 0)
		return law_fail(b, (struct law_pos){tsv.path, 1, 0},
				"the columns are name and note", tsv.path);
	for (size_t i = 0; i < tsv.row_count; i++) {
		if ((code = building_key(b, tsv.cell[i * tsv.column_count + (size_t)name],
					 WORD_OTHER, LEDGER_NONE, UINT32_MAX)))
			return refused_at(b, (struct law_pos){tsv.path, tsv.line[i], 0}, code);
	}
	return TW_OK;
}

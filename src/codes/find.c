/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the search by words. A person's text is cut into words (words.h), and
 * each stands in quotes in the question to the index, which therefore holds no
 * sign of that question's own language.
 */
#include "codes/store.h"
#include "codes/words.h"
#include "common/error.h"
#include "common/order.h"
#include "common/spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The words of a text, each once. */
struct asked {
	char word[CODES_WORDS][WORDS_BYTES + 1];
	size_t count;
};

static bool is_asked(const struct asked *asked, const char *word)
{
	for (size_t i = 0; i < asked->count; i++)
		if (!strcmp(asked->word[i], word))
			return true;
	return false;
}

static int refuse(struct tw_error *error, const char *format, int number)
{
	return error_set(error, TW_BAD_ARGUMENT, format, number);
}

/* Words that tell nothing are left out; if there are no others there is nothing to ask. */
static int read_words(struct asked *out, const char *text, struct tw_error *error)
{
	struct words words = {text, text + strlen(text)};
	char word[WORDS_BYTES + 1];
	bool any = false;
	out->count = 0;
	if (words.end - words.at > CODES_TEXT)
		return refuse(error, "a search takes at most %d bytes", CODES_TEXT);
	while (words_next(&words, word)) {
		any = true;
		if (is_asked(out, word) || words_empty(word))
			continue;
		if (out->count == CODES_WORDS)
			return refuse(error, "a search takes at most %d words", CODES_WORDS);
		strcpy(out->word[out->count++], word);
	}
	if (out->count)
		return TW_OK;
	return any ? refuse(
			 error,
			 "these words are in nearly every description: add a more specific one%.0d",
			 0)
		   : refuse(error, "a search needs a word%.0d", 0);
}

/* The question for all words but `leave`: each whole, or as the beginning of a word. */
static void make_question(char *out, size_t size, const struct asked *asked, size_t leave)
{
	size_t at = 0;
	*out = '\0';
	for (size_t i = 0; i < asked->count; i++) {
		const char *word = asked->word[i];
		if (i == leave)
			continue;
		at += (size_t)snprintf(out + at, size - at, "%s(\"%s\"", at ? " AND " : "", word);
		if (word[1]) /* one letter alone begins too many */
			at += (size_t)snprintf(out + at, size - at, " OR \"%s\"*", word);
		at += (size_t)snprintf(out + at, size - at, ")");
	}
}

#define QUESTION (CODES_WORDS * (2 * WORDS_BYTES + 24))

static sqlite3_stmt *ask(struct codes *codes, const char *question, int32_t day,
			 struct tw_error *error)
{
	/* The text of a code tells more than what stands above it; goods come before chapters
	   98 and 99. */
	sqlite3_stmt *s = codes_statement(
	    codes, &codes->match,
	    "SELECT c.code, c.first, c.last, c.kind, c.text, c.under, c.also, "
	    "bm25(words, 8.0, 4.0, 1.0) AS score FROM words JOIN code c ON c.id = words.rowid "
	    "WHERE words MATCH ?1 AND c.first <= ?2 AND ?2 < c.last ORDER BY c.code",
	    error);
	if (s) {
		sqlite3_bind_text(s, 1, question, -1, SQLITE_TRANSIENT);
		sqlite3_bind_int(s, 2, day);
	}
	return s;
}

struct scored {
	struct codes_entry entry;
	double score;
};

static int by_score(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	bool late_x = strcmp(x->entry.code, "98") > 0, late_y = strcmp(y->entry.code, "98") > 0;
	if (late_x != late_y)
		return late_x ? 1 : -1;
	if (x->score != y->score)
		return x->score < y->score ? -1 : 1;
	return strcmp(x->entry.code, y->entry.code);
}

/* All highest codes that match, in the order of codes; the scores beside them. */
static int match(struct codes_list *out, double **scores, struct codes *codes, const char *question,
		 int32_t day, struct tw_error *error)
{
	sqlite3_stmt *s = ask(codes, question, day, error);
	int code = s ? TW_OK : error->code, step;
	size_t room = 0;
	while (!code && (step = sqlite3_step(s)) != SQLITE_DONE) {
		if (step != SQLITE_ROW) {
			code = codes_failed(error, codes->db, "the companion of codes");
			break;
		}
		const struct codes_entry *last = out->count ? &out->item[out->count - 1] : NULL;
		const char *here = (const char *)sqlite3_column_text(s, 0);
		if (last && here && !strncmp(here, last->code, (size_t)last->digits))
			continue; /* the one above stands for it */
		if (out->count == room) {
			room = room ? 2 * room : 64;
			double *grown = realloc(*scores, room * sizeof *grown);
			if (!grown) {
				code = codes_failed(error, NULL, "the companion of codes");
				break;
			}
			*scores = grown;
		}
		(*scores)[out->count] = sqlite3_column_double(s, 7);
		code = codes_take(out, s, error);
	}
	if (s)
		sqlite3_reset(s);
	return code;
}

int codes_search(struct codes_list *out, struct codes *codes, const char *text, int32_t day,
		 size_t limit, struct tw_error *error)
{
	char question[QUESTION];
	struct asked asked;
	double *scores = NULL;
	struct scored *all = NULL;
	int code = read_words(&asked, text, error);
	*out = (struct codes_list){0};
	if (code)
		return code;
	make_question(question, sizeof question, &asked, SIZE_MAX);
	code = match(out, &scores, codes, question, day, error);
	if (!code && out->count && !(all = malloc(out->count * sizeof *all)))
		code = codes_failed(error, NULL, "the companion of codes");
	if (all) {
		for (size_t i = 0; i < out->count; i++)
			all[i] = (struct scored){out->item[i], scores[i]};
		order_items(all, out->count, sizeof *all, by_score);
		for (size_t i = 0; i < out->count; i++)
			out->item[i] = all[i].entry;
	}
	free(all);
	free(scores);
	codes_list_cut(out, limit < CODES_LIMIT ? limit : CODES_LIMIT);
	return code ? code : codes_count(out, codes, day, error);
}

/* How many rows have the words of a question, not more than a few. */
static int count_matches(size_t *out, struct codes *codes, const char *question,
			 struct tw_error *error)
{
	sqlite3_stmt *s = codes_statement(
	    codes, &codes->any,
	    "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT 1)", error);
	*out = 0;
	if (!s)
		return error->code;
	sqlite3_bind_text(s, 1, question, -1, SQLITE_TRANSIENT);
	if (sqlite3_step(s) == SQLITE_ROW)
		*out = (size_t)sqlite3_column_int(s, 0);
	sqlite3_reset(s);
	return TW_OK;
}

/* The word of the descriptions that is nearest; "" where none is near. */
static int nearest_term(char out[WORDS_BYTES + 1], struct codes *codes, const char *word,
			struct tw_error *error)
{
	size_t most = strlen(word) < 8 ? 1 : 2, best = most + 1;
	sqlite3_stmt *s =
	    codes_statement(codes, &codes->terms,
			    "SELECT word FROM term WHERE length(word) BETWEEN ?1 AND ?2 "
			    "ORDER BY uses DESC, word",
			    error);
	*out = '\0';
	if (!s)
		return error->code;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)strlen(word) - (sqlite3_int64)most);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)strlen(word) + (sqlite3_int64)most);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *term = (const char *)sqlite3_column_text(s, 0);
		size_t distance =
		    term ? spelling_distance((struct tw_text){word, strlen(word)},
					     (struct tw_text){term, strlen(term)}, best - 1)
			 : best;
		if (distance < best && strlen(term) <= WORDS_BYTES) {
			best = distance;
			strcpy(out, term);
			if (best <= 1)
				break;
		}
	}
	sqlite3_reset(s);
	return TW_OK;
}

/* How many codes have all words but one, on the day. */
static int count_without(size_t *out, struct codes *codes, const struct asked *asked, size_t leave,
			 int32_t day, struct tw_error *error)
{
	char question[QUESTION];
	struct codes_list found = {0};
	double *scores = NULL;
	*out = 0;
	if (asked->count < 2)
		return TW_OK;
	make_question(question, sizeof question, asked, leave);
	int code = match(&found, &scores, codes, question, day, error);
	*out = found.count;
	codes_list_free(&found);
	free(scores);
	return code;
}

/* The first word that no description has; CODES_WORDS: each is in some. */
static int missing_word(size_t *out, struct codes *codes, const struct asked *asked,
			struct tw_error *error)
{
	char question[2 * WORDS_BYTES + 32];
	for (*out = 0; *out < asked->count; (*out)++) {
		struct asked one = {.count = 1};
		size_t matches;
		strcpy(one.word[0], asked->word[*out]);
		make_question(question, sizeof question, &one, SIZE_MAX);
		int code = count_matches(&matches, codes, question, error);
		if (code || !matches)
			return code;
	}
	*out = CODES_WORDS;
	return TW_OK;
}

static void say_without(char *out, size_t size, const char *word, size_t count)
{
	size_t at = strlen(out);
	if (count)
		snprintf(out + at, size - at, " Without \"%s\" %zu %s found.", word, count,
			 count == 1 ? "is" : "are");
}

int codes_hint(char *out, size_t size, struct codes *codes, const char *text, int32_t day,
	       struct tw_error *error)
{
	struct asked asked;
	char near[WORDS_BYTES + 1];
	size_t word, count;
	*out = '\0';
	int code = read_words(&asked, text, error);
	if (code || (code = missing_word(&word, codes, &asked, error)))
		return code;
	if (word < CODES_WORDS) {
		if ((code = nearest_term(near, codes, asked.word[word], error)) ||
		    (code = count_without(&count, codes, &asked, word, day, error)))
			return code;
		snprintf(out, size, "No description has the word \"%s\"%s%s%s", asked.word[word],
			 *near ? "; did you mean \"" : ".", near, *near ? "\"?" : "");
		say_without(out, size, asked.word[word], count);
		return TW_OK;
	}
	snprintf(out, size, "No code in force on that day has all of these words.");
	for (size_t i = 0; i < asked.count; i++) {
		if ((code = count_without(&count, codes, &asked, i, day, error)) || count) {
			say_without(out, size, asked.word[i], count);
			return code;
		}
	}
	return TW_OK;
}

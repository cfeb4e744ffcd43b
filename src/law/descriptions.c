/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the words of a base schedule, see descriptions.h: reading them and finding one. */
#include "law/descriptions.h"

#include "law/file.h"
#include "law/reader.h"

#include <ctype.h>
#include <string.h>

enum { CODE, TEXT, UNDER, FROM, UNTIL, NOTE, COLUMNS };
static const char *const columns[] = {"code", "text", "under", "from", "until", "note", NULL};

static int read_code(struct reader *r, const char *text, struct law_pos pos,
		     struct law_description *out)
{
	size_t digits = strlen(text);
	if (digits < 2 || digits > 10 || digits % 2 || strspn(text, "0123456789") != digits)
		return law_error(r->error, pos,
				 "\"%s\" is not a code of 2, 4, 6, 8 or 10 digits without dots",
				 text);
	out->digits = (int)digits;
	return text_range(&out->codes, text, pos, r->error);
}

/* What a reader is shown: no blanks at an end, and not more than fits a page. */
static int check_text(struct reader *r, const char *text, struct law_pos pos)
{
	size_t length = strlen(text);
	if (length > LAW_DESCRIPTION_TEXT)
		return law_error(r->error, pos, "the text has %zu bytes: %d is the most", length,
				 LAW_DESCRIPTION_TEXT);
	if (length && (text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ")))
		return law_error(r->error, pos,
				 "blanks at an end or two together: write one between words");
	return TW_OK;
}

static int read_row(struct reader *r, const char *zone, const struct tsv *tsv,
		    const int column[COLUMNS], size_t i, struct law_description *out)
{
	const char *from = tsv_cell(tsv, i, column[FROM]), *until = tsv_cell(tsv, i, column[UNTIL]);
	int code;
	*out = (struct law_description){.text = tsv_cell(tsv, i, column[TEXT]),
					.under = tsv_cell(tsv, i, column[UNDER]),
					.from = TW_TIME_MIN,
					.until = TW_TIME_MAX,
					.pos = tsv_pos(tsv, i, column[CODE])};
	if ((code = read_code(r, tsv_cell(tsv, i, column[CODE]), out->pos, out)) ||
	    (code = check_text(r, out->text, tsv_pos(tsv, i, column[TEXT]))) ||
	    (code = check_text(r, out->under, tsv_pos(tsv, i, column[UNDER]))))
		return code;
	if (!*out->text)
		return law_error(r->error, out->pos,
				 "the code has no description: write what it is");
	if (*from &&
	    (code = text_time(&out->from, zone, from, tsv_pos(tsv, i, column[FROM]), r->error)))
		return code;
	if (*until &&
	    (code = text_time(&out->until, zone, until, tsv_pos(tsv, i, column[UNTIL]), r->error)))
		return code;
	if (out->from >= out->until)
		return law_error(r->error, out->pos, "\"from\" must be before \"until\"");
	return TW_OK;
}

/* Order by code, shorter codes first, then by time. */
static int order(const struct law_description *a, const struct law_description *b)
{
	if (a->codes.low != b->codes.low)
		return a->codes.low < b->codes.low ? -1 : 1;
	if (a->digits != b->digits)
		return a->digits < b->digits ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

static int read_rows(struct reader *r, const char *zone, const char *path,
		     struct law_descriptions *out)
{
	struct tsv tsv;
	int column[COLUMNS];
	int code = read_tsv(r, path, &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	for (int i = 0; i < COLUMNS; i++)
		column[i] = tsv_column(&tsv, columns[i]);
	struct law_description *words = read_take(r, tsv.row_count, sizeof *words);
	if (!words)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < tsv.row_count; i++) {
		if ((code = read_row(r, zone, &tsv, column, i, &words[i])))
			return code;
		if (!i)
			continue;
		const struct law_description *before = &words[i - 1];
		if (order(before, &words[i]) >= 0)
			return law_error(r->error, words[i].pos,
					 "\"%s\" must come after the row above it: the rows stand "
					 "in the order of their codes, shorter ones first",
					 tsv_cell(&tsv, i, column[CODE]));
		if (before->codes.low == words[i].codes.low && before->digits == words[i].digits &&
		    before->until > words[i].from)
			return law_error(r->error, words[i].pos,
					 "\"%s\" has two texts at one time: end the row above",
					 tsv_cell(&tsv, i, column[CODE]));
	}
	out->words = words;
	out->count = (uint32_t)tsv.row_count;
	return TW_OK;
}

/* "backpacks, rucksacks" of a code: for the search alone. */
static int read_called(struct reader *r, struct law_descriptions *out)
{
	static const char *const names[] = {"code", "words", NULL};
	struct tsv tsv;
	if (!read_has(r, "goods-words.tsv"))
		return TW_OK;
	int code = read_tsv(r, "goods-words.tsv", &tsv);
	if (code || (code = tsv_only(r, &tsv, names)))
		return code;
	int of = tsv_column(&tsv, "code"), words = tsv_column(&tsv, "words");
	struct law_called *called = read_take(r, tsv.row_count, sizeof *called);
	if (!called)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < tsv.row_count; i++) {
		called[i].words = tsv_cell(&tsv, i, words);
		called[i].pos = tsv_pos(&tsv, i, of);
		if ((code = text_range(&called[i].codes, tsv_cell(&tsv, i, of),
				       tsv_pos(&tsv, i, of), r->error)) ||
		    (code = check_text(r, called[i].words, tsv_pos(&tsv, i, words))))
			return code;
		if (!*called[i].words)
			return law_error(r->error, tsv_pos(&tsv, i, of),
					 "the code has no words: write what people call the goods");
	}
	out->called = called;
	out->called_count = (uint32_t)tsv.row_count;
	return TW_OK;
}

int law_descriptions_read(struct law_descriptions *out, const struct law *law,
			  uint32_t jurisdiction, const char *folder, struct tw_error *error)
{
	const struct law_jurisdiction *j = &law->jurisdictions[jurisdiction];
	struct reader r = {.folder = folder, .error = error};
	char code[3] = {(char)tolower((unsigned char)j->code[0]),
			(char)tolower((unsigned char)j->code[1]), 0};
	*out = (struct law_descriptions){.jurisdiction = jurisdiction};
	if (!j->descriptions)
		return TW_OK;
	r.arena = out->arena = arena_new();
	const char *path = r.arena ? file_join(r.arena, code, j->descriptions) : NULL;
	int result = path ? read_rows(&r, j->timezone, path, out) : read_no_memory(&r);
	if (!result)
		result = read_called(&r, out);
	if (result)
		law_descriptions_free(out);
	return result;
}

void law_descriptions_free(struct law_descriptions *words)
{
	arena_free(words->arena);
	*words = (struct law_descriptions){0};
}

const struct law_description *law_description_first(const struct law_descriptions *words,
						    uint64_t low, int digits)
{
	uint32_t first = 0, last = words->count;
	struct law_description wanted = {.codes.low = low, .digits = digits, .from = TW_TIME_MIN};
	while (first < last) {
		uint32_t middle = first + (last - first) / 2;
		if (order(&words->words[middle], &wanted) < 0)
			first = middle + 1;
		else
			last = middle;
	}
	return words->words + first;
}

const struct law_description *law_description_find(const struct law_descriptions *words,
						   uint64_t low, int digits, tw_time at)
{
	const struct law_description *word = law_description_first(words, low, digits),
				     *end = words->words + words->count;
	for (; word < end && word->codes.low == low && word->digits == digits; word++)
		if (word->from <= at && at < word->until)
			return word;
	return NULL;
}

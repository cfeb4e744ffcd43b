/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the cells of the tables of the record. Knows no noun of it. */
#include "law/record_read.h"

#include <string.h>

#include "common/error.h"
#include "common/words.h"
#include "law/file.h"

enum { ROWS = 65536 }; /* of one table, at most */

const char *record_cell(const struct record_read *s, const char *column)
{
	return tsv_cell(&s->tsv, s->row, tsv_column(&s->tsv, column));
}

struct law_pos record_place(const struct record_read *s, const char *column)
{
	int at = tsv_column(&s->tsv, column);
	return tsv_pos(&s->tsv, s->row, at < 0 ? 0 : at);
}

int record_table(struct record_read *s, const char *name, const char *const *columns)
{
	struct reader *r = s->r;
	const char *path = file_join(r->arena, "record", name);
	int code = path ? read_tsv(r, path, &s->tsv) : read_no_memory(r);
	s->row = 0;
	if (code || (code = tsv_only(r, &s->tsv, columns)))
		return code;
	for (size_t i = 0; columns[i]; i++)
		if (tsv_column(&s->tsv, columns[i]) < 0)
			return law_error(r->error, (struct law_pos){s->tsv.path, 1, 1},
					 "column \"%s\" is missing", columns[i]);
	if (s->tsv.row_count > ROWS)
		return law_error(r->error, (struct law_pos){s->tsv.path, 1, 1}, "more than %d rows",
				 ROWS);
	return TW_OK;
}

int record_needed(const struct record_read *s, const char *column, const char **out)
{
	*out = record_cell(s, column);
	return **out ? TW_OK
		     : law_error(s->r->error, record_place(s, column), "\"%s\" is empty", column);
}

int record_word(const struct record_read *s, const char *column, const char *const *words, int *out)
{
	const char *text = record_cell(s, column);
	struct nearest nearest = {.word = text};
	char hint[160];
	for (*out = 0; words[*out]; ++*out) {
		if (!strcmp(words[*out], text))
			return TW_OK;
		nearest_try(&nearest, words[*out]);
	}
	return law_error(s->r->error, record_place(s, column), "\"%s\" is not a word for \"%s\"%s",
			 text, column, nearest_hint(&nearest, hint));
}

int record_days(const struct record_read *s, const char *column, const char *text, int32_t *out)
{
	tw_time at;
	if (strlen(text) != 10)
		return law_error(s->r->error, record_place(s, column),
				 "\"%s\" is not a day: write 2025-03-04", text);
	int code = text_time(&at, "Etc/UTC", text, record_place(s, column), s->r->error);
	*out = (int32_t)(at / 86400);
	return code;
}

int record_day(const struct record_read *s, const char *column, int32_t *out)
{
	return record_days(s, column, record_cell(s, column), out);
}

int record_split(const struct record_read *s, const char *column, const char *const **out,
		 uint32_t *count)
{
	const char *at = record_cell(s, column);
	struct vector words = {0};
	while (*at) {
		size_t length = strcspn(at, " ");
		if (length) {
			const char **word = read_add(s->r, &words, sizeof *word);
			if (!word || !(*word = arena_text(s->r->arena, at, length)))
				return read_no_memory(s->r);
		}
		at += length + (at[length] == ' ');
	}
	*out = words.item;
	*count = words.count;
	return TW_OK;
}

int record_names(const struct record_read *s, const char *column, const struct table *table,
		 const char *what, const uint32_t **out, uint32_t *count)
{
	const char *const *words = NULL;
	int code = record_split(s, column, &words, count);
	uint32_t *made = code ? NULL : read_take(s->r, *count, sizeof *made);
	*out = made;
	if (code || !made || !words)
		return code ? code : made ? TW_OK : TW_NO_MEMORY;
	for (uint32_t i = 0; !code && i < *count; i++) {
		code = read_name(s->r, table, what, words[i], record_place(s, column), &made[i]);
		for (uint32_t k = 0; !code && k < i; k++)
			if (made[k] == made[i])
				code = law_error(s->r->error, record_place(s, column),
						 "\"%s\" stands twice", words[i]);
	}
	return code;
}

bool record_has_program(const struct record_read *s, const char *name)
{
	const struct law *law = s->r->law;
	for (uint32_t i = 0; i < law->program_count; i++)
		if (words_match(name, law->programs[i].id))
			return true;
	return false;
}

int record_source(struct record_read *s, uint32_t *source, enum law_confidence *confidence)
{
	const char *name = record_cell(s, "source");
	int word = 0, code = record_word(s, "confidence", record_confidence_names, &word);
	*confidence = (enum law_confidence)word;
	*source = LAW_NONE;
	if (code || !*name)
		return code;
	code = read_name(s->r, &s->source, "source", name, record_place(s, "source"), source);
	if (!code)
		s->source_used[*source] = true;
	return code;
}

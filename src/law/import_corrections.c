/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults in the print of a schedule, and words beside a rate that the law does
 * not read: put right for one code and those beneath it. "=WORDS" stand for the
 * whole text. The list is law; this file holds none.
 */
#include "law/import.h"

#include "law/file.h"
#include "law/tsv.h"

#include <string.h>

static const char *const columns[] = {"code", "column", "wrong", "right", "note", NULL};

static const char *cell(const struct tsv *tsv, size_t row, int column)
{
	return column < 0 ? "" : tsv->cell[row * tsv->column_count + (size_t)column];
}

static int read_row(struct import_correction *out, const struct tsv *tsv, size_t row,
		    struct tw_error *error)
{
	static const char *const known[] = {"unit1", "unit2", "general", "special", "col2"};
	struct law_pos pos = {tsv->path, tsv->line[row], 1};
	out->code = cell(tsv, row, tsv_column(tsv, "code"));
	out->column = cell(tsv, row, tsv_column(tsv, "column"));
	out->wrong = cell(tsv, row, tsv_column(tsv, "wrong"));
	out->right = cell(tsv, row, tsv_column(tsv, "right"));
	size_t digits = strspn(out->code, "0123456789");
	if (out->code[digits] || digits < 4 || digits > 10)
		return law_error(error, pos, "\"%s\" is not a code of 4 to 10 digits without dots",
				 out->code);
	if (!*out->wrong)
		return law_error(error, pos, "say the wrong words");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(out->column, known[i]))
			return TW_OK;
	return law_error(error, pos,
			 "\"%s\" is not a column: write unit1, unit2, general, special or col2",
			 out->column);
}

int import_corrections(struct vector *out, struct arena *arena, const char *folder,
		       const char *schedule, struct tw_error *error)
{
	const char *slash = strrchr(schedule, '/');
	const char *beside = arena_text(arena, schedule, slash ? (size_t)(slash - schedule) : 0);
	const char *path = beside ? file_join(arena, beside, "schedule-corrections.tsv") : NULL;
	struct tsv tsv;
	if (!path || !file_exists(folder, path))
		return path ? TW_OK : TW_NO_MEMORY;
	int code = tsv_read(&tsv, arena, folder, path, error);
	for (size_t i = 0; !code && i < tsv.column_count; i++) {
		size_t k = 0;
		while (columns[k] && strcmp(columns[k], tsv.column[i]) != 0)
			k++;
		if (!columns[k])
			code = law_error(error, (struct law_pos){path, 1, 1},
					 "unknown column \"%s\": write code, column, wrong, right, "
					 "note",
					 tsv.column[i]);
	}
	for (size_t i = 0; !code && i < tsv.row_count; i++) {
		struct import_correction *slot = vector_add(out, arena, sizeof *slot);
		code = slot ? read_row(slot, &tsv, i, error) : TW_NO_MEMORY;
	}
	return code;
}

const char *import_correct(const struct vector *corrections, struct arena *arena, const char *code,
			   const char *column, const char *text)
{
	const struct import_correction *c = corrections->item;
	for (uint32_t i = 0; i < corrections->count; i++) {
		bool whole = *c[i].wrong == '=';
		const char *words = c[i].wrong + whole, *at = strstr(text, words);
		if (strncmp(code, c[i].code, strlen(c[i].code)) != 0 ||
		    strcmp(c[i].column, column) != 0 || !at || (whole && strcmp(text, words) != 0))
			continue;
		size_t before = (size_t)(at - text), wrong = strlen(words);
		char *made = arena_alloc(arena, strlen(text) + strlen(c[i].right) + 1, 1);
		if (!made)
			return text;
		memcpy(made, text, before);
		strcpy(stpcpy(made + before, c[i].right), at + wrong);
		size_t length = strlen(made);
		while (length && made[length - 1] == ' ')
			made[--length] = '\0';
		text = made;
	}
	return text;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the numbers of a schedule that ended and were given up for others, or
 * given to other goods. The schedule itself shows only that a line begins.
 */
#include "law/reader.h"

#include "law/file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { CODE, ON, TO, COLUMNS };
static const char *const columns[] = {"code", "on", "to", NULL};

/* A number of ten digits, no dots. */
static int read_number(struct reader *r, const char *text, struct law_pos pos, uint64_t *out)
{
	struct law_range range;
	if (strlen(text) != 10 || strchr(text, '.'))
		return law_error(r->error, pos, "\"%s\" is not a code of 10 digits without dots",
				 text);
	int code = text_range(&range, text, pos, r->error);
	*out = range.low;
	return code;
}

/* "8413919020 8413919044" as it is shown, with dots and commas; each must be a line then. */
static int read_to(struct reader *r, const struct law_jurisdiction *j, const char *text,
		   struct law_pos pos, struct law_renumbered *out)
{
	char number[16];
	size_t room = strlen(text) * 2 + 16, length = 0;
	char *said = read_take(r, room, 1);
	struct vector successors = {0};
	if (!said)
		return TW_NO_MEMORY;
	for (const char *at = text; *at || at == text;) {
		size_t n = strcspn(at, " ");
		uint64_t code = 0;
		snprintf(number, sizeof number, "%.*s", (int)(n < 15 ? n : 15), at);
		int failed = read_number(r, number, pos, &code);
		if (failed)
			return failed;
		bool found = false;
		for (uint32_t i = schedule_find(j, code); i < j->row_count; i++) {
			const struct law_schedule_row *row = &j->rows[i];
			if (row->code != code)
				break;
			found = found || (row->from <= out->on && out->on < row->until);
		}
		if (!found)
			return law_error(r->error, pos, "\"%s\" is not a line of the schedule then",
					 number);
		uint64_t *slot = read_add(r, &successors, sizeof *slot);
		if (!slot)
			return TW_NO_MEMORY;
		*slot = code;
		length += (size_t)snprintf(said + length, room - length, "%s%.4s.%.2s.%.2s.%.2s",
					   length ? ", " : "", number, number + 4, number + 6,
					   number + 8);
		at += n + (at[n] == ' ');
	}
	out->to = said;
	out->successors = successors.item;
	out->successor_count = successors.count;
	return TW_OK;
}

static int read_row(struct reader *r, const struct law_jurisdiction *j, const struct tsv *tsv,
		    const int column[COLUMNS], size_t i, struct law_renumbered *out)
{
	int code = read_number(r, tsv_cell(tsv, i, column[CODE]), tsv_pos(tsv, i, column[CODE]),
			       &out->code);
	if (code || (code = text_time(&out->on, j->timezone, tsv_cell(tsv, i, column[ON]),
				      tsv_pos(tsv, i, column[ON]), r->error)))
		return code;
	return read_to(r, j, tsv_cell(tsv, i, column[TO]), tsv_pos(tsv, i, column[TO]), out);
}

int read_renumbered(struct reader *r, uint32_t jurisdiction, const char *name)
{
	struct law_jurisdiction *j =
	    (struct law_jurisdiction *)r->jurisdictions.item + jurisdiction;
	char folder[3] = {(char)tolower((unsigned char)j->code[0]),
			  (char)tolower((unsigned char)j->code[1]), 0};
	const char *path = file_join(r->arena, folder, name);
	struct tsv tsv;
	int column[COLUMNS];
	if (!path)
		return read_no_memory(r);
	int code = read_tsv(r, path, &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	for (int i = 0; i < COLUMNS; i++)
		if ((column[i] = tsv_column(&tsv, columns[i])) < 0)
			return law_error(r->error, (struct law_pos){tsv.path, 1, 1},
					 "column \"%s\" is missing", columns[i]);
	struct law_renumbered *rows = read_take(r, tsv.row_count + 1, sizeof *rows);
	if (!rows)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < tsv.row_count; i++)
		if ((code = read_row(r, j, &tsv, column, i, &rows[i])))
			return code;
	j->renumbered = rows;
	j->renumbered_count = (uint32_t)tsv.row_count;
	return TW_OK;
}

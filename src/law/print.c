/* SPDX-License-Identifier: Apache-2.0 */
#include "law/print.h"

#include <string.h>

#include "common/arena.h"
#include "common/error.h"
#include "law/tsv.h"

enum { CODE, UNIT1, UNIT2, GENERAL, SPECIAL, COLUMN2, FROM, UNTIL, CELLS };

struct printing {
	struct buffer *out;
	struct tsv tsv;
	int column[CELLS];
};

static const char *cell_of(const struct printing *p, size_t row, int which)
{
	int at = p->column[which];
	return at < 0 ? "" : p->tsv.cell[row * p->tsv.column_count + (size_t)at];
}

static void put_cell(struct buffer *out, const char *text)
{
	size_t start = out->length;
	buffer_text(out, text);
	buffer_end_cell(out, start, false);
	buffer_char(out, ',');
}

/* 0101.21.00.10 */
static void put_code(struct buffer *out, const char *digits)
{
	for (size_t i = 0; digits[i]; i++) {
		if (i == 4 || i == 6 || i == 8)
			buffer_char(out, '.');
		buffer_char(out, digits[i]);
	}
}

/* ["No.","kg"] as one cell, or none. */
static void put_units(struct buffer *out, const char *unit1, const char *unit2)
{
	size_t start = out->length;
	if (*unit1) {
		buffer_char(out, '[');
		buffer_json(out, unit1, strlen(unit1));
		if (*unit2) {
			buffer_char(out, ',');
			buffer_json(out, unit2, strlen(unit2));
		}
		buffer_char(out, ']');
	}
	buffer_end_cell(out, start, false);
	buffer_char(out, ',');
}

static void put_row(const struct printing *p, size_t row)
{
	put_code(p->out, cell_of(p, row, CODE));
	buffer_text(p->out, ",0,,");
	put_units(p->out, cell_of(p, row, UNIT1), cell_of(p, row, UNIT2));
	put_cell(p->out, cell_of(p, row, GENERAL));
	put_cell(p->out, cell_of(p, row, SPECIAL));
	put_cell(p->out, cell_of(p, row, COLUMN2));
	buffer_text(p->out, ",\n");
}

static bool in_force(const struct printing *p, size_t row, const char *day)
{
	const char *until = cell_of(p, row, UNTIL);
	return strcmp(cell_of(p, row, FROM), day) <= 0 && (!*until || strcmp(day, until) < 0);
}

int print_schedule(struct buffer *out, const struct law *law, uint32_t jurisdiction,
		   const char *folder, const char *day, struct tw_error *error)
{
	static const char *const names[CELLS] = {"code",    "unit1", "unit2", "general",
						 "special", "col2",  "from",  "until"};
	const struct law_jurisdiction *j = &law->jurisdictions[jurisdiction];
	struct printing p = {.out = out};
	if (!j->row_count)
		return error_set(error, TW_NOT_FOUND,
				 "%s holds no schedule: its base rates are the caller's", j->code);
	struct arena *arena = arena_new();
	if (!arena)
		return error_memory(error);
	int code = tsv_read(&p.tsv, arena, folder, j->rows[0].pos.file, error);
	for (int i = 0; i < CELLS && !code; i++)
		p.column[i] = tsv_column(&p.tsv, names[i]);
	if (!code)
		buffer_text(out, "HTS Number,Indent,Description,Unit of Quantity,"
				 "General Rate of Duty,Special Rate of Duty,"
				 "Column 2 Rate of Duty,Quota Quantity,Additional Duties\n");
	for (size_t i = 0; i < p.tsv.row_count && !code; i++)
		if (in_force(&p, i, day))
			put_row(&p, i);
	arena_free(arena);
	return !code && out->failed ? error_memory(error) : code;
}

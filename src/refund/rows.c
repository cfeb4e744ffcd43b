/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/rows.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/buffer.h"
#include "common/error.h"
#include "common/fit.h"
#include "refund/cells.h"

void refund_rows_tell(struct refund_rows *rows, const char *format, ...)
{
	struct tw_error fault = {.code = TW_BAD_ARGUMENT,
				 .line = rows->line < INT32_MAX ? (int)rows->line : INT32_MAX};
	va_list arguments;
	snprintf(fault.file, sizeof fault.file, "%s", rows->name);
	va_start(arguments, format);
	fit_vprint(fault.message, sizeof fault.message, format, arguments);
	va_end(arguments);
	rows->to->faults++;
	rows->to->tell(rows->to->context, &fault);
}

static void tell_cell(void *context, int field, struct tw_text text, const char *right)
{
	struct buffer shown = {0};
	buffer_shown(&shown, text.at, text.length < 60 ? text.length : 60);
	if (shown.length)
		refund_rows_tell(context, "%s \"%.*s%s\": %s", refund_field_name(field),
				 (int)shown.length, shown.at, text.length > 60 ? "..." : "", right);
	else
		refund_rows_tell(context, "%s: %s", refund_field_name(field), right);
	buffer_free(&shown);
}

bool refund_rows_reads(const struct refund_rows *rows, size_t column)
{
	int field = refund_field_find(csv_value(rows->row.field[column]));
	bool of_results = field == REFUND_FIELD_ENTRY || field >= REFUND_FIELD_CLAIM;
	bool of_entries = field < REFUND_FIELD_CLAIM;
	return field >= 0 && rows->columns.at[field] == (int)column &&
	       (rows->to->kind == ROW_OF_RESULTS ? of_results : of_entries);
}

/* Columns that are not read are said, so that nothing is left out in silence. */
static void note_unread(const struct refund_rows *rows)
{
	struct buffer all = {0};
	for (size_t i = 0; i < rows->row.count; i++) {
		struct tw_text name = csv_value(rows->row.field[i]);
		if (!name.length || refund_rows_reads(rows, i))
			continue;
		buffer_text(&all, all.length ? ", " : "");
		buffer_shown(&all, name.at, name.length < 60 ? name.length : 60);
	}
	fit_print(rows->to->unread, sizeof rows->to->unread, "%.*s", (int)all.length,
		  all.length ? all.at : "");
	buffer_free(&all);
}

int refund_rows_header(struct refund_rows *rows, uint64_t line, struct tw_error *error)
{
	int twice;
	refund_columns_read(&rows->columns, &rows->row, &twice);
	if (twice >= 0)
		return error_at(error, TW_BAD_FILE, rows->name, (int)line, 0,
				"two columns are named %s: one of them may be",
				refund_field_name(twice));
	if (rows->to->kind == ROW_OF_RESULTS && rows->columns.at[REFUND_FIELD_RESULT] < 0)
		return error_at(error, TW_BAD_FILE, rows->name, (int)line, 0,
				"these are not the details of a claim: they have the columns "
				"ENTRY_NUMBER and STATUS");
	note_unread(rows);
	return TW_OK;
}

static bool is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (csv_value(row->field[i]).length)
			return false;
	return true;
}

static void number_place(struct refund_place *place, uint32_t file, uint64_t line)
{
	for (int i = 0; i < 4; i++)
		place->file[i] = (unsigned char)(file >> (24 - 8 * i));
	sort_put(place->line, line);
}

int refund_rows_take(struct refund_rows *rows, uint32_t bad, struct tw_error *error)
{
	struct refund_reading *to = rows->to;
	const struct refund_cells cells = {to->law, &rows->row, &rows->columns, tell_cell, rows};
	struct refund_row row;
	if (is_blank(&rows->row) && !bad)
		return TW_OK;
	to->row_count++;
	if (rows->row.count > rows->columns.count) {
		refund_rows_tell(rows,
				 "the row has %zu cells and the header %zu: write quotes around an "
				 "amount with a comma",
				 rows->row.count, rows->columns.count);
		bad |= ROW_BAD_ROW;
	}
	if (!(to->kind == ROW_OF_RESULTS ? refund_cells_result(&row, &cells)
					 : refund_cells_read(&row, &cells)))
		return TW_OK;
	row.kind = (uint8_t)to->kind;
	row.bad |= bad;
	number_place(&row.at, to->file, rows->line);
	return sort_add(to->rows, &row, error);
}

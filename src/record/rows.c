/* SPDX-License-Identifier: Apache-2.0 */
#include "record/rows.h"

#include <string.h>

void rows_open(struct rows *rows, struct buffer *out, enum record_format format, const char *kind,
	       const char *const *columns)
{
	*rows = (struct rows){.out = out, .format = format, .kind = kind};
	if (format == RECORD_JSON)
		buffer_text(out, "[");
	if (format != RECORD_CSV)
		return;
	for (size_t i = 0; columns[i]; i++) {
		if (i)
			buffer_char(out, ',');
		buffer_text(out, columns[i]);
	}
	buffer_text(out, "\n");
}

void rows_close(struct rows *rows)
{
	if (rows->format == RECORD_JSON)
		buffer_text(rows->out, rows->count ? "\n]\n" : "]\n");
}

void rows_begin(struct rows *rows)
{
	if (rows->format == RECORD_JSON)
		buffer_text(rows->out, rows->count ? ",\n" : "\n");
	if (rows->format != RECORD_CSV) {
		buffer_text(rows->out, "{\"schema\":1,\"record\":");
		buffer_json(rows->out, rows->kind, strlen(rows->kind));
	}
	rows->cell = 0;
}

void rows_end(struct rows *rows)
{
	if (rows->format == RECORD_CSV)
		buffer_text(rows->out, "\n");
	else
		buffer_text(rows->out, rows->format == RECORD_JSON ? "}" : "}\n");
	rows->count++;
}

/* What stands before a cell. */
static void begin(struct rows *rows, const char *name)
{
	if (rows->format != RECORD_CSV || rows->cell)
		buffer_char(rows->out, ',');
	rows->cell++;
	if (rows->format != RECORD_CSV) {
		buffer_json(rows->out, name, strlen(name));
		buffer_char(rows->out, ':');
	}
	rows->start = rows->out->length;
}

void rows_text(struct rows *rows, const char *name, const char *text)
{
	begin(rows, name);
	if (rows->format != RECORD_CSV) {
		buffer_json(rows->out, text, strlen(text));
		return;
	}
	buffer_text(rows->out, text);
	buffer_end_cell(rows->out, rows->start, false);
}

void rows_maybe(struct rows *rows, const char *name, const char *text)
{
	if (text && *text)
		rows_text(rows, name, text);
	else
		rows_figure(rows, name, NULL);
}

void rows_figure(struct rows *rows, const char *name, const char *digits)
{
	begin(rows, name);
	buffer_text(rows->out, digits ? digits : rows->format == RECORD_CSV ? "" : "null");
}

void rows_count(struct rows *rows, const char *name, uint64_t count)
{
	begin(rows, name);
	buffer_number(rows->out, count);
}

void rows_flag(struct rows *rows, const char *name, bool flag)
{
	begin(rows, name);
	if (rows->format == RECORD_CSV)
		buffer_text(rows->out, flag ? "yes" : "no");
	else
		buffer_text(rows->out, flag ? "true" : "false");
}

void rows_made(struct rows *rows, const char *name, const char *json, const char *text)
{
	if (rows->format == RECORD_CSV) {
		rows_text(rows, name, text);
		return;
	}
	begin(rows, name);
	buffer_text(rows->out, json);
}

void rows_list(struct rows *rows, const char *name)
{
	begin(rows, name);
	if (rows->format != RECORD_CSV)
		buffer_char(rows->out, '[');
	rows->start = rows->out->length;
}

void rows_item(struct rows *rows, const char *text)
{
	const bool csv = rows->format == RECORD_CSV;
	if (rows->out->length > rows->start)
		buffer_char(rows->out, csv ? ' ' : ',');
	if (csv)
		buffer_text(rows->out, text);
	else
		buffer_json(rows->out, text, strlen(text));
}

void rows_list_end(struct rows *rows)
{
	if (rows->format == RECORD_CSV)
		buffer_end_cell(rows->out, rows->start, false);
	else
		buffer_char(rows->out, ']');
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/carry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct carry {
	size_t count; /* columns of the file */
	int group;
	int column[PROFILE_LIST];
	struct tw_text name[PROFILE_LIST];
	size_t columns;
	/* Of the last row: its group, and what is carried from it. */
	struct buffer key, value[PROFILE_LIST];
	bool has_row, is_sheet;
	struct csv_row *row;
	struct buffer copy, out;
};

int carry_new(struct carry **out, const struct profile *profile, const struct columns *columns,
	      bool is_sheet)
{
	*out = NULL;
	if (!profile || !profile->carry.count)
		return TW_OK;
	struct carry *carry = calloc(1, sizeof *carry);
	if (!carry)
		return TW_NO_MEMORY;
	carry->count = columns->count;
	carry->is_sheet = is_sheet;
	carry->group = profile_column(columns, profile->group);
	for (size_t i = 0; i < profile->carry.count; i++) {
		int column = profile_column(columns, profile->carry.name[i]);
		if (column < 0)
			continue;
		carry->name[carry->columns] = profile->carry.name[i];
		carry->column[carry->columns++] = column;
	}
	if (carry->group < 0 || !carry->columns) {
		free(carry);
		return TW_OK;
	}
	carry->row = malloc(sizeof *carry->row);
	if (!carry->row) {
		free(carry);
		return TW_NO_MEMORY;
	}
	*out = carry;
	return TW_OK;
}

void carry_free(struct carry *carry)
{
	if (!carry)
		return;
	for (size_t i = 0; i < PROFILE_LIST; i++)
		buffer_free(&carry->value[i]);
	buffer_free(&carry->key);
	buffer_free(&carry->copy);
	buffer_free(&carry->out);
	free(carry->row);
	free(carry);
}

void carry_reset(struct carry *carry)
{
	if (carry)
		carry->has_row = false;
}

void carry_names(char *out, size_t room, const struct carry *carry)
{
	struct profile_list list = {.count = carry->columns};
	memcpy(list.name, carry->name, sizeof list.name);
	profile_quote(out, room, &list);
}

static void keep(struct buffer *buffer, struct tw_text text)
{
	buffer->length = 0;
	buffer_put(buffer, text.at, text.length);
}

static void put_field(struct buffer *out, struct tw_text text, char separator)
{
	bool quoted = memchr(text.at, '"', text.length) || memchr(text.at, '\n', text.length) ||
		      memchr(text.at, '\r', text.length) || memchr(text.at, separator, text.length);
	if (!quoted) {
		buffer_put(out, text.at, text.length);
		return;
	}
	buffer_char(out, '"');
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] == '"')
			buffer_char(out, '"');
		buffer_char(out, text.at[i]);
	}
	buffer_char(out, '"');
}

static struct tw_text write_row(struct carry *carry, char separator)
{
	carry->out.length = 0;
	for (size_t i = 0; i < carry->row->count; i++) {
		if (i)
			buffer_char(&carry->out, separator);
		if (carry->row->field[i].length)
			put_field(&carry->out, carry->row->field[i], separator);
	}
	buffer_char(&carry->out, '\n');
	return (struct tw_text){carry->out.at, carry->out.length};
}

struct tw_text carry_record(struct carry *carry, struct tw_text record, char separator)
{
	struct csv_row *row = carry->row;
	bool changed = false;
	keep(&carry->copy, record);
	if (carry->copy.failed ||
	    csv_split(row, carry->copy.at, carry->copy.length, separator) != CSV_OK)
		return record;
	while (carry->is_sheet && row->count < carry->count) /* it ends with its last cell */
		row->field[row->count++] = (struct tw_text){carry->copy.at, 0};
	if (row->count != carry->count)
		return record;
	struct tw_text group = csv_value(row->field[carry->group]);
	bool same =
	    carry->has_row && (!group.length || (group.length == carry->key.length &&
						 !memcmp(group.at, carry->key.at, group.length)));
	for (size_t i = 0; i < carry->columns; i++) {
		struct tw_text *cell = &row->field[carry->column[i]];
		struct buffer *value = &carry->value[i];
		if (csv_value(*cell).length || !same)
			keep(value, *cell);
		else if (value->length) {
			*cell = (struct tw_text){value->at, value->length};
			changed = true;
		}
	}
	if (!same)
		keep(&carry->key, group);
	carry->has_row = true;
	struct tw_text text = changed ? write_row(carry, separator) : record;
	return carry->out.failed ? record : text;
}

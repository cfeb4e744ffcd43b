/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/carried.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/error.h"
#include "lines/json.h"

static const char rest_name[] = "rest";

static bool equal(const char *a, size_t m, const char *b, size_t n)
{
	return m == n && (!m || !memcmp(a, b, m));
}

static char *copy(const char *at, size_t length)
{
	char *to = malloc(length + 1);
	if (to) {
		if (length)
			memcpy(to, at, length);
		to[length] = '\0';
	}
	return to;
}

/* Whether JSON writes the name as it is. */
static bool is_plain_json(struct tw_text name)
{
	for (size_t i = 0; i < name.length; i++)
		if ((unsigned char)name.at[i] < 0x20 || name.at[i] == '"' || name.at[i] == '\\')
			return false;
	return true;
}

/* The `nth` column of that name, from 0; SIZE_MAX: there is none. */
static size_t find(const struct carried *carried, struct tw_text name, size_t nth)
{
	for (size_t i = 0; i < carried->count; i++)
		if (equal(carried->column[i].name, carried->column[i].length, name.at,
			  name.length) &&
		    !nth--)
			return i;
	return SIZE_MAX;
}

/* `json`: the name as a file of JSON writes it, or no text. SIZE_MAX: no memory. */
static size_t add(struct carried *carried, struct tw_text name, struct tw_text json)
{
	if (carried->count == carried->room) {
		size_t room = carried->room ? 2 * carried->room : 64;
		struct carried_column *column =
		    realloc(carried->column, room * sizeof *carried->column);
		if (!column)
			return SIZE_MAX;
		carried->column = column;
		carried->room = room;
	}
	bool is_second = find(carried, name, 0) != SIZE_MAX; /* a member is in the first alone */
	struct carried_column *column = &carried->column[carried->count++];
	*column =
	    (struct carried_column){.name = copy(name.at, name.length), .length = name.length};
	if (is_second)
		json.at = NULL;
	else if (!json.at && is_plain_json(name))
		json = name;
	if (json.at) {
		column->json = copy(json.at, json.length);
		column->json_length = json.length;
	}
	return column->name && (!json.at || column->json) ? carried->count - 1 : SIZE_MAX;
}

/* How often the name stands before column `index` of its file. */
static size_t times_before(const struct columns *columns, size_t index)
{
	size_t times = 0;
	for (size_t i = 0; i < index; i++)
		times += equal(columns->head[i].at, columns->head[i].length,
			       columns->head[index].at, columns->head[index].length);
	return times;
}

/* Takes the header of a CSV file; columns[i] of it is column at[i] of the answers. */
static int take_header(struct carried *carried, const struct columns *columns, size_t *at)
{
	for (size_t i = 0; i < columns->count; i++) {
		at[i] = find(carried, columns->head[i], times_before(columns, i));
		if (at[i] == SIZE_MAX)
			at[i] = add(carried, columns->head[i], (struct tw_text){0});
		if (at[i] == SIZE_MAX)
			return TW_NO_MEMORY;
	}
	return TW_OK;
}

/* One member of a sampled line of JSON: its name becomes a column. */
static int take_member(struct carried *carried, struct tw_text raw_key)
{
	struct tw_text json = {raw_key.at + 1, raw_key.length - 2}, name = {0};
	char *text = malloc(raw_key.length);
	int code = TW_OK;
	if (!text)
		return TW_NO_MEMORY;
	name.at = text;
	if (json_text(text, &name.length, raw_key)) {
		size_t found = find(carried, name, 0);
		if (found == SIZE_MAX && carried->count < CSV_FIELDS)
			code = add(carried, name, json) == SIZE_MAX ? TW_NO_MEMORY : TW_OK;
	}
	free(text);
	return code;
}

/* The members of the lines with which a file of JSON begins. */
static int take_sample(struct carried *carried, struct tw_text sample, bool is_all)
{
	int code = TW_OK;
	while (sample.length && !code) {
		const char *newline = memchr(sample.at, '\n', sample.length);
		if (!newline && !is_all)
			break;
		size_t length = newline ? (size_t)(newline - sample.at) + 1 : sample.length;
		struct json_scan scan;
		struct json_value value;
		struct tw_text key;
		json_begin(&scan, (struct tw_text){sample.at, length});
		while (!code && json_member(&scan, &key, &value))
			code = take_member(carried, key);
		sample.at += length;
		sample.length -= length;
	}
	return code;
}

static bool is_taken(const char *name, size_t length, const char *const *taken, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(taken[i]) == length && !strncasecmp(taken[i], name, length))
			return true;
	return false;
}

/* Whether an earlier or later column is called that in its file. */
static bool is_name(const struct carried *carried, const char *name, size_t length)
{
	for (size_t i = 0; i < carried->count; i++)
		if (equal(carried->column[i].name, carried->column[i].length, name, length))
			return true;
	return false;
}

/* The name that the answers give a column. */
static int show(struct carried *carried, size_t index, const char *const *taken, size_t count)
{
	static const char before[] = "input_";
	struct carried_column *column = &carried->column[index];
	struct tw_text value = csv_value((struct tw_text){column->name, column->length});
	column->shown = copy(column->name, column->length);
	column->shown_length = column->length;
	if (!is_taken(value.at, value.length, taken, count))
		return column->shown ? TW_OK : TW_NO_MEMORY;
	do {
		size_t length = column->shown_length + sizeof before - 1;
		char *name = column->shown ? malloc(length + 1) : NULL;
		if (!name)
			return TW_NO_MEMORY;
		memcpy(name, before, sizeof before - 1);
		memcpy(name + sizeof before - 1, column->shown, column->shown_length + 1);
		free(column->shown);
		column->shown = name;
		column->shown_length = length;
	} while (is_name(carried, column->shown, column->shown_length));
	return TW_OK;
}

/* For each file of CSV, the field of each column of the answers, or -1. */
static int place(struct carried *carried, struct input *inputs, size_t count, const size_t *at)
{
	for (size_t f = 0; f < count; f++, at += CSV_FIELDS) {
		int *from = malloc((carried->count + 1) * sizeof *from);
		if (!from)
			return TW_NO_MEMORY;
		carried->from[carried->files++] = from;
		for (size_t i = 0; i < carried->count; i++)
			from[i] = -1;
		for (size_t i = 0; i < inputs[f].columns.count && !inputs[f].is_ndjson; i++)
			from[at[i]] = (int)i;
		inputs[f].columns.carried_from = from;
	}
	return TW_OK;
}

/* The names that the answers give, for the writer. */
static int name_all(struct carried *carried)
{
	carried->name = calloc(carried->count + 1, sizeof *carried->name);
	if (!carried->name)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < carried->count; i++)
		carried->name[i] =
		    (struct tw_text){carried->column[i].shown, carried->column[i].shown_length};
	return TW_OK;
}

int carried_new(struct carried **out, struct input *inputs, size_t count, const char *const *taken,
		size_t taken_count, struct tw_error *error)
{
	struct carried *carried = calloc(1, sizeof *carried);
	size_t *at = calloc(count, CSV_FIELDS * sizeof *at);
	int code = TW_NO_MEMORY;
	if (carried)
		carried->from = calloc(count, sizeof *carried->from);
	if (!carried || !carried->from || !at)
		goto done;
	code = TW_OK;
	for (size_t f = 0; f < count && !code; f++) {
		if (!inputs[f].is_ndjson) {
			code = take_header(carried, &inputs[f].columns, at + f * CSV_FIELDS);
		} else if (!(code = input_sample(&inputs[f], error))) {
			struct tw_text sample = {inputs[f].window + inputs[f].from,
						 inputs[f].to - inputs[f].from};
			carried->has_rest = carried->has_rest || !inputs[f].is_empty;
			code = take_sample(carried, sample, inputs[f].at_end);
		}
	}
	for (size_t i = 0; i < carried->count && !code; i++)
		code = show(carried, i, taken, taken_count);
	if (carried->has_rest && !code) {
		struct tw_text name = {rest_name, sizeof rest_name - 1};
		size_t last = add(carried, name, (struct tw_text){0});
		code = last == SIZE_MAX ? TW_NO_MEMORY : show(carried, last, taken, taken_count);
	}
	if (!code)
		code = place(carried, inputs, count, at);
	if (!code)
		code = name_all(carried);
done:
	free(at);
	if (code) {
		if (code == TW_NO_MEMORY && error) {
			error_set(error, code, "out of memory");
		}
		carried_free(carried);
	} else {
		*out = carried;
	}
	return code;
}

void carried_free(struct carried *carried)
{
	if (!carried)
		return;
	for (size_t i = 0; i < carried->count; i++) {
		free(carried->column[i].name);
		free(carried->column[i].shown);
		free(carried->column[i].json);
	}
	for (size_t i = 0; i < carried->files; i++)
		free(carried->from[i]);
	free(carried->from);
	free(carried->name);
	free(carried->column);
	free(carried);
}

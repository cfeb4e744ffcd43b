/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/fields.h"

#include "common/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct tw_error *error)
{
	return error_memory(error);
}

/* All names: the input's, then the answer's. */
static size_t all_names(const char **all, const struct carried *carried, const char *const *names,
			size_t count)
{
	size_t n = 0;
	for (size_t i = 0; carried && i < carried->count; i++)
		all[n++] = carried->column[i].shown;
	for (size_t i = 0; i < count; i++)
		all[n++] = names[i];
	return n;
}

/* The nearest name, or that which would be right in general. */
static int unknown(struct tw_text name, const char *const *all, size_t count,
		   struct tw_error *error)
{
	struct buffer shown = {0};
	const char *nearest = columns_nearest(name.at, name.length, all, count);
	buffer_shown(&shown, name.at, name.length < 80 ? name.length : 80);
	buffer_char(&shown, '\0');
	const char *theirs = shown.failed ? "" : shown.at;
	if (nearest)
		error_set(error, TW_BAD_ARGUMENT,
			  "--fields: the answers have no \"%s\"; did you mean %s?", theirs,
			  nearest);
	else
		error_set(error, TW_BAD_ARGUMENT,
			  "--fields: the answers have no \"%s\": name columns of CSV or members of "
			  "NDJSON, as in --fields id,status,duty",
			  theirs);
	buffer_free(&shown);
	return TW_BAD_ARGUMENT;
}

/* Takes all columns of one name; a file may bear it twice. */
static int take(struct fields *fields, struct tw_text name, const char *const *all, size_t count,
		size_t carried, struct tw_error *error)
{
	size_t before = fields->count;
	for (size_t i = 0; i < count; i++) {
		struct tw_text other = csv_value((struct tw_text){all[i], strlen(all[i])});
		if (other.length != name.length || memcmp(other.at, name.at, name.length) != 0)
			continue;
		int at = i < carried ? ~(int)i : (int)(i - carried);
		for (size_t k = 0; k < before; k++)
			if (fields->at[k] == at) {
				return error_set(error, TW_BAD_ARGUMENT,
						 "--fields names \"%.80s\" twice", all[i]);
			}
		fields->at[fields->count++] = at;
	}
	return fields->count > before ? TW_OK : unknown(name, all, count, error);
}

static int read_names(struct fields *fields, const char *text, const char *const *all, size_t count,
		      size_t carried, struct tw_error *error)
{
	size_t length = strlen(text);
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(length + 1);
	int code = TW_OK;
	if (!row || !copy) {
		code = no_memory(error);
	} else {
		memcpy(copy, text, length + 1);
		if (csv_split(row, copy, length, ',') != CSV_OK) {
			error_set(error, TW_BAD_ARGUMENT,
				  "--fields needs names separated by commas, as in id,status,duty");
			code = TW_BAD_ARGUMENT;
		}
		for (size_t i = 0; !code && i < row->count; i++)
			code = take(fields, csv_value(row->field[i]), all, count, carried, error);
	}
	free(row);
	free(copy);
	return code;
}

int fields_read(struct fields *fields, const char *text, const struct carried *carried,
		const char *const *names, size_t count, struct tw_error *error)
{
	size_t of_input = carried ? carried->count : 0, total = of_input + count;
	const char **all = calloc(total + 1, sizeof *all);
	int code = TW_OK;
	*fields = (struct fields){.at = calloc(total + 1, sizeof *fields->at)};
	if (!all || !fields->at) {
		code = no_memory(error);
	} else if (text) {
		all_names(all, carried, names, count);
		code = read_names(fields, text, all, total, of_input, error);
	} else {
		for (size_t i = 0; i < total; i++)
			fields->at[i] = i < of_input ? ~(int)i : (int)(i - of_input);
		fields->count = total;
	}
	free(all);
	if (code)
		fields_free(fields);
	return code;
}

void fields_free(struct fields *fields)
{
	free(fields->at);
	*fields = (struct fields){0};
}

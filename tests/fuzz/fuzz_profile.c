/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a profile, then behind a NUL a header and rows: read, its names looked for, its
 * columns carried down. A text that is not read says why; a row keeps its cells.
 */
#include <stdlib.h>
#include <string.h>

#include "lines/carry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void carry_rows(struct carry *carry, char *at, size_t length, size_t count)
{
	struct csv_row *row = malloc(sizeof *row);
	while (row && length) {
		size_t here, flaw;
		struct tw_text rest = {at, length};
		if (csv_end(&here, &flaw, rest, ',', true) == CSV_OK) {
			struct tw_text got = carry_record(carry, (struct tw_text){at, here}, ',');
			char *copy = malloc(got.length);
			if (copy && got.at != at) {
				memcpy(copy, got.at, got.length);
				if (csv_split(row, copy, got.length, ',') != CSV_OK ||
				    row->count != count)
					abort();
			}
			free(copy);
		}
		at += here;
		length -= here;
	}
	free(row);
}

static void read_rows(const struct profile *profile, char *at, size_t length)
{
	static struct columns columns;
	struct csv_row *row = malloc(sizeof *row);
	struct carry *carry = NULL;
	size_t here, flaw;
	int field;
	char *copy = malloc(length);
	struct tw_text all = {at, length};
	if (row && copy && csv_end(&here, &flaw, all, ',', true) == CSV_OK) {
		memcpy(copy, at, here);
		if (csv_split(row, copy, here, ',') == CSV_OK) {
			columns.count = row->count;
			for (size_t i = 0; i < row->count; i++) {
				columns.name[i] = csv_value(row->field[i]);
				profile_rank(&field, profile, columns.name[i]);
			}
			profile_fits(profile, row);
			profile_detect(row);
			if (!carry_new(&carry, profile, &columns, false) && carry)
				carry_rows(carry, at + here, length - here, columns.count);
		}
	}
	carry_free(carry);
	free(copy);
	free(row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile profile;
	struct tw_error error = {0};
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t length = nul ? (size_t)(nul - data) : size;
	if (profile_read(&profile, (struct tw_text){(const char *)data, length}, "fuzz", &error)) {
		if (!*error.message)
			abort();
		return 0;
	}
	char list[64];
	profile_quote(list, sizeof list, &profile.header);
	if (nul && size - length > 1) {
		char *rows = malloc(size - length - 1);
		if (rows) {
			memcpy(rows, nul + 1, size - length - 1);
			read_rows(&profile, rows, size - length - 1);
		}
		free(rows);
	}
	profile_free(&profile);
	return 0;
}

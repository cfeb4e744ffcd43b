/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An edition of a schedule as others export it, JSON or CSV, or (first byte t) a profile, a line %%
 * and a table: their readers, and the comparison with the small sound law in MINI. The rows that
 * come of it must be in order, and none may be empty or end before it begins.
 */
#include "law/import.h"
#include "law/yaml.h"

#include <stdlib.h>
#include <string.h>

static struct law *law;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return law_read(&law, MINI, NULL) ? 1 : 0;
}

static void check_rows(const struct import *import)
{
	for (uint32_t i = 0; i < import->rows.count; i++) {
		const struct import_row *row = (struct import_row *)import->rows.item + i;
		const char *const *cell = row->cell;
		int order = i ? strcmp(row[-1].cell[IMPORT_CODE], cell[IMPORT_CODE]) : -1;
		if (order > 0 ||
		    (order == 0 && strcmp(row[-1].cell[IMPORT_UNTIL], cell[IMPORT_FROM]) > 0))
			abort();
		if (*cell[IMPORT_UNTIL] && strcmp(cell[IMPORT_FROM], cell[IMPORT_UNTIL]) >= 0)
			abort();
		for (int k = 0; k < IMPORT_CELLS; k++)
			if (strpbrk(cell[k], "\t\n\r"))
				abort();
	}
}

static void compare(struct arena *arena, const struct edition *edition, bool part)
{
	struct import import;
	struct tw_error error;
	struct import_request request = {
	    .law = law, .folder = MINI, .day = "2027-01-01", .part = part};
	while (request.into < law->jurisdiction_count &&
	       !law->jurisdictions[request.into].has_schedule)
		request.into++;
	if (request.into < law->jurisdiction_count &&
	    !import_compare(&import, arena, &request, edition, &error))
		check_rows(&import);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct edition edition;
	struct tw_error error;
	struct arena *arena = arena_new();
	char *text = arena && size ? arena_text(arena, (const char *)data + 1, size - 1) : NULL;
	struct edition_columns columns;
	struct edition_source source = {.day = "2027-01-01"};
	char *table = text && data[0] == 't' ? strstr(text, "\n%%\n") : NULL;
	if (table) {
		size_t before = (size_t)(table - text) + 4;
		*table = '\0';
		if (columns_parse(&columns, arena, "profile", text, &error))
			goto done;
		source.columns = &columns;
		text += before;
		size -= before;
	}
	if (text && !edition_parse(&edition, arena, &source, "fuzz", text, size - 1, &error))
		compare(arena, &edition, data[0] != 'w');
done:
	arena_free(arena);
	return 0;
}

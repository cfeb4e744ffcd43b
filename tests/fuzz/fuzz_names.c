/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz what reads names and identifiers by grammar: systematic names, InChI
 * strings, dates that were CAS numbers, structure cells and amounts. What is
 * found must lie inside the text, and names must be read to an end.
 */
#include "common/cas.h"
#include "screen/cells.h"
#include "screen/content.h"
#include "screen/dates.h"
#include "screen/inchi.h"
#include "screen/nomen.h"

#include <stdlib.h>
#include <string.h>

#define NAMES 600 /* more names than bytes that are read: the reader stands still */

static bool inside(struct tw_text part, struct tw_text whole)
{
	return !part.length || (part.at >= whole.at && part.length <= whole.length &&
				(size_t)(part.at - whole.at) <= whole.length - part.length);
}

static void read_names(struct tw_text text)
{
	struct nomen_name name;
	size_t from = 0, count = 0;
	nomen_looks(text);
	while (nomen_next(&name, text, from)) {
		if (name.from < from || name.length == 0 || name.from > text.length ||
		    name.length > text.length - name.from || ++count > NAMES ||
		    !memchr(name.smiles, '\0', sizeof name.smiles))
			abort();
		from = name.from + name.length;
	}
}

static void read_identifiers(struct tw_text text)
{
	struct inchi inchi;
	struct cell_structure cell;
	uint64_t meant[2];
	if (inchi_read(&inchi, text) && inchi.length > text.length)
		abort();
	if (dates_cas(meant, text))
		for (size_t i = 0; i < 2; i++)
			if (meant[i] && !cas_valid(meant[i]))
				abort();
	cell_structure(&cell, text);
	if (!inside(cell.smiles, text) || !inside(cell.extension, text) ||
	    !inside(cell.name, text) || !inside(cell_amount(text), text))
		abort();
	if (content_text(text) > 1000000 || content_column(text) > 1000000)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of the exact size, so that reading past its end shows. */
	char *copy = malloc(size ? size : 1);
	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	struct tw_text text = {copy, size};
	read_names(text);
	read_identifiers(text);
	free(copy);
	return 0;
}

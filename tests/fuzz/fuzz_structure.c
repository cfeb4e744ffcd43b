/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz the SMILES entry: any bytes are answered or refused with a reason, and
 * none takes long. Works in a build without the chemistry library, too.
 */
#include "compiler/structures.h"
#include "rulebook/structures.h"
#include "screen/structure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct structure *structure;

static void set_up(void)
{
	static const struct structure_substance ledger[] = {{0, "CC(C)=O", false},
							    {1, "O=C1CCNCC1", false}};
	struct tw_error error = {0};
	void *section;
	size_t size;
	if (classes_build(&section, &size, LAW, &error) != TW_OK || !classes_check(section, size)) {
		fprintf(stderr, "%s\n", error.message);
		abort();
	}
	struct structure_source source = {section, ledger, 2};
	if (structure_open(&structure, &source, &error) != TW_OK)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	struct structure_result result;
	if (!ready)
		set_up();
	ready = true;
	char *copy = malloc(size ? size : 1);
	if (!copy)
		return 0;
	memcpy(copy, data, size);
	structure_run(&result, structure, (struct tw_text){copy, size});
	free(copy);
	if (result.refused != (result.reason[0] != '\0') ||
	    result.class_count > STRUCTURE_CLASSES || result.match_count > STRUCTURE_MATCHES)
		abort();
	return 0;
}

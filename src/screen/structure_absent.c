/* SPDX-License-Identifier: Apache-2.0 */
/* Structures in a build without RDKit: every structure is refused, with that reason. */
#include "screen/structure.h"

#include <stddef.h>

static const char absent[] = "this build does not read structures";

const char *structure_absent(void)
{
	return absent;
}

int structure_open(struct structure **out, const struct structure_source *source,
		   struct tw_error *error)
{
	(void)source;
	(void)error;
	*out = NULL;
	return TW_OK;
}

void structure_close(struct structure *structure)
{
	(void)structure;
}

void structure_run(struct structure_result *out, struct structure *structure, struct tw_text smiles)
{
	(void)structure;
	(void)smiles;
	*out = (struct structure_result){.refused = true, .reason = absent, .parent = ""};
}

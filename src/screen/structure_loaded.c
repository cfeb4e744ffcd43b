/* SPDX-License-Identifier: Apache-2.0 */
/* Structures by the module, which is loaded once, whichever thread asks first. */
#include "screen/structure_module.h"

#include "screen/structure_mark.h"

#include <pthread.h>

const struct module structure_module = {"tidewaiter-structures.so", "reads structures",
					"tw_structures", TW_STRUCTURES};
static const struct structure_module *loaded;
static char absent[MODULE_WHY];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
	loaded = module_beside(&structure_module, (const void *)tw_rulebook_embedded, absent);
}

const char *structure_absent(void)
{
	pthread_once(&once, load);
	return loaded ? NULL : absent;
}

int structure_open(struct structure **out, const struct structure_source *source,
		   struct tw_error *error)
{
	*out = NULL;
	return structure_absent() ? TW_OK : loaded->open(out, source, error);
}

void structure_close(struct structure *structure)
{
	if (structure)
		loaded->close(structure);
}

void structure_run(struct structure_result *out, struct structure *structure, struct tw_text smiles)
{
	if (structure)
		loaded->run(out, structure, smiles);
	else
		*out = (struct structure_result){.refused = true, .reason = absent, .parent = ""};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Structures by the module, which is loaded once, whichever thread asks first, and never unloaded.
 */
#include "screen/structure_module.h"

#include "common/error.h"
#include "common/fit.h"
#include "common/origin.h"
#include "screen/structure_mark.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct structure_module *module;
static char absent[STRUCTURE_MODULE_WHY];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find_file(char path[PATH_MAX], const char *folder)
{
	static const char *const places[] = {"tidewaiter/", ""};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (fit_print(path, PATH_MAX, "%s/%s" STRUCTURE_MODULE_FILE, folder, places[i]) &&
		    !access(path, F_OK))
			return true;
	return false;
}

/* What the loader says, without the folders of this machine. */
static void say_why(char why[STRUCTURE_MODULE_WHY])
{
	const char *said = dlerror(), *path = said && *said == '/' ? strstr(said, ": ") : NULL;
	while (path && path > said && path[-1] != '/')
		path--;
	fit_print(why, STRUCTURE_MODULE_WHY, STRUCTURE_MODULE_FILE " cannot be loaded (%s)",
		  path   ? path
		  : said ? said
			 : "the loader says no reason");
}

const struct structure_module *structure_module_load(const char *folder,
						     char why[STRUCTURE_MODULE_WHY])
{
	char path[PATH_MAX];
	if (!find_file(path, folder)) {
		fit_print(why, STRUCTURE_MODULE_WHY,
			  STRUCTURE_MODULE_FILE ", which reads structures, is neither beside the "
						"library nor in the folder tidewaiter/ there");
		return NULL;
	}
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	const struct structure_module *table =
	    library ? dlsym(library, STRUCTURE_MODULE_TABLE) : NULL;
	if (!library)
		say_why(why);
	else if (!table || memcmp(table->mark, TW_STRUCTURES, sizeof TW_STRUCTURES) != 0)
		fit_print(why, STRUCTURE_MODULE_WHY,
			  STRUCTURE_MODULE_FILE " is of another version than the library");
	else
		return table;
	return NULL;
}

static void load(void)
{
	char folder[PATH_MAX];
	if (origin_folder(folder, sizeof folder, (const void *)tw_rulebook_embedded))
		module = structure_module_load(folder, absent);
	else
		fit_print(absent, sizeof absent,
			  "where the library lies, and with it " STRUCTURE_MODULE_FILE
			  ", is not known");
}

const char *structure_absent(void)
{
	pthread_once(&once, load);
	return module ? NULL : absent;
}

int structure_open(struct structure **out, const struct structure_source *source,
		   struct tw_error *error)
{
	*out = NULL;
	return structure_absent() ? TW_OK : module->open(out, source, error);
}

void structure_close(struct structure *structure)
{
	if (structure)
		module->close(structure);
}

void structure_run(struct structure_result *out, struct structure *structure, struct tw_text smiles)
{
	if (structure)
		module->run(out, structure, smiles);
	else
		*out = (struct structure_result){.refused = true, .reason = absent, .parent = ""};
}

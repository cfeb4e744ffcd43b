/* SPDX-License-Identifier: Apache-2.0 */
#include "common/module.h"

#include "common/fit.h"
#include "common/origin.h"

#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

static bool find_file(char path[PATH_MAX], const char *folder, const char *file)
{
	static const char *const places[] = {"tidewaiter/", ""};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (fit_print(path, PATH_MAX, "%s/%s%s", folder, places[i], file) &&
		    !access(path, F_OK))
			return true;
	return false;
}

/* What the loader says, without the folders of this machine. */
static void say_why(char why[MODULE_WHY], const char *file)
{
	const char *said = dlerror(), *path = said && *said == '/' ? strstr(said, ": ") : NULL;
	while (path && path > said && path[-1] != '/')
		path--;
	said = said ? said : "the loader says no reason";
	fit_print(why, MODULE_WHY, "%s cannot be loaded (%s)", file, path ? path : said);
}

const void *module_load(const struct module *module, const char *folder, char why[MODULE_WHY])
{
	char path[PATH_MAX];
	if (!find_file(path, folder, module->file)) {
		fit_print(why, MODULE_WHY,
			  "%s, which %s, is neither beside the library nor in the folder "
			  "tidewaiter/ there",
			  module->file, module->does);
		return NULL;
	}
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	const void *table = library ? dlsym(library, module->table) : NULL;
	if (!library)
		say_why(why, module->file);
	else if (!table || memcmp(table, module->mark, MODULE_MARK) != 0)
		fit_print(why, MODULE_WHY, "%s is of another version than the library",
			  module->file);
	else
		return table;
	return NULL;
}

const void *module_beside(const struct module *module, const void *address, char why[MODULE_WHY])
{
	char folder[PATH_MAX];
	if (origin_folder(folder, sizeof folder, address))
		return module_load(module, folder, why);
	fit_print(why, MODULE_WHY, "where the library lies, and with it %s, is not known",
		  module->file);
	return NULL;
}

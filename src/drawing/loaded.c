/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures by the module, which is loaded once, whichever thread asks first. */
#include "drawing/drawing_mark.h"
#include "drawing/module.h"

#include "common/error.h"

#include <pthread.h>
#include <stddef.h>

static const struct drawing_module *loaded;
static char absent[MODULE_WHY];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
	static const struct module module = {"tidewaiter-drawing.so", "draws structures",
					     "tw_drawing", TW_DRAWING};
	loaded = module_beside(&module, (const void *)tw_rulebook_embedded, absent);
}

const char *drawing_absent(void)
{
	pthread_once(&once, load);
	return loaded ? NULL : absent;
}

int drawing_svg(char **out, size_t *length, struct tw_text smiles, struct tw_error *error)
{
	const char *why = drawing_absent();
	return why ? error_set(error, TW_UNSUPPORTED, "%s", why)
		   : loaded->svg(out, length, smiles, error);
}

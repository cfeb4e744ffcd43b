/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The module that reads structures: RDKit takes longer to load than most answers take, so it is in
 * a file of its own, which is loaded when the first structure is to be read. It is looked for in
 * two places, both of the library that has the rulebook: the folder tidewaiter/ beside it, and
 * beside it.
 */
#ifndef TW_SCREEN_STRUCTURE_MODULE_H
#define TW_SCREEN_STRUCTURE_MODULE_H

#include "screen/structure.h"

#define STRUCTURE_MODULE_FILE "tidewaiter-structures.so"
#define STRUCTURE_MODULE_TABLE "tw_structures"

enum { STRUCTURE_MODULE_WHY = 160 }; /* bytes of a reason, terminated */

/* What the module shows, and all that it shows. */
struct structure_module {
	char mark[65]; /* first in every version: of what both sides include, to be equal */
	int (*open)(struct structure **out, const struct structure_source *source,
		    struct tw_error *error);
	void (*close)(struct structure *structure);
	void (*run)(struct structure_result *out, struct structure *structure,
		    struct tw_text smiles);
};

/* Loads the module of a library in that folder. NULL: `why` says what is wrong. */
const struct structure_module *structure_module_load(const char *folder,
						     char why[STRUCTURE_MODULE_WHY]);

#endif

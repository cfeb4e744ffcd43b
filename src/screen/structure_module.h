/* SPDX-License-Identifier: Apache-2.0 */
/* The module that reads structures (common/module.h): RDKit, for what does not have it within. */
#ifndef TW_SCREEN_STRUCTURE_MODULE_H
#define TW_SCREEN_STRUCTURE_MODULE_H

#include "common/module.h"
#include "screen/structure.h"

/* What the module shows, and all that it shows. */
struct structure_module {
	char mark[MODULE_MARK];
	int (*open)(struct structure **out, const struct structure_source *source,
		    struct tw_error *error);
	void (*close)(struct structure *structure);
	void (*run)(struct structure_result *out, struct structure *structure,
		    struct tw_text smiles);
};
extern const struct module structure_module;

#endif

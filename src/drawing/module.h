/* SPDX-License-Identifier: Apache-2.0 */
/* The module that draws structures (common/module.h). */
#ifndef TW_DRAWING_MODULE_H
#define TW_DRAWING_MODULE_H

#include "common/module.h"
#include "drawing/drawing.h"

/* What the module shows, and all that it shows. */
struct drawing_module {
	char mark[MODULE_MARK];
	int (*svg)(char **out, size_t *length, struct tw_text smiles, struct tw_error *error);
};

#endif

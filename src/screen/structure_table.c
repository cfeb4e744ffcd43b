/* SPDX-License-Identifier: Apache-2.0 */
/* What the module that reads structures shows. */
#include "screen/structure_module.h"

#include "screen/structure_mark.h"

TW_API extern const struct structure_module tw_structures;
const struct structure_module tw_structures = {TW_STRUCTURES, structure_open, structure_close,
					       structure_run};

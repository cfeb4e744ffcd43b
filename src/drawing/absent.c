/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures in a build without RDKit's drawing: there are none. */
#include "drawing/drawing.h"

#include "common/error.h"

const char *drawing_absent(void)
{
	return "this build draws no structures";
}

int drawing_svg(char **out, size_t *length, struct tw_text smiles, struct tw_error *error)
{
	(void)out, (void)length, (void)smiles;
	return error_set(error, TW_UNSUPPORTED, "%s", drawing_absent());
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the module that draws structures shows. */
#include "drawing/module.h"

#include "drawing/drawing_mark.h"

TW_API extern const struct drawing_module tw_drawing;
const struct drawing_module tw_drawing = {TW_DRAWING, drawing_svg};

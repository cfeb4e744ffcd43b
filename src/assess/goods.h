/* SPDX-License-Identifier: Apache-2.0 */
/* What the screen for chemicals found in a line, as a number. */
#ifndef TW_ASSESS_GOODS_H
#define TW_ASSESS_GOODS_H

#include "assess/plan_table.h"
#include "screen/screen.h"

/* Equal results have one number; 0: there is no room for more. */
uint32_t goods_number(struct plans_use *use, const struct screen_result *result);

#endif

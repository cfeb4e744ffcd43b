/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario in words: what it changes of the law. */
#ifndef TW_CHANGES_SCENARIO_H
#define TW_CHANGES_SCENARIO_H

#include "common/buffer.h"
#include "law/scenario.h"

/* Appends the page, or with `json` one object and a line end, of the law that a scenario made. */
void changes_scenario(struct buffer *out, const struct law *with, bool json);

#endif

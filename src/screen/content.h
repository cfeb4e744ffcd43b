/* SPDX-License-Identifier: Apache-2.0 */
/* How much of a substance the goods hold: percentages in a column or in goods text. */
#ifndef TW_SCREEN_CONTENT_H
#define TW_SCREEN_CONTENT_H

#include "tidewaiter.h"

/* Parts per million of the first number ("35%", "35 % w/w", ">= 99.5"), or -1. */
int32_t content_column(struct tw_text text);
/* Of the only percentage in goods text, or -1 when there is none or there are several. */
int32_t content_text(struct tw_text text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What was announced on a day, with what it comes to where the engine is at hand to say it. */
#ifndef TW_LAWS_ANNOUNCED_H
#define TW_LAWS_ANNOUNCED_H

#include "tidewaiter_law.h"

struct effects;
struct law_query;

/* The engine's part; NULL functions: effects are not told. */
struct laws_effects {
	struct effects *(*make)(const struct law_query *query);
	void (*free)(struct effects *effects);
};

/* As tw_law_diff, by the day on which acts became known. */
int laws_announced(struct tw_output *out, const struct tw_law_query *query, const char *day,
		   const struct laws_effects *by, struct tw_error *error);

#endif

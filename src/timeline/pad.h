/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for what is found of one line, used again for the next: nothing in it moves. */
#ifndef TW_TIMELINE_PAD_H
#define TW_TIMELINE_PAD_H

#include "tidewaiter.h"

struct pad_block;
struct pad {
	struct pad_block *first, *now;
	size_t used; /* of `now` */
	/* Texts that outlive it and need no copy: from here to there. */
	const char *fixed, *fixed_end;
};

/* Texts of the rulebook need no copy. */
void pad_fix(struct pad *pad, const tw_rulebook *rulebook);
bool pad_is_fixed(const struct pad *pad, const char *text);
/* Aligned for any type, not cleared; NULL when memory is short or size overflows. */
void *pad_alloc(struct pad *pad, size_t count, size_t size);
/* A terminated copy. */
char *pad_text(struct pad *pad, const char *at, size_t length);
/* All of it is free again. */
void pad_reset(struct pad *pad);
void pad_free(struct pad *pad);

#endif

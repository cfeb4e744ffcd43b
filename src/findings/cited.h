/* SPDX-License-Identifier: Apache-2.0 */
/* The acts that an answer cites, each once, in the order in which it names them. */
#ifndef TW_FINDINGS_CITED_H
#define TW_FINDINGS_CITED_H

#include "common/pool.h"
#include "tidewaiter.h"

/* Ids of acts; as many as there are. */
struct cited {
	struct pool ids;
};

void cited_begin(struct cited *cited);
void cited_free(struct cited *cited);
/* Those of this answer in place of what was there. False: no memory for all of them. */
bool cited_gather(struct cited *cited, const struct tw_assessment *answer);

static inline const char *cited_id(const struct cited *cited, size_t index)
{
	return *(const char *const *)pool_at(&cited->ids, index);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The goods of a scope, period by period: what its lists and codes take in, less what they leave
 * out, as ranges of codes that do not overlap. Knows nothing of origins and conditions.
 */
#ifndef TW_LAW_EXTENT_H
#define TW_LAW_EXTENT_H

#include "law/law.h"

struct law_extent {
	struct law_range codes; /* within one code of a list or of the scope */
	tw_time from, until;    /* [from, until) */
};

/*
 * The extents from `from` to `until`, by code, then time; free *out. A scope of all goods, and
 * one whose codes are not known, is every code. TW_OK or TW_NO_MEMORY.
 */
int law_extents(struct law_extent **out, size_t *count, const struct law *law,
		const struct law_scope *scope, tw_time from, tw_time until);

#endif

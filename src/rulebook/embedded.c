/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of the rulebook that is built in. */
#include "tidewaiter.h"

extern const uint8_t tw_built_in[], tw_built_in_end[];

const void *tw_rulebook_embedded(size_t *size)
{
	if (!size)
		return NULL;
	*size = (size_t)(tw_built_in_end - tw_built_in);
	return tw_built_in;
}

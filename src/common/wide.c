/* SPDX-License-Identifier: Apache-2.0 */
#include "common/wide.h"

#include <stdint.h>
#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum { CACHE_LINE = 64, PAGE = 2 << 20, LEAST = PAGE / 4 /* bytes for which a page is worth it */ };

static void *aligned(void *memory, uintptr_t boundary)
{
	unsigned char *at = memory;
	return at + (-(uintptr_t)at & (boundary - 1));
}

void *wide_new(void **memory, size_t bytes)
{
	size_t boundary = bytes < LEAST ? CACHE_LINE : PAGE;
	size_t whole = (bytes + boundary - 1) & ~(boundary - 1);
	*memory = NULL;
	if (whole < bytes || whole + boundary < whole)
		return NULL;
	*memory = calloc(1, whole + boundary);
	if (!*memory)
		return NULL;
	void *at = aligned(*memory, boundary);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
	if (boundary == PAGE)
		(void)madvise(at, whole, MADV_HUGEPAGE); /* a wish: all is well without it */
#endif
	return at;
}

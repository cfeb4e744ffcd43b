/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large tables that are read here and there, a line of the cache each time: in
 * large pages where the system gives some, so that to find a page costs less
 * than to read it.
 */
#ifndef TW_COMMON_WIDE_H
#define TW_COMMON_WIDE_H

#include <stddef.h>

/*
 * Zeroed memory, zeroed as it is touched, that begins where a line of the cache does. NULL: there
 * is none. *memory: what to free.
 */
void *wide_new(void **memory, size_t bytes);

#endif

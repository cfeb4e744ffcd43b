/* SPDX-License-Identifier: Apache-2.0 */
/* Memory asked for before it is read. A hint: whatever the address, nothing happens but that. */
#ifndef TW_COMMON_AHEAD_H
#define TW_COMMON_AHEAD_H

#include <stddef.h>
#include <stdint.h>

/* `bytes` behind what may be nothing: reckoned as a number, for a null pointer has nothing behind.
 */
static inline void ahead_of(const void *at, size_t bytes)
{
	__builtin_prefetch((const void *)((uintptr_t)at + bytes));
	/* A function that does nothing else would be left out by the compiler as doing nothing. */
	__asm__ volatile("");
}

#endif

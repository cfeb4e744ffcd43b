/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is freed all at once. Never returns memory to the system before. */
#ifndef TW_COMMON_ARENA_H
#define TW_COMMON_ARENA_H

#include <stddef.h>

struct arena;

/* NULL when memory is short. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Zeroed, aligned for any type; NULL when memory is short or size overflows. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/* A terminated copy. */
char *arena_text(struct arena *arena, const char *at, size_t length);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Want of memory while a text is read: wherever it begins, it is said and nothing is written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "law/yaml.h"

static int fails; /* no more chunks are to be had */

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
	return fails ? NULL : __real_calloc(count, size);
}

/* A node where none was made is written into by mistake: this is what lies there before. */
static int parse(const char *text, size_t left)
{
	struct tw_error error = {0};
	struct yaml_node *root = NULL;
	struct arena *arena = arena_new();
	const size_t chunk = (size_t)256 << 10;
	if (!arena || !arena_alloc(arena, 16, 1) || !arena_alloc(arena, chunk / 4 - 16, 1) ||
	    !arena_alloc(arena, chunk / 4, 1) || !arena_alloc(arena, chunk / 4, 1) ||
	    !arena_alloc(arena, chunk / 4 - left, 1))
		return 1;
	fails = 1;
	int code = yaml_parse(&root, arena, "a.yaml", text, strlen(text), &error);
	fails = 0;
	bool good = code == TW_OK ? root != NULL
				  : code == TW_NO_MEMORY && error.code == TW_NO_MEMORY &&
					!strcmp(error.message, "out of memory");
	arena_free(arena);
	if (!good)
		printf("FAIL with %zu bytes left: %d, %s\n", left, code, error.message);
	return !good ? 1 : code == TW_OK ? -1 : 0;
}

int main(void)
{
	static const char *const texts[] = {"a: {b: 1, c: [d, e]}\nf: [{g: h}, [i, j]]\n",
					    "[[[1]], {a: [b]}]\n"};
	int wrong = 0, failed = 0, read = 0;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (size_t left = 0; left < 8192; left += 16) {
			int came = parse(texts[i], left);
			wrong += came > 0;
			failed += came == 0;
			read += came < 0;
		}
	printf("%d without memory, %d read, %d wrong\n", failed, read, wrong);
	return wrong || !failed || !read;
}

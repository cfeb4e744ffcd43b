/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two laws, a large and a small one, compiled by several threads at once: each
 * rulebook is, byte for byte, what one thread makes. By .ci/run under
 * ThreadSanitizer too.
 */
#include "compiler/compile.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4 };

static struct made {
	const char *folder;
	int times; /* in a thread */
	void *bytes;
	size_t size;
} laws[] = {{.folder = WHOLE, .times = 2}, {.folder = SMALL, .times = 60}};

enum { LAWS = sizeof laws / sizeof *laws };

static bool compile(void **out, size_t *size, const char *folder)
{
	struct tw_error error = {0};
	if (compile_folder(out, size, folder, TW_TIME_MAX, &error) == TW_OK)
		return true;
	fprintf(stderr, "%s:%d: %s\n", error.file, error.line, error.message);
	return false;
}

/* How many are unlike. */
static void *run(void *context)
{
	const struct made *law = context;
	size_t unlike = 0;
	for (int i = 0; i < law->times; i++) {
		void *bytes = NULL;
		size_t size;
		unlike += !compile(&bytes, &size, law->folder) || size != law->size ||
			  memcmp(bytes, law->bytes, size) != 0;
		free(bytes);
	}
	return (void *)unlike;
}

int main(void)
{
	pthread_t thread[THREADS];
	size_t sum = 0;
	for (size_t i = 0; i < LAWS; i++)
		if (!compile(&laws[i].bytes, &laws[i].size, laws[i].folder))
			return 2;
	for (size_t i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, run, &laws[i % LAWS]))
			return 2;
	for (size_t i = 0; i < THREADS; i++) {
		void *unlike;
		pthread_join(thread[i], &unlike);
		sum += (size_t)unlike;
	}
	printf("%d laws by %d threads, %zu unlike\n", LAWS, THREADS, sum);
	for (size_t i = 0; i < LAWS; i++)
		free(laws[i].bytes);
	return sum != 0;
}

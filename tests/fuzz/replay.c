/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gives a fuzzer the inputs of its corpus without libFuzzer, so that every build tries them: what
 * once crashed does not come back. First the empty input, then each file in the order of its name.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes are as many as their block, so that a byte behind them is seen. */
static void give(const char *path)
{
	FILE *file = fopen(path, "rb");
	printf("%s\n", path); /* the last one told is the one that crashed */
	fflush(stdout);
	if (!file || fseek(file, 0, SEEK_END)) {
		perror(path);
		exit(1);
	}
	long size = ftell(file);
	uint8_t *data = size >= 0 ? malloc(size ? (size_t)size : 1) : NULL;
	rewind(file);
	if (!data || fread(data, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
}

static int is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	struct dirent **found;
	int count = argc == 2 ? scandir(argv[1], &found, is_input, alphasort) : -1;
	if (count <= 0) {
		fprintf(stderr, "replay: give a folder of inputs\n");
		return 1;
	}
	if (LLVMFuzzerInitialize && LLVMFuzzerInitialize(&argc, &argv))
		return 1;
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 0; i < count; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", argv[1], found[i]->d_name);
		give(path);
		free(found[i]);
	}
	free(found);
	return 0;
}

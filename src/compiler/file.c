/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of files and folders for the law compiler. Never looks
 * inside what it reads.
 */
#include "file.h"

#include "table.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT ((off_t)256 << 20)

static int fail(struct tw_error *error, int code, const char *path, const char *message)
{
	if (error) {
		memset(error, 0, sizeof *error);
		error->code = code;
		(void)snprintf(error->file, sizeof error->file, "%s", path);
		(void)snprintf(error->message, sizeof error->message, "%s", message);
	}
	return code;
}

const char *file_join(struct arena *arena, const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);
	char *path = arena_alloc(arena, m + n + 2, 1);
	if (!path)
		return NULL;
	memcpy(path, a, m);
	path[m] = '/';
	memcpy(path + m + 1, b, n);
	return path;
}

bool file_exists(struct arena *arena, const char *folder, const char *path)
{
	const char *full = file_join(arena, folder, path);
	struct stat status;
	return full && stat(full, &status) == 0;
}

int file_read(char **out, size_t *size, struct arena *arena, const char *folder, const char *path,
	      struct tw_error *error)
{
	int code = TW_NO_MEMORY;
	FILE *file = NULL;
	struct stat status;
	const char *full = file_join(arena, folder, path);
	if (!full)
		return fail(error, TW_NO_MEMORY, path, "out of memory");
	file = fopen(full, "rb");
	if (!file || fstat(fileno(file), &status) != 0) {
		code = fail(error, TW_BAD_FILE, path, strerror(errno));
		goto done;
	}
	if (!S_ISREG(status.st_mode) || status.st_size > FILE_LIMIT) {
		code = fail(error, TW_BAD_FILE, path, "not a plain file of at most 256 MiB");
		goto done;
	}
	*size = (size_t)status.st_size;
	*out = arena_alloc(arena, *size + 1, 1);
	if (!*out) {
		fail(error, TW_NO_MEMORY, path, "out of memory");
		goto done;
	}
	if (fread(*out, 1, *size, file) != *size) {
		code = fail(error, TW_BAD_FILE, path, "the file changed while it was read");
		goto done;
	}
	code = TW_OK;
done:
	if (file)
		(void)fclose(file);
	return code;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int file_list(const char ***out, size_t *count, struct arena *arena, const char *directory,
	      const char *suffix)
{
	struct vector names = {0};
	int code = TW_OK;
	*out = NULL;
	*count = 0;
	DIR *dir = opendir(directory);
	if (!dir)
		return TW_OK;
	for (struct dirent *entry; (entry = readdir(dir));) {
		size_t length = strlen(entry->d_name), tail = strlen(suffix);
		if (entry->d_name[0] == '.' || length < tail ||
		    strcmp(entry->d_name + length - tail, suffix) != 0)
			continue;
		const char **slot = vector_add(&names, arena, sizeof *slot);
		if (!slot || !(*slot = arena_text(arena, entry->d_name, length))) {
			code = TW_NO_MEMORY;
			break;
		}
	}
	(void)closedir(dir);
	if (code)
		return code;
	if (names.count)
		qsort(names.item, names.count, sizeof(const char *), by_name);
	*out = names.item;
	*count = names.count;
	return TW_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of files and folders for the law compiler. Never looks
 * inside what it reads.
 */
#include "law/file.h"

#include "common/error.h"
#include "common/order.h"
#include "common/table.h"
#include "law/archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_LIMIT ((off_t)256 << 20)

/* The law text inside the program, and the name under which it is read. */
static const char *mounted;
static struct archive archive;

void file_mount(const char *name, const void *text, size_t size)
{
	mounted = name;
	archive = (struct archive){text, size};
}

/* What follows the mounted name in a path, "" for the name itself; NULL: a path of the disk. */
static const char *inside(const char *path)
{
	size_t length = mounted ? strlen(mounted) : 0;
	if (!length || strncmp(path, mounted, length) != 0)
		return NULL;
	return path[length] == '/' ? path + length + 1 : path[length] ? NULL : path + length;
}

static bool find_inside(struct archive_file *out, const char *path)
{
	size_t offset = 0, length = strlen(path);
	while (archive_next(out, &archive, &offset))
		if (out->path_length == length && !memcmp(out->path, path, length))
			return true;
	return false;
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

bool file_exists(const char *folder, const char *path)
{
	char full[PATH_MAX];
	struct archive_file packed;
	struct stat status;
	int length = snprintf(full, sizeof full, "%s/%s", folder, path);
	if (length < 0 || (size_t)length >= sizeof full)
		return false; /* nothing can be opened by such a name */
	const char *within = inside(full);
	return within ? find_inside(&packed, within) : stat(full, &status) == 0;
}

static int read_inside(char **out, size_t *size, struct arena *arena, const char *within,
		       const char *path, struct tw_error *error)
{
	struct archive_file packed;
	if (!find_inside(&packed, within))
		return error_at(error, TW_BAD_FILE, path, 0, 0, "%s", strerror(ENOENT));
	*size = packed.size;
	*out = arena_alloc(arena, packed.size + 1, 1);
	if (!*out)
		return error_at(error, TW_NO_MEMORY, path, 0, 0, "out of memory");
	memcpy(*out, packed.data, packed.size);
	return TW_OK;
}

int file_read(char **out, size_t *size, struct arena *arena, const char *folder, const char *path,
	      struct tw_error *error)
{
	int code = TW_NO_MEMORY;
	FILE *file = NULL;
	struct stat status;
	const char *full = file_join(arena, folder, path);
	if (!full)
		return error_at(error, TW_NO_MEMORY, path, 0, 0, "out of memory");
	if (inside(full))
		return read_inside(out, size, arena, inside(full), path, error);
	/* A FIFO or device is not waited for: it is no file. */
	int descriptor = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (descriptor >= 0 && !(file = fdopen(descriptor, "rb")))
		close(descriptor);
	if (!file || fstat(fileno(file), &status) != 0) {
		code = error_at(error, TW_BAD_FILE, path, 0, 0, "%s", strerror(errno));
		goto done;
	}
	if (!S_ISREG(status.st_mode) || status.st_size > FILE_LIMIT) {
		code =
		    error_at(error, TW_BAD_FILE, path, 0, 0, "not a plain file of at most 256 MiB");
		goto done;
	}
	*size = (size_t)status.st_size;
	*out = arena_alloc(arena, *size + 1, 1);
	if (!*out) {
		error_at(error, TW_NO_MEMORY, path, 0, 0, "out of memory");
		goto done;
	}
	if (fread(*out, 1, *size, file) != *size) {
		code =
		    error_at(error, TW_BAD_FILE, path, 0, 0, "the file changed while it was read");
		goto done;
	}
	code = TW_OK;
done:
	if (file)
		(void)fclose(file);
	return code;
}

int file_read_path(char **out, size_t *size, struct arena *arena, const char *path,
		   struct tw_error *error)
{
	int code = *path == '/' ? file_read(out, size, arena, "", path + 1, error)
				: file_read(out, size, arena, ".", path, error);
	if (code && code != TW_NO_MEMORY && error)
		snprintf(error->file, sizeof error->file, "%s", path);
	return code;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A name in a listing: one that ends so, that is not hidden, and that is not there yet. */
static int add_name(struct vector *names, struct arena *arena, const char *name, size_t length,
		    const char *suffix)
{
	size_t tail = strlen(suffix);
	const char **last = names->item;
	if (*name == '.' || length < tail || memcmp(name + length - tail, suffix, tail) != 0)
		return TW_OK;
	if (names->count && strlen(last[names->count - 1]) == length &&
	    !memcmp(last[names->count - 1], name, length))
		return TW_OK;
	const char **slot = vector_add(names, arena, sizeof *slot);
	return slot && (*slot = arena_text(arena, name, length)) ? TW_OK : TW_NO_MEMORY;
}

static int list_inside(struct vector *names, struct arena *arena, const char *within,
		       const char *suffix)
{
	size_t offset = 0, length = strlen(within);
	struct archive_file packed;
	int code = TW_OK;
	while (!code && archive_next(&packed, &archive, &offset)) {
		const char *name = packed.path, *end = packed.path + packed.path_length;
		if (length) {
			if (packed.path_length <= length || memcmp(name, within, length) != 0 ||
			    name[length] != '/')
				continue;
			name += length + 1;
		}
		const char *slash = memchr(name, '/', (size_t)(end - name));
		code = add_name(names, arena, name, (size_t)((slash ? slash : end) - name), suffix);
	}
	return code;
}

static int list_disk(struct vector *names, struct arena *arena, const char *directory,
		     const char *suffix)
{
	int code = TW_OK;
	DIR *dir = opendir(directory);
	if (!dir)
		return TW_OK;
	for (struct dirent *entry; !code && (entry = readdir(dir));)
		code = add_name(names, arena, entry->d_name, strlen(entry->d_name), suffix);
	(void)closedir(dir);
	return code;
}

int file_list(const char ***out, size_t *count, struct arena *arena, const char *directory,
	      const char *suffix)
{
	struct vector names = {0};
	const char *within = inside(directory);
	int code;
	*out = NULL;
	*count = 0;
	code = within ? list_inside(&names, arena, within, suffix)
		      : list_disk(&names, arena, directory, suffix);
	if (code)
		return code;
	if (names.count)
		order_items(names.item, names.count, sizeof(const char *), by_name);
	*out = names.item;
	*count = names.count;
	return TW_OK;
}

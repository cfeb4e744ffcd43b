/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files and folder listings, into an arena. */
#ifndef TW_LAW_FILE_H
#define TW_LAW_FILE_H

#include "common/arena.h"
#include "tidewaiter.h"

/* The file's bytes, with a zero byte after them that *size does not count. */
int file_read(char **out, size_t *size, struct arena *arena, const char *folder, const char *path,
	      struct tw_error *error);
/* The same of a path as a user names it. */
int file_read_path(char **out, size_t *size, struct arena *arena, const char *path,
		   struct tw_error *error);
bool file_exists(const char *folder, const char *path);
/*
 * Names in folder/path that end in suffix ("" : any), sorted bytewise; names that begin with a
 * dot are left out. A missing folder has none.
 */
int file_list(const char ***out, size_t *count, struct arena *arena, const char *directory,
	      const char *suffix);
/*
 * Paths under this name are read from a law text in memory (archive.h) and not from the disk.
 * Both must stay; NULL ends it.
 */
void file_mount(const char *name, const void *text, size_t size);
/* "a/b" in the arena; NULL when memory is short. */
const char *file_join(struct arena *arena, const char *a, const char *b);

#endif

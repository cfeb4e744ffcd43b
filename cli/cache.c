/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the files of the cache, see cache.h. Knows no law. */
#include "cli/cache.h"

#include "cli/scenario.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "common/order.h"
#include "common/sha256.h"
#include "compiler/compile.h"
#include "compiler_mark.h"

enum { PATH = 4096, KEPT = 24 }; /* so many files stay, the newest */
static const char suffix[] = ".rulebook";

/* The folder of the cache, made when it is not there; false: there is none. */
static bool find_folder(char out[PATH])
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	struct stat status;
	int length;
	if (base && *base == '/')
		length = snprintf(out, PATH, "%s", base);
	else if (home && *home == '/')
		length = snprintf(out, PATH, "%s/.cache", home);
	else
		return false;
	if (length < 0 || length > PATH - 100)
		return false;
	(void)mkdir(out, 0700);
	strcat(out, "/tidewaiter");
	(void)mkdir(out, 0700);
	/* A folder that others may write to could hold what they like. */
	return !stat(out, &status) && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
	       !(status.st_mode & (S_IWGRP | S_IWOTH));
}

static void name_file(char out[PATH], const char *folder, const char *law, const char *day,
		      const char *scenario)
{
	char key[512], hex[65];
	int length =
	    snprintf(key, sizeof key, "tidewaiter rulebook\ncompiler %s\nlaw %s\nday %s\n%s%s",
		     TW_COMPILER, law, day ? day : "all", *scenario ? "scenario " : "", scenario);
	sha256_hex(hex, key, (size_t)length);
	snprintf(out, PATH, "%.*s/%s%s", PATH - 100, folder, hex, suffix);
}

struct kept {
	char name[80];
	struct timespec at;
};

static int by_age(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;
	if (x->at.tv_sec != y->at.tv_sec)
		return x->at.tv_sec < y->at.tv_sec ? 1 : -1;
	if (x->at.tv_nsec != y->at.tv_nsec)
		return x->at.tv_nsec < y->at.tv_nsec ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* The newest files stay; what is no rulebook of ours is not touched. */
static void drop_oldest(const char *folder)
{
	struct kept list[256];
	struct stat status;
	size_t count = 0;
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (struct dirent *entry; count < 256 && (entry = readdir(dir));) {
		size_t length = strlen(entry->d_name);
		if (length != 64 + sizeof suffix - 1 || strcmp(entry->d_name + 64, suffix) != 0 ||
		    fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW))
			continue;
		memcpy(list[count].name, entry->d_name, length + 1);
		list[count++].at = status.st_mtim;
	}
	order_items(list, count, sizeof *list, by_age);
	for (size_t i = KEPT; i < count; i++)
		(void)unlinkat(dirfd(dir), list[i].name, 0);
	closedir(dir);
}

/* Written beside and renamed: a reader finds a whole file or none. A full disk is no error. */
static void keep(const char *folder, const char *path, const void *book, size_t size)
{
	char beside[PATH];
	snprintf(beside, sizeof beside, "%.*s/new-XXXXXX", PATH - 100, folder);
	int file = mkstemp(beside);
	FILE *to = file < 0 ? NULL : fdopen(file, "wb");
	if (!to) {
		if (file >= 0) {
			close(file);
			unlink(beside);
		}
		return;
	}
	bool good = fwrite(book, 1, size, to) == size;
	good = !fclose(to) && good;
	if (!good || rename(beside, path))
		unlink(beside);
	else
		drop_oldest(folder);
}

/* From the text. */
static int make(void **book, size_t *size, const char *folder, tw_time known, const char *scenario,
		bool estimate, struct tw_error *error)
{
	struct law *law = NULL, *with = NULL;
	if (!scenario && !estimate)
		return compile_folder(book, size, folder, known, error);
	int code = law_read(&law, folder, error);
	if (!code && estimate && !law_estimate(law))
		code = error_memory(error);
	if (!code && scenario)
		code = scenario_open(&with, law, scenario, error);
	if (!code)
		code = compile_law(book, size, with ? with : law, folder, known, error);
	law_free(with);
	law_free(law);
	return code;
}

int cache_rulebook_with(tw_rulebook **out, const char *folder, const char *day,
			const char *scenario, bool estimate, struct tw_error *error)
{
	char cache[PATH], path[PATH], law[65], laid[80] = "";
	struct tw_error unused;
	void *book = NULL;
	size_t size = 0;
	tw_time known;
	bool has_cache = find_folder(cache);
	int code = law_known_time(&known, day, error);
	*out = NULL;
	if (!code && scenario)
		code = scenario_fingerprint(laid, scenario, error);
	if (estimate)
		strcat(laid, " estimate");
	if (!code && has_cache && !(code = law_fingerprint(law, folder, error))) {
		name_file(path, cache, law, day, laid);
		if (!tw_rulebook_open(out, path, &unused))
			return TW_OK;
	}
	if (code || (code = make(&book, &size, folder, known, scenario, estimate, error)))
		return code;
	if (has_cache)
		keep(cache, path, book, size);
	return rulebook_adopt(out, book, size, error);
}

int cache_rulebook(tw_rulebook **out, const char *folder, const char *day, struct tw_error *error)
{
	return cache_rulebook_with(out, folder, day, NULL, false, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "common/origin.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool put_folder(char *out, size_t size, const char *path)
{
	const char *end = strrchr(path, '/');
	size_t length = end ? (size_t)(end - path) : 0;
	if (!length || length >= size)
		return false;
	memcpy(out, path, length);
	out[length] = 0;
	return true;
}

/* As the loader wrote it down: nothing for the program, whose name there is what its caller said.
 */
static const char *loaded_as(const void *address)
{
	Dl_info info;
	struct link_map *map = NULL;
	if (!dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) || !map)
		return "";
	return map->l_name;
}

/* As the system knows it: "from-to rights offset device inode path". */
static bool find_mapped(char *out, size_t size, const void *address)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	uintptr_t at = (uintptr_t)address, from, to;
	char *line = NULL;
	size_t room = 0;
	bool found = false;
	while (maps && !found && getline(&line, &room, maps) > 0) {
		const char *path = strchr(line, '/');
		if (path && sscanf(line, "%" SCNxPTR "-%" SCNxPTR, &from, &to) == 2 && from <= at &&
		    at < to) {
			line[strcspn(line, "\n")] = 0;
			found = put_folder(out, size, path);
		}
	}
	free(line);
	if (maps)
		(void)fclose(maps);
	return found;
}

bool origin_folder(char *out, size_t size, const void *address)
{
	const char *path = loaded_as(address);
	/* One that is relative was so to the folder that was current then. */
	return *path == '/' ? put_folder(out, size, path) : find_mapped(out, size, address);
}

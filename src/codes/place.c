/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns where the companion of this program is. It is found from the program
 * itself, so that a build folder and an installed tree may be moved whole.
 */
#include "codes/codes.h"
#include "common/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "tidewaiter.codes"

/* The folder of the program, with its slash. */
static bool own_folder(char *out, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", out, size - 1);
	if (length <= 0 || (size_t)length >= size - 1)
		return false;
	out[length] = '\0';
	char *slash = strrchr(out, '/');
	if (!slash)
		return false;
	slash[1] = '\0';
	return true;
}

int codes_path(char *out, size_t size, struct tw_error *error)
{
	static const char *const places[] = {NAME, "../share/tidewaiter/" NAME};
	const char *told = getenv("TIDEWAITER_CODES");
	char folder[2048];
	if (told && *told) {
		if ((size_t)snprintf(out, size, "%s", told) < size && !access(out, R_OK))
			return TW_OK;
		return error_set(error, TW_NOT_FOUND,
				 "TIDEWAITER_CODES names \"%.200s\", which cannot be read", told);
	}
	for (size_t i = 0; own_folder(folder, sizeof folder) && i < 2; i++)
		if ((size_t)snprintf(out, size, "%s%s", folder, places[i]) < size &&
		    !access(out, R_OK))
			return TW_OK;
	return error_set(
	    error, TW_NOT_FOUND,
	    "the descriptions of codes cannot be found: " NAME " was looked for beside the "
	    "program and in ../share/tidewaiter; set TIDEWAITER_CODES to where it is, or build "
	    "and install it with SQLite (libsqlite3-dev, meson -Dcodes=enabled)");
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "common/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"

int temporary_file(struct tw_error *error)
{
	char path[4096];
	const char *folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/tmp";
	snprintf(path, sizeof path, "%s/tidewaiter-XXXXXX", folder);
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0) {
		unlink(path);
		return fd;
	}
	error_set(error, TW_BAD_FILE,
		  "cannot make a temporary file in %.300s: %s; name another folder in TMPDIR",
		  folder, strerror(errno));
	return -1;
}

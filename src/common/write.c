/* SPDX-License-Identifier: Apache-2.0 */
#include "common/write.h"

#include <errno.h>
#include <unistd.h>

int write_all(int fd, const char *at, size_t length)
{
	while (length) {
		ssize_t wrote;
		do
			wrote = write(fd, at, length);
		while (wrote < 0 && errno == EINTR);
		if (wrote <= 0)
			return -1;
		at += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}

bool write_buffer(FILE *to, const struct buffer *from)
{
	return !from->length || fwrite(from->at, 1, from->length, to) == from->length;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Writing all of something, or saying that it could not be. */
#ifndef TW_COMMON_WRITE_H
#define TW_COMMON_WRITE_H

#include <stdio.h>

#include "common/buffer.h"

/* All bytes, however often the system takes only some; 0, or -1 with errno. */
int write_all(int fd, const char *at, size_t length);
/* What the buffer holds, of which nothing need be there; false: it could not be written. */
bool write_buffer(FILE *to, const struct buffer *from);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A packed file (gzip or zstd, as OPEN says): unpacked in pieces of the sizes that the first bytes
 * name. What comes stays within its room, and each ends, with text or with a message.
 */
#include <fcntl.h>
#include <stdlib.h>

#include "lines/source.h"

enum { ROOM = 4096, ENOUGH = 1 << 24 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int nothing = -1;
	struct source *below, *source = NULL;
	struct tw_error error = {0};
	size_t got = 0;
	if (nothing < 0)
		nothing = open("/dev/null", O_RDONLY);
	if (size < 2 || source_file(&below, nothing, (const char *)data + 2, size - 2))
		return 0;
	if (OPEN(&source, below, &error)) {
		source_close(below);
		return 0;
	}
	for (size_t turn = 0; got < ENOUGH; turn++) {
		size_t room = 1 + data[turn % 2] * (size_t)ROOM / 256;
		char *to = malloc(room);
		ssize_t here = to ? source_read(source, to, room, &error) : 0;
		free(to);
		if (here < 0 && !*error.message)
			abort();
		if (here > (ssize_t)room || source->taken > size - 2)
			abort();
		if (here <= 0)
			break;
		got += (size_t)here;
	}
	source_close(source);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/source.h"

#include "common/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Zstandard lets a file begin with a frame to be skipped; its mark has 16 forms. */
static bool is_zstd(const unsigned char *at)
{
	return !memcmp(at, "\x28\xB5\x2F\xFD", 4) ||
	       ((at[0] & 0xF0) == 0x50 && !memcmp(at + 1, "\x2A\x4D\x18", 3));
}

enum source_kind source_kind(const char *text, size_t length)
{
	const unsigned char *at = (const unsigned char *)text;
	if (length >= 2 && at[0] == 0x1F && at[1] == 0x8B)
		return SOURCE_GZIP;
	bool is_marked =
	    length >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF));
	if (is_marked && length >= 4 && at[0] == 0xFF && !at[2] && !at[3])
		return SOURCE_UTF32;
	if (is_marked)
		return SOURCE_UTF16;
	if (length < 4)
		return SOURCE_TEXT;
	if (!memcmp(at, "\0\0\xFE\xFF", 4))
		return SOURCE_UTF32;
	if (is_zstd(at))
		return SOURCE_ZSTD;
	/* An archive with nothing in it begins with its end. */
	if (!memcmp(at, "PK\3\4", 4) || !memcmp(at, "PK\5\6", 4))
		return SOURCE_ZIP;
	if (!memcmp(at, "PAR1", 4) || !memcmp(at, "PARE", 4))
		return SOURCE_PARQUET;
	if (!memcmp(at, "BZh", 3) && at[3] >= '1' && at[3] <= '9')
		return SOURCE_BZIP2;
	if (length >= 6 && !memcmp(at,
				   "\xFD"
				   "7zXZ",
				   6))
		return SOURCE_XZ;
	if (length >= 8 && !memcmp(at, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return SOURCE_OLD;
	return SOURCE_TEXT;
}

ssize_t source_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	ssize_t got = source->read(source, to, room, error);
	if (source->below)
		source->taken = source->below->taken;
	return got;
}

void source_close(struct source *source)
{
	while (source) {
		struct source *below = source->below;
		source->close(source);
		source = below;
	}
}

struct file {
	struct source source;
	int fd;
	char *head;
	size_t at, length;
};

static ssize_t file_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct file *file = (struct file *)source;
	ssize_t got;
	if (file->at < file->length) {
		size_t size = file->length - file->at;
		size = size < room ? size : room;
		memcpy(to, file->head + file->at, size);
		file->at += size;
		source->taken += size;
		return (ssize_t)size;
	}
	do {
		got = read(file->fd, to, room);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		error_set(error, TW_BAD_FILE, "cannot be read: %s", strerror(errno));
	else
		source->taken += (uint64_t)got;
	return got;
}

static void file_close(struct source *source)
{
	free(((struct file *)source)->head);
	free(source);
}

int source_file(struct source **out, int fd, const char *head, size_t length)
{
	struct file *file = malloc(sizeof *file);
	char *copy = malloc(length ? length : 1);
	if (!file || !copy) {
		free(file);
		free(copy);
		return TW_NO_MEMORY;
	}
	memcpy(copy, head, length);
	*file = (struct file){.source = {.read = file_read, .close = file_close},
			      .fd = fd,
			      .head = copy,
			      .length = length};
	*out = &file->source;
	return TW_OK;
}

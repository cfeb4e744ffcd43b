/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is read at once, see whole.h. Knows nothing of what the text says. */
#include "lines/whole.h"

#include "common/error.h"
#include "lines/source.h"
#include "lines/xlsx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_source(struct source **out, struct whole *whole, int fd, const char *sheet,
		       struct tw_error *error)
{
	char head[SOURCE_MAGIC];
	struct source *below = NULL;
	ssize_t length = pread(fd, head, sizeof head, 0);
	enum source_kind kind = source_kind(head, length > 0 ? (size_t)length : 0);
	if (kind == SOURCE_ZIP) {
		whole->sheet = true;
		return xlsx_open(out, fd, sheet, whole->note, error);
	}
	if (kind != SOURCE_TEXT && kind != SOURCE_GZIP && kind != SOURCE_ZSTD &&
	    kind != SOURCE_UTF16)
		return error_set(
		    error, TW_BAD_FILE,
		    "is neither text (CSV, JSON) nor a workbook (.xlsx): save it as one "
		    "of these");
	if (kind == SOURCE_UTF16 && read(fd, head, 2) != 2)
		return error_set(error, TW_BAD_FILE, "cannot be read");
	int code = source_file(&below, fd, "", 0);
	if (code)
		return error_memory(error);
	if (kind == SOURCE_GZIP)
		code = gzip_open(out, below, error);
	else if (kind == SOURCE_ZSTD)
		code = zstd_open(out, below, error);
	else if (kind == SOURCE_UTF16)
		code = utf16_open(out, below, head, 2, error);
	else
		*out = below;
	if (code)
		source_close(below);
	return code;
}

/* Doubles the room; one byte more than it is there. */
static int grow(struct whole *out, size_t *room, struct tw_error *error)
{
	size_t more = *room ? 2 * *room : SOURCE_BLOCK;
	char *text = realloc(out->text, more + 1);
	if (!text)
		return error_memory(error);
	out->text = text;
	*room = more;
	return TW_OK;
}

static int read_all(struct whole *out, struct source *source, size_t most, struct tw_error *error)
{
	size_t room = 0;
	for (;;) {
		int code = out->size == room ? grow(out, &room, error) : TW_OK;
		if (code)
			return code;
		ssize_t length =
		    source_read(source, out->text + out->size, room - out->size, error);
		if (length < 0)
			return error->code;
		if (!length)
			break;
		out->size += (size_t)length;
		if (out->size > most)
			return error_set(error, TW_BAD_FILE,
					 "the file has more than %zu MiB: is it a schedule?",
					 most >> 20);
	}
	out->text[out->size] = '\0';
	return TW_OK;
}

int whole_read(struct whole *out, const char *path, const char *sheet, size_t most,
	       struct tw_error *error)
{
	struct source *source = NULL;
	*out = (struct whole){.text = NULL};
	int code, fd = !strcmp(path, "-") ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_at(error, TW_BAD_FILE, path, 0, 0, "cannot be read: %s",
				strerror(errno));
	code = open_source(&source, out, fd, sheet, error);
	if (!code)
		code = read_all(out, source, most, error);
	source_close(source);
	if (fd != STDIN_FILENO)
		close(fd);
	if (code) {
		error_in(error, path);
		free(out->text);
		out->text = NULL;
	}
	return code;
}

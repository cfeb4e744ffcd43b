/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/window.h"
#include "common/error.h"
#include "common/temporary.h"
#include "common/write.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Text of the file, unpacked where it is packed; -1 on failure. */
static ssize_t read_text(struct input *input, char *to, size_t room, struct tw_error *error)
{
	ssize_t got;
	if (input->source) {
		got = source_read(input->source, to, room, error);
		if (got < 0 && error)
			error_in(error, input->name);
		input->read = input->source->taken;
		return got;
	}
	do {
		got = read(input->fd, to, room);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		input_fail(error, input, 0, TW_BAD_FILE, "cannot be read: %s", strerror(errno));
	else
		input->read += (uint64_t)got;
	return got;
}

void window_end_in_newlines(char *at, size_t length)
{
	char *end = at + length;
	while (at < end && (at = memchr(at, '\r', (size_t)(end - at))))
		*at++ = '\n';
}

int window_fill(struct input *input, struct tw_error *error)
{
	if (input->from) {
		memmove(input->window, input->window + input->from, input->to - input->from);
		input->to -= input->from;
		input->from = 0;
	}
	size_t room = WINDOW - input->to;
	if (!room || input->at_end)
		return TW_OK;
	ssize_t got = read_text(input, input->window + input->to,
				room < input->block ? room : input->block, error);
	if (got < 0)
		return TW_BAD_FILE;
	input->at_end = got == 0;
	if (input->ends_in_cr)
		window_end_in_newlines(input->window + input->to, (size_t)got);
	input->to += (size_t)got;
	return TW_OK;
}

struct tw_text window_unread(const struct input *input)
{
	return (struct tw_text){input->window + input->from, input->to - input->from};
}

uint64_t window_lines(const struct input *input, const char *at, size_t length)
{
	if (input->is_sheet || input->is_table)
		return length && at[length - 1] == '\n';
	return csv_newlines(at, length);
}

void window_advance(struct input *input, size_t length)
{
	input->number += window_lines(input, input->window + input->from, length);
	input->from += length;
}

/* Formats that are not text lines, by their first bytes. */
static int refuse_kind(const struct input *input, struct tw_error *error)
{
	struct tw_text text = window_unread(input);
	if (text.length >= 262 && !memcmp(text.at + 257, "ustar", 5))
		return input_fail(
		    error, input, 1, TW_BAD_FILE,
		    "is an archive of files (tar): unpack it and give the files in it");
	switch (source_kind(text.at, text.length)) {
	case SOURCE_OLD:
		return input_fail(error, input, 1, TW_BAD_FILE,
				  "is a workbook in the old format (.xls), or one with a password: "
				  "save it as .xlsx without a password, or the sheet as CSV");
	case SOURCE_UTF32:
		return input_fail(error, input, 1, TW_BAD_FILE,
				  "is UTF-32: save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
	case SOURCE_XZ:
		return input_fail(
		    error, input, 1, TW_BAD_FILE,
		    "is compressed with xz: unpack it first (xz -dc FILE | tidewaiter "
		    "assess -)");
	case SOURCE_BZIP2:
		return input_fail(error, input, 1, TW_BAD_FILE,
				  "is compressed with bzip2: unpack it first (bzip2 -dc FILE | "
				  "tidewaiter assess -)");
	default:
		return TW_OK;
	}
}

/* Reads enough to see the header: a line of a pipe, 64 KiB of a file. */
static int peek(struct input *input, struct tw_error *error)
{
	int code = TW_OK;
	while (!code && !input->at_end && input->to - input->from < PEEK) {
		code = window_fill(input, error);
		if (!input->is_seekable && input->to - input->from >= SOURCE_MAGIC &&
		    memchr(input->window + input->from, '\n', input->to - input->from))
			break;
	}
	return code;
}

int input_sample(struct input *input, struct tw_error *error)
{
	int code = TW_OK;
	while (!code && !input->at_end && input->to - input->from < PEEK)
		code = window_fill(input, error);
	return code;
}

int input_peek(struct input *input, size_t wanted, struct tw_error *error)
{
	int code = TW_OK;
	while (!code && !input->at_end && input->to - input->from < wanted)
		code = window_fill(input, error);
	return code;
}

/* What is unread and all that follows goes to a temporary file, which is read from then on. */
static int keep(struct input *input, struct tw_error *error)
{
	int code = TW_OK, fd = temporary_file(error);
	uint64_t size = 0;
	if (fd < 0)
		return TW_BAD_FILE;
	for (;;) {
		struct tw_text text = window_unread(input);
		if (write_all(fd, text.at, text.length)) {
			code =
			    input_fail(error, input, 0, TW_BAD_FILE,
				       "cannot be stored in a temporary file: %s", strerror(errno));
			break;
		}
		size += text.length;
		input->from = input->to;
		if (input->at_end || (code = window_fill(input, error)))
			break;
	}
	source_close(input->source);
	input->source = NULL;
	close(input->fd);
	input->fd = fd;
	input->is_seekable = true;
	input->size = size;
	return code;
}

/* Puts one reader before what was peeked at, and peeks at what it gives. */
static int unpack(struct input *input, enum source_kind kind, struct tw_error *error)
{
	struct tw_text seen = window_unread(input);
	struct source *below = input->source, *source = NULL;
	int code = below ? TW_OK : source_file(&below, input->fd, seen.at, seen.length);
	if (code)
		return input_fail(error, input, 0, code, "not enough memory to unpack it");
	if (kind == SOURCE_GZIP)
		code = gzip_open(&source, below, error);
	else
		code = zstd_open(&source, below, error);
	input->source = code ? below : source;
	if (code) {
		error_in(error, input->name);
		return code;
	}
	input->from = input->to = 0;
	input->at_end = false;
	return peek(input, error);
}

/* A workbook is read by places, so it must be a file; then one sheet of it is the text. */
static int open_sheet(struct input *input, struct tw_error *error)
{
	int code = input->is_seekable && !input->source ? TW_OK : keep(input, error);
	if (code)
		return code;
	if ((code =
		 xlsx_open(&input->source, input->fd, input->wanted_sheet, input->note, error))) {
		error_in(error, input->name);
		return code;
	}
	input->is_sheet = true;
	input->from = input->to = 0;
	input->at_end = false;
	return peek(input, error);
}

/* A table is read by places too; its rows are counted from the first behind the names. */
static int open_table(struct input *input, struct tw_error *error)
{
	const struct table_opener *tables = input->asked ? input->asked->tables : NULL;
	if (!tables)
		return input_fail(error, input, 0, TW_BAD_FILE,
				  "is a Parquet file, which only tidewaiter assess reads: make a "
				  "CSV file of it");
	int code = input->is_seekable && !input->source ? TW_OK : keep(input, error);
	if (code)
		return code;
	if ((code =
		 tables->open(tables->context, &input->source, input->fd, input->asked, error))) {
		error_in(error, input->name);
		return code;
	}
	input->is_table = true;
	input->number = 0;
	input->from = input->to = 0;
	input->at_end = false;
	return peek(input, error);
}

/* Text of two bytes a character; packed or not. */
static int open_utf16(struct input *input, struct tw_error *error)
{
	struct tw_text seen = window_unread(input);
	struct source *below = input->source, *source = NULL;
	int code = below ? TW_OK : source_file(&below, input->fd, "", 0);
	if (!code)
		code = utf16_open(&source, below, seen.at, seen.length, error);
	input->source = code ? below : source;
	if (code)
		return input_fail(error, input, 0, code, "not enough memory to read it");
	input->from = input->to = 0;
	input->at_end = false;
	return peek(input, error);
}

int window_open(struct input *input, struct tw_error *error)
{
	int code = peek(input, error);
	struct tw_text seen = window_unread(input);
	enum source_kind kind = source_kind(seen.at, seen.length);
	if (!code && (kind == SOURCE_GZIP || kind == SOURCE_ZSTD)) {
		if ((code = unpack(input, kind, error)))
			return code;
		seen = window_unread(input);
		kind = source_kind(seen.at, seen.length);
		if (kind == SOURCE_GZIP || kind == SOURCE_ZSTD)
			return input_fail(error, input, 0, TW_BAD_FILE,
					  "is compressed twice: unpack it once first");
	}
	if (!code && kind == SOURCE_ZIP)
		return open_sheet(input, error);
	if (!code && kind == SOURCE_PARQUET)
		return open_table(input, error);
	if (!code && kind == SOURCE_UTF16)
		return open_utf16(input, error);
	return code ? code : refuse_kind(input, error);
}

int input_spool(struct input *input, struct tw_error *error)
{
	if (input->is_seekable && !input->source)
		return TW_OK;
	int code = keep(input, error); /* it begins with the first record */
	input->start = 0;
	return code ? code : input_rewind(input, error);
}

/* Unpacks it anew, up to the first record, which stands within what is seen of it at once. */
static int unpack_again(struct input *input, struct tw_error *error)
{
	source_close(input->source);
	input->source = NULL;
	int code = window_open(input, error);
	if (!code && input->start > input->to - input->from)
		code = input_fail(error, input, 0, TW_BAD_FILE, "has changed while it was read");
	if (!code)
		input->from += input->start;
	return code;
}

int input_rewind(struct input *input, struct tw_error *error)
{
	uint64_t start = input->source ? 0 : input->start;
	if (lseek(input->fd, (off_t)start, SEEK_SET) < 0)
		return input_fail(error, input, 0, TW_BAD_FILE, "cannot be read twice: %s",
				  strerror(errno));
	input->from = input->to = 0;
	input->at_end = input->skipping = false;
	input->read = start;
	carry_reset(input->carry);
	int code = input->source ? unpack_again(input, error) : TW_OK;
	input->number = input->start_number;
	return code;
}

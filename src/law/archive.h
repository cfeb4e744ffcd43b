/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A law folder as one block of bytes, so that the text travels inside the
 * program: a first line, then for each file "PATH SIZE", a line feed, and its
 * bytes; paths sorted. Written by lawc while building, read through file.h.
 */
#ifndef TW_LAW_ARCHIVE_H
#define TW_LAW_ARCHIVE_H

#include "tidewaiter.h"

struct archive {
	const char *at;
	size_t size;
};
struct archive_file {
	const char *path; /* not terminated */
	size_t path_length;
	const char *data;
	size_t size;
};

/* The law text of a folder (files .yaml and .tsv) in malloc'ed memory. enum tw_code. */
int archive_make(char **out, size_t *size, const char *folder, struct tw_error *error);

/* The file at *offset, which starts at 0 and is moved on; false after the last one. */
bool archive_next(struct archive_file *out, const struct archive *archive, size_t *offset);

#endif

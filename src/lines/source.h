/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the text of an input comes from when it is not the file's own bytes:
 * what a file is by its first bytes, and a chain of readers that unpack it as
 * it is read. Each keeps a fixed amount of memory; none knows of records or
 * columns.
 */
#ifndef TW_LINES_SOURCE_H
#define TW_LINES_SOURCE_H

#include <sys/types.h>

#include "tidewaiter.h"

#define SOURCE_BLOCK ((size_t)64 << 10)

struct source {
	/* Up to `room` bytes; 0 at the end, -1 on failure with code and message set. */
	ssize_t (*read)(struct source *source, char *to, size_t room, struct tw_error *error);
	void (*close)(struct source *source); /* frees itself; what is below is closed after it */
	struct source *below;                 /* what it reads from; owned; NULL for a file */
	uint64_t taken;                       /* bytes read of the file, for the progress line */
	/* Of a table: for each column, whether it is a number that is no text: its decimal mark is
	   the point. */
	const bool *is_number;
};

/* Of a table: begins a cell, as no text does, of a value that no cell can say; then comes why. */
#define SOURCE_UNFIT '\xFF'

enum source_kind {
	SOURCE_TEXT, /* or nothing that we know */
	SOURCE_GZIP,
	SOURCE_ZSTD,
	SOURCE_ZIP,   /* a workbook, an archive */
	SOURCE_OLD,   /* what Excel wrote before 2007, or one under a password */
	SOURCE_UTF16, /* by its first two bytes */
	SOURCE_UTF32,
	SOURCE_XZ,
	SOURCE_BZIP2,
	SOURCE_PARQUET /* a table; see struct table_opener */
};

enum { SOURCE_MAGIC = 8 }; /* bytes that tell the kind */

enum source_kind source_kind(const char *at, size_t length);
ssize_t source_read(struct source *source, char *to, size_t room, struct tw_error *error);
void source_close(struct source *source); /* the whole chain; NULL is none */

/* The bytes of a file: those that were read already, then the rest. The file is not closed. */
int source_file(struct source **out, int fd, const char *head, size_t length);
/*
 * Unpack what `below` gives. They own `below` when they return TW_OK. Where the program was built
 * without the library, TW_BAD_FILE with a message that says so.
 */
int gzip_open(struct source **out, struct source *below, struct tw_error *error);
int zstd_open(struct source **out, struct source *below, struct tw_error *error);

/* UTF-16 as UTF-8; `head` is what was read of `below` already. */
int utf16_open(struct source **out, struct source *below, const char *head, size_t length,
	       struct tw_error *error);

#endif

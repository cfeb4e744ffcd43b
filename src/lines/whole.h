/* SPDX-License-Identifier: Apache-2.0 */
/* A whole file as text: unpacked, out of UTF-16, or a sheet of a workbook as CSV. */
#ifndef TW_LINES_WHOLE_H
#define TW_LINES_WHOLE_H

#include "tidewaiter.h"

struct whole {
	char *text; /* to be freed */
	size_t size;
	bool sheet;     /* a record is a row of a sheet */
	char note[256]; /* which sheet was read, where there are several; else "" */
};

/* `sheet`: by name or place; NULL: the first. At most `most` bytes of text. "-": standard input. */
int whole_read(struct whole *out, const char *path, const char *sheet, size_t most,
	       struct tw_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a workbook (.xlsx, ECMA-376) says beside its sheets: which there are,
 * how their numbers are shown, and the texts that they share. It reads no
 * cells.
 */
#ifndef TW_LINES_WORKBOOK_H
#define TW_LINES_WORKBOOK_H

#include "lines/cell_format.h"
#include "lines/zip.h"

enum { SHEET_NAME = 128, SHEETS = 1024, STYLES = 65536 };
#define WORKBOOK_PART (UINT64_C(64) << 20)    /* sheets, formats: no longer than this */
#define WORKBOOK_SHARED (UINT64_C(256) << 20) /* shared texts; they are kept in memory */

struct sheet {
	char name[SHEET_NAME], relation[64], path[256];
	bool is_hidden;
};

struct workbook {
	struct zip zip;
	struct sheet *sheets;
	size_t sheet_count;
	bool since_1904;             /* days are counted from 1904-01-01 */
	struct cell_format *formats; /* by style */
	size_t format_count;
	/* Shared texts, one behind the other; text i ends at end[i]. */
	char *text;
	uint32_t *end;
	size_t text_count, text_length;
};

/* The file stays the caller's. */
int workbook_open(struct workbook *book, int fd, struct tw_error *error);
void workbook_close(struct workbook *book);
/* A sheet by its name or place from 1; NULL: the first that is not hidden. */
int workbook_sheet(const struct sheet **out, const struct workbook *book, const char *wanted,
		   struct tw_error *error);
struct tw_text workbook_text(const struct workbook *book, size_t index);

#endif

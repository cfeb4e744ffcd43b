/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of one sheet of a workbook as CSV text: one record a row, empty
 * ones for rows that are not there, so that records are counted as the
 * spreadsheet counts rows. Texts stay texts, numbers go through cell_format,
 * a formula gives what the spreadsheet last computed for it. Rows are read as
 * they are asked for; the texts that cells share are kept in memory.
 */
#ifndef TW_LINES_XLSX_H
#define TW_LINES_XLSX_H

#include "lines/source.h"

/*
 * `wanted`: a sheet by its name or place from 1; NULL: the first that is not hidden. The file stays
 * the caller's and must outlive it. *note says which sheet is read where there are several, else
 * it is "". Built without zlib or expat: TW_BAD_FILE with a message that says so.
 */
int xlsx_open(struct source **out, int fd, const char *wanted, char note[256],
	      struct tw_error *error);

#endif

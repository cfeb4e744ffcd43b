/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of a chemical, written: one JSON object, or rows of CSV. Decides nothing. */
#ifndef TW_FINDINGS_SUBSTANCE_H
#define TW_FINDINGS_SUBSTANCE_H

#include "screen/inquiry.h"

/* One object and the end of its line. */
void substance_json(struct buffer *out, const struct inquiry *inquiry);
/* Rows: one a control, or one of a name of which there is none. */
void substance_header(struct buffer *out);
void substance_rows(struct buffer *out, const struct inquiry *inquiry);
/* Any row, and the ids of acts with blanks between, ended with NUL. */
void substance_cells(struct buffer *out, const char *const *cells, size_t count);
void substance_acts(struct buffer *out, const struct ledger *ledger, struct ledger_span by);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of one row of a file as a struct refund_row. */
#ifndef TW_REFUND_CELLS_H
#define TW_REFUND_CELLS_H

#include "refund/columns.h"
#include "refund/row.h"

struct refund_cells {
	const struct refunds *law;
	const struct csv_row *row;
	const struct refund_columns *columns;
	/* A cell that says nothing we know: which field, and what would be right. */
	void (*tell)(void *context, int field, struct tw_text text, const char *right);
	void *context;
};

struct tw_text refund_cell(const struct refund_cells *cells, int field);
/* Everything but kind and place; false: the row has no entry number and no other cell of ours. */
bool refund_cells_read(struct refund_row *out, const struct refund_cells *cells);
/* A row of CBP's details of a claim. */
bool refund_cells_result(struct refund_row *out, const struct refund_cells *cells);

#endif

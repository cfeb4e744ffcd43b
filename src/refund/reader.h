/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV in, rows out: finds the header, reads every cell once, and tells what it
 * cannot read with file and line. Where the text comes from the caller says.
 */
#ifndef TW_REFUND_READER_H
#define TW_REFUND_READER_H

#include "common/sort.h"
#include "refund/columns.h"
#include "refund/row.h"

/* Text in pieces of any size; an empty one at the end. */
struct refund_text {
	const char *name; /* as messages show it */
	int (*next)(void *context, struct tw_text *out, struct tw_error *error);
	void *context;
};

struct refund_reading {
	const struct refunds *law;
	struct sort *rows;  /* of struct refund_row */
	enum row_kind kind; /* of the files read now */
	uint32_t file;      /* counts them */
	/* What is wrong, with its place; the reading goes on. */
	void (*tell)(void *context, const struct tw_error *fault);
	void *context;
	uint64_t row_count, faults;
	char unread[256]; /* columns of the file that are not read, with commas between */
};

/* One file; TW_OK, or the error that stopped it: no header, no memory, an unreadable file. */
int refund_read(struct refund_reading *reading, const struct refund_text *text,
		struct tw_error *error);

#endif
